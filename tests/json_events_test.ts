import { assert, assertEquals } from "@std/assert";
import type { RunEvent } from "../pipeline/report/run_event.ts";
import { REPOSITORY } from "./command_line/program.ts";
import { edited, SMALL_STUDY } from "./command_line/study_text.ts";
import { Workspace } from "./command_line/workspace.ts";

/** What the page says of a member. */
interface Member {
  readonly type: string;
  readonly optional: boolean;
}

/** The members that the page promises, by event or command. */
function promised(): Map<string, Map<string, Member>> {
  const page = Deno.readTextFileSync(new URL("docs/json-events.md", REPOSITORY));
  return new Map(
    page.split(/^## /m).slice(1).map((section) => {
      const [name] = section.split("\n");
      const rows = [...section.matchAll(/^\| `(\w+)` +\| ([^|]+?) *\|/gm)];
      return [
        name,
        new Map(rows.map(([, member, type]) => [member, {
          type: type.replace(/, optional$/, ""),
          optional: type.endsWith(", optional"),
        }])),
      ];
    }),
  );
}

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  "text": (value) => typeof value === "string",
  "number": (value) => typeof value === "number",
  "number or null": (value) => value === null || typeof value === "number",
  "boolean": (value) => typeof value === "boolean",
  "list": (value) => Array.isArray(value),
  "list of texts": (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
  "mapping": (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function assertAsPromised(object: Readonly<Record<string, unknown>>, name: string): void {
  const members = promised().get(name);
  assert(members !== undefined, `${name} is not in docs/json-events.md`);
  for (const [member, value] of Object.entries(object)) {
    if (member === "event") continue;
    const said = members.get(member);
    assert(said !== undefined, `${name}.${member} is not in docs/json-events.md`);
    assert(FITS[said.type]?.(value), `${name}.${member} is no ${said.type}: ${JSON.stringify(value)}`);
  }
  for (const [member, { optional }] of members) assert(optional || member in object, `${name}.${member} is missing`);
}

function objectsIn(stdout: string): Record<string, unknown>[] {
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
}

const stages = { diagonalize: { computed: 1, cached: 0 } }, files = ["a.yaml"], study = "a";

/** Every event that the program can tell, with every member: the compiler sees to it that none is left out and none is made up. */
const EVENTS: { readonly [Name in RunEvent["event"]]: Required<Extract<RunEvent, { readonly event: Name }>> } = {
  started: { event: "started", study },
  progress: {
    event: "progress",
    study,
    stages: { diagonalize: { computed: 1, cached: 0, expected: 2 } },
    secondsLeft: 1,
  },
  warning: { event: "warning", study, message: "x" },
  output: { event: "output", study, file: "outputs/a/gap.csv", written: true },
  rechecked: { event: "rechecked", study, seed: "x", cached: 1, checked: 1 },
  finished: { event: "finished", study, folder: "outputs/a", seconds: 1, files, stages },
  failed: {
    event: "failed",
    study,
    message: "x",
    points: [{ index: 0, swept: { "model.mass": 1 }, message: "x" }],
  },
  stopped: { event: "stopped" },
  plan: {
    event: "plan",
    study,
    compute: 1,
    cached: 0,
    points: { all: 1, compute: 1 },
    seconds: null,
    stages: [],
    write: [],
  },
  watching: { event: "watching", files },
  saved: { event: "saved", files },
  gone: { event: "gone", files },
  cancelled: { event: "cancelled", files },
  outdated: { event: "outdated", files },
  invalid: { event: "invalid", problems: ["x"] },
};

Deno.test("every event is documented with all its members, and no other", () => {
  for (const [name, event] of Object.entries(EVENTS)) {
    assertAsPromised(event as unknown as Record<string, unknown>, name);
    assertEquals([...promised().get(name)!.keys()].filter((member) => !(member in event)), []);
  }
  const commands = ["list", "describe"];
  assertEquals([...promised().keys()].sort(), [...Object.keys(EVENTS), ...commands].sort());
});

Deno.test("what the program writes is as it is documented", async (t) => {
  using desk = new Workspace();
  const small = desk.write("small", SMALL_STUDY), seen = new Set<string>();
  const check = async (words: readonly string[], code = 0) => {
    const outcome = await desk.run([...words, "--json"]);
    assertEquals(outcome.code, code, outcome.stderr);
    for (const object of objectsIn(outcome.stdout)) {
      assertAsPromised(object, object.event as string);
      seen.add(object.event as string);
    }
  };

  await t.step("plans, runs, and runs with nothing to do", async () => {
    await check([small, "--plan"]);
    await check([small, "--recheck", "0"]);
    await check([small, "--plan"]);
    await check([small]);
  });

  await t.step("a study with something odd, which is why it fails", async () => {
    const idle = edited(SMALL_STUDY, "  baths.fermi_level", "  disorder.strength: [0.1, 0.2]\n  baths.fermi_level");
    await check([desk.write("odd", edited(idle, "study: small", "study: odd"))], 1);
  });
  assertEquals(
    [...seen].sort(),
    ["failed", "finished", "output", "plan", "progress", "rechecked", "started", "warning"],
  );

  await t.step("answers of commands", async () => {
    for (const [command, ...words] of [["list", small], ["describe", small]]) {
      const { code, stdout, stderr } = await desk.run([command, ...words, "--json"]);
      assertEquals([code, stderr], [0, ""]);
      const [answer, ...more] = objectsIn(stdout);
      assertEquals(more, []);
      assertAsPromised(answer, command);
    }
  });
});
