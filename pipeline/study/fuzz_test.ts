import { stringify } from "@std/yaml";
import { assert } from "@std/assert";
import * as fc from "fast-check";
import { UsageError } from "../errors.ts";
import { parseStudy } from "./load.ts";
import { parseOverride } from "./overrides.ts";
import { LEAVES } from "./schema.ts";

/** Whatever the text: a study or a UsageError with a message, never another error. */
function onlyUsageErrors(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    assert(error instanceof UsageError, (error as Error).stack);
    assert(error.problems.length > 0 && error.problems.every((problem) => /^(Cannot |…)/.test(problem)), error.message);
    return false;
  }
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
  );
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
    fc.array(piece, { maxLength: 20 }).map((pieces) => `study: a\nobservables: {gap: }\n${pieces.join("")}`),
  );
  fc.assert(fc.property(text, (source) => void onlyUsageErrors(() => parseStudy(source, "a.yaml"))), {
    seed: 31,
    numRuns: 1000,
  });
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
