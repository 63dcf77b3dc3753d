/**
 * What a package really is: its own resolved version and those of everything that it brings along. A result may change with any of them, and the import map,
 * which people write, names the first one only.
 *
 * @module
 */
import { sha256 } from "./hash.ts";

/** What is read of `deno.lock`. */
interface Lock {
  /** What people ask for, and the version that it came to. */
  readonly specifiers?: Readonly<Record<string, string>>;
  /** Packages by name and version. */
  readonly npm?: Readonly<Record<string, LockedPackage>>;
}

/** What is read of a package. */
interface LockedPackage {
  readonly integrity?: string;
  /** By name, or by name and version where there are several. */
  readonly dependencies?: readonly string[];
  readonly optionalDependencies?: readonly string[];
}

/** Parts of `npm:@scope/name@version/path`: the package as the lock file names it, and the path. */
const NPM = /^npm:\/?((?:@[^/]+\/)?[^/@]+(?:@[^/]+)?)(\/.*)?$/;

/** Packages as a lock file has them. */
export class PackageLock {
  readonly #lock: Lock;
  /** Versions by name, for dependencies that are named without one. */
  readonly #ids = new Map<string, string>();
  readonly #identities = new Map<string, string>();

  /**
   * Reads a lock file.
   *
   * @param text The content of `deno.lock`.
   * @throws {SyntaxError} If it is no JSON.
   */
  constructor(text: string) {
    this.#lock = JSON.parse(text) as Lock;
    for (const id of Object.keys(this.#lock.npm ?? {})) this.#ids.set(id.slice(0, id.indexOf("@", 1)), id);
  }

  /**
   * What an import stands for.
   *
   * @param specifier For example `npm:arquero@8.0.3/path`.
   * @returns The specifier with a hash of the names, versions and checksums of the package and everything that it depends on; the specifier alone if the
   *   lock file knows no such package, as for `node:` or `https:`.
   */
  identity(specifier: string): string {
    const asked = NPM.exec(specifier)?.[1];
    const version = asked === undefined ? undefined : this.#lock.specifiers?.[`npm:${asked}`];
    if (asked === undefined || version === undefined) return specifier;
    const id = `${asked.slice(0, asked.indexOf("@", 1) < 0 ? undefined : asked.indexOf("@", 1))}@${version}`;
    let identity = this.#identities.get(id);
    if (identity === undefined) this.#identities.set(id, identity = this.#closure(id));
    return `${specifier} ${identity}`;
  }

  #closure(first: string): string {
    const reached = new Map<string, LockedPackage | undefined>(), open = [first];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (reached.has(id)) continue;
      const locked = this.#lock.npm?.[id];
      reached.set(id, locked);
      for (const name of [...locked?.dependencies ?? [], ...locked?.optionalDependencies ?? []]) {
        open.push(this.#lock.npm?.[name] === undefined ? this.#ids.get(name) ?? name : name);
      }
    }
    const parts = [...reached].sort(([a], [b]) => a < b ? -1 : 1).map(([id, locked]) => [id, locked?.integrity ?? ""]);
    return sha256(JSON.stringify(parts));
  }
}
