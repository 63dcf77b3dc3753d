import { assertEquals } from "@std/assert";
import { editDistance, nearestKey, nearestName } from "./nearest_name.ts";

Deno.test("an edit is an insertion, a deletion, a substitution or a swap of neighbours", () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ["", "", 0],
    ["", "abc", 3],
    ["mass", "mass", 0],
    ["mass", "masss", 1],
    ["mass", "mas", 1],
    ["mass", "mess", 1],
    ["mass", "amss", 1],
    ["kitten", "sitting", 3],
    ["ab", "ba", 1],
  ];
  for (const [a, b, distance] of cases) {
    assertEquals(editDistance(a, b), distance, `${a} ${b}`);
    assertEquals(editDistance(b, a), distance, `${b} ${a}`);
  }
});

Deno.test("the nearest name is close, or there is none", () => {
  const names = ["coupling", "fermi_level", "chemical_potential_slope", "inverse_temperature", "qy", "qz"];
  assertEquals(nearestName("fermilevel", names), "fermi_level");
  assertEquals(nearestName("Fermi_Level", names), "fermi_level");
  assertEquals(nearestName("fermi", names), "fermi_level");
  assertEquals(nearestName("chemical_potential", names), "chemical_potential_slope");
  assertEquals(nearestName("qx", names), "qy");
  assertEquals(nearestName("temperature", names), undefined);
  assertEquals(nearestName("x", names), undefined);
  assertEquals(nearestName("", names), undefined);
  assertEquals(nearestName("q".repeat(1_000_000), names), undefined);
});

Deno.test("a misplaced key is sent to its place", () => {
  const known = ["model.mass", "model.sites"];
  assertEquals(nearestKey("mass", known, []), "model.mass");
  assertEquals(nearestKey("mas", known, []), "model.mass");
  assertEquals(nearestKey("model.mas", known, []), "model.mass");
  assertEquals(nearestKey("fermi_level", ["mass"], ["baths.fermi_level"]), "baths.fermi_level");
  assertEquals(nearestKey("zeitgeist", ["mass"], ["baths.fermi_level"]), undefined);
});
