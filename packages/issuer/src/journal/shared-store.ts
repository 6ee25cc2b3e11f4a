/**
 * The journal's tables, taken for a step and given back between steps to whoever waits: a command that runs for hours
 * locks no other out. What must not be parted from each other is one step.
 */
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  awaitFolder,
  type Database,
  databaseReason,
  type HeldFolder,
  isAwaited,
  openFolderDatabase,
  openPostgresDatabase,
  openStore,
  StorageError,
  type Store,
  whenFree,
} from '@hefu/service'
import { pathsOf } from '../home/agency-home.ts'
import { JOURNAL, type JournalSchema } from './schema.ts'

export interface SharedStore {
  /** Runs one step: nobody else writes meanwhile. Steps of this process may overlap, and lie in each other. */
  use<T>(step: (store: Store<JournalSchema>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Opening takes a third of a second: who has it keeps it for a while, even where another waits. */
const LEAST_HOLD_MS = 400
/** Of PostgreSQL nobody can say that they wait: it is given back now and again. */
const LEAST_HOLD_OF_POSTGRES_MS = 2_000
/** Who waits tries again within this time, and is not to find it taken by the one that gave it back. */
const AFTER_YOU_MS = 150
/** Between two looks whether another waits, while nothing is done. */
const LOOK_MS = 200

/** An open store, and all that is to be closed with it. */
interface Held {
  readonly store: Store<JournalSchema>
  /** By the monotonic clock: before that it is not given back. */
  readonly keptUntil: number
  isAwaited(): Promise<boolean>
  release(): Promise<void>
}

/**
 * The store of a folder, or of PostgreSQL when a `databaseUrl` is given. It is opened when it is first used.
 *
 * @param turnTimeoutMs how long others' steps are waited for; a step may wait for a node
 * @throws {StorageError} by `use`: `folder-in-use`, `folder-unwritable`, `store-in-use`, `store-newer`,
 *   `database-unreachable`, also of a server that is gone in the middle
 */
export function shareStore(
  home: string,
  databaseUrl: string | undefined,
  turnTimeoutMs: number,
): SharedStore {
  let held: Promise<Held> | null = null
  let steps = 0
  let lookedAt = 0
  let giving: Promise<void> = Promise.resolve()
  const giveBack = async (): Promise<void> => {
    const mine = held
    held = null
    await (await mine)?.release()
  }
  /** Steps that come meanwhile wait until it is given back. */
  const giveWay = async (): Promise<void> => {
    if (held === null || steps > 0 || performance.now() - lookedAt < LOOK_MS / 2) return
    lookedAt = performance.now()
    const current = await held
    if (performance.now() < current.keptUntil || !(await current.isAwaited())) return
    if (steps > 0 || held === null) return
    // What goes wrong then, such as a connection that was lost, is told by the next opening.
    giving = giveBack()
      .catch(() => undefined)
      .then(() => pause(AFTER_YOU_MS))
  }
  const looking = setInterval(() => void giveWay().catch(() => undefined), LOOK_MS)
  looking.unref()
  return {
    use: async (step) => {
      steps++
      try {
        await giving
        held ??= open(home, databaseUrl, turnTimeoutMs).catch((error: unknown) => {
          held = null
          throw error
        })
        return await step((await held).store)
      } catch (error) {
        throw told(error)
      } finally {
        steps--
        await giveWay()
      }
    },
    close: async () => {
      clearInterval(looking)
      await giving
      await giveBack()
    },
  }
}

/** Of PostgreSQL: shutting down, killed, starting up; of the connection to it, and of that by which it is held. */
const GONE_CODES: ReadonlySet<unknown> = new Set(
  '57P01 57P02 57P03 08003 08006 ECONNREFUSED ECONNRESET EPIPE HOLD_LOST'.split(' '),
)
/** What the driver says without a code. */
const GONE_WORDS = /after calling end on the pool|connection terminated|not queryable/i

/** A server that is gone in the middle of a step is told as one that cannot be reached at its beginning. */
function told(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error
  const isGone = ('code' in error && GONE_CODES.has(error.code)) || GONE_WORDS.test(error.message)
  if (!isGone) return error
  return new StorageError('database-unreachable', JOURNAL.title, databaseReason(error), { cause: error })
}

async function open(home: string, databaseUrl: string | undefined, timeoutMs: number): Promise<Held> {
  const folder = await awaitFolder(home, timeoutMs)
  try {
    const isPostgres = databaseUrl !== undefined && databaseUrl !== ''
    const database = isPostgres ? openPostgresDatabase(databaseUrl) : await openFolder(folder)
    try {
      const store = await whenFree(timeoutMs, () => openStore<JournalSchema>(database, JOURNAL))
      return {
        store,
        keptUntil: performance.now() + (isPostgres ? LEAST_HOLD_OF_POSTGRES_MS : LEAST_HOLD_MS),
        // Who waits for PostgreSQL may be at work in another folder, and cannot say so here.
        isAwaited: async () => isPostgres || (await isAwaited(home)),
        release: async () => {
          await store.close()
          await database.close().finally(folder.release)
        },
      }
    } catch (error) {
      await database.close()
      throw error
    }
  } catch (error) {
    await folder.release()
    throw error
  }
}

function openFolder(folder: HeldFolder): Promise<Database> {
  return openFolderDatabase(folder, basename(pathsOf(folder.path).journal))
}
