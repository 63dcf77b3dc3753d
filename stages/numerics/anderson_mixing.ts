/**
 * Fixed points x = F(x) in far fewer evaluations than by iteration alone: Anderson's mixing, which knows from the last few residuals how F answers to a change of x.
 *
 * Of x_k and r_k = F(x_k) − x_k the next x is F(x_k) − Σ_j γ_j [F(x_{k−j+1}) − F(x_{k−j})] with the γ that make |r_k − Σ_j γ_j (r_{k−j+1} − r_{k−j})| smallest: GMRES, if F is linear.
 *
 * @module
 */

/** Differences of residuals that are, to this share of their length, combinations of others say nothing new. */
const DEPENDENT = 1e-6;

/** One step of the history: how image and residual changed. */
interface Change {
  readonly image: Float64Array;
  readonly residual: Float64Array;
}

/** The mixing for one fixed point. */
export class AndersonMixing {
  readonly #memory: number;
  #last: { readonly image: Float64Array; readonly residual: Float64Array } | undefined;
  /** From the newest to the oldest. */
  #changes: Change[] = [];

  /**
   * A mixing that has seen nothing yet.
   *
   * @param memory How many changes are remembered.
   */
  constructor(memory: number) {
    this.#memory = memory;
  }

  /** Forgets what was seen, so that the next step is the plain one. */
  forget(): void {
    this.#last = undefined;
    this.#changes = [];
  }

  /**
   * The next x.
   *
   * @param x x, shape `[component]`.
   * @param image F(x), likewise.
   * @returns Where to evaluate F next, a new array; F(x) itself the first time.
   */
  next(x: Float64Array, image: Float64Array): Float64Array {
    const residual = image.map((value, i) => value - x[i]), last = this.#last;
    this.#last = { image: image.slice(), residual };
    if (last === undefined) return image.slice();
    this.#changes.unshift({
      image: image.map((value, i) => value - last.image[i]),
      residual: residual.map((value, i) => value - last.residual[i]),
    });
    this.#changes.length = Math.min(this.#changes.length, this.#memory);

    // Gram–Schmidt on the changes of the residual, newest first, with the changes of the image carried along.
    const next = image.slice(), rest = residual.slice(), basis: Change[] = [];
    for (const change of this.#changes) {
      const direction = change.residual.slice(), carried = change.image.slice(), length = norm(direction);
      for (const done of basis) {
        const share = dot(done.residual, direction);
        subtract(direction, share, done.residual);
        subtract(carried, share, done.image);
      }
      const left = norm(direction);
      if (!(left > DEPENDENT * length)) continue;
      const one = { residual: direction.map((v) => v / left), image: carried.map((v) => v / left) };
      basis.push(one);
      const gain = dot(one.residual, rest);
      subtract(rest, gain, one.residual);
      subtract(next, gain, one.image);
    }
    return next;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function subtract(target: Float64Array, factor: number, other: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] -= factor * other[i];
}
