/**
 * How the inputs of a fold are shared out among jobs. It decides which numbers are added up first, and with that the last digits of results: hence it follows from
 * how many inputs there are and from nothing else, and is part of the keys of folds.
 *
 * @module
 */
import type { FoldStage } from "./stage.ts";

/** With fewer shares some workers might have nothing to do. */
const FEWEST_SHARES = 16;

/** The rule in short, for keys: another one leads to other digits, so who changes {@linkcode inputsOfShare} changes this, too. */
export const SHARE_RULE = `${FEWEST_SHARES} shares or more`;

/**
 * How many inputs a job of a fold takes.
 *
 * @param stage The stage.
 * @param inputs How many inputs there are.
 * @returns The number; the last job may have fewer.
 */
export function inputsOfShare({ depth = 1 }: Pick<FoldStage, "depth">, inputs: number): number {
  return Math.max(1, Math.min(depth, Math.floor(inputs / FEWEST_SHARES)));
}
