import { assert, assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { encodeArtifact } from "../store/codec.ts";
import { ObjectStore } from "../store/object_store.ts";
import { SourceHashes } from "../store/source_hash.ts";
import { TraceStore } from "../store/trace_store.ts";
import { HeldStore } from "../store/testing/held_store.ts";
import { filesIn } from "../testing/temporary_folder.ts";
import { WorkerPool } from "../workers/pool.ts";
import { CacheDiffers } from "./cache_difference.ts";
import { type Artifact, Engine } from "./engine.ts";
import { Recheck, type Rechecked } from "./recheck.ts";
import { digest, taskKey } from "./task_key.ts";
import { addStage, type FakeParameters, foldStage, mainAddStage, refineStage } from "./testing/fake_stages.ts";
import { fakeParameters as p } from "./testing/fake_tasks.ts";
import { inLaboratory, type Laboratory } from "./testing/laboratory.ts";

const SOURCES = new SourceHashes({});

interface Settings {
  readonly percent?: number;
  readonly seed?: string;
  readonly seconds?: number;
  readonly isPatient?: boolean;
}

/** Asks an engine for tasks, with a recheck of those that are there. */
async function rechecked(
  { cache }: Laboratory,
  use: (engine: Engine) => Promise<unknown>,
  { percent = 100, seed = "seed", seconds = 0, isPatient = true }: Settings = {},
  objects: ObjectStore = new ObjectStore(cache),
): Promise<Rechecked> {
  const pool = new WorkerPool(2, cache), traces = new TraceStore(cache);
  const onDamage = (path: string): never => {
    throw new Error(`${path} should be sound`);
  };
  const tools = { objects, traces, sources: SOURCES, pool };
  const recheck = new Recheck({ ...tools, percent, isPatient, seed, onDamage });
  const engine = new Engine({ ...tools, tell: () => {}, onCached: (task) => recheck.consider(task) });
  try {
    await use(engine);
    await engine.filed();
    return await recheck.finish(seconds);
  } finally {
    await pool.close();
    traces.close();
  }
}

/** One task of each kind, which do not depend on each other. */
const KINDS: Readonly<Record<string, (engine: Engine) => Promise<Artifact>>> = {
  "fake/add": (engine) => engine.map(addStage, p({ value: 1 }), []),
  "fake/main": (engine) => engine.map(mainAddStage, p({ value: 2 }), []),
  "fake/fold": async (engine) => {
    const inputs = await Promise.all([3, 4].map((value) => engine.map(addStage, p({ value }), [])));
    return (await engine.fold(foldStage, [5, 6].map((value) => p({ value })), inputs))[0];
  },
  "fake/refine": async (engine) => (await engine.refine(refineStage, [7, 8].map((value) => p({ value })), []))[1],
};

const all = (engine: Engine) => Promise.all(Object.values(KINDS).map((ask) => ask(engine)));

function keyOf(parameters: FakeParameters): string {
  return taskKey(SOURCES, addStage, p(parameters), digest([]));
}

/** Puts another artifact in the place of one, as if that had been computed. */
async function forge({ cache }: Laboratory, key: string, seconds = 0): Promise<string> {
  const bytes = encodeArtifact("arrays", { value: Float64Array.of(12345) });
  const hash = await new ObjectStore(cache).write(bytes, () => {}), traces = new TraceStore(cache);
  traces.forget((trace) => trace.key === key);
  traces.add({ key, hash, task: "forged", seconds });
  traces.close();
  return hash;
}

Deno.test("what is there is computed once more, whatever its kind, and comes out the same", () =>
  inLaboratory(async (laboratory) => {
    assertEquals(await rechecked(laboratory, all), { cached: 0, checked: 0, differences: [] }, "nothing is there yet");
    const files = filesIn(laboratory.cache);
    const { cached, checked, differences } = await rechecked(laboratory, all);
    assertEquals([cached, checked, differences], [8, 8, []]); // three maps for folds and two each of folds and refinements
    assertEquals(filesIn(laboratory.cache), files);
  }));

Deno.test("what comes out otherwise is told, set aside and forgotten, whatever its kind", () =>
  inLaboratory(async (laboratory) => {
    let right: Artifact[] = [];
    await rechecked(laboratory, async (engine) => right = await all(engine));
    for (const [i, [name, ask]] of Object.entries(KINDS).entries()) {
      const { key, hash } = right[i], kept = await forge(laboratory, key);
      const { differences } = await rechecked(laboratory, async (engine) => {
        assertEquals((await ask(engine)).hash, kept, "the forgery is taken for the artifact");
      });
      const aside = `${laboratory.cache}/objects/damaged/${kept}`;
      assertEquals(differences.length, 1);
      const { parameters, ...rest } = differences[0];
      assertEquals(rest, { task: name, key, kept, aside, made: hash, remark: "and once more so" });
      assert(Deno.statSync(aside).isFile && !laboratory.stored().includes(kept));
      const { message } = new CacheDiffers(differences);
      for (const part of [name, JSON.stringify(parameters), kept, hash, aside]) assertStringIncludes(message, part);
      await rechecked(laboratory, async (engine) => assertEquals((await ask(engine)).hash, hash));
    }
  }));

Deno.test("a stage that gives something else each time is told from one that does not", () =>
  inLaboratory(async (laboratory) => {
    const chance = (engine: Engine) => engine.map(addStage, p({ value: 1, trouble: "chance" }), []);
    await rechecked(laboratory, chance);
    const { differences: [{ remark }] } = await rechecked(laboratory, chance);
    assertMatch(remark, /^and then [0-9a-f]{64}: the stage does not always give the same$/);
  }));

Deno.test("a stage that fails where it did not before is a difference, with what it says", () =>
  inLaboratory(async (laboratory) => {
    const failing = (engine: Engine) => engine.map(addStage, p({ value: 1, trouble: "throw" }), []);
    const key = keyOf({ value: 1, trouble: "throw" });
    const kept = await forge(laboratory, key);
    const { differences: [difference] } = await rechecked(laboratory, failing);
    assertEquals([difference.kept, difference.made], [kept, undefined]);
    assertEquals(difference.remark, "Stage fake (add) failed: it does not converge");
    assertStringIncludes(new CacheDiffers([difference]).message, "failed: it does not converge");
  }));

Deno.test("the seed decides what is drawn: one at least, on average the percentage, and nothing of 0", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory;
    const many = (engine: Engine) =>
      Promise.all(Array.from({ length: 200 }, (_, value) => engine.map(addStage, p({ value, log }), [])));
    await rechecked(laboratory, many);
    const drawn = async (settings: Settings): Promise<string[]> => {
      laboratory.logged();
      const { cached, checked } = await rechecked(laboratory, many, settings);
      const lines = laboratory.logged();
      assertEquals([cached, checked], [settings.percent === 0 ? 0 : 200, lines.length]);
      return lines;
    };
    const first = await drawn({ percent: 10, seed: "a" });
    assert(first.length >= 8 && first.length <= 32, `${first.length}`); // 20 ± 3 standard deviations
    assertEquals(await drawn({ percent: 10, seed: "a" }), first);
    const second = await drawn({ percent: 10, seed: "b" });
    assert(second.filter((line) => first.includes(line)).length < first.length / 2);
    assertEquals((await drawn({ percent: 1e-9, seed: "a" })).length, 1);
    assertEquals(await drawn({ percent: 0 }), []);
  }));

Deno.test("what this process made itself is not drawn", () =>
  inLaboratory(async (laboratory) => {
    const { cache } = laboratory, traces = new TraceStore(cache), pool = new WorkerPool(1, cache);
    const tools = { objects: new ObjectStore(cache), traces, sources: SOURCES, pool };
    const recheck = new Recheck({ ...tools, percent: 100, isPatient: true, seed: "", onDamage: () => {} });
    for (let study = 0; study < 2; study++) {
      const engine = new Engine({ ...tools, tell: () => {}, onCached: (task) => recheck.consider(task) });
      await engine.map(mainAddStage, p({ value: 1 }), []);
    }
    assertEquals((await recheck.finish(0)).cached, 0);
    await pool.close();
    traces.close();
  }));

Deno.test("an artifact whose inputs are gone is passed over: nothing is made again for a sample", () =>
  inLaboratory(async (laboratory) => {
    const { log } = laboratory, hashes: string[] = [];
    const chain = async (engine: Engine) => {
      const input = await engine.map(addStage, p({ value: 1, log }), []);
      hashes.push(input.hash, (await engine.map(addStage, p({ value: 2, log }), [input])).hash);
    };
    await rechecked(laboratory, chain);
    laboratory.remove(hashes[0]);
    laboratory.logged();
    // The input itself can be computed once more, and is there again then.
    const { checked, differences } = await rechecked(laboratory, chain);
    assertEquals(differences, []);
    assertEquals(laboratory.logged().length, checked);
    assert(laboratory.stored().includes(hashes[0]));
  }));

Deno.test("a task whose input is on its way to disk is checked when it is there, wherever it ran before", () =>
  inLaboratory(async (laboratory) => {
    const objects = new HeldStore(laboratory.cache);
    let made: Artifact | undefined;
    const chain = async (engine: Engine) => {
      const inputs = await Promise.all([1, 2].map((value) => engine.map(addStage, p({ value }), [])));
      const [fold] = await engine.fold(foldStage, [p({ value: 3 })], inputs);
      made = fold;
      await Promise.all([mainAddStage, addStage].map((stage) => engine.map(stage, p({ value: 4 }), [fold])));
    };
    await rechecked(laboratory, chain);
    const traces = new TraceStore(laboratory.cache);
    assertEquals(traces.forget(({ key }) => key === made!.key), 1);
    traces.close();
    laboratory.remove(made!.hash);
    const { cached, checked, differences } = await rechecked(
      laboratory,
      async (engine) => {
        await chain(engine);
        await new Promise((resume) => setTimeout(resume, 100)); // time enough for a worker to miss it
        objects.release();
      },
      {},
      objects,
    );
    assertEquals([cached, checked, differences], [4, 4, []]);
  }));

Deno.test("what takes long is checked while there is nothing else to do, and given up at the end", () =>
  inLaboratory(async (laboratory) => {
    const spin = (engine: Engine) => engine.map(addStage, p({ value: 1, trouble: "spin" }), []);
    await forge(laboratory, keyOf({ value: 1, trouble: "spin" }), 5);
    const start = performance.now();
    const { cached, checked } = await rechecked(laboratory, async (engine) => {
      await spin(engine);
      await engine.map(addStage, p({ value: 2 }), []);
    }, { seconds: 100, isPatient: false });
    assertEquals([cached, checked], [1, 0]);
    assertLess(performance.now() - start, 8000); // it spins for ten seconds if it is left alone
  }));
