/**
 * The reference of study files, a table of every key: made from the schema, so that it cannot say anything else than the program does.
 *
 * Run as a program, it prints what belongs into `docs/study-reference.md`.
 *
 * @module
 */
import { eachProperty, type SchemaPart } from "./annotations.ts";
import { studyJsonSchema } from "./json_schema.ts";

/** The units that descriptions end their first words with, in parentheses. */
export const UNITS: readonly string[] = [
  "energy",
  "1/energy",
  "energy times lattice constant",
  "energy per lattice constant",
  "1/energy over the whole slab",
  "lattice constants",
  "1/lattice constant",
  "dimensionless",
  "unit of the current",
];

const HEAD = `<!-- deno-fmt-ignore-file -->
<!-- Made by pipeline/study/reference.ts from the schema: change that, and run it again. -->

# What a study may say

Every key of a study file, as the program itself reads it. Energies are in the unit of velocity/lattice constant, lengths in lattice
constants, with ħ = e = k_B = 1. Paths are written as \`--set\` and \`sweep\` take them; \`charts\` is a list, and its keys, and those of
\`layers\` and \`panels\`, are the same wherever they stand.

\`extends\`: mappings are merged key by key, at every depth; lists and single values are replaced whole. Keys of a base come first, in its
order, so that its sweep varies as it did; of several bases a later one goes over an earlier one, and the study over all, then \`--set\`.
\`study\` is not taken over. \`without\` takes keys out of what the bases say, before the study's own are put in. Bases are in the project's
folder (the one that the program is started in; for a study elsewhere, the study's own), and may have bases themselves, up to eight deep.

`;

/** Returns the unit that a description states, or undefined if it states none. */
export function unitOf(description: string): string | undefined {
  return [...description.matchAll(/\(([^()]+)\)/g)].map(([, words]) => words).find((words) => UNITS.includes(words));
}

/** Returns the text of `docs/study-reference.md`. */
export function studyReference(): string {
  const schema = studyJsonSchema(), rows: string[][] = [], seen = new Set<string>();
  const row = (part: SchemaPart, path: string, owner: SchemaPart): void => {
    // Paths of a sweep are those of the values that they vary.
    if (/^sweep\..+\./.test(path) || seen.has(path)) return;
    seen.add(path);
    const description = String(part.description ?? ""), unit = unitOf(description) ?? "";
    const key = path.slice(path.lastIndexOf(".") + 1), needed = owner.required as string[] | undefined;
    const isNeeded = needed?.includes(key) === true || path === "observables";
    rows.push([
      `\`${path}\``,
      formOf(part),
      part.default === undefined ? isNeeded ? "needed" : "" : `\`${shortJson(part.default)}\``,
      unit,
      description,
      ((part.examples as unknown[] | undefined) ?? []).map((example) => `\`${shortJson(example)}\``).join(", "),
    ]);
  };
  eachProperty(schema, row);
  const table = [["key", "value", "default", "unit", "meaning", "examples"], Array(6).fill("-"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`);
  return `${HEAD}${table.join("\n")}\n`;
}

/** What a value may be, in words. */
function formOf(part: SchemaPart): string {
  if (part.$ref !== undefined) return part.$ref === "#/definitions/range" ? "`{from, to, count}`" : "mapping";
  if (part.anyOf !== undefined) {
    const forms = [...new Set((part.anyOf as SchemaPart[]).map(formOf))];
    return forms.filter((form) => form !== "").join(" or ");
  }
  if (part.const !== undefined) return `\`${part.const}\``;
  if (part.enum !== undefined) return (part.enum as unknown[]).map((word) => `\`${word}\``).join(", ");
  switch (part.type) {
    case "integer":
      return `integer, ${part.minimum} … ${part.maximum}`;
    case "number":
      if (part.exclusiveMinimum !== undefined) return `number > ${part.exclusiveMinimum}`;
      return part.minimum === undefined ? "number" : `number ≥ ${part.minimum}`;
    case "string":
      return part.pattern === undefined ? "text" : `name, \`${part.pattern}\``;
    case "array": {
      const items = formOf(part.items as SchemaPart);
      return items.startsWith("mapping") ? "list of mappings" : `list of: ${items}`;
    }
    case "null":
      return "";
    default:
      return "mapping";
  }
}

/** JSON as people write it in a study. */
function shortJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shortJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${key}: ${shortJson(inner)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  if (typeof value === "number" && Math.abs(value) === Math.PI) return value > 0 ? "π" : "-π";
  if (typeof value === "number" && value !== 0 && Math.abs(value) < 1e-3) return value.toExponential();
  return String(value);
}

if (import.meta.main) {
  await Deno.stdout.write(new TextEncoder().encode(studyReference()));
}
