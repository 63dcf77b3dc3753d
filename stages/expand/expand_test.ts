import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { expand, expandStage, type SweepAxis } from "./expand.ts";

const parameters = {
  model: { sites: 4, mass: 0, gauge_field: { profile: "linear", cutoff: 4 } },
  baths: { fermi_level: 0 },
};

Deno.test("a study without a sweep has one point, itself", () => {
  assertEquals(expand({ parameters, sweep: [] }), [{ swept: {}, parameters }]);
});

Deno.test("the first axis varies slowest, paths of one axis go together", () => {
  const sweep: SweepAxis[] = [
    [{ path: "model.mass", values: [1, 2] }],
    [{ path: "baths.fermi_level", values: [3, 4] }, {
      path: "model.gauge_field.profile",
      values: ["linear", "constant"],
    }],
  ];
  const points = expand({ parameters, sweep });
  assertEquals(points.map(({ swept }) => Object.entries(swept)), [
    [["model.mass", 1], ["baths.fermi_level", 3], ["model.gauge_field.profile", "linear"]],
    [["model.mass", 1], ["baths.fermi_level", 4], ["model.gauge_field.profile", "constant"]],
    [["model.mass", 2], ["baths.fermi_level", 3], ["model.gauge_field.profile", "linear"]],
    [["model.mass", 2], ["baths.fermi_level", 4], ["model.gauge_field.profile", "constant"]],
  ]);
  assertEquals(points[3].parameters, {
    model: { sites: 4, mass: 2, gauge_field: { profile: "constant", cutoff: 4 } },
    baths: { fermi_level: 4 },
  });
});

Deno.test("the study itself is not changed, and branches that are not swept are shared", () => {
  const before = structuredClone(parameters);
  const points = expand({ parameters, sweep: [[{ path: "model.mass", values: [1, 2] }]] });
  assertEquals(parameters, before);
  for (const point of points) assert(point.parameters.baths === parameters.baths);
});

Deno.test("a path whose sections are not there makes them", () => {
  const [point] = expand({ parameters: {}, sweep: [[{ path: "a.b.c", values: [1] }]] });
  assertEquals<unknown>(point.parameters, { a: { b: { c: 1 } } });
});

Deno.test("there are as many points as the product of the axes, no two alike", () => {
  const axis = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(axis, { maxLength: 4 }), (axes) => {
      const sweep = axes.map((values, i) => [{ path: `section.p${i}`, values }]);
      const points = expand({ parameters: { section: {} }, sweep });
      assertEquals(points.length, axes.reduce((product, { length }) => product * length, 1));
      assertEquals(new Set(points.map(({ swept }) => JSON.stringify(swept))).size, points.length);
      points.forEach((point, index) => {
        let rest = index;
        for (let i = axes.length - 1; i >= 0; i--) {
          assertEquals(point.swept[`section.p${i}`], axes[i][rest % axes[i].length]);
          rest = Math.floor(rest / axes[i].length);
        }
        assertEquals(
          Object.entries(point.parameters.section as Record<string, number>).map((
            [key, value],
          ) => [`section.${key}`, value]),
          Object.entries(point.swept),
        );
      });
    }),
    { seed: 20260105 },
  );
});

Deno.test("the stage does no more than that", () => {
  const sweep = [[{ path: "model.mass", values: [1, 2] }]];
  assertEquals(expandStage.run({ parameters, sweep }, [], () => {}), expand({ parameters, sweep }));
});
