import { assert, assertEquals, assertMatch } from "@std/assert";
import { HELP } from "../pipeline/arguments.ts";
import { COMMANDS } from "../pipeline/commands/command.ts";
import { completions } from "../pipeline/completion/words.ts";
import { LEAVES } from "../pipeline/study/schema.ts";
import { REPOSITORY, runProgram } from "./command_line/program.ts";
import { Workspace } from "./command_line/workspace.ts";

Deno.test("all commands and all their options can be completed, with what they do", async () => {
  const { run, commands, paths } = await completions();
  assertEquals(commands.map(({ name }) => name).sort(), Object.keys(COMMANDS).sort());
  for (const { name, meaning } of commands) assert(meaning.length > 10, `${name} is not among the commands of --help`);
  for (const [name, help] of [["", HELP], ...await helps()]) {
    const { options } = name === "" ? run : commands.find((command) => command.name === name)!;
    const told = new Set([...help.matchAll(/(?:^|[ [(|])(--[a-z][a-z-]*)/gm)].map(([, option]) => option));
    // An example or a remark may name an option of a run.
    for (const option of options) assert(told.has(option.name) && option.meaning !== "", `${name} ${option.name}`);
    assert(options.some((option) => option.name === "--help"), `${name} has no --help`);
  }
  assertEquals(LEAVES.filter(({ path }) => !paths.has(path)), []);
  assertEquals(paths.get("momentum.rule"), ["midpoint", "gauss-legendre", "adaptive"]);
  assertEquals(paths.get("observables.current.method"), ["limit", "exact"]);
});

async function helps(): Promise<[string, string][]> {
  return await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]): Promise<[string, string]> => {
      return [name, (await (await load())(["--help"])).text];
    }),
  );
}

/** Whether a shell is there. */
function isInstalled(shell: string): boolean {
  try {
    return new Deno.Command(shell, { args: ["--version"], stdout: "null", stderr: "null" }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function script(shell: string): Promise<string> {
  const { code, stdout, stderr } = await runProgram(["completion", shell]);
  assertEquals([code, stderr], [0, ""]);
  return stdout;
}

function succeed(shell: string, args: readonly string[]): string {
  const { success, stdout, stderr } = new Deno.Command(shell, { args: [...args], cwd: REPOSITORY }).outputSync();
  assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);
  return new TextDecoder().decode(stdout);
}

Deno.test({
  name: "bash completes commands, options, studies, paths and their values",
  ignore: !isInstalled("bash"),
  async fn(t) {
    using desk = new Workspace();
    const file = `${desk.folder}/completion.bash`;
    // bash hands the words over, taken apart at each sign =, and the part of the last one that it will replace.
    const harness = `
asked() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  local last=\${COMP_WORDS[COMP_CWORD]}
  [[ $last == "=" ]] && last=
  _diracflow deno "$last" "\${COMP_WORDS[COMP_CWORD - 1]}"
  (IFS=" "; echo "\${COMPREPLY[*]}")
}
_before() { COMPREPLY=(what was there before); }
`;
    Deno.writeTextFileSync(file, `complete -F _before deno\n${await script("bash")}${harness}`);
    const cases: readonly (readonly [string, string])[] = [
      ["deno task pipeline des", "describe"],
      [
        "deno task --quiet pipeline fig3",
        "configs/fig3a.yaml configs/fig3b.yaml configs/fig3c.yaml configs/fig3d.yaml",
      ],
      ["deno task pipeline configs/fig1", "configs/fig1b.yaml"],
      ["deno task pipeline configs/fig3a.yaml --pl", "--plan"],
      ["deno task pipeline configs/fig3a.yaml --set model.mas", "model.mass="],
      ["deno task pipeline --set momentum.rule = g", "gauss-legendre"],
      ["deno task pipeline --set momentum.rule =", "midpoint gauss-legendre adaptive"],
      ["deno task pipeline --set = momentum.rule = a", "adaptive"],
      ["deno task pipeline --set = model.mas", "model.mass="],
      ["deno task pipeline --set model.mass = 0.1 --q", "--quiet"],
      ["deno task pipeline --out sta", "stages"],
      ["deno task pipeline --workers 3", ""],
      ["deno task pipeline cache g", "gc"],
      ["deno task pipeline cache gc --max", "--max-size"],
      ["deno task pipeline describe --wo", "--workers"],
      ["deno task pipeline list --wo", ""],
      ["deno task pipeline completion z", "zsh"],
      ["deno task tes", "what was there before"],
      ["deno run pipeline", "what was there before"],
    ];
    for (const [line, replies] of cases) {
      await t.step(line, () => {
        const told = succeed("bash", ["--norc", "-c", `source ${file}; asked ${line}`]).trimEnd();
        assertEquals(told.split(" ").sort(), replies.split(" ").sort());
      });
    }
    await t.step("when = does not part words", () => {
      const told = succeed("bash", ["--norc", "-c", `source ${file}; asked deno task pipeline --set=momentum.rule=g`]);
      assertEquals(told, "--set=momentum.rule=gauss-legendre\n");
    });
  },
});

Deno.test({
  name: "zsh takes its script",
  ignore: !isInstalled("zsh"),
  async fn() {
    using desk = new Workspace();
    const file = `${desk.folder}/completion.zsh`;
    Deno.writeTextFileSync(file, await script("zsh"));
    succeed("zsh", ["-f", "-n", file]);
  },
});

Deno.test({
  name: "fish completes commands and values",
  ignore: !isInstalled("fish"),
  async fn() {
    using desk = new Workspace();
    const file = `${desk.folder}/completion.fish`;
    Deno.writeTextFileSync(file, await script("fish"));
    const asked = (line: string) => succeed("fish", ["--no-config", "-c", `source ${file}; complete -C '${line}'`]);
    assertMatch(asked("deno task pipeline des"), /^describe\t/m);
    assertMatch(asked("deno task pipeline --set momentum.rule=g"), /^momentum\.rule=gauss-legendre/m);
  },
});

Deno.test("a shell that has no script is told which have", async () => {
  const cases = [["csh", /did you mean zsh\?$/m], ["powershell", /one for bash, zsh and fish$/m], [
    "",
    /name your shell/,
  ]] as const;
  for (const [shell, message] of cases) {
    const { code, stdout, stderr } = await runProgram(["completion", ...shell === "" ? [] : [shell]]);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, message);
  }
});
