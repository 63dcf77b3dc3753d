import { assert, assertEquals, assertThrows } from "@std/assert";
import { HELP, readArguments, type Settings } from "./arguments.ts";
import { UsageError } from "./errors.ts";

const CORES = 6;

function settings(...words: string[]): Settings {
  const request = readArguments(words, CORES);
  assert(request.kind === "run");
  return request.settings;
}

function problems(...words: string[]): readonly string[] {
  return assertThrows(() => readArguments(words, CORES), UsageError).problems;
}

const DEFAULTS: Settings = {
  studies: [],
  out: "outputs",
  cache: "outputs/.artifacts",
  workers: CORES,
  overrides: [],
  plan: false,
  watch: false,
  recheck: 1,
  json: false,
  quiet: false,
  unlimited: false,
};

Deno.test("without words all defaults hold", () => assertEquals(settings(), DEFAULTS));

Deno.test("every option is understood, with a space and with an equals sign, before and after the studies", () => {
  const expected: Settings = {
    ...DEFAULTS,
    studies: ["a.yaml", "b.yaml"],
    out: "results",
    cache: "/tmp/cache",
    workers: 3,
    plan: true,
    json: true,
    quiet: true,
  };
  const spaced = "a.yaml --out results --cache /tmp/cache --workers 3 --executor local b.yaml --plan --json --quiet";
  const equal = "--plan a.yaml --quiet b.yaml --json --out=results --cache=/tmp/cache --workers=3 --executor=local";
  assertEquals(settings(...spaced.split(" ")), expected);
  assertEquals(settings(...equal.split(" ")), expected);
});

Deno.test("--watch runs, which --plan does not", () => {
  assertEquals(settings("--watch"), { ...DEFAULTS, watch: true });
  const { problems } = assertThrows(() => readArguments(["--plan", "--watch"], CORES), UsageError);
  assertEquals(problems, [
    "Cannot read the arguments: --watch runs studies and --plan does not: leave one of them out",
  ]);
});

Deno.test("--set may be repeated, and its value may hold anything", () => {
  const { overrides, studies } = settings(
    "--set",
    "model.mass=-0.1",
    "a.yaml",
    "--set=title=a=b",
    "--set",
    "momentum.qy=8",
  );
  assertEquals(overrides.map(({ path, value }) => [path.join("."), value]), [
    ["model.mass", -0.1],
    ["title", "a=b"],
    ["momentum.qy", 8],
  ]);
  assertEquals(studies, ["a.yaml"]);
});

Deno.test("of other options the last one holds", () => {
  const { out, workers, plan } = settings("--out", "a", "--workers", "2", "--plan", "--out=b", "--workers=4", "--plan");
  assertEquals([out, workers, plan], ["b", 4, true]);
});

Deno.test("help and version come before anything else", () => {
  assertEquals(readArguments(["--help"], CORES), { kind: "help" });
  assertEquals(readArguments(["-h"], CORES), { kind: "help" });
  assertEquals(readArguments(["--version"], CORES), { kind: "version" });
  assertEquals(readArguments(["--nonsense", "--workers", "0", "--help"], CORES), { kind: "help" });
});

Deno.test("workers are a whole number that a machine can have", () => {
  assertEquals(settings("--workers", "1").workers, 1);
  assertEquals(settings("--workers", "256").workers, 256);
  for (const bad of ["0", "1.5", "257", "1e2", "two", "0x2", " 2", "+2", "99999999999999999999"]) {
    assertEquals(problems(`--workers=${bad}`), [
      `Cannot read the arguments: --workers must be a whole number from 1 to 256: got "${bad}"`,
    ]);
    assertEquals(problems("--workers", bad).length, 1);
  }
  for (const words of [["--workers=-3"], ["--workers", "-3"]]) {
    assertEquals(problems(...words), [
      'Cannot read the arguments: --workers must be a whole number from 1 to 256: got "-3"',
    ]);
  }
});

Deno.test("a machine with more cores than there may be workers starts with as many as there may be", () => {
  const request = readArguments([], 512);
  assert(request.kind === "run");
  assertEquals(request.settings.workers, 256);
});

Deno.test("an option that needs a value and has none is named, with an example", () => {
  const missing = (name: string, example: string) =>
    `Cannot read the arguments: --${name} needs a value, as in --${name} ${example}`;
  for (const words of [["--out"], ["--out="], ["--out", "--plan"], ["--out", ""], ["--out", "--", "x"]]) {
    assertEquals(problems(...words), [missing("out", "outputs")], words.join(" "));
  }
  assertEquals(problems("--cache="), [missing("cache", "outputs/.artifacts")]);
  assertEquals(problems("--executor"), [missing("executor", "local")]);
  assertEquals(problems("--workers"), [missing("workers", String(CORES))]);
  for (const words of [["--set"], ["--set="]]) assertEquals(problems(...words), [missing("set", "model.mass=0.1")]);
});

Deno.test("an unknown option is named with the nearest one", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["--worker", "did you mean --workers?"],
    ["--Plan", "did you mean --plan?"],
    ["--qiuet", "did you mean --quiet?"],
    ["--no-plan", "did you mean --plan?"],
    ["--constructor", "--help lists the options"],
    ["--__proto__", "--help lists the options"],
    ["--out.x", "did you mean --out?"],
    ["--set.mass", "--help lists the options"],
    ["---plan", "did you mean --plan?"],
    ["-w", "did you mean --watch or --workers?"],
    ["-q", "did you mean --quiet?"],
    ["-z", "--help lists the options"],
  ];
  for (const [word, hint] of cases) {
    assertEquals(problems(word), [`Cannot read the arguments: unknown option ${word}: ${hint}`]);
    assertEquals(problems(`${word}=3`), [`Cannot read the arguments: unknown option ${word}: ${hint}`]);
  }
});

Deno.test("a flag takes no value", () => {
  for (const value of ["no", "false", "true", ""]) {
    assertEquals(problems(`--quiet=${value}`), [
      `Cannot read the arguments: --quiet takes no value: got "${value}"`,
    ]);
  }
});

Deno.test("only the local executor is there", () => {
  assertEquals(problems("--executor", "slurm"), [
    'Cannot read the arguments: --executor must be local in this version: got "slurm"',
  ]);
});

Deno.test("after -- everything is a study", () => {
  assertEquals(settings("--plan", "--", "--quiet", "-x", "a.yaml").studies, ["--quiet", "-x", "a.yaml"]);
  assertEquals(settings("--", "--out").out, "outputs");
});

Deno.test("names of studies stay as they were written", () => {
  assertEquals(settings("0x10", "007", "1e3", "-", "true").studies, ["0x10", "007", "1e3", "-", "true"]);
});

Deno.test("folders lose the slashes at their end, the root its all but one", () => {
  const { out, cache } = settings("--out", "results//", "--cache=/");
  assertEquals([out, cache], ["results", "/"]);
});

Deno.test("all problems are told at once", () => {
  const found = problems(
    "--paln",
    "--workers",
    "0",
    "--executor=slurm",
    "--out=",
    "--set",
    "mass",
    "--quiet=1",
    "--cache",
    "--jsn",
  );
  const about = ["--paln", "--workers", "--executor", "--out", "--set mass", "--quiet", "--cache", "--jsn"];
  assertEquals(found.length, about.length);
  for (const words of about) assert(found.some((problem) => problem.includes(words)), words);
});

Deno.test("the help names every option that is understood, and no other", () => {
  const named = new Set(HELP.match(/^ {2}(--[a-z]+)/gm)!.map((line) => line.trim()));
  const understood = [
    "out",
    "cache",
    "workers",
    "set",
    "plan",
    "watch",
    "recheck",
    "executor",
    "json",
    "quiet",
    "unlimited",
    "help",
    "version",
  ];
  assertEquals(named, new Set(understood.map((name) => `--${name}`)));
  for (const line of HELP.split("\n")) assert(line.length <= 120);
});
