/**
 * The markup of titles, `μ_F` or `A^5`, in HTML: the same reading of it as in charts, so that a quantity looks alike in both.
 *
 * @module
 */
import { parseMarkup } from "../chart/markup.ts";
import { type Html, markup } from "./html.ts";

/**
 * A title or symbol with its indices and powers set, and its variables in italics.
 *
 * @param text The text with markup.
 * @returns HTML.
 */
export function typesetTitle(text: string): Html {
  return markup`${runsOf(text, true)}`;
}

/**
 * A sentence with the indices and powers of its symbols set; its letters stand upright, since most of them are words.
 *
 * @param text The sentence; an index is as long as its letters and digits, the CLL of μ_CLL, and 1e−9 is a power of ten.
 * @returns HTML.
 */
export function typesetSentence(text: string): Html {
  const marked = text
    .replaceAll(/([_^])([A-Za-z0-9]+)/g, "$1{$2}")
    .replaceAll(/(?<=\d)e(−?\d+)/g, " × 10^{$1}");
  return markup`${runsOf(marked, false)}`;
}

/**
 * A name of the program, which may be broken into lines where its words end.
 *
 * @param name The name, such as `baths.fermi_level`.
 * @returns HTML.
 */
export function programName(name: string): Html {
  return markup`<code>${name.split(/(?<=[._])/).map((word, i) => i === 0 ? word : markup`<wbr>${word}`)}</code>`;
}

/**
 * A title without its markup, for readers who hear it.
 *
 * @param text The text with markup.
 * @returns Plain text.
 */
export function spoken(text: string): string {
  return parseMarkup(text).map((run) => run.text).join("");
}

function runsOf(text: string, slant: boolean): Html[] {
  return parseMarkup(text, { slant }).map((run) => {
    const slanted = run.italic ? markup`<i>${run.text}</i>` : markup`${run.text}`;
    if (run.shift === "none") return slanted;
    return run.shift === "sub" ? markup`<sub>${slanted}</sub>` : markup`<sup>${slanted}</sup>`;
  });
}
