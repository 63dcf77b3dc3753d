import { assert, assertEquals } from "@std/assert";
import { type ListedStudy, listText } from "./study_list.ts";
import { NO_TERMINAL, textWidth } from "./terminal.ts";

const listed = (study: string, state: ListedStudy["state"], why: readonly string[] = []): ListedStudy => ({
  file: `configs/${study}.yaml`,
  study,
  title: "Anomalous current against the Fermi level",
  state,
  why,
  run: null,
});
const STUDIES = [listed("fig3a", "fresh"), listed("fig3b", "stale", ["model.mass: 0 → 0.1", "b", "c", "d"])];
const RUN = "deno task pipeline";

Deno.test("no terminal gets whole lines; of many reasons two are told", () => {
  assertEquals(listText(STUDIES, NO_TERMINAL, RUN).split("\n"), [
    "study  state  title",
    "fig3a  fresh  Anomalous current against the Fermi level",
    "fig3b  stale  Anomalous current against the Fermi level",
    "              model.mass: 0 → 0.1",
    "              b",
    "              and 2 more",
    "",
    `2 studies: 1 fresh, 1 stale. To compute what is missing: ${RUN}`,
    "",
  ]);
});

Deno.test("a narrow terminal has the title in a line of its own, and no line wraps", () => {
  const lines = listText(STUDIES, { columns: 30, rows: 24, colours: false }, RUN).split("\n");
  assertEquals(lines.slice(0, 5), [
    "study  state",
    "fig3a  fresh",
    "  Anomalous current against…",
    "fig3b  stale",
    "  Anomalous current against…",
  ]);
  for (const columns of [20, 40, 60, 80, 120]) {
    for (const line of listText(STUDIES, { columns, rows: 24, colours: true }, RUN).split("\n")) {
      assert(textWidth(line) <= columns, `${columns}: ${line}`);
    }
  }
});

Deno.test("nothing is to be done when all is fresh", () => {
  const text = listText([STUDIES[0], listed("fig2a", "fresh")], NO_TERMINAL, RUN);
  assertEquals(text.split("\n").at(-2), "2 studies: all fresh.");
  assertEquals(listText([STUDIES[0]], NO_TERMINAL, RUN).split("\n").at(-2), "1 study: fresh.");
});

Deno.test("a study in a file of another name goes by its file", () => {
  const text = listText(
    [{ ...STUDIES[0], file: "mine.yaml" }, { ...STUDIES[0], study: null, title: null, file: "x.yaml", state: "wrong" }],
    NO_TERMINAL,
    RUN,
  );
  assertEquals(text.split("\n").slice(1, 3), [
    "mine.yaml  fresh  Anomalous current against the Fermi level",
    "x.yaml     wrong",
  ]);
});
