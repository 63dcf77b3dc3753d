/**
 * Which study files are meant, apart from what is in them.
 *
 * @module
 */
import type { Settings } from "../arguments.ts";
import { UsageError } from "../errors.ts";

/** Where studies are looked for when none is named. */
export const STUDY_FOLDER = "configs";

/**
 * The study files that are asked for.
 *
 * @param settings What the user asked for.
 * @returns The files in the order in which they were named; those of `configs/` by name.
 * @throws {UsageError} If none is named and there are none.
 */
export function studyFiles({ studies }: Settings): readonly string[] {
  if (studies.length > 0) return studies;
  try {
    const names = [...Deno.readDirSync(STUDY_FOLDER)].filter(({ name, isFile, isSymlink }) =>
      (isFile || isSymlink) && /\.ya?ml$/.test(name)
    );
    if (names.length > 0) return names.map(({ name }) => `${STUDY_FOLDER}/${name}`).sort();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  throw new UsageError([`Cannot find a study: ${STUDY_FOLDER}/ has no .yaml file; name one on the command line`]);
}
