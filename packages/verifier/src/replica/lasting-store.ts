/** A replica's store that outlives its database's connection: what was lost with it is opened anew at the next save. */
import type { BlockHeader, ReplicaStore } from '@hefu/ledger/replica'

/** A store that is held, for as long as its database lets it. */
export interface HeldStore {
  readonly store: ReplicaStore
  close(): Promise<void>
}

/** Another process had the store meanwhile, and went on with it: what this one would add does not fit behind that. */
export class ReplicaContinuedError extends Error {
  override readonly name = 'ReplicaContinuedError'
  readonly code = 'replica-continued'

  constructor(found: BlockHeader | null, kept: BlockHeader | null) {
    super(`save the replica: it stands at ${positionText(found)}, and was left at ${positionText(kept)}`)
  }
}

/**
 * @param open opens the store; at each time after the first it is told how far this process knows it to be saved
 * @throws what `open` throws the first time
 */
export async function openLastingStore(
  open: (saved?: BlockHeader | null) => Promise<HeldStore>,
): Promise<HeldStore> {
  const first = await open()
  let held: HeldStore | null = first
  let saved = await first.store.position()
  /** Hashes of blocks up to which was saved since, of which nobody heard whether it came through. */
  const unheard = new Set<string>()

  const close = async (): Promise<void> => {
    const closing = held
    held = null
    await closing?.close()
  }
  const openAgain = async (): Promise<HeldStore> => {
    const again = await open(saved)
    try {
      const found = await again.store.position()
      if (found?.hash !== saved?.hash && !unheard.has(found?.hash ?? ''))
        throw new ReplicaContinuedError(found, saved)
      return again
    } catch (error) {
      await again.close().catch(() => undefined)
      throw error
    }
  }
  return {
    store: {
      position: () => first.store.position(),
      restore: (facts) => first.store.restore(facts),
      save: async (changes, block, before) => {
        held ??= await openAgain()
        try {
          await held.store.save(changes, block, before)
        } catch (error) {
          unheard.add(block.hash)
          // It is given up either way.
          await close().catch(() => undefined)
          throw error
        }
        saved = block
        unheard.clear()
      },
    },
    close,
  }
}

function positionText(block: BlockHeader | null): string {
  return block === null ? 'no block' : `block ${block.number}`
}
