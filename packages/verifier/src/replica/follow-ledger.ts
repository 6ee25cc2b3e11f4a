/** A replica that goes with its chain while the service runs. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Replica, ReplicaStoppedError } from '@hefu/ledger/replica'
import { LedgerUnavailableError, type LedgerView } from '@hefu/protocol'

/** Between two steps. */
const INTERVAL_MS = 1_000

export interface FollowedLedger {
  /** As of the newest block that was read; once the replica has stopped it answers nothing more. */
  readonly view: LedgerView
  /** Ends the step that is under way, and resolves when none is. */
  stop(): Promise<void>
}

/**
 * Follows until it is stopped. A node that fails is asked again; whether the answers are fresh enough is for who reads
 * their block's time.
 *
 * @param onFault is told of each fault that is another than the one before it; `null`: the ledger is followed again
 */
export function followLedger(
  replica: Replica,
  onFault: (fault: Error | null) => void,
  intervalMs: number = INTERVAL_MS,
): FollowedLedger {
  const stopping = new AbortController()
  let stopped: ReplicaStoppedError | null = null
  let told: string | null = null
  const tell = (fault: Error | null): void => {
    if ((fault?.message ?? null) !== told) onFault(fault)
    told = fault?.message ?? null
  }
  const follow = async (): Promise<void> => {
    while (!stopping.signal.aborted && stopped === null) {
      try {
        await replica.advance(stopping.signal)
        tell(null)
      } catch (error) {
        if (stopping.signal.aborted) return
        if (error instanceof ReplicaStoppedError) stopped = error
        tell(error as Error)
      }
      await pause(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const following = follow()
  const { ledger, lookup } = replica.view()
  return {
    view: {
      ledger,
      lookup: async (query) => {
        if (stopped === null) return await lookup(query)
        throw new LedgerUnavailableError('inconsistent', stopped.message, { cause: stopped })
      },
    },
    stop: async () => {
      stopping.abort()
      await following
    },
  }
}
