import { stringify } from "@std/yaml";
import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { considered } from "../commands/studies.ts";
import { UsageError } from "../errors.ts";
import { illustrated } from "../excerpt.ts";
import { type LoadedStudy, parseStudy } from "./load.ts";
import { parseOverride } from "./overrides.ts";
import { LEAVES } from "./schema.ts";

/** Longer than this no text may keep the loader busy, in milliseconds: a thousand times what one takes. */
const HANG = 1000;

const USUAL = { workers: 2, unlimited: false, plan: false };

/** Whatever the text: a study that can be sized up, or a UsageError with messages of one line; never another error, and never a hang. */
function onlyUsageErrors(read: () => LoadedStudy): boolean {
  const start = performance.now();
  try {
    for (const warning of considered(read(), USUAL).warnings) assert(isLine(warning), warning);
    return true;
  } catch (error) {
    assert(error instanceof UsageError, (error as Error).stack);
    assert(error.problems.length > 0, "no problem");
    for (const problem of error.problems) assert(/^(Cannot |…)/.test(problem) && isLine(problem), problem);
    assertEquals(illustrated(error, 80).includes("undefined"), error.message.includes("undefined"));
    return false;
  } finally {
    if (performance.now() - start > HANG) assertNoHang(read);
  }
}

/** A machine may be busy once, but not three times. */
function assertNoHang(read: () => LoadedStudy): void {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    try {
      read();
    } catch (error) {
      assert(error instanceof UsageError);
    }
    return performance.now() - start;
  });
  assert(Math.min(...times) < HANG, `it takes ${Math.min(...times)} ms`);
}

function isLine(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return !/[\x00-\x1f\x7f-\x9f]/.test(text) && text.length < 3000;
}

const good = (): Record<string, unknown> => ({
  study: "fuzz",
  title: "A study to change",
  model: { sites: 4, mass: 0.1, gauge_field: { profile: "table", values: [1, 2, 3, 4], amplitude: 1 } },
  momentum: { qy: 8 },
  baths: { fermi_level: 0, inverse_temperature: 1, inverse_temperature_slope: 0.5 },
  disorder: { scheme: "none" },
  sweep: {
    "baths.fermi_level": { from: -1, to: 1, count: 3 },
    zip: [{ "model.velocity": [1, 2], "momentum.qz": [8, 9] }],
  },
  observables: { gap: null, bands: { qy: { from: 0, to: 1, count: 3 }, qz: 0 }, current: { method: "limit" } },
  charts: [{ name: "a", observable: "gap", mark: "line", x: "fermi_level", y: "gap", vega_lite: { width: 1 } }, {
    name: "b",
    panels: ["a", {
      observable: "gap",
      mark: "point",
      x: { expression: "2*gap" },
      y: "gap",
      filter: { gap: { from: 0, to: 1 }, fermi_level: [-1] },
      error: "fermi_level",
      labels: "gap",
      shape: "star",
      layers: [{ observable: "current", mark: "line", x: "fermi_level", y: "charge_current" }, {
        observable: "gap",
        mark: "rule",
        x: "gap",
        label: "E_0",
      }],
    }],
  }],
});

const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    NaN,
    Infinity,
    -0,
    "",
    "1",
    "0x1",
    "1/x",
    "exp(",
    true,
    [],
    {},
    [[]],
    "gap",
    1e308,
    1e9,
  ),
  fc.double(),
  fc.integer({ min: -5, max: 5000 }),
  fc.string(),
  fc.array(fc.oneof(fc.integer(), fc.string()), { maxLength: 4 }),
  fc.record({ from: fc.double(), to: fc.double(), count: fc.integer({ min: -1, max: 20 }) }),
  fc.jsonValue({ maxDepth: 3 }),
);

const key = fc.oneof(
  fc.constantFrom(
    "model",
    "mass",
    "zip",
    "qy",
    "0",
    "1",
    "values",
    "__proto__",
    "constructor",
    "toString",
    "x",
    "count",
  ),
  fc.constantFrom(...LEAVES.map(({ path }) => path)),
  fc.string({ maxLength: 6 }),
);

/** One change: replace, remove or add a value somewhere, the choices of the way being random numbers. */
interface Change {
  readonly way: readonly number[];
  readonly kind: "replace" | "remove" | "add";
  readonly key: string;
  readonly value: unknown;
}

function change(study: Record<string, unknown>, { way, kind, key, value: shared }: Change): void {
  const value = structuredClone(shared);
  let holder: Record<string, unknown> = study;
  for (const [index, choice] of way.entries()) {
    const keys = Object.keys(holder);
    if (keys.length === 0) break;
    const chosen = keys[choice % keys.length];
    const next = holder[chosen];
    if (index < way.length - 1 && typeof next === "object" && next !== null) holder = next as Record<string, unknown>;
    else if (kind === "add") {
      Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
    } else if (kind === "remove" && !Array.isArray(holder)) delete holder[chosen];
    else holder[chosen] = value;
  }
}

const changes = fc.array(
  fc.record<Change>({
    way: fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
    kind: fc.constantFrom("replace", "remove", "add"),
    key,
    value,
  }),
  { maxLength: 4 },
);

Deno.test("any text is a study or a UsageError", () => {
  const piece = fc.constantFrom(
    ..."{}[],:?-&*!|>'\"%@`#\n\t \ufeff\u0000".split(""),
    "study: a\n",
    "observables: ",
    "gap: ",
    "&a ",
    "*a",
    "<<: ",
    "---\n",
    "...\n",
    "!!str ",
    "!!binary ",
    "? ",
    "  ",
    "010",
    "1_0",
    ".nan",
    "sweep: ",
    "model.mass: ",
    "extends: ",
    "without: [",
    "../",
    "\u001b[2J",
    "\u202e",
    "1e999",
  );
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
    fc.array(piece, { maxLength: 20 }).map((pieces) => `study: a\nobservables: {gap: }\n${pieces.join("")}`),
  );
  fc.assert(fc.property(text, (source) => void onlyUsageErrors(() => parseStudy(source, "a.yaml"))), {
    seed: 31,
    numRuns: 1500,
  });
});

Deno.test("any YAML is a study or a UsageError", () => {
  const word = fc.oneof(
    key,
    fc.constantFrom("study", "observables", "sweep", "charts", "extends", "without", "current"),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: "small", withCrossShrink: true }, value, tie("list"), tie("mapping")),
    list: fc.array(tie("tree"), { maxLength: 4 }),
    mapping: fc.dictionary(word, tie("tree"), { maxKeys: 5 }),
  }));
  const study = fc.record(
    {
      study: fc.oneof({ weight: 3, arbitrary: fc.constant("a") }, tree),
      observables: fc.oneof({ weight: 3, arbitrary: fc.constant({ gap: null }) }, tree),
      model: tree,
      baths: tree,
      sweep: tree,
      charts: tree,
      extends: tree,
      without: tree,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(tree, study), (data) => {
      const source = stringify(data, { skipInvalid: true });
      onlyUsageErrors(() => parseStudy(source, "a.yaml"));
    }),
    { seed: 34, numRuns: 1000 },
  );
});

/** The studies of the repository, whose texts have all that people write: comments, quotes, flow and block style. */
function repositoryStudies(): string[] {
  const folder = new URL("../../configs/", import.meta.url);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => Deno.readTextFileSync(new URL(name, folder)));
}

/** One slip of the keyboard, at a place given as a share of the text. */
interface Slip {
  readonly kind: "delete" | "insert" | "double" | "swap" | "indent" | "cut" | "drop";
  readonly at: number;
  readonly text: string;
}

function slipped(text: string, { kind, at, text: inserted }: Slip): string {
  const i = Math.floor(at * text.length), lines = text.split("\n"), line = Math.floor(at * lines.length);
  switch (kind) {
    case "delete":
      return text.slice(0, i) + text.slice(i + 1);
    case "insert":
      return text.slice(0, i) + inserted + text.slice(i);
    case "double":
      return [...lines.slice(0, line), lines[line], ...lines.slice(line)].join("\n");
    case "swap":
      return [...lines.slice(0, line), ...lines.slice(line, line + 2).reverse(), ...lines.slice(line + 2)].join("\n");
    case "indent":
      return lines.map((one, j) => j === line ? ` ${one}` : one).join("\n");
    case "cut":
      return text.slice(0, i);
    case "drop":
      return lines.filter((_, j) => j !== line).join("\n");
  }
}

Deno.test("any slip of the keyboard in a study leaves a study or a UsageError", () => {
  const texts = repositoryStudies(), runs = 1200;
  const slip = fc.record<Slip>({
    kind: fc.constantFrom("delete", "insert", "double", "swap", "indent", "cut", "drop"),
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    text: fc.constantFrom(..."{}[]:,-#&*!'\"%\t\n 09.eα−".split(""), ": ", "\r\n", "null", ".nan", "1e400", "\u0000"),
  });
  let accepted = 0;
  fc.assert(
    fc.property(fc.nat(texts.length - 1), fc.array(slip, { minLength: 1, maxLength: 3 }), (which, slips) => {
      const source = slips.reduce(slipped, texts[which]);
      if (onlyUsageErrors(() => parseStudy(source, "a.yaml"))) accepted++;
    }),
    { seed: 35, numRuns: runs },
  );
  assert(accepted > 50 && accepted < runs - 50, `${accepted} were accepted`);
});

Deno.test("any change of a good study is a study or a UsageError", () => {
  assert(onlyUsageErrors(() => parseStudy(stringify(good()), "a.yaml")));
  let accepted = 0;
  fc.assert(
    fc.property(changes, (list) => {
      const study = good();
      for (const one of list) change(study, one);
      const source = stringify(study, { skipInvalid: true });
      if (onlyUsageErrors(() => parseStudy(source, "a.yaml"))) accepted++;
    }),
    { seed: 32, numRuns: 1000 },
  );
  assert(accepted > 50 && accepted < 950, `${accepted} of 1000 were accepted`);
});

Deno.test("any --set argument is used or refused with a UsageError", () => {
  const path = fc.oneof(
    fc.array(key, { minLength: 1, maxLength: 4 }).map((keys) => keys.join(".")),
    fc.constantFrom("model.mass", "sweep.zip.0.momentum.qz", "charts.0.x", "observables.bands.qy", "sweep", "charts"),
  );
  const argument = fc.oneof(
    fc.string(),
    fc.tuple(path, fc.oneof(fc.string(), value.map((given) => JSON.stringify(given) ?? ""))).map((pair) =>
      pair.join("=")
    ),
  );
  const source = stringify(good());
  fc.assert(
    fc.property(
      fc.array(argument, { minLength: 1, maxLength: 3 }),
      (list) => void onlyUsageErrors(() => parseStudy(source, "a.yaml", list.map(parseOverride))),
    ),
    { seed: 33, numRuns: 1000 },
  );
});
