/**
 * Timings that can be compared: medians, warm, of things measured in turn in one process.
 *
 * @module
 */

/**
 * Times several actions in turn: A B C, A B C, …, so that a machine that changes its speed changes it for all.
 *
 * @param actions What is timed, by name; each is run once beforehand.
 * @param rounds How often.
 * @returns The median of each in ms.
 */
export function medians<Name extends string>(
  actions: Readonly<Record<Name, () => void>>,
  rounds: number,
): Record<Name, number> {
  const entries = Object.entries(actions) as [Name, () => void][];
  const times = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (const [, action] of entries) action();
  for (let round = 0; round < rounds; round++) {
    for (const [name, action] of entries) {
      const start = performance.now();
      action();
      times.get(name)!.push(performance.now() - start);
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(times.get(name)!)])) as Record<Name, number>;
}

/**
 * The median of a list.
 *
 * @param values At least one number.
 * @returns The upper median where there are two.
 */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/**
 * The least of a list: what a measurement is if nobody else wants the machine meanwhile.
 *
 * @param values At least one number.
 * @returns The least.
 */
export function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other));
}

/**
 * Prints one result.
 *
 * @param name The benchmark.
 * @param result Its numbers, rounded to three digits.
 */
export function print(name: string, result: Readonly<Record<string, number | string>>): void {
  const rounded = Object.entries(result).map((
    [key, value],
  ) => [key, typeof value === "number" ? Number(value.toPrecision(3)) : value]);
  console.log(JSON.stringify({ bench: name, ...Object.fromEntries(rounded) }));
}
