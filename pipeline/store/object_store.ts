/**
 * Artifacts on disk under the hash of their content. A file's name is its checksum, so that writing twice is harmless, no lock is needed, and no damaged
 * file is ever taken for a good one.
 *
 * @module
 */
import { sha256 } from "./hash.ts";
import { writeWhole } from "./whole_file.ts";

/** Content-addressed files in one folder, which any number of processes may share. */
export class ObjectStore {
  readonly #folder: string;

  /**
   * The store in a cache folder.
   *
   * @param folder The cache folder; made when first written to.
   */
  constructor(folder: string) {
    this.#folder = `${folder}/objects`;
  }

  /**
   * Stores an artifact.
   *
   * @param bytes Its content.
   * @returns Its hash.
   */
  write(bytes: Uint8Array): string {
    const hash = sha256(bytes);
    // The same content may be there already, from another task or process; then it only has to be sound.
    if (this.read(hash, () => {}) !== undefined) return hash;
    const path = this.#path(hash);
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    writeWhole(path, bytes);
    return hash;
  }

  /**
   * Reads an artifact and checks it against its name. A damaged file is set aside under `objects/damaged/`.
   *
   * @param hash Its hash.
   * @param onDamage Told of the file that was set aside.
   * @returns Its content, or undefined if it is not there or was damaged.
   */
  read(hash: string, onDamage: (path: string) => void): Uint8Array<ArrayBuffer> | undefined {
    const path = this.#path(hash);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = Deno.readFileSync(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
    if (sha256(bytes) === hash) return bytes;
    const aside = `${this.#folder}/damaged`;
    Deno.mkdirSync(aside, { recursive: true });
    try {
      Deno.renameSync(path, `${aside}/${hash}`);
      onDamage(path);
    } catch (error) { // another process was quicker
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return undefined;
  }

  #path(hash: string): string {
    return `${this.#folder}/${hash.slice(0, 2)}/${hash}`;
  }
}
