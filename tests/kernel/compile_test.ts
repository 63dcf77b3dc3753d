import { assert, assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { KERNELS } from "./compile.ts";

const REPOSITORY = new URL("../../", import.meta.url);

Deno.test("the committed binaries are what their sources compile to; deno task build-kernel makes them so", async () => {
  const folder = await Deno.makeTempDir();
  try {
    // A process of its own: the compiler asks for the environment, which the tests may not read.
    const [, ...words] = project.tasks["build-kernel"].command.split(" ").map((word) =>
      word.startsWith("--allow-write") ? `--allow-write=${folder}` : word
    );
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: [...words, folder], cwd: REPOSITORY })
      .output();
    assert(success, new TextDecoder().decode(stderr));
    for (const name of Object.keys(KERNELS)) {
      const committed = await Deno.readFile(new URL(`stages/kernel/${name}`, REPOSITORY));
      assertEquals(await Deno.readFile(`${folder}/${name}`), committed, name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
