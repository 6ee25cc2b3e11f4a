/** A legal act as the ledger's event tells it. */
import { type Hex, LEGAL_STATUSES, STATUS_CHANGES, type StatusEntry } from '@hefu/protocol'
import { decodeCapacity, known } from './codes.ts'
import { textOf } from './text-bytes.ts'

/** Of `StatusActed`: what was done, whichever licences it was done to. */
export interface AbiAct {
  readonly act: number
  readonly to: number
  readonly capacity: number
  readonly decision: {
    readonly effectiveAt: number
    readonly endsAt: number
    readonly legalBasis: Hex
    readonly number: string
  }
}

/** @throws {RangeError} for an act, a status or a capacity that this version does not know */
export function decodeAct({ act, to, capacity, decision }: AbiAct): StatusEntry {
  const { effectiveAt, endsAt, legalBasis, number } = decision
  const common = {
    effectiveAt,
    decisionNumber: number,
    legalBasis: textOf(legalBasis).replaceAll('\0', ''),
    capacity: decodeCapacity(capacity),
    ...(endsAt === 0 ? {} : { endsAt }),
  }
  const change = known(STATUS_CHANGES, act, 'status act')
  if (change !== 'correct' && change !== 'inherit') return { act: change, ...common }
  return { act: change, status: known(LEGAL_STATUSES, to, 'legal status'), ...common }
}
