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
import { type ChangeFeed, createChangeFeed } from './change-feed.ts'
import { closeAll } from './closing.ts'
import { assertHeldBy, type Holding, ONE_NODE } from './holding.ts'
import { asOneState } from './one-state.ts'
import { findMarkAfter, findMarkUpTo, type PageExtent, type PageMark, readPages } from './page-log.ts'
import { readPosition } from './position.ts'
import { ReplicaDamagedError } from './replica-damaged.ts'
import type { OpenPlace } from './replica-place.ts'
import { createReplicaStore, isOwn, ReplicaContinuedError, restoreFacts } from './replica-store.ts'
import type { SavedPosition } from './row-digests.ts'
import type { ReplicaSchema } from './schema.ts'

/** What is opened, and given back. */
export interface SharedStore {
  readonly store: ReplicaStore
  /** Of what is saved, by whichever process. */
  readonly changes: ChangeFeed
  close(): Promise<void>
}

/** Where, of which ledger, and how. */
export interface SharedStoreOptions {
  /** Opens the place, each time anew. */
  readonly open: () => Promise<OpenPlace>
  /** Which tables there. */
  readonly definition: StoreDefinition
  readonly ledger: LedgerIdentity
  /** By whose word this process saves, and no weaker one it goes by; absent: that of one node. */
  readonly holding?: Holding
  /** After how much that changed another checkpoint is written; absent: as is usual. */
  readonly mostUnread?: PageExtent | undefined
  /** Hears whether it is this process that saves, each time that it is another way. */
  readonly onTurn?: (isOurs: boolean) => void
}

/**
 * @throws {StorageError} when the place cannot be opened, or, of a folder, another process has it
 * @throws {VerifierStartError} `replica-foreign`, `replica-place`; `replica-weaker` where another process saves it by the
 *   word of fewer nodes
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
    changes: createChangeFeed((read) => place.readSaved(read), options.ledger),
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
      if (this.#held !== null) return { isOurs, block: await this.#held.store.position() }
      const saved = await this.#readSaved<SavedPosition | null>(readPosition, null)
      return { isOurs, block: saved?.block ?? null }
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
        await restoreFacts(db, facts, position)
        return position?.block ?? null
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
        const next = await findMarkAfter(db, after.number)
        const found = await readPosition(db)
        if (
          found === null ||
          found.block.number < upTo.number ||
          (next !== null && next.after < after.number)
        )
          throw new ReplicaContinuedError(found?.block ?? null, upTo)
        let read: PageMark = await findMarkUpTo(db, after.number)
        const changes: Change[] = []
        for await (const page of readPages(db, read, upTo.number)) {
          if (changes.length + page.changes.length > most) return null
          changes.push(...page.changes)
          read = page
        }
        if (found.block.number === upTo.number && read.digest !== found.pages)
          throw new ReplicaDamagedError('page')
        return changes
      }, [])
    })
  }

  /** As of one moment; `null`: nothing is kept yet. */
  readSaved<Answer>(read: (db: Kysely<ReplicaSchema>) => Promise<Answer>): Promise<Answer | null> {
    return this.#orAnew(() => this.#readSaved<Answer | null>(read, null))
  }

  async close(): Promise<void> {
    const [place, held] = [this.#place, this.#held]
    this.#place = null
    this.#held = null
    await closeAll([async () => place?.close(), async () => held?.opened.close()])
  }

  /** Whatever fails gives up what is open, so that the next time it is opened anew; damaged rows stay what they are. */
  async #orAnew<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ReplicaDamagedError)) await this.close().catch(() => undefined)
      throw error
    }
  }

  async #database(): Promise<OpenPlace['database']> {
    this.#place ??= await this.#options.open()
    return this.#place.database
  }

  /** `null`: another process has it. */
  async #tryHold(): Promise<HeldStore | null> {
    const { definition, ledger, mostUnread, holding } = this.#options
    const database = await this.#database()
    try {
      const opened = await openStore<ReplicaSchema>(database, definition)
      try {
        return { opened, store: await createReplicaStore(opened, ledger, mostUnread, holding) }
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
    return await asOneState(db, async (state) => {
      if (!(await isOwn(state, this.#options.ledger))) return none
      await assertHeldBy(state, this.#options.holding ?? ONE_NODE)
      return await read(state)
    })
  }
}
