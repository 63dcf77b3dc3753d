/**
 * The few words that decide how a source goes on: whether a slash after them divides, whether a line break after them counts, what they import. All others are
 * names; what tells them apart must cost next to nothing, since every other token is a word.
 *
 * @module
 */

/**
 * What the last token leaves behind, in the low bits of what is said of a word: what a slash and a brace mean next.
 *
 * - `OPERAND`: a slash divides, a brace opens a block.
 * - `OPERATOR`: a slash begins a regular expression, a brace an object.
 * - `STATEMENT`: a slash begins a regular expression, a brace opens a block.
 * - `RESTRICTED`: as an operator on the same line; on the next one a statement begins.
 * - `HEAD`: a parenthesis opens what decides on a statement, which begins behind it.
 * - `DOT`: a name follows, whatever the word.
 * - `DECORATOR`: the mark before one.
 */
export const OPERAND = 0, OPERATOR = 1, STATEMENT = 2, RESTRICTED = 3, HEAD = 4, DOT = 5, DECORATOR = 6;

/** The bits of the above. */
export const FOLLOWED = 7;

/** A line break after the word counts; it does if what may be modified follows; a line break before the word counts. */
export const ENDED = 8, MODIFIER = 16, BEGUN = 32;

/** The words themselves, where it matters; `UNSURE` are those after which only a parser knows what a slash means. */
export const IMPORT = 64, EXPORT = 128, FROM = 256, AWAIT = 512, UNSURE = 1024;

const WORDS: readonly (readonly [string, number])[] = [
  ...words("case default delete do in instanceof new typeof void", OPERATOR),
  ...words("await", OPERATOR | AWAIT),
  ...words("else", STATEMENT),
  ...words("return throw yield", RESTRICTED | ENDED),
  ...words("async break continue", OPERAND | ENDED),
  ...words("for if while with", HEAD),
  ...words("as satisfies", OPERAND | BEGUN),
  ...words("extends of", OPERAND | UNSURE),
  ...words("import", OPERAND | IMPORT),
  ...words("export", OPERAND | EXPORT),
  ...words("from", OPERAND | FROM),
  ...words("abstract accessor declare global interface module namespace", OPERAND | MODIFIER),
  ...words("override private protected public readonly type using", OPERAND | MODIFIER),
];

/** Slots of {@linkcode PLACES}, and the numbers with which each of the words above has one of its own. */
const SLOTS = 256, BY_LAST = 9, BY_LENGTH = 14;

const BYTES = WORDS.map(([word]) => new TextEncoder().encode(word));
const MEANINGS = Uint16Array.from(WORDS, ([, meaning]) => meaning);
const PLACES = places();

/**
 * What a word says of what follows.
 *
 * @param code UTF-8.
 * @param start Where the word begins.
 * @param end Where it ends.
 * @returns Bits as above; `OPERAND` of a name.
 */
export function meaningOf(code: Uint8Array, start: number, end: number): number {
  const place = PLACES[slot(code[start], code[end - 1], end - start)];
  if (place === 0) return OPERAND;
  const word = BYTES[place - 1];
  if (word.length !== end - start) return OPERAND;
  for (let i = 1; i < word.length; i++) if (code[start + i] !== word[i]) return OPERAND;
  return code[start] === word[0] ? MEANINGS[place - 1] : OPERAND;
}

function slot(first: number, last: number, length: number): number {
  return (first + BY_LAST * last + BY_LENGTH * length) % SLOTS;
}

/** By slot: the number of its word, from 1. */
function places(): Uint8Array {
  const found = new Uint8Array(SLOTS);
  BYTES.forEach((word, i) => {
    const at = slot(word[0], word[word.length - 1], word.length);
    if (found[at] > 0) {
      throw new Error(
        `Cannot tell words apart: ${WORDS[i][0]} has the slot of another. Choose other numbers for slots.`,
      );
    }
    found[at] = i + 1;
  });
  return found;
}

function words(list: string, meaning: number): [string, number][] {
  return list.split(" ").map((word) => [word, meaning]);
}
