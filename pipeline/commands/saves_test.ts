import { assertEquals } from "@std/assert";
import { firstValueFrom, timeout } from "rxjs";
import { inTemporaryFolder } from "../testing/temporary_folder.ts";
import { Saves } from "./saves.ts";

Deno.test("saves in folders are hinted at, also in one that was not there at first, and no more once it is closed", () =>
  inTemporaryFolder(async (folder) => {
    const troubles: string[] = [], saves = new Saves((path) => troubles.push(path));
    const hint = () => firstValueFrom(saves.hints.pipe(timeout(30_000)));
    const folders = new Set([`${folder}/`, `${folder}/later/`]);
    try {
      saves.follow(folders);
      for (const name of ["a.yaml", "b.yaml"]) {
        const heard = hint();
        Deno.writeTextFileSync(`${folder}/${name}`, "");
        await heard;
      }
      const renamed = hint();
      Deno.renameSync(`${folder}/a.yaml`, `${folder}/b.yaml`);
      await renamed;

      Deno.mkdirSync(`${folder}/later`);
      saves.follow(folders);
      saves.follow(new Set([`${folder}/later/`]));
      const below = hint();
      Deno.writeTextFileSync(`${folder}/later/a.yaml`, "");
      await below;
    } finally {
      saves.close();
    }
    assertEquals(troubles, []);
  }));

Deno.test("a folder of which the system will not tell is named", () =>
  inTemporaryFolder((folder) => {
    const { watchFs } = Deno, troubles: string[] = [];
    Deno.watchFs = () => {
      throw new Error("too many watches");
    };
    try {
      new Saves((path, reason) => troubles.push(`${path}: ${reason}`)).follow(new Set([folder]));
    } finally {
      Deno.watchFs = watchFs;
    }
    assertEquals(troubles, [`${folder}: too many watches`]);
  }));
