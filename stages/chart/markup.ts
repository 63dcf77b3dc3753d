/**
 * The light markup of titles, `μ_F` or `A^{5}`: one reading of it for both measuring and drawing, so that they agree.
 *
 * @module
 */

/** A stretch of text that is set in one size, slope and height. */
export interface Run {
  /** The characters, without markup. */
  readonly text: string;
  /** Whether the run is an index or a power. */
  readonly shift: "sub" | "super" | "none";
  /** Whether the run is a variable. */
  readonly italic: boolean;
}

/** The size of a sub- or superscript relative to its line. */
export const SCRIPT_SIZE = 0.7;

/**
 * Returns the runs of a title in order; their texts put together are the title without its markup. A `_` or `^` at the end
 * of the text, or before a space, is an ordinary character.
 *
 * With `slant`, single Latin letters and lower-case Greek are variables and slant, as TeX would have it; words, digits,
 * capitals in an index (the F of μ_F) and the articles "a", "A" and "I" stay upright.
 *
 * @param text A title with markup.
 * @param options `slant`: whether variables slant; true where it is not given.
 */
export function parseMarkup(text: string, options: { readonly slant?: boolean } = {}): Run[] {
  const split = (options.slant ?? true) ? slanted : upright;
  const runs: Run[] = [];
  const script = /([_^])(?:\{([^{}]+)\}|([^\s{}_^]))/gu;
  let end = 0;
  for (const match of text.matchAll(script)) {
    runs.push(...split(text.slice(end, match.index), "none"));
    runs.push(...split(match[2] ?? match[3], match[1] === "_" ? "sub" : "super"));
    end = match.index + match[0].length;
  }
  runs.push(...split(text.slice(end), "none"));
  return runs;
}

/**
 * Returns a title's width in px by counting characters: for choosing between titles before any font is loaded.
 *
 * @param text A title with markup.
 * @param fontSize The size of its line in px.
 */
export function estimateWidth(text: string, fontSize: number): number {
  return parseMarkup(text).reduce(
    (sum, run) => sum + plainWidth(run.text, run.shift === "none" ? fontSize : SCRIPT_SIZE * fontSize),
    0,
  );
}

/**
 * Returns the width in px of a text without markup, as `estimateWidth` does.
 *
 * @param text The text, in which `_` and `^` are ordinary characters.
 * @param fontSize The size of its line in px.
 */
export function plainWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) {
    // The mean advances of DejaVu Sans, in em.
    width += (/[ .,:|()/⟨⟩ijlt⁻¹²³]/.test(character) ? 0.38 : 0.63) * fontSize;
  }
  return width;
}

/** Returns a text of one height as one run. */
function upright(text: string, shift: Run["shift"]): Run[] {
  return text === "" ? [] : [{ text, shift, italic: false }];
}

/** Returns a text of one height split into its slanted and upright parts. */
function slanted(text: string, shift: Run["shift"]): Run[] {
  const latin = shift === "none" ? "[A-Za-z]" : "[a-z]";
  const variable = new RegExp(`(?<![A-Za-z'’])${latin}(?![A-Za-z])|[α-ωħ](?![A-Za-z]{2})`, "gu");
  const runs: Run[] = [];
  const push = (part: string, italic: boolean): void => {
    if (part === "") return;
    const last = runs.at(-1);
    if (last?.italic === italic) runs[runs.length - 1] = { ...last, text: last.text + part };
    else runs.push({ text: part, shift, italic });
  };
  let end = 0;
  for (const match of text.matchAll(variable)) {
    push(text.slice(end, match.index), false);
    push(match[0], !isArticle(text, match.index));
    end = match.index + match[0].length;
  }
  push(text.slice(end), false);
  return runs;
}

/** Returns whether the letter at an index is an English article or pronoun: one before a word. */
function isArticle(text: string, index: number): boolean {
  return /^[aAI] [A-Za-z]{2}/.test(text.slice(index)) && /^\s?$/.test(text[index - 1] ?? "");
}
