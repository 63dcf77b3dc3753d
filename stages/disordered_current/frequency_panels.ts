/**
 * Which frequencies to look at, and when to stop: adaptive integration of several numbers at a time over ω > 0.
 *
 * ω = t/(1 − t) takes (0, ∞) to (0, 1), in panels of Gauss and Kronrod's fifteen points. What the two rules differ by is the error of Gauss's rule and far more than that of Kronrod's,
 * which is the integral. Decisions follow from the numbers alone, so that equal ones lead to equal frequencies whatever else is computed.
 *
 * @module
 */
import { GAUSS, KRONROD, NODES } from "../numerics/gauss_kronrod.ts";

/** Where it starts: even in t. */
const FIRST_PANELS = 8;

/** More panels than this are no convergence. */
const MOST_PANELS = 1000;

/** A number that has to be right: which one, and the error that it may have. */
export interface Wish {
  /** Its place. */
  readonly index: number;
  /** The largest sum of differences. */
  readonly most: number;
}

interface Panel {
  readonly from: number;
  readonly to: number;
}

interface SummedPanel extends Panel {
  readonly value: Float64Array;
  readonly difference: Float64Array;
}

/** The state of one integral between two rounds. */
export class FrequencyPanels {
  readonly #size: number;
  readonly #wishes: (totals: Float64Array) => readonly Wish[];
  #summed: SummedPanel[] = [];
  #open: Panel[] = Array.from({ length: FIRST_PANELS }, (_, k) => ({
    from: k / FIRST_PANELS,
    to: (k + 1) / FIRST_PANELS,
  }));

  /**
   * An integral that has seen nothing yet.
   *
   * @param size How many numbers are integrated.
   * @param wishes Which of them have to be how right, given what they are so far.
   */
  constructor(size: number, wishes: (totals: Float64Array) => readonly Wish[]) {
    this.#size = size;
    this.#wishes = wishes;
  }

  /** The frequencies at which the numbers are wanted next; none when all wishes are met. */
  get frequencies(): number[] {
    return this.#open.flatMap((panel) => NODES.map((node) => frequencyAt(nodeOf(panel, node))));
  }

  /** The integrals. */
  get totals(): Float64Array {
    return this.#total(({ value }) => value);
  }

  /** What the two rules differ by, added up over the panels. */
  get errors(): Float64Array {
    return this.#total(({ difference }) => difference);
  }

  /**
   * Takes the numbers that were wanted.
   *
   * @param values The numbers at each frequency, in their order.
   * @throws {Error} If they are not finite, or a thousand panels are not enough.
   */
  take(values: readonly Float64Array[]): void {
    this.#summed.push(
      ...this.#open.map((panel, k) => this.#sum(panel, values.slice(k * NODES.length, (k + 1) * NODES.length))),
    );
    this.#open = [];
    const { totals, errors } = this;
    if (!totals.every(Number.isFinite)) throw new Error("the integrand over the frequencies is not a finite number");
    const missed = this.#wishes(totals).filter(({ index, most }) => errors[index] > most);
    if (missed.length === 0) return;
    const share = 1 / this.#summed.length;
    const isRough = ({ difference }: SummedPanel) => missed.some(({ index, most }) => difference[index] > share * most);
    const rough = this.#summed.filter(isRough);
    this.#summed = this.#summed.filter((panel) => !isRough(panel));
    this.#open = rough.flatMap(({ from, to }) => {
      const middle = (from + to) / 2;
      return [{ from, to: middle }, { from: middle, to }];
    });
    if (this.#summed.length + this.#open.length <= MOST_PANELS) return;
    const [{ index, most }] = missed;
    throw new Error(
      `the integral over the frequencies is still off by ${errors[index].toPrecision(3)} after ${
        NODES.length * MOST_PANELS
      } of them, above ${most.toPrecision(3)}: raise baths.coupling, which smooths it`,
    );
  }

  #sum(panel: Panel, values: readonly Float64Array[]): SummedPanel {
    const value = new Float64Array(this.#size), difference = new Float64Array(this.#size);
    NODES.forEach((node, k) => {
      const t = nodeOf(panel, node), step = (panel.to - panel.from) / 2 / (1 - t) ** 2; // dω = dt/(1 − t)²
      for (let i = 0; i < this.#size; i++) {
        value[i] += step * KRONROD[k] * values[k][i];
        difference[i] += step * (KRONROD[k] - GAUSS[k]) * values[k][i];
      }
    });
    return { ...panel, value, difference: difference.map(Math.abs) };
  }

  #total(read: (panel: SummedPanel) => Float64Array): Float64Array {
    const total = new Float64Array(this.#size);
    // In the order of the axis, whatever the rounds in which panels came.
    for (const panel of this.#summed.toSorted((a, b) => a.from - b.from)) {
      read(panel).forEach((value, i) => total[i] += value);
    }
    return total;
  }
}

function nodeOf({ from, to }: Panel, node: number): number {
  return (from + to) / 2 + (to - from) / 2 * node;
}

function frequencyAt(t: number): number {
  return t / (1 - t);
}
