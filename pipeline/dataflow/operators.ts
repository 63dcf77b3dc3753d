/**
 * The RxJS operators of the dataflow, one a stage of the mission: expand, any step by its name, aggregate, chart.
 *
 * @module
 */
import {
  catchError,
  defer,
  EMPTY,
  filter,
  from,
  groupBy,
  mergeAll,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  type OperatorFunction,
  toArray,
} from "bundled/rxjs";
import { StageFailure } from "../errors.ts";
import { cohortsOf, expectedTasks } from "./cohorts.ts";
import type { Artifact, ArtifactSource } from "./engine.ts";
import { allOver, concernsOne, type Failures } from "./failures.ts";
import type { Cohort, FlowStudy, OutputFile, TableFlow } from "./flow.ts";
import { PROGRAM } from "./program.ts";
import { parameterHash } from "./parameter_hash.ts";
import type { AnyStage, FinishedStudy, Json, Point, Step, StudyOutline } from "./stage.ts";

/** Cohorts on their way at a time: enough that workers never wait for the next one, few enough that memory does not grow with the sweep. */
const COHORTS = 4;

/** The stages that the operators themselves run: how points are made, and how tables become files and charts. */
export interface CommonStages {
  /** A study to its points. */
  readonly expand: AnyStage & { readonly kind: "map" };
  /** Tables to files. */
  readonly tableFiles: readonly { readonly extension: string; readonly stage: AnyStage & { readonly kind: "map" } }[];
  /** All tables of a study to its ledger, in the order in which the study names them. */
  readonly ledger: AnyStage & { readonly kind: "map" };
  /** What the ledger reads of a study besides. */
  ledgerReads(study: StudyOutline): Json;
  /** What takes the tables of a chart to its spec. */
  specOf(chart: Json): AnyStage & { readonly kind: "map" };
  /** A spec to one that says what it came from. */
  readonly provenance: AnyStage & { readonly kind: "map" };
  /** A spec to a drawing. */
  readonly svg: AnyStage & { readonly kind: "map" };
  /** A drawing to pixels. */
  readonly png: AnyStage & { readonly kind: "map" };
  /** A drawing to a page. */
  readonly pdf: AnyStage & { readonly kind: "map" };
  /** The ledger, the tables and the drawings to the page that shows them. */
  readonly report: AnyStage & { readonly kind: "map" };
  /** What that page reads of a study besides. */
  reportReads(finished: FinishedStudy): Json;
}

/**
 * Expands a study to its points, and the points of each observable to cohorts.
 *
 * @param source Where artifacts come from.
 * @param stages The stages that are common to all studies.
 * @param expect Told how many tasks of a stage are to come, if anybody wants to know.
 * @param failures Told how many points there are.
 * @returns The operator.
 */
export function expandStudy(
  source: ArtifactSource,
  { expand }: CommonStages,
  expect: ((stage: string, count: number) => void) | undefined,
  failures: Failures,
): OperatorFunction<FlowStudy, Cohort> {
  return mergeMap((study) =>
    defer(async () => {
      const artifact = await source.map(expand, { parameters: study.parameters, sweep: study.sweep }, []);
      const points = await source.value(artifact) as Point[];
      failures.count = points.length;
      const cohorts = study.observables.flatMap(({ definition, settings }) =>
        cohortsOf(study, definition, settings, points)
      );
      if (expect !== undefined) { for (const [stage, count] of expectedTasks(cohorts)) expect(stage, count); }
      return cohorts;
    }).pipe(mergeAll())
  );
}

/**
 * Takes cohorts through the steps of a stage; those that have none pass.
 *
 * @param name The stage's name.
 * @param source Where artifacts come from.
 * @returns The operator.
 */
export function through(name: string, source: ArtifactSource): OperatorFunction<Cohort, Cohort> {
  return mergeMap((cohort) => {
    const steps = cohort.definition.steps.filter((step) => step.name === name);
    return defer(async () => {
      let current = cohort;
      for (const step of steps) current = await advance(step, current, source);
      return current;
    });
  }, COHORTS);
}

/**
 * Gathers the cohorts of each observable into its table. An observable with a point that failed has none.
 *
 * @param source Where artifacts come from.
 * @param failures Told of points and tables that failed.
 * @returns The operator.
 */
export function aggregateTables(source: ArtifactSource, failures: Failures): OperatorFunction<Cohort, TableFlow> {
  return (cohorts: Observable<Cohort>) =>
    cohorts.pipe(
      groupBy((cohort) => cohort.definition.name),
      mergeMap((group) => group.pipe(toArray())),
      filter((all) => {
        const failed = all.flatMap((cohort) => cohort.failures);
        failures.addPoints(failed);
        return failed.length === 0;
      }),
      mergeMap((all) =>
        defer(async (): Promise<TableFlow> => {
          const { study, definition, settings } = all[0];
          const members = all.flatMap(({ points, artifacts }) =>
            points.map((member, i) => ({ ...member, artifacts: artifacts[i] }))
          );
          members.sort((a, b) => a.index - b.index);
          const inputs = members.flatMap(({ artifacts }) => artifacts);
          const paths = Object.keys(members[0].point.swept);
          const parameters: Json = {
            observable: definition.name,
            swept: study.sweptColumns(definition.name).map((name, column) => ({
              name,
              values: members.map(({ point }) => point.swept[paths[column]]),
            })),
            artifacts: members.map(({ artifacts }) => artifacts.length),
            ...definition.reads === undefined
              ? {}
              : { points: members.map(({ point }) => definition.reads!(point, settings)), settings },
          };
          const table = await source.map(definition.table, parameters, inputs);
          const { promise: charted, resolve: onCharted } = Promise.withResolvers<void>();
          return { study, observable: definition.name, table, charted, onCharted };
        }).pipe(withoutFailed(failures))
      ),
    );
}

/**
 * Writes each table in all forms that it has, while its charts are being drawn.
 *
 * @param source Where artifacts come from.
 * @param stages The stages that are common to all studies.
 * @param failures Told of tables that could not be written.
 * @returns The operator.
 */
export function writeTables(
  source: ArtifactSource,
  { tableFiles }: CommonStages,
  failures: Failures,
): OperatorFunction<TableFlow, OutputFile> {
  return (flows: Observable<TableFlow>) =>
    flows.pipe(
      mergeMap(({ observable, table, charted }) =>
        from(tableFiles).pipe(
          mergeMap(({ extension, stage }) =>
            defer(async (): Promise<OutputFile> => {
              await charted;
              return {
                name: `${observable}.${extension}`,
                artifact: await source.map(stage, null, [table]),
                from: [table],
              };
            }).pipe(withoutFailed(failures))
          ),
        )
      ),
    );
}

/**
 * Writes the ledger of a study when all of its tables are there.
 *
 * @param source Where artifacts come from.
 * @param stages The stages that are common to all studies.
 * @param failures Told if that fails.
 * @returns The operator.
 */
export function keepLedger(
  source: ArtifactSource,
  { ledger, ledgerReads }: CommonStages,
  failures: Failures,
): OperatorFunction<TableFlow, OutputFile> {
  return (flows: Observable<TableFlow>) =>
    flows.pipe(
      toArray(),
      filter((all) => all.length > 0 && all.length === all[0].study.observables.length),
      mergeMap(async (all): Promise<OutputFile> => {
        await Promise.all(all.map(({ charted }) => charted));
        const { study } = all[0];
        const flowOf = new Map(all.map((flow) => [flow.observable, flow]));
        const from = study.observables.map(({ definition }) => flowOf.get(definition.name)!.table);
        const observables = study.observables.map(({ definition: { name }, settings }) => ({
          name,
          settings,
          swept: study.sweptColumns(name).map((column, i): [string, string] => [study.sweptPaths[i], column]),
        }));
        const facts = ledgerReads({ parameters: study.parameters, observables });
        return { name: "claims.json", artifact: await source.map(ledger, facts, from), from };
      }),
      withoutFailed(failures),
    );
}

/**
 * Draws each chart as soon as all of its tables are there.
 *
 * @param source Where artifacts come from.
 * @param stages The stages that are common to all studies.
 * @param failures Told of charts that failed.
 * @returns The operator.
 */
export function drawCharts(
  source: ArtifactSource,
  { specOf, provenance, svg, png, pdf }: CommonStages,
  failures: Failures,
): OperatorFunction<TableFlow, OutputFile> {
  return (flows: Observable<TableFlow>) =>
    defer(() => {
      const tables = new Map<string, Artifact>();
      /** Has a chart's spec made, and then its drawing begun. */
      const begin = (chart: ChartFlow) => {
        const { study, from, definition } = chart, stage = specOf(definition);
        const made = source.map(stage, { chart: definition, title: study.title }, from);
        const begun = made.then((spec) => ({ spec, drawing: source.map(svg, null, [spec]) }));
        return { chart, begun, handed: stage.place === "worker" ? Promise.resolve() : begun };
      };
      const draw = async ({ chart, begun }: ReturnType<typeof begin>): Promise<OutputFile[]> => {
        const { study, name, observables, from } = chart;
        const { spec, drawing } = await begun, svgArtifact = await drawing;
        const sources = {
          program: PROGRAM,
          study: study.study,
          chart: name,
          parameters: parameterHash(study, observables),
          tables: Object.fromEntries(observables.map((observable, i) => [observable, from[i].hash])),
          spec: spec.hash,
        };
        const [pngArtifact, pdfArtifact] = await allOver(
          [png, pdf].map((stage) => source.map(stage, null, [svgArtifact])),
        );
        return [
          { name: `${name}.vl.json`, artifact: await source.map(provenance, sources, [spec]), from },
          { name: `${name}.svg`, artifact: svgArtifact, from: [spec] },
          { name: `${name}.png`, artifact: pngArtifact, from: [svgArtifact] },
          { name: `${name}.pdf`, artifact: pdfArtifact, from: [svgArtifact] },
        ];
      };
      return flows.pipe(
        mergeMap(({ study, observable, table, onCharted }) => {
          tables.set(observable, table);
          // The last of a chart's tables draws it, so that it is drawn once.
          const charts = study.charts.filter(({ observables }) =>
            observables.includes(observable) && observables.every((name) => tables.has(name))
          );
          const begun = charts.map(({ name, observables, definition }) =>
            begin({ study, name, observables, definition, from: observables.map((each) => tables.get(each)!) })
          );
          // What concerns more than a chart ends the study, and with it who waits.
          const failed = (error: unknown) => concernsOne(error) && onCharted();
          void allOver<unknown>(begun.map(({ handed }) => handed)).then(onCharted, failed);
          return defer(async (): Promise<OutputFile[]> => {
            const drawn = await Promise.all(begun.map(async (one) => {
              try {
                return await draw(one);
              } catch (error) {
                failures.add(error);
                return [];
              }
            }));
            return drawn.flat();
          }).pipe(mergeAll());
        }),
      );
    });
}

/** A chart whose tables are all there. */
interface ChartFlow {
  readonly study: FlowStudy;
  readonly name: string;
  readonly observables: readonly string[];
  readonly definition: Json;
  readonly from: readonly Artifact[];
}

/** What fails is noted, and gives nothing. */
function withoutFailed<T>(failures: Failures): MonoTypeOperatorFunction<T> {
  return catchError((error: unknown) => {
    failures.add(error);
    return EMPTY;
  });
}

/** Takes the points of a cohort through a step; those at which it fails go no further. */
async function advance(step: Step, cohort: Cohort, source: ArtifactSource): Promise<Cohort> {
  const { points } = cohort;
  if (points.length === 0) return cohort;
  let failure: StageFailure;
  try {
    return { ...cohort, artifacts: await takeStep(step, cohort, source) };
  } catch (error) {
    if (!concernsOne(error)) throw error;
    failure = error;
  }
  const outcomes = await Promise.all(points.map(async (point, i) => {
    if (step.kind === "map") return failure; // the points of a cohort share it
    try {
      return (await takeStep(step, { ...cohort, points: [point], artifacts: [cohort.artifacts[i]] }, source))[0];
    } catch (error) {
      if (!concernsOne(error)) throw error;
      return error;
    }
  }));
  const failures = points.flatMap(({ index, point: { swept } }, i) => {
    const outcome = outcomes[i];
    return outcome instanceof StageFailure ? [{ index, swept, message: outcome.message }] : [];
  });
  return {
    ...cohort,
    points: points.filter((_, i) => !(outcomes[i] instanceof StageFailure)),
    artifacts: outcomes.flatMap((outcome) => outcome instanceof StageFailure ? [] : [outcome]),
    failures: [...cohort.failures, ...failures],
  };
}

async function takeStep(step: Step, cohort: Cohort, source: ArtifactSource): Promise<readonly (readonly Artifact[])[]> {
  const { points, settings } = cohort;
  const inputs = cohort.artifacts[0]; // before the first fold all points of a cohort share theirs
  if (step.kind === "fold") {
    const folded = await source.fold(step.stage, points.map(({ point }) => step.reads(point, settings)), inputs);
    return folded.map((artifact) => [artifact]);
  }
  if (step.kind === "refine") {
    const refined = await source.refine(step.stage, points.map(({ point }) => step.reads(point, settings)), inputs);
    return refined.map((artifact) => [artifact]);
  }
  const requests = step.tasks(step.reads(points[0].point, settings));
  const artifacts = await allOver(requests.map(({ stage, parameters }) => source.map(stage, parameters, inputs)));
  return points.map(() => artifacts);
}
