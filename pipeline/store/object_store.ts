/**
 * Artifacts on disk under the hash of their content. A file's name is its checksum, so that writing twice is harmless, no lock is needed, and no damaged
 * file is ever taken for a good one.
 *
 * @module
 */
import { cannotUseCache } from "./cache_failure.ts";
import { sha256 } from "./hash.ts";
import { syncAndName, writeUnnamed, writeWholeLater } from "./whole_file.ts";
import { atWritePoint } from "./write_point.ts";

/** An artifact that is written, and on disk and under its name once it has been admitted. */
export interface Unnamed {
  /** Its hash. */
  readonly hash: string;
  /** Its checksum, where the store takes one. */
  readonly checksum?: number;
  /** Its file until then; nothing if the same content was there already. */
  readonly temporary?: string;
}

/** An artifact that is known by its hash, and on its way to disk. */
export interface Storing {
  /** Its hash. */
  readonly hash: string;
  /** Settles when it is on disk under its name; rejects with a `StageFailure` if the cache folder cannot be written to. */
  readonly stored: Promise<void>;
}

/** Artifacts that are written at a time of those that nobody waits for. */
const LATER = 8;

/** Files that the disk is waited for at a time: it writes many of them in one go. */
const SYNCS = 32;

/** Content-addressed files in one folder, which any number of processes may share. */
export class ObjectStore {
  readonly #cache: string;
  readonly #folder: string;
  readonly #checksum: ((bytes: Uint8Array) => number) | undefined;
  /** How many more files the disk may be waited for, and who waits for that. */
  #syncs = SYNCS;
  readonly #waiting: (() => void)[] = [];
  /** What is on its way to disk, by hash: this process reads it from here. */
  readonly #underWay = new Map<string, { readonly bytes: Uint8Array<ArrayBuffer>; readonly stored: Promise<void> }>();
  /** What is still to be written of that, and how much of it is being written. */
  readonly #later: (() => Promise<void>)[] = [];
  #writers = 0;

  /**
   * The store in a cache folder.
   *
   * @param folder The cache folder; made when first written to.
   * @param checksum Takes a checksum that is much faster than the hash: for artifacts that the same run has written, and reads again at once.
   */
  constructor(folder: string, checksum?: (bytes: Uint8Array) => number) {
    this.#checksum = checksum;
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
    const hash = sha256(bytes);
    await this.put(hash, bytes, onDamage);
    return hash;
  }

  /**
   * Stores an artifact while others already work with it: until it is on disk, this store reads it from memory. For many small ones, of which each would be
   * waited for in turn. What says that it is there, such as a trace, has to wait for `stored`.
   *
   * @param bytes Its content, which must not change until it is stored.
   * @param onDamage Told of a damaged file that was set aside and is replaced.
   * @returns Its hash, at once. Whoever asks again for what could not be written has it written once more.
   */
  storeLater(bytes: Uint8Array<ArrayBuffer>, onDamage: (path: string) => void): Storing {
    const hash = sha256(bytes), known = this.#underWay.get(hash);
    if (known !== undefined) return { hash, stored: known.stored };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stored = promise.finally(() => this.#underWay.delete(hash));
    stored.catch(() => {}); // whoever waits for it hears of it
    this.#underWay.set(hash, { bytes, stored });
    this.#later.push(() => this.put(hash, bytes, onDamage).then(resolve, reject));
    if (this.#writers < LATER) void this.#writeLater();
    return { hash, stored };
  }

  /**
   * Waits until artifacts are where other threads find them.
   *
   * @param hashes Their hashes; those that are not on their way to disk are not waited for.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  async stored(hashes: readonly string[]): Promise<void> {
    if (this.#underWay.size > 0) await Promise.all(hashes.map((hash) => this.#underWay.get(hash)?.stored));
  }

  /** Waits until nothing is on its way to disk any more, whether it came there or could not be written. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.allSettled([...this.#underWay.values()].map(({ stored }) => stored));
    }
  }

  async #writeLater(): Promise<void> {
    this.#writers++;
    await new Promise((resume) => setTimeout(resume)); // first those who have been waiting for the hashes
    for (let write = this.#later.shift(); write !== undefined; write = this.#later.shift()) await write();
    this.#writers--;
  }

  /**
   * Brings content to disk under its name, unless it is there.
   *
   * @param hash Its hash.
   * @param bytes The content.
   * @param onDamage As for {@linkcode ObjectStore.write}.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  protected async put(hash: string, bytes: Uint8Array, onDamage: (path: string) => void): Promise<void> {
    if (this.#isThere(hash, onDamage)) return;
    while (!await this.#inTurn(() => writeWholeLater(this.#placeOf(hash), bytes)));
  }

  /** Whether the same content is there already, from another task or process, and sound. */
  #isThere(hash: string, onDamage: (path: string) => void): boolean {
    return this.size(hash) !== undefined && this.#readFile(hash, onDamage) !== undefined;
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
    if (this.#isThere(hash, onDamage)) return { hash };
    try {
      const temporary = writeUnnamed(this.#placeOf(hash), bytes);
      return this.#checksum === undefined ? { hash, temporary } : { hash, temporary, checksum: this.#checksum(bytes) };
    } catch (cause) {
      throw cannotUseCache("write to", this.#cache, cause);
    }
  }

  /**
   * Waits until an artifact is on disk (`fsync`), and gives it its name. Many may be waited for at once, while other work goes on: then it costs next to
   * nothing, where waiting for each in turn took a tenth to a fifth of a cold run.
   *
   * @param unnamed What {@linkcode ObjectStore.begin} has written.
   * @returns Whether it is there now; if not, its temporary file was swept away while the process slept, and it has to be written once more.
   * @throws {StageFailure} If the cache folder cannot be written to.
   */
  async admit({ hash, temporary }: Unnamed): Promise<boolean> {
    return temporary === undefined || await this.#inTurn(() => syncAndName(temporary, this.#path(hash)));
  }

  async #inTurn(sync: () => Promise<boolean>): Promise<boolean> {
    if (this.#syncs === 0) await new Promise<void>((resume) => this.#waiting.push(resume));
    else this.#syncs--;
    try {
      return await sync();
    } catch (cause) {
      throw cannotUseCache("write to", this.#cache, cause);
    } finally {
      const next = this.#waiting.shift(); // who comes next takes over the place
      if (next === undefined) this.#syncs++;
      else next();
    }
  }

  /**
   * Reads an artifact and checks it against its name, or its checksum if it has one. A damaged file is set aside under `objects/damaged/`.
   *
   * @param hash Its hash.
   * @param onDamage Told of the file that was set aside.
   * @param room Gives the memory for it; new memory if left out.
   * @param checksum Its checksum, if it is known.
   * @returns Its content, or undefined if it is not there or was damaged.
   * @throws {StageFailure} If it cannot be read, or cannot be set aside.
   */
  read(
    hash: string,
    onDamage: (path: string) => void,
    room?: (bytes: number) => Uint8Array<ArrayBuffer>,
    checksum?: number,
  ): Uint8Array<ArrayBuffer> | undefined {
    return this.#underWay.get(hash)?.bytes ?? this.#readFile(hash, onDamage, room, checksum);
  }

  #readFile(
    hash: string,
    onDamage: (path: string) => void,
    room?: (bytes: number) => Uint8Array<ArrayBuffer>,
    checksum?: number,
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
    if (checksum !== undefined && this.#checksum?.(bytes) === checksum) return bytes;
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

  /** The path of an artifact that is to be written, in a folder that is there. */
  #placeOf(hash: string): string {
    const path = this.#path(hash);
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    return path;
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
