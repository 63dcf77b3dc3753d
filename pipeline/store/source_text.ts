/**
 * What of a source file counts: its tokens and what it imports, so that an edit in a comment is none.
 *
 * A few hundred files are read before the first job of a run begins, so all is found in one pass over their bytes, and written as bytes. Only a slash asks for
 * more than the token itself: it divides, or begins a regular expression, in which layout counts. What came before tells which, nearly always; a source in which
 * it does not counts as it is written, and so does one that cannot be a program. JSX does by that, since a closing tag begins with such a slash.
 *
 * @module
 */
import {
  BREAK,
  DIGIT,
  endOfComment,
  endOfLine,
  endOfNumber,
  endOfOperator,
  endOfPattern,
  endOfString,
  endOfTemplate,
  endOfWord,
  hasBreak,
  kindOf,
  KINDS,
  LAYOUT,
  MARK,
  OTHER,
  QUOTE,
  STRANGE,
  TEMPLATE,
  widthOf,
  WORD,
} from "./source_token.ts";
import {
  AWAIT,
  BEGUN,
  DECORATOR,
  DOT,
  ENDED,
  EXPORT,
  FOLLOWED,
  FROM,
  HEAD,
  IMPORT,
  meaningOf,
  MODIFIER,
  OPERAND,
  OPERATOR,
  RESTRICTED,
  STATEMENT,
  UNSURE,
} from "./source_word.ts";

/** What is read off a source file. */
export interface SourceText {
  /**
   * Its tokens as UTF-8, separated by single spaces; line breaks are tokens only where they end a statement. Where tokens are not clear, two empty lines and the
   * source as it is written.
   */
  readonly normalized: Uint8Array;
  /** The modules that it imports, types aside: specifiers, as written, each once. */
  readonly imports: readonly string[];
}

/** What is open: a parenthesis, one behind which a statement begins, a block, an object, the `${` of a template. */
const PAREN = 0, HEAD_PAREN = 1, BLOCK = 2, OBJECT = 3, SUBSTITUTION = 4;

/** Said of the last token: the parenthesis of `import(`. */
const IMPORT_CALL = 1 << 16;

const SPACE = 0x20, LF = 0x0a, BANG = 0x21, HASH = 0x23, STAR = 0x2a, PLUS = 0x2b, COMMA = 0x2c, MINUS = 0x2d;
const POINT = 0x2e, SLASH = 0x2f, SEMICOLON = 0x3b, LESS = 0x3c, EQUALS = 0x3d, GREATER = 0x3e, AT = 0x40, TICK = 0x60;
const BACKSLASH = 0x5c, OPENING_PAREN = 0x28, CLOSING_PAREN = 0x29, OPENING_BRACKET = 0x5b, CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b, CLOSING_BRACE = 0x7d, TILDE = 0x7e;

/**
 * Reads what counts of a module.
 *
 * @param source TypeScript as UTF-8.
 * @returns Its tokens and its imports.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [one, other] = ["const a = 1; // one", "const a =\n  1;"].map((text) => new TextEncoder().encode(text));
 * assertEquals(scanSource(one), scanSource(other));
 * ```
 */
export function scanSource(source: Uint8Array): SourceText {
  return new Scan(source).text();
}

const DECODER = new TextDecoder();

/** Where sources are read and written, one after the other: new memory for each would take as long as all the rest. */
let room = 1 << 16, codeRoom = new Uint8Array(room + 4), textRoom = new Uint8Array(2 * room + 2);

/** A source that is being read: the tokens so far, and what they mean for the next one. */
class Scan {
  readonly #source: Uint8Array;
  /** The source with zeros behind its end. */
  readonly #code: Uint8Array;
  /** The tokens, a space before each: never more than two bytes for one. */
  readonly #text: Uint8Array;
  #written = 1;
  #followed = STATEMENT;
  /** The meaning of the last token, if it is a word. */
  #last = 0;
  /** Where in the text the last `import` or `export` begins. */
  #statement = 0;
  /** Whether a line ended since the last token. */
  #isBroken = false;
  #isClear = true;
  readonly #open: number[] = [];
  readonly #imports = new Set<string>();

  constructor(source: Uint8Array) {
    if (room < source.length) {
      room = 2 * source.length;
      codeRoom = new Uint8Array(room + 4);
      textRoom = new Uint8Array(2 * room + 2);
    }
    this.#source = source;
    this.#code = codeRoom.subarray(0, source.length + 4).fill(0, source.length);
    this.#code.set(source);
    this.#text = textRoom;
    this.#text[0] = LF; // is before the first token
  }

  text(): SourceText {
    const length = this.#source.length;
    for (let i = this.#plain(startOf(this.#code)); i < length;) i = this.#plain(this.#token(i));
    const imports = [...this.#imports];
    if (this.#isClear && this.#open.length === 0) {
      return { normalized: this.#text.slice(2, Math.max(2, this.#written)), imports };
    }
    const normalized = new Uint8Array(length + 2).fill(LF, 0, 2);
    normalized.set(this.#source, 2);
    return { normalized, imports };
  }

  /**
   * Writes names and marks up to something else, and returns where that begins. Nearly all of a source is that: hence local variables here, and few
   * calls.
   */
  #plain(start: number): number {
    const code = this.#code, text = this.#text, kinds = KINDS, open = this.#open;
    let i = start, written = this.#written, followed = this.#followed, last = this.#last, isBroken = this.#isBroken;
    for (;;) {
      const c = code[i], kind = kinds[c];
      if (kind === LAYOUT) {
        i++;
        continue;
      }
      if (kind === BREAK) {
        isBroken = true;
        i++;
        continue;
      }
      if (isBroken && last > 0) break;
      if (kind === WORD) {
        let end = i, to = written, next = c;
        text[to++] = SPACE;
        do {
          text[to++] = next;
          next = code[++end];
        } while (kinds[next] === WORD || kinds[next] === DIGIT);
        if (next > 0x7f || next === BACKSLASH || meaningOf(code, i, end) > 0) break;
        i = end;
        written = to;
        followed = OPERAND;
      } else if (kind === MARK) {
        if (c === OPENING_PAREN) {
          if ((last & IMPORT) > 0) break;
          open.push(followed === HEAD ? HEAD_PAREN : PAREN);
          followed = OPERATOR;
        } else if (c === CLOSING_PAREN || c === CLOSING_BRACKET || c === CLOSING_BRACE) {
          if (c === CLOSING_BRACE && open[open.length - 1] === SUBSTITUTION) break;
          if (endsIdly(text, written)) written -= 2;
          followed = c === CLOSING_BRACKET ? OPERAND : this.#closing(c);
        } else if (c === OPENING_BRACKET && isBroken) break;
        else if (c === OPENING_BRACE) {
          open.push(followed === OPERATOR || (followed === RESTRICTED && !isBroken) ? OBJECT : BLOCK);
          followed = STATEMENT;
        } else followed = c === SEMICOLON ? STATEMENT : OPERATOR;
        text[written++] = SPACE;
        text[written++] = c;
        i++;
      } else break;
      last = 0;
      isBroken = false;
    }
    this.#written = written;
    this.#followed = followed;
    this.#last = last;
    this.#isBroken = isBroken;
    return i;
  }

  /** What follows on the end of what was opened last. */
  #closing(c: number): number {
    const opened = this.#open.pop();
    const isParen = opened === PAREN || opened === HEAD_PAREN;
    if (opened === undefined || isParen !== (c === CLOSING_PAREN)) this.#isClear = false;
    return opened === HEAD_PAREN || opened === BLOCK ? STATEMENT : OPERAND;
  }

  /** Writes any other token, or skips a comment or unusual layout; returns the index behind it. */
  #token(start: number): number {
    const code = this.#code, text = this.#text, c = code[start];
    if (c === SLASH && code[start + 1] === SLASH) return endOfLine(code, start + 2);
    if (c === SLASH && code[start + 1] === STAR) return this.#comment(start);
    const kind = KINDS[c] === STRANGE ? kindOf(code, start) : KINDS[c];
    if (kind === LAYOUT || kind === BREAK) {
      if (kind === BREAK) this.#isBroken = true;
      return start + widthOf(c);
    }
    if (this.#isBroken && this.#breakCounts(start, kind)) {
      text[this.#written++] = SPACE;
      text[this.#written++] = LF;
    }
    let end: number, last = 0;
    if (kind === WORD) {
      end = endOfWord(code, start);
      last = meaningOf(code, start, end);
      // A keyword behind a dot is a name, and of `for await (` it is the first word that counts.
      if (this.#followed === DOT) this.#followed = OPERAND;
      else if (!(this.#followed === HEAD && (last & AWAIT) > 0)) this.#followed = last & FOLLOWED;
      if ((last & (IMPORT | EXPORT)) > 0) this.#statement = this.#written + 1;
    } else if (c === OPENING_PAREN && (this.#last & IMPORT) > 0) {
      end = start + 1;
      last = IMPORT_CALL;
      this.#open.push(PAREN);
      this.#followed = OPERATOR;
    } else if (c === CLOSING_BRACE && this.#open[this.#open.length - 1] === SUBSTITUTION) end = this.#template(start);
    else if (kind === MARK) { // plain but for the line break before it
      if (this.#followed === RESTRICTED) this.#followed = STATEMENT;
      this.#last = 0;
      this.#isBroken = false;
      return start;
    } else {
      end = this.#rest(start, kind);
      // Behind the angle that ends types a statement may begin on the next line, as behind a modifier.
      if (code[end - 1] === GREATER && code[start] === GREATER) last = MODIFIER;
    }
    let written = this.#written;
    text[written++] = SPACE;
    for (let i = start; i < end; i++) text[written++] = code[i];
    this.#written = written;
    this.#last = last;
    this.#isBroken = false;
    return end;
  }

  /** Skips a comment; returns the index behind it. */
  #comment(start: number): number {
    const found = endOfComment(this.#code, start), end = found < 0 ? this.#lost(this.#source.length) : found;
    this.#isBroken ||= hasBreak(this.#code, start, end);
    return end;
  }

  /** The end of a token that is neither a word nor a mark. */
  #rest(start: number, kind: number): number {
    const code = this.#code, c = code[start];
    if (kind === OTHER && !(c === POINT && KINDS[code[start + 1]] === DIGIT)) {
      return c === SLASH ? this.#slash(start) : this.#operator(start);
    }
    if (kind === TEMPLATE) return this.#template(start);
    if (kind === QUOTE) {
      const end = endOfString(code, start);
      return end < 0 ? this.#lost(endOfLine(code, start)) : this.#noteImport(start, end);
    }
    this.#followed = OPERAND;
    if (kind !== STRANGE) {
      const end = endOfNumber(code, start);
      return end < 0 ? this.#lost(start + 1) : end;
    }
    if (c === AT) {
      this.#followed = DECORATOR;
      return start + 1;
    }
    return c === HASH && isWordStart(code, start + 1) ? endOfWord(code, start + 1) : this.#lost(start + 1);
  }

  #operator(start: number): number {
    const code = this.#code, c = code[start], end = endOfOperator(code, start);
    const isPostfix = this.#isOperand() && !this.#isBroken;
    if (code[end - 1] === POINT) this.#followed = end - start === 3 ? OPERATOR : DOT;
    else if (c === EQUALS && code[end - 1] === GREATER) this.#followed = STATEMENT;
    else if ((c === PLUS || c === MINUS) && code[end - 1] === c && end - start === 2) {
      this.#followed = isPostfix ? OPERAND : OPERATOR;
    } else if (c === BANG && end - start === 1) this.#followed = isPostfix ? OPERAND : OPERATOR;
    else this.#followed = OPERATOR;
    return end;
  }

  #slash(start: number): number {
    const code = this.#code, divides = this.#followed < OPERATOR || this.#followed > RESTRICTED;
    if (this.#isDoubtful(divides)) this.#isClear = false;
    if (divides) return this.#operator(start);
    this.#followed = OPERAND;
    const end = endOfPattern(code, start);
    return end < 0 ? this.#lost(endOfLine(code, start)) : end;
  }

  /** Whether only a parser knows what a slash means: behind a brace that ended a block or an object, behind an angle of types or tags, where a line begins. */
  #isDoubtful(divides: boolean): boolean {
    const text = this.#text;
    let end = this.#written - 1;
    for (;;) { // behind what may be prefix or postfix, what is before that decides
      if (text[end] === BANG) end -= 2;
      else if ((text[end] === PLUS || text[end] === MINUS) && text[end - 1] === text[end]) end -= 3;
      else break;
    }
    const isAngle = text[end] === LESS || (text[end] === GREATER && text[end - 1] !== EQUALS);
    return text[end] === CLOSING_BRACE || isAngle || (this.#last & UNSURE) > 0 || (divides && this.#isBroken);
  }

  #template(start: number): number {
    const code = this.#code, end = endOfTemplate(code, start), isFirst = code[start] === TICK;
    if (end < 0) return this.#lost(this.#source.length);
    if (code[end - 1] === OPENING_BRACE) {
      if (isFirst) this.#open.push(SUBSTITUTION);
      this.#followed = OPERATOR;
      return end;
    }
    if (isFirst) return this.#noteImport(start, end);
    this.#open.pop();
    this.#followed = OPERAND;
    return end;
  }

  /** Notes what a string or template names, if it is imported; returns its end. */
  #noteImport(start: number, end: number): number {
    const isFrom = (this.#last & FROM) > 0 && !this.#isOfTypes();
    if (isFrom || (this.#last & (IMPORT | IMPORT_CALL)) > 0) {
      this.#imports.add(DECODER.decode(this.#code.subarray(start + 1, end - 1)));
    }
    this.#followed = OPERAND;
    return end;
  }

  /** Whether the last `import` or `export` is one of types: those leave no code behind. */
  #isOfTypes(): boolean {
    const start = this.#statement;
    if (start === 0 || this.#text[start + 7] !== 0x74) return false; // the t of type
    // `import type from` and `import type, { … } from` import a value that is called type.
    const statement = DECODER.decode(this.#text.subarray(start, this.#written));
    return /^.{6} type (?!from(?: |$)|, )/.test(statement);
  }

  /** Whether a line break before a token may end a statement that goes on without it. */
  #breakCounts(start: number, kind: number): boolean {
    const code = this.#code, c = code[start], last = this.#last;
    if ((last & ENDED) > 0) return true;
    const isImport = this.#statement > 0 && this.#written === this.#statement + "import type".length;
    if ((last & MODIFIER) > 0 && !isImport) {
      if (kind === WORD || kind === DIGIT || kind === QUOTE || c === HASH) return true;
      if (c === OPENING_BRACKET || c === OPENING_BRACE || c === STAR) return true;
      if (c === POINT) return KINDS[code[start + 1]] === DIGIT;
      if (c === TILDE || (c === BANG && code[start + 1] !== EQUALS)) return true;
    }
    if (c === PLUS || c === MINUS) return code[start + 1] === c;
    if (c !== BANG && c !== OPENING_BRACKET && kind !== WORD) return false;
    if (!this.#isOperand() && this.#text[this.#written - 1] !== CLOSING_BRACE) return false;
    if (c === BANG) return code[start + 1] !== EQUALS;
    if (c === OPENING_BRACKET) return true; // behind a type: with a bracket on its line it is another one
    return (meaningOf(code, start, endOfWord(code, start)) & BEGUN) > 0;
  }

  #isOperand(): boolean {
    return this.#followed === OPERAND || this.#followed === HEAD;
  }

  /** Says that nothing is clear any more; returns where to go on. */
  #lost(next: number): number {
    this.#isClear = false;
    return next;
  }
}

/**
 * Whether the last token is a comma that says nothing before a closing bracket, where formatters put it when they break a list into lines: `[a,]` is `[a]`, but
 * `[,]` and `[a,,]` are longer.
 */
function endsIdly(text: Uint8Array, end: number): boolean {
  return text[end - 1] === COMMA && end > 3 && text[end - 3] !== COMMA && text[end - 3] !== OPENING_BRACKET;
}

/** The first byte behind a byte order mark and a line that names an interpreter. */
function startOf(code: Uint8Array): number {
  const start = code[0] === 0xef && code[1] === 0xbb && code[2] === 0xbf ? 3 : 0;
  return code[start] === HASH && code[start + 1] === BANG ? endOfLine(code, start) : start;
}

function isWordStart(code: Uint8Array, start: number): boolean {
  const kind = KINDS[code[start]];
  return kind === WORD || (kind === STRANGE && kindOf(code, start) === WORD);
}
