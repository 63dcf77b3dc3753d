import { crc32 } from "node:zlib";
import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { type FakeArtifact, type FakeParameters, type Trouble } from "../dataflow/testing/fake_stages.ts";
import type { Json } from "../dataflow/stage.ts";
import { decodeArtifact, encodeArtifact } from "../store/codec.ts";
import { sha256 } from "../store/hash.ts";
import { ObjectStore } from "../store/object_store.ts";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { JobRunner } from "./job.ts";
import { type ArtifactReference, type FoldJob, type MapJob, Stopped } from "./protocol.ts";

const MODULE = new URL("../dataflow/testing/fake_stages.ts", import.meta.url).href;

const noDamage = (path: string): never => {
  throw new Error(`${path} should be sound`);
};

function mapJob(parameters: FakeParameters, inputs: readonly ArtifactReference[] = [], name = "mainAddStage"): MapJob {
  return { kind: "map", module: MODULE, export: name, parameters: parameters as unknown as Json, inputs };
}

function foldJob(
  values: readonly number[],
  input: ArtifactReference | readonly ArtifactReference[],
  name = "foldStage",
  index = 0,
): FoldJob {
  return {
    kind: "fold",
    module: MODULE,
    export: name,
    parameters: values.map((value) => ({ value })),
    inputs: [input].flat(),
    index,
  };
}

async function stored(store: ObjectStore, value: number): Promise<ArtifactReference> {
  const hash = await store.write(encodeArtifact("arrays", { value: Float64Array.of(value) }), noDamage);
  return { hash, format: "arrays" };
}

function damage(folder: string, { hash }: ArtifactReference): string {
  const path = `${folder}/objects/${hash.slice(0, 2)}/${hash}`;
  Deno.truncateSync(path, 30);
  return path;
}

Deno.test("a job reads its inputs, runs the stage and stores what it gave", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {});
    const result = await runner.run(mapJob({ value: 1 }, [await stored(store, 10), await stored(store, 20)]));
    if (result.kind !== "artifact") throw new Error(JSON.stringify(result));
    assertEquals(store.read(result.hash, noDamage), undefined, "it is on its way to the disk");
    assert(await store.admit(result));
    const output = decodeArtifact("arrays", store.read(result.hash, noDamage)!) as FakeArtifact;
    assertEquals(output.value[0], (1 * 1.1 + 10) * 1.1 + 40);
    assertEquals(result.damaged, []);
  }));

Deno.test("what goes wrong in a stage is a result with the name, the message and the place", () =>
  inTemporaryFolder(async (folder) => {
    const runner = new JobRunner(new ObjectStore(folder), () => {});
    const cases: readonly (readonly [Trouble, string, string])[] = [
      ["throw", "TypeError", "it does not converge"],
      ["audit", "Error", "the norm is 2 instead of 1"],
      ["not finite", "Error", "Cannot encode an artifact: element 0 of value is NaN"],
    ];
    for (const [trouble, name, message] of cases) {
      const result = await runner.run(mapJob({ value: 1, trouble }));
      if (result.kind !== "failed") throw new Error(JSON.stringify(result));
      assertEquals([result.name, result.message], [name, message]);
      assertMatch(result.stack, /\.ts:\d+:\d+/);
    }
    assertEquals(filesIn(folder), []);
  }));

Deno.test("a job for a stage that is not there is a result too", () =>
  inTemporaryFolder(async (folder) => {
    const runner = new JobRunner(new ObjectStore(folder), () => {});
    const jobs = [mapJob({ value: 1 }, [], "foldStage"), mapJob({ value: 1 }, [], "nothing"), {
      ...mapJob({ value: 1 }),
      module: `file://${folder}/nothing.ts`,
    }];
    const results = await Promise.all(jobs.map((job) => runner.run(job)));
    assertEquals(results.map(({ kind }) => kind), ["failed", "failed", "failed"]);
    assertStringIncludes(JSON.stringify(results[0]), `foldStage of ${MODULE} is not a map stage`);
  }));

Deno.test("an input that is gone, or damaged, is named", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {});
    const gone: ArtifactReference = { hash: sha256("gone"), format: "arrays" }, input = await stored(store, 1);
    const missing = { kind: "missing", hashes: [gone.hash], damaged: [] } as const;
    assertEquals(await runner.run(mapJob({ value: 1 }, [gone])), missing);
    const path = damage(folder, input);
    assertEquals(await runner.run(foldJob([1], input)), { kind: "missing", hashes: [input.hash], damaged: [path] });
    assertEquals(await runner.run(foldJob([1], input)), { kind: "missing", hashes: [input.hash], damaged: [] });
  }));

Deno.test("jobs that are under way together do not take each other's damage for their own", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {});
    // The output of the slow job is damaged on disk: it says so, and others that end meanwhile do not.
    const slow = mapJob({ value: 1, delay: 40 }), first = await runner.run(slow);
    if (first.kind !== "artifact") throw new Error(JSON.stringify(first));
    assert(await store.admit(first));
    const path = damage(folder, { hash: first.hash, format: "arrays" });
    const input = await stored(store, 5), inputPath = damage(folder, input);
    const [again, missing, ...others] = await Promise.all([
      runner.run(slow),
      runner.run(mapJob({ value: 2, delay: 10 }, [input])),
      ...[3, 4].map((value) => runner.run(mapJob({ value, delay: 60 }))),
    ]);
    const damaged = [again, missing, ...others].map((result) => "damaged" in result ? result.damaged : undefined);
    assertEquals(damaged, [[path], [inputPath], [], []]);
  }));

Deno.test("an input is never handed over with a share, and stays whole", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {}), input = await stored(store, 42);
    for (let i = 0; i < 3; i++) {
      const result = await runner.run(foldJob([1], input, "passFoldStage"));
      if (result.kind !== "partial") throw new Error(JSON.stringify(result));
      const received = structuredClone(result.partial, { transfer: [result.partial.buffer] }); // as a worker does
      assertEquals(received, Float64Array.of(42));
    }
  }));

Deno.test("shares of several inputs are combined in their order, each with its place among all", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), numbers = [5, 0, 7, 3], sets = [1, 2];
    const inputs = await Promise.all(numbers.map((number) => stored(store, number)));
    const expected = sets.map((set) =>
      numbers.map((number, i) => Math.sin(set * number + 6 + i)).reduce((total, share) => total * 1.1 + share)
    );
    for (const isAlone of [false, true]) {
      const runner = new JobRunner(store, () => {}, isAlone);
      const result = await runner.run(foldJob(sets, inputs, "foldStage", 6));
      assertEquals(result.kind === "partial" && [...result.partial], expected);
    }
  }));

Deno.test("of several inputs all that are gone or damaged are named", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {}, true), log = `${folder}/log`;
    const inputs = await Promise.all([1, 2, 3, 4, 5].map((number) => stored(store, number)));
    const path = damage(folder, inputs[1]);
    Deno.removeSync(damage(folder, inputs[3]));
    const job = { ...foldJob([1], inputs), parameters: [{ value: 1, log }] };
    assertEquals(await runner.run(job), {
      kind: "missing",
      hashes: [inputs[1].hash, inputs[3].hash],
      damaged: [path],
    });
    assertEquals(Deno.readTextFileSync(log), "share 0 of 1\n", "nothing is computed of what will be computed again");
    await Promise.all([2, 4].map((number) => stored(store, number)));
    assertEquals((await runner.run(job)).kind, "partial");
  }));

Deno.test("a share that is a part of its input is not what others are added to, nor what they overwrite", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {}, true);
    for (const size of [1, 200_000]) { // one that is remembered, and one whose memory the next one takes
      const inputs = await Promise.all([3, 5, 9].map(async (number) => {
        const bytes = encodeArtifact("arrays", { value: new Float64Array(size).fill(number) });
        return { hash: await store.write(bytes, noDamage), format: "arrays" as const };
      }));
      for (let i = 0; i < 2; i++) {
        const result = await runner.run(foldJob([1], inputs, "passFoldStage"));
        if (result.kind !== "partial") throw new Error(JSON.stringify(result));
        assertEquals(new Set(result.partial), new Set([(3 * 1.1 + 5) * 1.1 + 9]), `${size} numbers`);
      }
    }
  }));

Deno.test("an input is known by its checksum, and by its name if it does not fit that", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder, crc32), inputs: ArtifactReference[] = [];
    for (const value of [1, 2]) {
      const made = await new JobRunner(store, () => {}).run(mapJob({ value }));
      if (made.kind !== "artifact") throw new Error(JSON.stringify(made));
      assert(made.checksum !== undefined && await store.admit(made));
      inputs.push({ hash: made.hash, format: "arrays", checksum: made.checksum });
    }
    const [good, bad] = inputs, wrong = { ...good, checksum: good.checksum! ^ 1 };
    const fresh = () => new JobRunner(store, () => {}); // which remembers no input
    for (const input of [good, wrong]) assertEquals((await fresh().run(foldJob([1], input))).kind, "partial");
    const path = damage(folder, bad);
    assertEquals(await fresh().run(foldJob([1], bad)), { kind: "missing", hashes: [bad.hash], damaged: [path] });
  }));

Deno.test("the same bytes are read anew in each format", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {}), { hash } = await stored(store, 3);
    const asArrays = await runner.run(mapJob({ value: 1 }, [{ hash, format: "arrays" }]));
    const asBytes = await runner.run(mapJob({ value: 1 }, [{ hash, format: "bytes" }]));
    assertEquals([asArrays.kind, asBytes.kind], ["artifact", "failed"]); // bytes have no property `value`
  }));

Deno.test("many inputs pass through a small memory", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {});
    const inputs = await Promise.all(Array.from({ length: 30 }, (_, i) => stored(store, i)));
    const hashes: string[] = [];
    for (const round of [0, 1]) {
      for (const [i, input] of inputs.entries()) {
        const result = await runner.run(mapJob({ value: 0 }, [input]));
        if (result.kind !== "artifact") throw new Error(JSON.stringify(result));
        if (round === 0) hashes.push(result.hash);
        else assertEquals(result.hash, hashes[i]);
      }
    }
    assertEquals(new Set(hashes).size, 30);
  }));

Deno.test("a stopped run ends a job at its next pulse, and begins none", () =>
  inTemporaryFolder(async (folder) => {
    let beats = 0;
    const stopping = new JobRunner(new ObjectStore(folder), () => {
      if (++beats > 3) throw new Stopped();
    });
    assertEquals(await stopping.run(mapJob({ value: 1, trouble: "spin" })), { kind: "stopped" });
    const log = `${folder}/log`;
    assertEquals(await stopping.run(mapJob({ value: 1, log })), { kind: "stopped" });
    assertEquals(filesIn(folder), []);
    assertNotEquals(beats, 0);
  }));

Deno.test("jobs that follow one another use the same memory, and none sees what another left there", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {}, true);
    const sizes = [200_000, 3, 150_000, 300_000, 2]; // the large ones are more than is remembered
    const artifacts: ArtifactReference[] = [];
    for (const value of sizes) {
      const result = await runner.run(mapJob({ value }, [], "spaciousStage"));
      if (result.kind !== "artifact") throw new Error(JSON.stringify(result));
      await store.admit(result);
      artifacts.push({ hash: result.hash, format: "arrays" });
    }
    const expected = sizes.map((size) => ({ value: new Float64Array(size).fill(size) }));
    assertEquals(artifacts.map(({ hash }) => hash), expected.map((value) => sha256(encodeArtifact("arrays", value))));
    const shares: Float64Array[] = [];
    for (const input of [...artifacts, artifacts[1]]) {
      const result = await runner.run(foldJob([1], input, "passFoldStage"));
      if (result.kind !== "partial") throw new Error(JSON.stringify(result));
      shares.push(result.partial);
    }
    assertEquals(shares, [...expected, expected[1]].map(({ value }) => value));
  }));

Deno.test("a large input that was cut short is found out in memory that held a whole one", () =>
  inTemporaryFolder(async (folder) => {
    const store = new ObjectStore(folder), runner = new JobRunner(store, () => {}, true);
    const bytes = encodeArtifact("arrays", { value: new Float64Array(200_000).fill(7) });
    const input: ArtifactReference = { hash: await store.write(bytes, noDamage), format: "arrays" };
    assertEquals((await runner.run(foldJob([1], input, "passFoldStage"))).kind, "partial");
    const path = `${folder}/objects/${input.hash.slice(0, 2)}/${input.hash}`;
    Deno.truncateSync(path, bytes.length - 8);
    const result = await runner.run(foldJob([1], input, "passFoldStage"));
    assertEquals(result, { kind: "missing", hashes: [input.hash], damaged: [path] });
  }));
