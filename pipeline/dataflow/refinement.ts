/**
 * The rounds of a refining stage: what many parameter sets want next is gathered task by task, so that each artifact is made and read once a round, for all of them.
 *
 * @module
 */
import { canonicalJson } from "../store/canonical_json.ts";
import type { Asked, Json, RefineStage, TaskRequest } from "./stage.ts";
import { guarded, TaskFailure } from "./task_failure.ts";

/** Answers all questions about one task's artifact, one after the other; told which sets they are of, by their places. */
export type Answerer = (task: TaskRequest, asked: readonly Asked[], sets: readonly number[]) => Promise<Float64Array>;

/** All questions about one task in one round. */
interface Inquiry {
  readonly task: TaskRequest;
  readonly asked: Asked[];
  /** Where the answers go: the set, its question, and how many numbers. */
  readonly places: { readonly set: number; readonly question: number; readonly size: number }[];
}

/**
 * Refines parameter sets together.
 *
 * A set sees answers to its own questions in its own order, so that its artifact does not depend on the others, nor on the order in which tasks are done. One that
 * cannot come to an end takes no others with it: it asks no more, and they go on.
 *
 * @param stage The stage.
 * @param sets The parameter sets.
 * @param answer Who answers.
 * @returns One artifact a set, or why it failed.
 * @throws {Error} If an answer has another size than was wanted, or whatever `answer` throws.
 */
export async function refineTogether(
  // deno-lint-ignore no-explicit-any
  stage: RefineStage<any, any, any>,
  sets: readonly Json[],
  answer: Answerer,
): Promise<unknown[]> {
  const failures = new Map<number, TaskFailure>();
  const unlessFailed = <T>(set: number, decide: () => T): T | undefined => {
    if (failures.has(set)) return undefined;
    try {
      return guarded(stage, decide);
    } catch (error) {
      if (!(error instanceof TaskFailure)) throw error;
      failures.set(set, error);
      return undefined;
    }
  };
  const refinements = sets.map((set, i) => unlessFailed(i, () => stage.begin(set)));
  for (;;) {
    const inquiries = new Map<string, Inquiry>();
    refinements.forEach((refinement, set) =>
      unlessFailed(set, () => refinement!.wanted())?.forEach(({ task, question, size }, k) => {
        const name = `${task.stage.task}\n${canonicalJson(task.parameters)}`;
        const inquiry = inquiries.get(name) ?? { task, asked: [], places: [] };
        inquiries.set(name, inquiry);
        inquiry.asked.push({ parameters: sets[set], question });
        inquiry.places.push({ set, question: k, size });
      })
    );
    if (inquiries.size === 0) {
      const outputs = refinements.map((refinement, set) => unlessFailed(set, () => refinement!.finish()));
      return outputs.map((output, set) => failures.get(set) ?? output);
    }
    const answers: Float64Array[][] = sets.map(() => []);
    await Promise.all([...inquiries.values()].map(async ({ task, asked, places }) => {
      const numbers = await answer(task, asked, [...new Set(places.map(({ set }) => set))]);
      let start = 0;
      for (const { set, question, size } of places) {
        answers[set][question] = numbers.subarray(start, start += size);
      }
      if (start !== numbers.length) throw new Error(`it gave ${numbers.length} numbers where ${start} were wanted`);
    }));
    answers.forEach((mine, set) => {
      if (mine.length > 0) unlessFailed(set, () => refinements[set]!.take(mine));
    });
  }
}
