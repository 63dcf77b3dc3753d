import { assertEquals } from "@std/assert";
import { defaultParameters } from "./defaults.ts";
import { parseStudy } from "./load.ts";

Deno.test("the defaults are what a study has that says nothing", () => {
  const { model, momentum, baths, disorder } = parseStudy("study: bare\nobservables: { gap: {} }\n", "bare.yaml").study;
  assertEquals<unknown>(defaultParameters(), { model, momentum, baths, disorder });
});
