/**
 * A replica's store that several processes share: one of them saves, the others go by what it saves, and one of these
 * saves on where it ends. What was lost with its database's connection is opened anew.
 */
import type {
  BlockHeader,
  Change,
  CompactFacts,
  ReplicaStore,
  SavedSoFar,
  SharedSaves,
} from '@hefu/ledger/replica'
import type { LedgerIdentity } from '@hefu/protocol'
import { hasOwnTables, openStore, StorageError, type Store, type StoreDefinition } from '@hefu/service'
import type { Kysely } from 'kysely'
import { closeAll } from './closing.ts'
import type { PageExtent } from './page-log.ts'
import { findBeginning, readChanges } from './page-log.ts'
import type { OpenPlace } from './replica-place.ts'
import {
  createReplicaStore,
  isOwn,
  ReplicaContinuedError,
  readPosition,
  restoreFacts,
} from './replica-store.ts'
import type { ReplicaSchema } from './schema.ts'

/** What is opened, and given back. */
export interface SharedStore {
  readonly store: ReplicaStore
  close(): Promise<void>
}

/** Where, of which ledger, and how. */
export interface SharedStoreOptions {
  /** Opens the place, each time anew. */
  readonly open: () => Promise<OpenPlace>
  /** Which tables there. */
  readonly definition: StoreDefinition
  readonly ledger: LedgerIdentity
  /** After how much that changed another checkpoint is written; absent: as is usual. */
  readonly mostUnread?: PageExtent | undefined
  /** Hears whether it is this process that saves, each time that it is another way. */
  readonly onTurn?: (isOurs: boolean) => void
}

/**
 * @throws {StorageError} when the place cannot be opened, or, of a folder, another process has it
 * @throws {VerifierStartError} `replica-foreign`, `replica-place`
 */
export async function openReplicaStore(options: SharedStoreOptions): Promise<SharedStore> {
  const place = new SharedPlace(options)
  await place.look()
  // One state of all tables, however much is saved meanwhile.
  const restored = { block: null as BlockHeader | null }
  return {
    store: {
      position: async () => restored.block,
      restore: async (facts) => {
        restored.block = await place.restore(facts)
      },
      save: (changes, block, before) => place.save(changes, block, before),
      shared: {
        look: () => place.look(),
        readBetween: (...between) => place.readBetween(...between),
        restore: (facts) => place.restore(facts),
      },
    },
    close: () => place.close(),
  }
}

/** A store that this process holds. */
interface HeldStore {
  readonly store: ReplicaStore
  readonly opened: Store<ReplicaSchema>
}

class SharedPlace {
  readonly #options: SharedStoreOptions
  #place: OpenPlace | null = null
  /** Ours while it is not `null`. */
  #held: HeldStore | null = null
  #isOurs: boolean | null = null

  constructor(options: SharedStoreOptions) {
    this.#options = options
  }

  look(): Promise<SavedSoFar> {
    return this.#orAnew(async () => {
      this.#held ??= await this.#tryHold()
      const isOurs = this.#held !== null
      if (isOurs !== this.#isOurs) this.#options.onTurn?.(isOurs)
      this.#isOurs = isOurs
      return { isOurs, block: await (this.#held?.store.position() ?? this.#readSaved(readPosition, null)) }
    })
  }

  save(...saved: Parameters<ReplicaStore['save']>): Promise<void> {
    return this.#orAnew(async () => {
      if (this.#held === null) throw new TypeError('save the replica: another process does')
      await this.#held.store.save(...saved)
    })
  }

  restore(facts: CompactFacts): Promise<BlockHeader | null> {
    return this.#orAnew(() =>
      this.#readSaved(async (db) => {
        const position = await readPosition(db)
        await restoreFacts(db, facts, position?.number ?? -1)
        return position
      }, null),
    )
  }

  readBetween(
    ...[after, upTo, most]: Parameters<SharedSaves['readBetween']>
  ): Promise<readonly Change[] | null> {
    return this.#orAnew(async () => {
      // Set back: whoever begins anew goes on from there, and this process does not keep it from that.
      if (upTo === null || upTo.number <= after.number) throw new ReplicaContinuedError(upTo, after)
      return this.#readSaved(async (db) => {
        const beginning = await findBeginning(db, after.number)
        const found = await readPosition(db)
        if (found === null || found.number < upTo.number || (beginning !== null && beginning < after.number))
          throw new ReplicaContinuedError(found, upTo)
        const changes: Change[] = []
        for await (const page of readChanges(db, after.number, upTo.number)) {
          if (changes.length + page.length > most) return null
          changes.push(...page)
        }
        return changes
      }, [])
    })
  }

  async close(): Promise<void> {
    const [place, held] = [this.#place, this.#held]
    this.#place = null
    this.#held = null
    await closeAll([async () => place?.close(), async () => held?.opened.close()])
  }

  /** Whatever fails gives up what is open, so that the next time it is opened anew. */
  async #orAnew<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work()
    } catch (error) {
      await this.close().catch(() => undefined)
      throw error
    }
  }

  async #database(): Promise<OpenPlace['database']> {
    this.#place ??= await this.#options.open()
    return this.#place.database
  }

  /** `null`: another process has it. */
  async #tryHold(): Promise<HeldStore | null> {
    const { definition, ledger, mostUnread } = this.#options
    const database = await this.#database()
    try {
      const opened = await openStore<ReplicaSchema>(database, definition)
      try {
        return { opened, store: await createReplicaStore(opened, ledger, mostUnread) }
      } catch (error) {
        await opened.close()
        throw error
      }
    } catch (error) {
      if (error instanceof StorageError && error.code === 'store-in-use') return null
      throw error
    }
  }

  /** As of one moment. Where nothing is kept yet, as of whoever saves is only about to: `none`. */
  async #readSaved<Answer>(
    read: (db: Kysely<ReplicaSchema>) => Promise<Answer>,
    none: Answer,
  ): Promise<Answer> {
    const { definition } = this.#options
    const database = await this.#database()
    if (!(await hasOwnTables(database, definition))) return none
    const db = database.db.withSchema(definition.schema) as unknown as Kysely<ReplicaSchema>
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => ((await isOwn(trx, this.#options.ledger)) ? await read(trx) : none))
  }
}
