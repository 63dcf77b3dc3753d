import { assert, assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };

const REPOSITORY = new URL("../../", import.meta.url);

Deno.test("the committed binary is what its sources compile to; deno task build-kernel makes it so", async () => {
  const file = await Deno.makeTempFile();
  try {
    // A process of its own: the compiler asks for the environment, which the tests may not read.
    const [, ...words] = project.tasks["build-kernel"].command.split(" ").map((word) =>
      word.startsWith("--allow-write") ? `--allow-write=${file}` : word
    );
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: [...words, file], cwd: REPOSITORY })
      .output();
    assert(success, new TextDecoder().decode(stderr));
    assertEquals(await Deno.readFile(file), await Deno.readFile(new URL("stages/kernel/eigensolver.wasm", REPOSITORY)));
  } finally {
    await Deno.remove(file);
  }
});
