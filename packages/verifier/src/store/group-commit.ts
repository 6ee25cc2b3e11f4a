/**
 * Many entries in one transaction: what comes while one is under way waits for the next, and is in it; and so is what comes
 * in the same turn of the loop.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { within } from './patience.ts'

export interface GroupCommit<Entry> {
  /** Returns when the entry is durable. @throws what the commit throws, or `StoreTimeoutError` */
  add(entry: Entry): Promise<void>
}

interface Waiting<Entry> {
  readonly entry: Entry
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** As many parameters as a statement of PGlite has room for, and some. */
const MOST_TOGETHER = 256
const PATIENCE_MS = 5_000

/**
 * Makes all of a group durable, or none of it.
 *
 * @param givenUp nobody waits for the group any more: what can still be kept from becoming durable has to be
 */
export type Commit<Entry> = (entries: readonly Entry[], givenUp: AbortSignal) => Promise<void>

/**
 * Entries are bounded by who adds them: each waits for its own.
 *
 * @param patienceMs how long a group may take; then those behind it are tried
 */
export function createGroupCommit<Entry>(
  commit: Commit<Entry>,
  patienceMs: number = PATIENCE_MS,
): GroupCommit<Entry> {
  const waiting: Waiting<Entry>[] = []
  let isUnderWay = false
  const run = async (): Promise<void> => {
    if (isUnderWay) return
    isUnderWay = true
    while (waiting.length > 0) {
      // A thread that has much to do is done with many of them in one turn: the first would go alone.
      await nextTurn()
      const group = take(waiting)
      await settle(
        group,
        inTime(
          commit,
          group.map(({ entry }) => entry),
          patienceMs,
        ),
      )
    }
    isUnderWay = false
  }
  return {
    add: (entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject })
        void run()
      }),
  }
}

function take<Entry>(waiting: Waiting<Entry>[]): readonly Waiting<Entry>[] {
  return waiting.splice(0, MOST_TOGETHER)
}

async function inTime<Entry>(
  commit: Commit<Entry>,
  entries: readonly Entry[],
  patienceMs: number,
): Promise<void> {
  const giving = new AbortController()
  try {
    await within(commit(entries, giving.signal), patienceMs)
  } catch (error) {
    giving.abort(error)
    throw error
  }
}

async function settle(group: readonly Waiting<unknown>[], committed: Promise<void>): Promise<void> {
  try {
    await committed
    for (const { resolve } of group) resolve()
  } catch (error) {
    for (const { reject } of group) reject(error)
  }
}
