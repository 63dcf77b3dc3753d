/**
 * A store on a disk that takes its time, so that tests see what is said and done while artifacts are on their way.
 *
 * @module
 */
import { ObjectStore, type Storing } from "../object_store.ts";

/** Holds back what is stored later until it is released, and nothing else. */
export class HeldStore extends ObjectStore {
  readonly #held = new Set<string>();
  readonly #gate = Promise.withResolvers<void>();

  /** Stores as any store does, and remembers what is to be held. */
  override storeLater(bytes: Uint8Array<ArrayBuffer>, onDamage: (path: string) => void): Storing {
    const storing = super.storeLater(bytes, onDamage);
    this.#held.add(storing.hash);
    return storing;
  }

  /** Waits with what is held until it is released. */
  protected override async put(hash: string, bytes: Uint8Array, onDamage: (path: string) => void): Promise<void> {
    if (this.#held.has(hash)) await this.#gate.promise;
    await super.put(hash, bytes, onDamage);
  }

  /** Lets go what is held, and all that comes after it. */
  release(): void {
    this.#gate.resolve();
  }
}
