/**
 * Stages without physics, for tests of the engine: cheap, exact about what went into them, and able to go wrong in every way that a stage can.
 *
 * @module
 */
import type { FoldStage, RefineStage, Stage } from "../stage.ts";

/** The ways in which a fake stage goes wrong. */
export type Trouble =
  /** It throws. */
  | "throw"
  /** What it made is not accepted. */
  | "audit"
  /** It gives a number that cannot be stored. */
  | "not finite"
  /** It never returns, and a timer of its throws. */
  | "timer"
  /** It never returns, and a promise of its is rejected. */
  | "rejection"
  /** It returns, and a timer of its throws later. */
  | "late timer"
  /** It needs more memory than there is. */
  | "memory"
  /** It ends its worker. */
  | "close"
  /** It ends the process. */
  | "exit"
  /** It works until it is stopped. */
  | "spin"
  /** It gives something else each time. */
  | "chance"
  /** Its `combine` throws. */
  | "combine"
  /** Its `finish` throws. */
  | "finish";

/** What fake stages read. */
export interface FakeParameters {
  /** Goes into the result. */
  readonly value: number;
  /** A file that gets a line whenever the stage computes: an account of the work that does not pass through the engine. */
  readonly log?: string;
  /** Milliseconds to wait, or for folds a number from which the waits of the shares follow. */
  readonly delay?: number;
  /** How to go wrong. */
  readonly trouble?: Trouble;
}

/** What fake stages give. */
export interface FakeArtifact {
  /** One number. */
  readonly value: Float64Array;
}

type FakeStage = Stage<FakeParameters, readonly FakeArtifact[], FakeArtifact>;

async function add(
  parameters: FakeParameters,
  inputs: readonly FakeArtifact[],
  pulse: () => void,
): Promise<FakeArtifact> {
  note(parameters.log, `add ${parameters.value}`);
  if (parameters.delay !== undefined) await new Promise((resume) => setTimeout(resume, parameters.delay));
  await makeTrouble(parameters.trouble, pulse);
  let value = parameters.value;
  inputs.forEach((input, i) => value = value * 1.1 + (i + 1) * input.value[0]);
  if (parameters.trouble === "not finite") value = NaN;
  if (parameters.trouble === "chance") value = crypto.getRandomValues(new Uint32Array(1))[0];
  return { value: Float64Array.of(value) };
}

function audit(_artifact: FakeArtifact, parameters: FakeParameters): void {
  if (parameters.trouble === "audit") throw new Error("the norm is 2 instead of 1");
}

const shared = { kind: "map", name: "fake", module: import.meta.url, format: "arrays" } as const;

/** Adds its inputs up, in a way that tells their order, in a worker. */
export const addStage: FakeStage = { ...shared, task: "add", export: "addStage", place: "worker", run: add, audit };

/** How often `preparedStage` was prepared in this thread. */
let preparations = 0;

/** Writes down how often it was prepared where it runs. */
export const preparedStage: FakeStage = {
  ...shared,
  task: "prepared",
  export: "preparedStage",
  place: "worker",
  prepare() {
    preparations++;
    return Promise.resolve();
  },
  run(parameters) {
    note(parameters.log, `prepared ${preparations}`);
    return { value: Float64Array.of(parameters.value) };
  },
};

/** As many copies of its value as that says, in memory that it is given: more than any job remembers of its inputs if there are enough. */
export const spaciousStage: FakeStage = {
  ...shared,
  task: "spacious",
  export: "spaciousStage",
  place: "worker",
  run({ value }, _inputs, _pulse, allocate) {
    const { value: copies } = allocate!({ value });
    if (copies.some((number) => number !== 0)) throw new Error("the memory holds something");
    return { value: copies.fill(value) };
  },
};

/** `addStage` on the main thread. */
export const mainAddStage: FakeStage = {
  ...shared,
  task: "main",
  export: "mainAddStage",
  place: "main",
  run: add,
  audit,
};

/** Rounds what `addStage` gives to multiples of 8, so that many changes end here. */
export const roundStage: FakeStage = {
  ...shared,
  task: "round",
  export: "roundStage",
  place: "worker",
  async run(parameters, inputs, pulse) {
    const { value } = await add(parameters, inputs, pulse);
    return { value: Float64Array.of(8 * Math.round(value[0] / 8)) };
  },
};

/** Gives its first input back, byte by byte. */
export const copyStage: FakeStage = {
  ...shared,
  task: "copy",
  export: "copyStage",
  place: "worker",
  run(parameters, inputs) {
    note(parameters.log, `copy ${parameters.value}`);
    return { value: inputs[0].value.slice() };
  },
};

/** A fold whose result tells the order in which shares were combined. */
export const foldStage: FoldStage<FakeParameters, FakeArtifact, FakeArtifact> = {
  kind: "fold",
  name: "fake",
  task: "fold",
  module: import.meta.url,
  export: "foldStage",
  format: "arrays",
  width: 3,
  partial(sets, input, index, pulse) {
    for (const { log, value } of sets) note(log, `share ${index} of ${value}`);
    const { delay, trouble } = sets[0];
    if (sets.some((set) => set.trouble === "throw")) throw new Error("it does not converge");
    if (delay !== undefined) sleep((index * 7 + delay * 13) % 11);
    if (trouble === "spin") spin(pulse);
    return Float64Array.from(sets, ({ value }) => Math.sin(value * input.value[0] + index));
  },
  combine(total, partial) {
    for (let i = 0; i < total.length; i++) total[i] = total[i] * 1.1 + partial[i];
    return total;
  },
  finish(sets, total) {
    for (const { log, value, trouble } of sets) {
      note(log, `fold ${value}`);
      if (trouble === "finish") throw new Error("it does not end");
    }
    return sets.map(({ trouble }, i) => ({ value: Float64Array.of(trouble === "not finite" ? NaN : total[i]) }));
  },
  audit,
};

/**
 * A refinement that asks for as many artifacts of `addStage` a round as the last round's answers tell, three rounds long. Its result tells the order of its
 * own answers.
 */
export const refineStage: RefineStage<FakeParameters, FakeArtifact, FakeArtifact> = {
  kind: "refine",
  name: "fake",
  task: "refine",
  module: import.meta.url,
  export: "refineStage",
  format: "arrays",
  width: 3,
  begin({ value, log, trouble }) {
    let total = 0, round = 0, count = 2;
    return {
      wanted: () =>
        Array.from({ length: round < 3 ? count : 0 }, (_, k) => ({
          task: {
            stage: addStage,
            parameters: { value: 10 * round + k, ...log === undefined ? {} : { log }, delay: (7 * k + round) % 4 },
          },
          question: value + k,
          size: 1 + k % 2,
        })),
      take(answers) {
        if (trouble === "combine") throw new Error("it leads nowhere");
        for (const answer of answers) for (const number of answer) total = total * 1.1 + number;
        count = 1 + (Math.floor(Math.abs(total)) + value) % 4;
        round++;
      },
      finish() {
        if (trouble === "finish") throw new Error("it does not end");
        return { value: Float64Array.of(trouble === "not finite" ? NaN : total) };
      },
    };
  },
  partial(asked, input, pulse) {
    if (asked.some(({ parameters }) => parameters.trouble === "spin")) spin(pulse);
    if (asked.some(({ parameters }) => parameters.trouble === "throw")) throw new Error("it does not converge");
    return Float64Array.from(asked.flatMap(({ parameters, question }) => {
      const k = (question as number) - parameters.value, answer = Math.sin(parameters.value + k) * input.value[0];
      return k % 2 === 0 ? [answer] : [answer, 1];
    }));
  },
  audit,
};

/** A refinement whose answers have the wrong size. */
export const shortRefineStage: RefineStage<FakeParameters, FakeArtifact, FakeArtifact> = {
  ...refineStage,
  task: "short refine",
  export: "shortRefineStage",
  partial: () => new Float64Array(0),
};

/** A fold that cannot combine. */
export const brokenFoldStage: FoldStage<FakeParameters, FakeArtifact, FakeArtifact> = {
  ...foldStage,
  task: "broken fold",
  export: "brokenFoldStage",
  combine() {
    throw new Error("the shares do not fit");
  },
};

/** `foldStage`, three inputs a job where there are enough. */
export const deepFoldStage: FoldStage<FakeParameters, FakeArtifact, FakeArtifact> = {
  ...foldStage,
  task: "deep fold",
  export: "deepFoldStage",
  depth: 3,
};

/** `foldStage`, eight inputs a job where there are enough. */
export const deeperFoldStage: FoldStage<FakeParameters, FakeArtifact, FakeArtifact> = {
  ...foldStage,
  task: "deeper fold",
  export: "deeperFoldStage",
  depth: 8,
};

/** A fold whose share is a part of its input. */
export const passFoldStage: FoldStage<FakeParameters, FakeArtifact, FakeArtifact> = {
  ...foldStage,
  task: "pass",
  export: "passFoldStage",
  width: 1,
  partial: (_sets, input) => input.value,
};

async function makeTrouble(trouble: Trouble | undefined, pulse: () => void): Promise<void> {
  switch (trouble) {
    case "throw":
      throw new TypeError("it does not converge");
    case "timer":
      setTimeout(() => {
        throw new Error("too late");
      }, 5);
      return await new Promise(() => {});
    case "rejection":
      Promise.reject(new Error("nobody caught this"));
      return await new Promise(() => {});
    case "late timer":
      setTimeout(() => {
        throw new Error("too late");
      }, 30);
      return;
    case "memory":
      new Float64Array(2 ** 50 / 8);
      return;
    case "close":
      (globalThis as unknown as { close(): void }).close();
      return;
    case "exit":
      return Deno.exit(7);
    case "spin":
      spin(pulse);
  }
}

/** Works until it is stopped, ten seconds at the most. */
function spin(pulse: () => void): void {
  for (const end = performance.now() + 10_000; performance.now() < end;) {
    pulse();
    sleep(1);
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function note(log: string | undefined, line: string): void {
  if (log !== undefined) Deno.writeTextFileSync(log, `${line}\n`, { append: true });
}
