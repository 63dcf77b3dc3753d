/**
 * A mistyped key is the commonest error in a study file, and naming the key that was meant saves a look at the manual.
 *
 * @module
 */

/**
 * Returns the candidate that most resembles `name`, or undefined when none is close enough to be what was meant.
 *
 * Close means a Damerau-Levenshtein distance (insertions, deletions, substitutions and swaps of neighbours, upper and
 * lower case alike) of at most three and of at most a third of the longer name; failing that, a candidate that goes on
 * where the name (of three letters or more) stops. The earlier candidate wins a tie.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const inOtherCase = candidates.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (inOtherCase !== undefined) return inOtherCase;
  let nearest: string | undefined;
  let smallest = Infinity;
  for (const candidate of candidates) {
    const longer = Math.max(name.length, candidate.length);
    // No name in a study is longer than this: comparing a whole pasted line with it would only take time.
    if (longer < 2 || longer > 100) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= Math.min(3, Math.max(1, Math.floor(longer / 3))) && distance < smallest) {
      nearest = candidate;
      smallest = distance;
    }
  }
  return nearest ?? candidates.find((candidate) => name.length >= 3 && candidate.startsWith(name.toLowerCase()));
}

/**
 * Returns the key or path that a mistyped or misplaced key most likely stands for, or undefined.
 *
 * @param key The key as it was written.
 * @param known The keys and dotted paths that are allowed where it was written.
 * @param elsewhere Dotted paths that are allowed in other places, as for `fermi_level` put under `model`.
 */
export function nearestKey(key: string, known: readonly string[], elsewhere: readonly string[]): string | undefined {
  const endsWithKey = (path: string): boolean => path.endsWith(`.${key}`);
  const ends = known.map((path) => path.slice(path.lastIndexOf(".") + 1));
  const nearestEnd = nearestName(key, ends);
  return known.find(endsWithKey) ?? nearestName(key, known) ??
    (nearestEnd === undefined ? elsewhere.find(endsWithKey) : known[ends.indexOf(nearestEnd)]);
}

/** Returns the number of edits between two texts, where a swap of neighbours is one edit (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
