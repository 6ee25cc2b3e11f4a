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
  /** Where several processes keep one replica. Absent: this one alone saves. */
  readonly shared?: SharedSaves
}

/** What several processes save to one place: one of them at a time, and the others go by it. */
export interface SharedSaves {
  /** How far it is saved by now, and whether it is this process that saves: it is from then on where no other does. */
  look(): Promise<SavedSoFar>
  /**
   * What was saved behind a block, up to another, in its order; `null`: more changes than `most`.
   *
   * @throws when what is saved does not go on behind it: it was replaced by something else, or set back
   */
  readBetween(after: BlockHeader, upTo: BlockHeader | null, most: number): Promise<readonly Change[] | null>
  /** Fills facts that are empty with everything that was saved, and says up to which block; `null`: nothing was. */
  restore(facts: CompactFacts): Promise<BlockHeader | null>
}

export interface SavedSoFar {
  readonly isOurs: boolean
  /** The newest block that was saved, by whichever process; `null`: none. */
  readonly block: BlockHeader | null
}

/** Keeps nothing: each start reads the ledger from its deployment on. */
export const NO_STORE: ReplicaStore = {
  position: async () => null,
  restore: async () => undefined,
  save: async () => undefined,
}
