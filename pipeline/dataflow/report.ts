/**
 * The last operator: when all files of a study are there, the page that shows them.
 *
 * @module
 */
import { connect, merge, mergeMap, type Observable, type OperatorFunction, toArray } from "bundled/rxjs";
import type { FlowStudy, OutputFile } from "./flow.ts";
import type { CommonStages } from "./operators.ts";
import { PROGRAM } from "./program.ts";
import type { Witness } from "./witness.ts";

/**
 * Lets all files pass, and adds the report when they are complete.
 *
 * @param study The study.
 * @param witness Who saw what was computed; where artifacts come from.
 * @param stages The stages that are common to all studies.
 * @param order The stages' names in their order.
 * @returns The operator.
 */
export function writeReport(
  study: FlowStudy,
  witness: Witness,
  stages: CommonStages,
  order: readonly string[],
): OperatorFunction<OutputFile, OutputFile> {
  const report = (files: Observable<OutputFile>) =>
    files.pipe(toArray(), mergeMap((all) => reportOf(study, witness, stages, order, all)));
  return connect((files) => merge(files, files.pipe(report)));
}

async function reportOf(
  study: FlowStudy,
  witness: Witness,
  { report, reportReads }: CommonStages,
  order: readonly string[],
  files: readonly OutputFile[],
): Promise<OutputFile> {
  const fileOf = new Map(files.map((file) => [file.name, file]));
  const observables = study.observables.map(({ definition: { name }, settings }) => ({ name, settings, swept: [] }));
  const tables = observables.map(({ name }) => fileOf.get(`${name}.csv`)!.from[0]);
  // A drawing is made from its spec without the hashes that the file has besides: to readers that is the file.
  const specFiles = study.charts.map(({ name }): [string, string] => {
    return [fileOf.get(`${name}.svg`)!.from[0].hash, fileOf.get(`${name}.vl.json`)!.artifact.hash];
  });
  const specOf = new Map(specFiles);
  const drawings = study.charts.map(({ name }) => fileOf.get(`${name}.svg`)!.artifact);
  const facts = reportReads({
    study: study.study,
    title: study.title,
    parameters: study.parameters,
    defaults: study.defaults,
    sweep: study.sweep,
    observables,
    charts: study.charts.map(({ name, definition }) => ({ name, definition })),
    work: witness.work(order),
    program: PROGRAM,
    packages: witness.packages().map((name) => name.replace(/^npm:/, "")),
    tables: tables.map(({ hash }, i) => ({ observable: observables[i].name, hash })),
    // They come in any order.
    files: files.toSorted((a, b) => a.name < b.name ? -1 : 1).map(({ name, artifact, from }) => ({
      name,
      hash: artifact.hash,
      from: from.map(({ hash }) => specOf.get(hash) ?? hash),
    })),
  });
  const from = [fileOf.get("claims.json")!.artifact, ...tables, ...drawings];
  return { name: "report.html", artifact: await witness.map(report, facts, from), from };
}
