/**
 * The description of a study as people read it: a section for each thing that they may want to know, in the order in which they would ask.
 *
 * @module
 */
import type { Json } from "../dataflow/stage.ts";
import { bytesText, counted } from "./quantities.ts";
import { duration } from "./reporter.ts";
import type { DescribedParameter, DescribedStage, StudyDescription } from "./study_description.ts";
import { aligned, styled, tabled, type Terminal, wrapped } from "./terminal.ts";

/** Values of a list that are told one by one. */
const MOST_VALUES = 5;

/**
 * A description for people.
 *
 * @param described The description.
 * @param terminal Where it is read.
 * @returns Sections with a heading each.
 */
export function descriptionText(described: StudyDescription, terminal: Terminal): string {
  const { study, title, file, state, sweep, momenta, charts, folder, files } = described;
  const wrap = (text: string, indent: string): string[] =>
    wrapped(text, terminal.columns === 0 ? 0 : terminal.columns - 1, indent);
  const heading = (text: string): string => styled(text, "bold", terminal);
  const rows = (cells: readonly (readonly string[])[]): string[] => tabled(cells, "  ", terminal.columns);
  const from = described.extends.length > 0 ? `, extends ${described.extends.join(", ")}` : "";
  const together = sweep.axes.some((axis) => axis.length > 1) ? "; paths in one line vary together" : "";
  return [
    ...wrap(`${heading(study)}: ${title}`, "  "),
    ...wrap(`${file}${from}; results: ${state}`, "  "),
    ...described.warnings.flatMap((warning) => wrap(`Warning: ${warning}`, "  ")),
    "",
    heading("Parameters"),
    ...rows(described.parameters.map(parameterRow)),
    "  * is not the default, ~ is swept",
    "",
    ...wrap(`${heading("Sweep")}: ${counted(sweep.points, "point")}${lengths(sweep.axes)}${together}`, "  "),
    ...rows(sweep.axes.map((axis) => [
      axis.map(({ path }) => path).join(", "),
      axis.map(({ values }) => valuesText(values)).join("; "),
    ])),
    "",
    heading("Observables"),
    ...rows(
      described.observables.map((
        { name, settings, columns },
      ) => [name, `${columns.join(", ")}${settingsText(settings)}`]),
    ),
    "",
    heading("Stages"),
    ...aligned([["stage", "tasks", "in cache", "size", "time"], ...described.stages.map(stageRow)], [1, 2, 3, 4])
      .map((line) => `  ${line}`),
    ...momentaText(momenta),
    "",
    heading("Cost"),
    ...rows(costRows(described)),
    "",
    ...charts.length === 0 ? [] : [heading("Charts"), ...rows(charts.map(({ name, shows }) => [name, shows])), ""],
    ...wrap(`${heading("Files")} in ${folder}/: ${files.join(", ")}`, "  "),
    "",
  ].join("\n");
}

function momentaText({ diagonalized, atLeast }: StudyDescription["momenta"]): string[] {
  if (diagonalized === 0) return [];
  return [
    `  ${atLeast ? "at least " : ""}${diagonalized} momenta are diagonalized; of a grid, symmetry gives the rest`,
  ];
}

function parameterRow({ path, value, default: usual, differs, swept }: DescribedParameter): string[] {
  if (swept) return ["~", path, "see the sweep"];
  const note = differs && usual !== null ? `  (default ${valueText(usual)})` : "";
  return [differs ? "*" : " ", path, `${valueText(value)}${note}`];
}

function stageRow({ stage, tasks, atLeast, cached, bytes, seconds }: DescribedStage): string[] {
  const time = tasks === 0 ? "" : seconds === null ? "?" : timeText(seconds);
  return [stage, `${atLeast ? "≥ " : ""}${tasks}`, String(cached), cached === 0 ? "" : bytesText(bytes), time];
}

/** What the numbers come from is told with them: records are of this machine, the model knows how work grows. */
function costRows({ cost: { workers, recorded, model, left, memory }, stages }: StudyDescription): string[][] {
  const open = stages.reduce((sum, { tasks, cached }) => sum + tasks - cached, 0);
  const atLeast = stages.some((stage) => stage.atLeast) ? "at least " : "";
  const time = left === null ? "" : `, ${atLeast}about ${timeText(left)}`;
  return [
    [
      "from nothing",
      recorded === null
        ? "not known: some such tasks have never been run with this cache"
        : `${atLeast}about ${timeText(recorded)} with ${counted(workers, "worker")}, as such tasks took before`,
    ],
    [
      "by a model",
      `about ${timeText(model)}, from the sizes of slab, grid and sweep (stages/cost.ts), without start and charts`,
    ],
    ["left", open === 0 ? "nothing to compute" : `${counted(open, "task")}${time}`],
    ["memory", `about ${bytesText(memory)} for tables and points`],
  ];
}

function timeText(seconds: number): string {
  return seconds < 0.1 ? `${seconds.toFixed(2)} s` : duration(seconds);
}

function lengths(axes: StudyDescription["sweep"]["axes"]): string {
  return axes.length < 2 ? "" : ` = ${axes.map((axis) => axis[0].values.length).join(" × ")}`;
}

function valuesText(values: readonly (number | string)[]): string {
  if (values.length <= MOST_VALUES) return values.join(", ");
  return `${values[0]}, ${values[1]}, … ${values[values.length - 1]} (${values.length} values)`;
}

function valueText(value: Json): string {
  if (Array.isArray(value)) return `[${valuesText(value)}]`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function settingsText(settings: Json): string {
  const entries = Object.entries(settings as Record<string, Json>);
  return entries.length === 0 ? "" : `; ${entries.map(([key, value]) => `${key}: ${valueText(value)}`).join(", ")}`;
}
