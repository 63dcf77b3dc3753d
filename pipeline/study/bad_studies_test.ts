import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../errors.ts";
import { parseStudy } from "./load.ts";

interface Case {
  readonly name: string;
  readonly source: string;
  readonly messages: readonly string[];
}

/** The cases of bad_studies.txt, whose first paragraph says how it is written. */
function cases(): Case[] {
  const text = Deno.readTextFileSync(new URL("./bad_studies.txt", import.meta.url));
  return text.split(/^(?===)/m).slice(1).map((part) => {
    const [heading, ...lines] = part.trimEnd().split("\n");
    const start = heading.startsWith("=== ") ? "" : "study: a\nobservables: {gap: }\n";
    const isMessage = (line: string): boolean => line.startsWith("-> ");
    const source = start + lines.filter((line) => !isMessage(line)).join("\n") + "\n";
    const messages = lines.filter(isMessage).map((line) => line.slice(3));
    return { name: heading.replace(/^=+ /, ""), source, messages };
  });
}

Deno.test("there are bad studies to try, each with a message", () => {
  const all = cases();
  assert(all.length >= 150, `${all.length} cases`);
  for (const { name, messages } of all) assert(messages.length > 0, name);
});

for (const { name, source, messages } of cases()) {
  Deno.test(`a bad study: ${name}`, () => {
    const error = assertThrows(() => parseStudy(source, "a.yaml"), UsageError);
    assertEquals(error.problems, messages);
    assertEquals(error.message, messages.join("\n"));
  });
}
