/**
 * Where the tokens of a source end, byte by byte: no regular expression, no text, since sources are read before the first job of a run begins, by code that has
 * just been loaded and that no compiler has made fast yet.
 *
 * Code is UTF-8 with a zero behind its end, which ends every token.
 *
 * @module
 */

/** What a byte begins: layout, a line break, a word, a number, a string, a template, a mark that is a token by itself; the rest are other operators. */
export const OTHER = 0, LAYOUT = 1, BREAK = 2, WORD = 3, DIGIT = 4, QUOTE = 5, TEMPLATE = 6, MARK = 7, STRANGE = 8;

/** {@linkcode OTHER} and so on by byte; `STRANGE` is what begins nothing by itself, such as a part of a character of several bytes. */
export const KINDS: Uint8Array = kinds();

/** Whether a byte goes on with a word. */
const CONTINUES = Uint8Array.from(KINDS, (kind) => kind === WORD || kind === DIGIT ? 1 : 0);

const HEXADECIMAL = Uint8Array.from(KINDS, (_, c) => /[\da-f_]/i.test(String.fromCharCode(c)) ? 1 : 0);

/** How often an operator's first byte may stand at its beginning. */
const REPEATS = new Uint8Array(128).fill(1);
for (const [characters, times] of [["+-*<&|?", 2], [">", 3]] as const) {
  for (const character of characters) REPEATS[character.charCodeAt(0)] = times;
}

const LF = 0x0a, CR = 0x0d, BANG = 0x21, DOLLAR = 0x24, STAR = 0x2a, PLUS = 0x2b, MINUS = 0x2d, POINT = 0x2e;
const SLASH = 0x2f, EQUALS = 0x3d, GREATER = 0x3e, QUESTION = 0x3f, BACKSLASH = 0x5c, UNDERSCORE = 0x5f, TICK = 0x60;
const BRACKET = 0x5b, CLOSING_BRACKET = 0x5d, BRACE = 0x7b;

/** In numbers: letters are told apart after a bit is set that makes them small. */
const CASE = 0x20, ZERO = 0x30, B = 0x62, E = 0x65, N = 0x6e, O = 0x6f, X = 0x78;

/** What is not ASCII is rare between tokens: names of other scripts, spaces of all widths, and two ways to end a line. */
const NAME_START = /\p{ID_Start}/u, NAME_PART = /[\u200C\u200D\p{ID_Continue}]/u, SPACE = /[\ufeff\p{Zs}]/u;

/**
 * The end of a name or keyword.
 *
 * @param code UTF-8.
 * @param start Where it begins.
 * @returns The index behind it; `start` itself if nothing there goes on with a word.
 */
export function endOfWord(code: Uint8Array, start: number): number {
  let i = start;
  for (;;) {
    while (CONTINUES[code[i]] === 1) i++;
    const end = code[i] === BACKSLASH ? endOfEscape(code, i) : code[i] > 0x7f ? endIf(NAME_PART, code, i) : i;
    if (end === i) return i;
    i = end;
  }
}

/**
 * What a character that is not ASCII begins.
 *
 * @param code UTF-8.
 * @param start Where it begins.
 * @returns `LAYOUT`, `BREAK` or `WORD`; `STRANGE` for what nothing in a program begins with.
 */
export function kindOf(code: Uint8Array, start: number): number {
  if (code[start] === BACKSLASH) return endOfEscape(code, start) > start ? WORD : STRANGE;
  if (code[start] <= 0x7f) return STRANGE;
  if (isLineEnd(code, start)) return BREAK;
  const character = characterAt(code, start);
  return NAME_START.test(character) ? WORD : SPACE.test(character) ? LAYOUT : STRANGE;
}

/**
 * The end of a number.
 *
 * @param code UTF-8.
 * @param start Its first digit, or its point.
 * @returns The index behind it, or -1 if no module may hold what is there, such as `017` and `1a`.
 */
export function endOfNumber(code: Uint8Array, start: number): number {
  const second = code[start + 1] | CASE, isZero = code[start] === ZERO;
  let end: number;
  if (isZero && (second === X || second === O || second === B)) {
    end = start + 2;
    if (second !== X) end = endOfDigits(code, end);
    else while (HEXADECIMAL[code[end]] === 1) end++;
    if (end === start + 2) return -1;
    if (code[end] === N) end++;
  } else {
    end = endOfDigits(code, start);
    if (isZero && end > start + 1) return -1; // octal, once
    if (code[end] === N) end++;
    else {
      if (code[end] === POINT) end = endOfDigits(code, end + 1);
      if ((code[end] | CASE) === E) {
        const digits = code[end + 1] === PLUS || code[end + 1] === MINUS ? end + 2 : end + 1;
        end = endOfDigits(code, digits);
        if (end === digits) return -1;
      }
    }
  }
  return CONTINUES[code[end]] === 1 ? -1 : end;
}

function endOfDigits(code: Uint8Array, start: number): number {
  let i = start;
  while (KINDS[code[i]] === DIGIT || (code[i] === UNDERSCORE && KINDS[code[i + 1]] === DIGIT)) i++;
  return i;
}

/**
 * The end of a string.
 *
 * @param code UTF-8.
 * @param start Its first quote.
 * @returns The index behind its last quote, or -1 if it has none.
 */
export function endOfString(code: Uint8Array, start: number): number {
  const quote = code[start];
  for (let i = start + 1; i < code.length; i++) {
    const c = code[i];
    if (c === quote) return i + 1;
    if (c === LF || c === CR) return -1;
    if (c === BACKSLASH && code[++i] === CR && code[i + 1] === LF) i++;
  }
  return -1;
}

/**
 * The end of a template, or of the part of one before the next `${`.
 *
 * @param code UTF-8.
 * @param start The grave accent or the brace with which it begins.
 * @returns The index behind the grave accent or the `${` that ends it, or -1 if there is none.
 */
export function endOfTemplate(code: Uint8Array, start: number): number {
  for (let i = start + 1; i < code.length; i++) {
    const c = code[i];
    if (c === TICK) return i + 1;
    if (c === DOLLAR && code[i + 1] === BRACE) return i + 2;
    if (c === BACKSLASH) i++;
  }
  return -1;
}

/**
 * The end of a regular expression.
 *
 * @param code UTF-8.
 * @param start Its first slash.
 * @returns The index behind its flags, or -1 if it does not end on its line.
 */
export function endOfPattern(code: Uint8Array, start: number): number {
  let inClass = false;
  for (let i = start + 1; i < code.length; i++) {
    const c = code[i];
    if (c === SLASH && !inClass) return endOfWord(code, i + 1);
    if (c === BRACKET) inClass = true;
    else if (c === CLOSING_BRACKET) inClass = false;
    else if (c === BACKSLASH) i++;
    if (isLineEnd(code, i)) return -1;
  }
  return -1;
}

/**
 * The end of an operator: the longest that there is.
 *
 * @param code UTF-8.
 * @param start Where it begins.
 * @returns The index behind it.
 */
export function endOfOperator(code: Uint8Array, start: number): number {
  const c = code[start], next = code[start + 1];
  if (c === POINT) return next === POINT && code[start + 2] === POINT ? start + 3 : start + 1;
  if (c === QUESTION && next === POINT && KINDS[code[start + 2]] !== DIGIT) return start + 2;
  if (c === QUESTION && next !== QUESTION) return start + 1;
  if (c === EQUALS && next === GREATER) return start + 2;
  if ((c === PLUS || c === MINUS) && next === c) return start + 2;
  let i = start + 1;
  while (code[i] === c && i < start + REPEATS[c]) i++;
  if (code[i] !== EQUALS) return i;
  return (c === EQUALS || c === BANG) && code[i + 1] === EQUALS ? i + 2 : i + 1;
}

/**
 * The end of a comment up to the end of the line.
 *
 * @param code UTF-8.
 * @param start Its first character.
 * @returns The index of what ends the line.
 */
export function endOfLine(code: Uint8Array, start: number): number {
  let i = start;
  while (i < code.length - 1 && !isLineEnd(code, i)) i++;
  return i;
}

/**
 * The end of a comment between `/*` and its counterpart.
 *
 * @param code UTF-8.
 * @param start Its first character.
 * @returns The index behind it, or -1 if it has no end.
 */
export function endOfComment(code: Uint8Array, start: number): number {
  let slash = code.indexOf(SLASH, start + 3);
  while (slash >= 0 && code[slash - 1] !== STAR) slash = code.indexOf(SLASH, slash + 1);
  return slash < 0 ? -1 : slash + 1;
}

/**
 * Whether a line ends in a part of a source.
 *
 * @param code UTF-8.
 * @param start Where the part begins.
 * @param end Where it ends.
 * @returns Whether it holds a line break.
 */
export function hasBreak(code: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (isLineEnd(code, i)) return true;
  return false;
}

function isLineEnd(code: Uint8Array, i: number): boolean {
  const c = code[i];
  return c === LF || c === CR || (c === 0xe2 && code[i + 1] === 0x80 && (code[i + 2] | 1) === 0xa9); // U+2028 and U+2029
}

/** The end of `\u0061` or `\u{61}`, or where it begins if it is neither. */
function endOfEscape(code: Uint8Array, start: number): number {
  const text = String.fromCharCode(...code.subarray(start, start + 12));
  return start + (/^\\u(?:[\da-f]{4}|\{[\da-f]+\})/i.exec(text)?.[0].length ?? 0);
}

/** The end of a character if it is such a one, else where it begins. */
function endIf(wanted: RegExp, code: Uint8Array, start: number): number {
  const character = characterAt(code, start);
  return wanted.test(character) ? start + widthOf(code[start]) : start;
}

function characterAt(code: Uint8Array, start: number): string {
  return new TextDecoder().decode(code.subarray(start, start + widthOf(code[start])));
}

/** How many bytes a character has. */
export function widthOf(first: number): number {
  return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

function kinds(): Uint8Array {
  const found = new Uint8Array(256).fill(STRANGE);
  const set = (characters: string, kind: number) => {
    for (const character of characters) found[character.charCodeAt(0)] = kind;
  };
  set("\t\v\f ", LAYOUT);
  set("\n\r", BREAK);
  set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$_", WORD);
  set("0123456789", DIGIT);
  set("\"'", QUOTE);
  set("`", TEMPLATE);
  set("()[]{};,:~", MARK);
  set(".?+-*/%<>=&|^!", OTHER);
  return found;
}
