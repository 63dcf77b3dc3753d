/**
 * Types of the parts of Deno's standard library that this project uses: the npm mirror of the library, from which
 * machines without JSR install, ships none.
 */

declare module "@std/cli/parse-args" {
  export interface ParseOptions {
    boolean?: string[];
    string?: string[];
    collect?: string[];
    alias?: Record<string, string>;
    default?: Record<string, unknown>;
    "--"?: boolean;
    stopEarly?: boolean;
    unknown?: (argument: string, key?: string, value?: unknown) => unknown;
  }
  export function parseArgs(
    arguments_: string[],
    options?: ParseOptions,
  ): { _: (string | number)[] } & Record<string, unknown>;
}

declare module "@std/yaml" {
  export function parse(source: string, options?: { schema?: string; allowDuplicateKeys?: boolean }): unknown;
  export function stringify(value: unknown, options?: Record<string, unknown>): string;
}

declare module "@std/assert" {
  export function assert(condition: unknown, message?: string): asserts condition;
  export function assertFalse(condition: unknown, message?: string): void;
  export function assertEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T;
  export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, message?: string): void;
  export function assertMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertStringIncludes(actual: string, expected: string, message?: string): void;
  export function assertArrayIncludes<T>(actual: ArrayLike<T>, expected: ArrayLike<T>, message?: string): void;
  export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T>;
  export function assertGreater<T>(actual: T, expected: T, message?: string): void;
  export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void;
  export function assertLess<T>(actual: T, expected: T, message?: string): void;
  export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void;
  export function assertInstanceOf<T>(
    actual: unknown,
    expected: new (...parameters: never[]) => T,
    message?: string,
  ): asserts actual is T;
  export function assertThrows<E extends Error = Error>(
    action: () => unknown,
    type?: new (...parameters: never[]) => E,
    message?: string,
  ): E;
  export function assertRejects<E extends Error = Error>(
    action: () => PromiseLike<unknown>,
    type?: new (...parameters: never[]) => E,
    message?: string,
  ): Promise<E>;
  export function fail(message?: string): never;
}
