/**
 * A strict reader of pages, for tests: it takes what the report may be made of and nothing that a browser would have to guess at.
 *
 * @module
 */

/** An element of a page. */
export interface PageElement {
  /** Its name in lower case. */
  readonly tag: string;
  /** Its attributes, entities resolved. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The names of the elements around it, the outermost first. */
  readonly around: readonly string[];
  /** The text in it and in its parts, entities resolved. */
  text: string;
}

/** Elements without an end. */
const VOID = new Set(["meta", "link", "wbr"]);

/** Elements that end a paragraph, whether it is closed or not. */
const BLOCKS = new Set(["div", "dl", "figure", "h1", "h2", "h3", "main", "nav", "p", "section", "table", "ul"]);

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z][a-zA-Z0-9:-]*="[^"<>]*")*)(\/?)>/y;
const TEXT = /[^<>]+/y, STYLE = /[^<]+/y;
const ENTITY = /&(?:(amp|lt|gt|quot)|#(\d+)|#x([0-9A-F]+));/g;
const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/**
 * Reads a page.
 *
 * @param page HTML.
 * @returns Its elements in their order.
 * @throws {Error} If a tag is not closed where it should be, an id or an attribute is there twice, or a character is not escaped.
 */
export function readPage(page: string): PageElement[] {
  const start = "<!DOCTYPE html>\n";
  if (!page.startsWith(start)) throw new Error("the page has no doctype");
  const elements: PageElement[] = [], open: PageElement[] = [], ids = new Set<string>();
  const fail = (reason: string, at: number): never => {
    throw new Error(`${reason} at ${JSON.stringify(page.slice(at, at + 80))} in <${open.at(-1)?.tag}>`);
  };
  for (let at = start.length; at < page.length;) {
    STYLE.lastIndex = TEXT.lastIndex = TAG.lastIndex = at;
    const isStyle = open.at(-1)?.tag === "style", text = (isStyle ? STYLE : TEXT).exec(page)?.[0];
    if (text !== undefined) {
      const read = isStyle ? text : resolved(text, () => fail("an ampersand stands alone", at));
      for (const element of open) element.text += read;
      at += text.length;
      continue;
    }
    const [whole, end, name, attributes, closed] = TAG.exec(page) ?? fail("this is no tag", at);
    const around = open.map(({ tag }) => tag), isDrawing = name === "svg" || around.includes("svg");
    if (!isDrawing && name !== name.toLowerCase()) fail("a name has capitals", at);
    if (end !== "") {
      if (open.pop()?.tag !== name) fail("the wrong element ends", at);
    } else {
      if (BLOCKS.has(name) && around.includes("p")) fail("a block stands in a paragraph", at);
      const element = { tag: name, attributes: new Map<string, string>(), around, text: "" };
      for (const [, key, value] of attributes.matchAll(/ ([^=]+)="([^"]*)"/g)) {
        if (element.attributes.has(key)) fail(`the attribute ${key} is there twice`, at);
        element.attributes.set(key, resolved(value, () => fail("an ampersand stands alone", at)));
      }
      const id = element.attributes.get("id");
      if (id !== undefined && ids.has(id)) fail(`the id ${id} is there twice`, at);
      if (id !== undefined) ids.add(id);
      elements.push(element);
      if (closed !== "" && !isDrawing) fail("only parts of drawings close themselves", at);
      if (closed === "" && !VOID.has(name)) open.push(element);
    }
    at += whole.length;
  }
  if (open.length > 0) fail("the page ends", page.length);
  return elements;
}

function resolved(text: string, complain: () => never): string {
  if (text.replaceAll(ENTITY, "").includes("&")) complain();
  return text.replaceAll(ENTITY, (_, name: string | undefined, decimal: string | undefined, hexadecimal: string) => {
    if (name !== undefined) return CHARACTERS[name];
    return String.fromCodePoint(decimal === undefined ? parseInt(hexadecimal, 16) : Number(decimal));
  });
}
