/**
 * HTML that escapes whatever is put into it, so that a study's title or a label, which may hold any text, can never become markup.
 *
 * @module
 */

/** Markup that is right as it stands. */
export class Html {
  /** The markup. */
  readonly text: string;

  /**
   * Takes a text for markup.
   *
   * @param text The markup.
   */
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: markup as it is, lists one item after the other, anything else as text. */
export type Content = Html | string | number | readonly Content[];

/**
 * A template tag, under a name that the formatter does not know, as it would put spaces and line breaks in: the literal parts are markup, what is put between them is escaped unless it is {@linkcode Html}.
 *
 * @param literals The literal parts.
 * @param contents What stands between them, in the text of an element or in an attribute in double quotes.
 * @returns The markup.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(markup`<b>${"a < b"}</b>`.text, "<b>a &lt; b</b>");
 * ```
 */
export function markup(literals: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(literals.reduce((text, literal, i) => text + markupOf(contents[i - 1]) + literal));
}

function markupOf(content: Content): string {
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(markupOf).join("");
  return escaped(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters, which HTML does not allow even as entities, are shown as what cannot be shown. */
function escaped(text: string): string {
  return text
    // deno-lint-ignore no-control-regex
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, "\ufffd")
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character]);
}
