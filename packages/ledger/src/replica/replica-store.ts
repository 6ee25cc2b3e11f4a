/** Where a replica is kept from one start to the next: a port, so that no database comes with it. */
import type { Change } from './facts.ts'
import type { BlockHeader } from './node-reader.ts'

export interface ReplicaStore {
  /** The newest block that was saved; `null`: none. */
  position(): Promise<BlockHeader | null>
  /** Everything that was saved, in its order. */
  changes(): AsyncIterable<readonly Change[]>
  /** Saves what changed, and up to which block, together: whole or not at all, and for good before it resolves. */
  save(changes: readonly Change[], block: BlockHeader): Promise<void>
}

/** Keeps nothing: each start reads the ledger from its deployment on. */
export const NO_STORE: ReplicaStore = {
  position: async () => null,
  async *changes() {},
  save: async () => undefined,
}
