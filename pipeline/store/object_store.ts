/**
 * Artifacts on disk under the hash of their content. A file's name is its checksum, so that writing twice is harmless, no lock is needed, and no damaged
 * file is ever taken for a good one.
 *
 * @module
 */
import { cannotUseCache } from "./cache_failure.ts";
import { sha256 } from "./hash.ts";
import { syncAndName, writeUnnamed } from "./whole_file.ts";
import { atWritePoint } from "./write_point.ts";

/** An artifact that is written, and on disk and under its name once it has been admitted. */
export interface Unnamed {
  /** Its hash. */
  readonly hash: string;
  /** Its file until then; nothing if the same content was there already. */
  readonly temporary?: string;
}

/** Files that the disk is waited for at a time: it writes many of them in one go. */
const SYNCS = 32;

/** Content-addressed files in one folder, which any number of processes may share. */
export class ObjectStore {
  readonly #cache: string;
  readonly #folder: string;
  /** How many more files the disk may be waited for, and who waits for that. */
  #syncs = SYNCS;
  readonly #waiting: (() => void)[] = [];

  /**
   * The store in a cache folder.
   *
   * @param folder The cache folder; made when first written to.
   */
  constructor(folder: string) {
    this.#cache = folder;
    this.#folder = `${folder}/objects`;
  }

  /**
   * Stores an artifact.
   *
   * @param bytes Its content.
   * @param onDamage Told of a damaged file that was set aside and is replaced.
   * @returns Its hash.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  async write(bytes: Uint8Array, onDamage: (path: string) => void): Promise<string> {
    for (;;) {
      const unnamed = this.begin(bytes, onDamage);
      if (await this.admit(unnamed)) return unnamed.hash;
    }
  }

  /**
   * Writes an artifact under a temporary name. Whoever does so need not wait for the disk: that is for {@linkcode ObjectStore.admit}, in any thread.
   *
   * @param bytes Its content.
   * @param onDamage Told of a damaged file that was set aside and is replaced.
   * @returns What is to be admitted.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  begin(bytes: Uint8Array, onDamage: (path: string) => void): Unnamed {
    const hash = sha256(bytes);
    // The same content may be there already, from another task or process; then it only has to be sound.
    if (this.read(hash, onDamage) !== undefined) return { hash };
    const path = this.#path(hash);
    try {
      Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      return { hash, temporary: writeUnnamed(path, bytes) };
    } catch (cause) {
      throw cannotUseCache("write to", this.#cache, cause);
    }
  }

  /**
   * Waits until an artifact is on disk (`fsync`), and gives it its name. Many may be waited for at once, while other work goes on: then it costs next to nothing,
   * where waiting for each in turn took a tenth to a fifth of a cold run.
   *
   * @param unnamed What {@linkcode ObjectStore.begin} has written.
   * @returns Whether it is there now; if not, its temporary file was swept away while the process slept, and it has to be written once more.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  async admit({ hash, temporary }: Unnamed): Promise<boolean> {
    if (temporary === undefined) return true;
    if (this.#syncs === 0) await new Promise<void>((resume) => this.#waiting.push(resume));
    else this.#syncs--;
    try {
      return await syncAndName(temporary, this.#path(hash));
    } catch (cause) {
      throw cannotUseCache("write to", this.#cache, cause);
    } finally {
      const next = this.#waiting.shift(); // who comes next takes over the place
      if (next === undefined) this.#syncs++;
      else next();
    }
  }

  /**
   * Reads an artifact and checks it against its name. A damaged file is set aside under `objects/damaged/`.
   *
   * @param hash Its hash.
   * @param onDamage Told of the file that was set aside.
   * @param room Gives the memory for it; new memory if left out.
   * @returns Its content, or undefined if it is not there or was damaged.
   * @throws {StageFailure} If it cannot be read, or cannot be set aside.
   */
  read(
    hash: string,
    onDamage: (path: string) => void,
    room?: (bytes: number) => Uint8Array<ArrayBuffer>,
  ): Uint8Array<ArrayBuffer> | undefined {
    const path = this.#path(hash);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = room === undefined ? Deno.readFileSync(path) : readInto(path, room);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      if (!(error instanceof Deno.errors.IsADirectory)) throw cannotUseCache("read", this.#cache, error);
      if (this.#setAside(path, `${hash}.${crypto.randomUUID()}`)) onDamage(path); // a folder does not take the place of another one
      return undefined;
    }
    if (sha256(bytes) === hash) return bytes;
    if (this.#setAside(path, hash)) onDamage(path);
    return undefined;
  }

  /**
   * Sets an artifact aside under `objects/damaged/`, sound as its file may be.
   *
   * @param hash Its hash.
   * @returns Where it is now, or undefined if it was not there.
   * @throws {StageFailure} If it cannot be set aside.
   */
  setAside(hash: string): string | undefined {
    return this.#setAside(this.#path(hash), hash) ? `${this.#folder}/damaged/${hash}` : undefined;
  }

  /**
   * The size of an artifact.
   *
   * @param hash Its hash.
   * @returns Bytes, or undefined if it is not there.
   */
  size(hash: string): number | undefined {
    try {
      return Deno.statSync(this.#path(hash)).size;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw cannotUseCache("read", this.#cache, error);
    }
  }

  /**
   * Whether there is a file for an artifact, whatever is in it.
   *
   * @param hash Its hash.
   * @returns Whether there is one.
   * @throws {StageFailure} If the cache folder cannot be read.
   */
  has(hash: string): boolean {
    try {
      return Deno.statSync(this.#path(hash)).isFile;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw cannotUseCache("read", this.#cache, error);
    }
  }

  /** Moves what is no artifact to where nobody reads it again; false if another process was quicker. */
  #setAside(path: string, name: string): boolean {
    const aside = `${this.#folder}/damaged`;
    try {
      Deno.mkdirSync(aside, { recursive: true });
      atWritePoint("remove", path);
      Deno.renameSync(path, `${aside}/${name}`);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw cannotUseCache("set a damaged artifact aside in", this.#cache, error);
    }
    return true;
  }

  #path(hash: string): string {
    return `${this.#folder}/${hash.slice(0, 2)}/${hash}`;
  }
}

/** Reads a file into memory that is there already. */
function readInto(path: string, room: (bytes: number) => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  using file = Deno.openSync(path);
  const bytes = room(file.statSync().size);
  let length = 0;
  for (let read: number | null = 0; length < bytes.length && read !== null; length += read ?? 0) {
    read = file.readSync(bytes.subarray(length));
  }
  return bytes.subarray(0, length); // a file that is being cut short is damaged, and found to be
}
