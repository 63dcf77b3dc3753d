import { assertEquals } from "@std/assert";
import { filesIn, inTemporaryFolder } from "../testing/temporary_folder.ts";
import { sweepCache, sweepFolder } from "./leftovers.ts";
import { writeWhole } from "./whole_file.ts";
import { watchWritePoints } from "./write_point.ts";

const HOUR = 3_600_000;

/** Leaves what a process leaves that is killed while it writes; gives the temporary file's path. */
function leftover(path: string, hours: number): string {
  let temporary = "";
  watchWritePoints((point, at) => {
    if (point !== "synced") return;
    temporary = at;
    Deno.copyFileSync(at, `${at}.copy`);
  });
  try {
    writeWhole(path, new Uint8Array(8));
  } finally {
    watchWritePoints(undefined);
  }
  Deno.removeSync(path);
  Deno.renameSync(`${temporary}.copy`, temporary);
  age(temporary, hours);
  return temporary;
}

function age(path: string, hours: number): void {
  const then = (Date.now() - hours * HOUR) / 1000;
  Deno.utimeSync(path, then, then);
}

Deno.test("temporary files go when they are an hour old, and nothing else does", () =>
  inTemporaryFolder((folder) => {
    const old = leftover(`${folder}/a`, 1.1), young = leftover(`${folder}/b`, 0.9);
    for (const name of ["notes.tmp", "a.tmp", "a.123.tmp", "swept"]) {
      Deno.writeTextFileSync(`${folder}/${name}`, "");
      age(`${folder}/${name}`, 5);
    }
    Deno.mkdirSync(`${old}.folder.tmp`);
    assertEquals(sweepFolder(folder, Date.now()), 1);
    assertEquals(filesIn(folder), ["a.123.tmp", "a.tmp", young.slice(folder.length + 1), "notes.tmp", "swept"].sort());
    assertEquals(sweepFolder(folder, Date.now() + HOUR), 1);
    assertEquals(sweepFolder(`${folder}/no`, Date.now()), 0);
  }));

Deno.test("a cache is swept in all of its folders, once a day", () =>
  inTemporaryFolder((cache) => {
    const places = [
      cache,
      ...["traces", "objects/ab", "objects/cd", "objects/damaged"].map((name) => `${cache}/${name}`),
    ];
    const leave = () => {
      for (const place of places) {
        Deno.mkdirSync(place, { recursive: true });
        leftover(`${place}/x`, 2);
      }
    };
    leave();
    assertEquals(sweepCache(cache), places.length);
    assertEquals(filesIn(cache), ["swept"]);
    leave();
    assertEquals(sweepCache(cache), undefined);
    age(`${cache}/swept`, 25);
    assertEquals(sweepCache(cache), places.length);
    assertEquals(filesIn(cache), ["swept"]);
  }));

Deno.test("a writer whose temporary file was swept away while it slept writes it once more", () =>
  inTemporaryFolder((folder) => {
    let sleeps = 1;
    watchWritePoints((point, path) => {
      if (point !== "synced" || sleeps-- <= 0) return;
      age(path, 3);
      assertEquals(sweepFolder(folder, Date.now()), 1);
    });
    try {
      writeWhole(`${folder}/a`, Uint8Array.of(1, 2, 3));
    } finally {
      watchWritePoints(undefined);
    }
    assertEquals(Deno.readFileSync(`${folder}/a`), Uint8Array.of(1, 2, 3));
    assertEquals(filesIn(folder), ["a"]);
  }));
