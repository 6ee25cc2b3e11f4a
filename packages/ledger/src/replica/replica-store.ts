/** Where a replica is kept from one start to the next: a port, so that no database comes with it. */

import type { BlockHeader } from './blocks/node-reader.ts'
import type { CompactFacts } from './compact/compact-facts.ts'
import type { Change } from './facts/facts.ts'

export interface ReplicaStore {
  /** The newest block that was saved; `null`: none. */
  position(): Promise<BlockHeader | null>
  /** Fills facts that are empty with everything that was saved. */
  restore(facts: CompactFacts): Promise<void>
  /**
   * Saves what changed, and up to which block, together: whole or not at all, and for good before it resolves.
   *
   * @param before the facts as they were saved the last time: a store may keep them besides
   */
  save(changes: readonly Change[], block: BlockHeader, before: CompactFacts): Promise<void>
}

/** Keeps nothing: each start reads the ledger from its deployment on. */
export const NO_STORE: ReplicaStore = {
  position: async () => null,
  restore: async () => undefined,
  save: async () => undefined,
}
