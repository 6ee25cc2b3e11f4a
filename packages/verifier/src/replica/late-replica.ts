/** A replica that is opened while others answer already, and again while it cannot be. */
import { setTimeout as pause } from 'node:timers/promises'
import type { NodesAgreement } from '@hefu/ledger/replica'
import { type Hex, type LedgerIdentity, LedgerUnavailableError, type LedgerView } from '@hefu/protocol'
import type { FollowingState, LedgerReading } from '../ledger/listed-ledgers.ts'
import { withNodes } from '../ledger/nodes-word.ts'
import type { OpenReplica } from './open-replica.ts'

/** Between two tries. */
const RETRY_MS = 30_000

export interface LateReplica {
  /** Could not be asked until the replica is open. */
  readonly view: LedgerView
  /** Of the first try: what kept it from being opened; `null`: nothing did. */
  readonly begun: Promise<Error | null>
  /** `undefined` until it is open. */
  agreement(blockHash?: Hex): NodesAgreement | undefined
  /** `waiting` until it is open. */
  state(): FollowingState
  /** Of it nothing is listed until it is open. */
  reading(): LedgerReading
  close(): Promise<void>
}

/** @param onFault is told of each try that failed */
export function openLateReplica(
  ledger: LedgerIdentity,
  open: () => Promise<OpenReplica>,
  onFault: (fault: Error) => void,
  retryMs: number = RETRY_MS,
): LateReplica {
  const stopping = new AbortController()
  let opened: OpenReplica | null = null
  const tryOnce = async (): Promise<Error | null> => {
    try {
      opened = await open()
      return null
    } catch (error) {
      const fault = error instanceof Error ? error : new Error('open the replica', { cause: error })
      onFault(fault)
      return fault
    }
  }
  const state = (): FollowingState => opened?.state() ?? 'waiting'
  const begun = tryOnce()
  const opening = begun.then(async (fault) => {
    for (let failed = fault; failed !== null && !stopping.signal.aborted; ) {
      await pause(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (!stopping.signal.aborted) failed = await tryOnce()
    }
  })
  return {
    view: {
      ledger,
      lookup: async (query) => {
        if (opened !== null) return await withNodes(opened.view, opened.agreement).lookup(query)
        throw new LedgerUnavailableError('unreachable', 'ask the replica: it is not open yet')
      },
    },
    begun,
    agreement: (blockHash) => opened?.agreement(blockHash),
    state,
    reading: () => ({ state: state(), reader: opened }),
    close: async () => {
      stopping.abort()
      await opening
      await opened?.close()
    },
  }
}
