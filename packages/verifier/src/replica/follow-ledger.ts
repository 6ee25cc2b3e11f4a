/** A replica that goes with its chain while the service runs. */
import { setTimeout as pause } from 'node:timers/promises'
import { type LedgerQueries, type Replica, ReplicaUnsavedError } from '@hefu/ledger/replica'
import { LedgerUnavailableError, type LedgerView } from '@hefu/protocol'

/** Between two steps. */
const INTERVAL_MS = 1_000

export interface FollowedLedger {
  /** As of the newest block that was read; once the replica has stopped it answers nothing more. */
  readonly view: LedgerView
  /**
   * Lists as of that block.
   *
   * @throws {LedgerUnavailableError} `unreachable` before the first, `inconsistent` once the replica has stopped
   */
  queries(): LedgerQueries
  /** Ends the step that is under way, and resolves when none is. */
  stop(): Promise<void>
}

/**
 * Follows until it is stopped. A node or a store that fails is asked again, and nothing else is: whatever a replica
 * throws besides will not pass, a fault of this program among it. Whether the answers are fresh enough is for who
 * reads their block's time.
 *
 * @param onFault is told of each fault that is of another kind than the one before it; `null`: the ledger is followed again
 * @param onStep is called behind each step, whatever came of it
 */
export function followLedger(
  replica: Replica,
  onFault: (fault: Error | null) => void,
  intervalMs: number = INTERVAL_MS,
  onStep: () => void = () => undefined,
): FollowedLedger {
  const stopping = new AbortController()
  let stopped: Error | null = null
  let told: string | null = null
  const tell = (fault: Error | null): void => {
    const kind = fault && kindOf(fault)
    if (kind !== told) onFault(fault)
    told = kind
  }
  const follow = async (): Promise<void> => {
    while (!stopping.signal.aborted && stopped === null) {
      try {
        await replica.advance(stopping.signal)
        tell(null)
      } catch (error) {
        if (stopping.signal.aborted) return
        const fault = error instanceof Error ? error : new Error('follow the ledger', { cause: error })
        if (!isPassing(fault)) stopped = fault
        tell(fault)
      }
      onStep()
      await pause(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const following = follow()
  const assertFollowed = (): void => {
    if (stopped !== null)
      throw new LedgerUnavailableError('inconsistent', stopped.message, { cause: stopped })
  }
  const { ledger, lookup } = replica.view()
  return {
    view: {
      ledger,
      lookup: async (query) => {
        assertFollowed()
        return await lookup(query)
      },
    },
    queries: () => {
      assertFollowed()
      const queries = replica.queries()
      if (queries !== null) return queries
      throw new LedgerUnavailableError('unreachable', 'list of the replica: it has not read the ledger yet')
    },
    stop: async () => {
      stopping.abort()
      await following
    },
  }
}

/** Whether what was asked is asked again; whatever a replica throws besides ends the following. */
export function isPassing(fault: Error): boolean {
  return fault instanceof LedgerUnavailableError || fault instanceof ReplicaUnsavedError
}

/** By class and code: sentences name blocks, and would make a new fault of each. */
function kindOf(fault: Error): string {
  return `${fault.name} ${codeOf(fault) ?? codeOf(fault.cause)}`
}

/** The code of an error that has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
