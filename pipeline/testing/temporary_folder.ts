/**
 * Folders of their own for tests that touch the disk, gone when the test is, whether it passed or not.
 *
 * @module
 */

/**
 * Gives a test an empty folder and removes it afterwards with all that is in it.
 *
 * @param use The test.
 * @returns What the test returns.
 */
export async function inTemporaryFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = Deno.makeTempDirSync({ prefix: "diracflow-" });
  try {
    return await use(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/**
 * Lists a folder.
 *
 * @param folder The folder; need not exist.
 * @returns The paths of all files in it, relative to it, sorted.
 */
export function filesIn(folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${path}`)) {
      if (isDirectory) visit(`${path}${name}/`);
      else found.push(`${path}${name}`);
    }
  };
  try {
    visit("");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}
