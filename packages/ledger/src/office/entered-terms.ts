/** The terms that a transaction entered, by the events that it left: what was asked for may lie in the past. */
import type { Hex, TermFact } from '@hefu/protocol'
import { type Log, parseEventLogs } from 'viem'
import { decodeTime } from '../abi/codes.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { rulebookAbi } from '../abi/rulebook-abi.ts'

/** From when until when something holds now (Unix seconds); `from` is `null` where an end alone was entered. */
export interface EnteredTerm {
  readonly from: number | null
  readonly until: TermFact['until']
}

const BEGINNINGS = ['ResponsibilityAssigned', 'TypeDelegated', 'BaselineSet', 'NegativeEntered'] as const
const ENDS = ['ResponsibilityEnded', 'TypeDelegationEnded', 'BaselineEnded', 'NegativeEnded'] as const

/** @param contracts that were called: what others tell counts nothing */
export function enteredTerms(logs: readonly Log[], contracts: readonly Hex[]): readonly EnteredTerm[] {
  const called = contracts.map((address) => address.toLowerCase())
  const own = logs.filter(({ address }) => called.includes(address.toLowerCase()))
  const told = { logs: own, strict: true as const }
  const begun = parseEventLogs({ ...told, abi: rulebookAbi, eventName: [...BEGINNINGS] })
  const ended = parseEventLogs({ ...told, abi: rulebookAbi, eventName: [...ENDS] })
  const keys = parseEventLogs({ ...told, abi: ledgerAbi, eventName: 'KeyEnded' })
  return [
    ...begun.map(({ args: { from, until } }) => ({ from, until: decodeTime(until) })),
    ...ended.map(({ args: { until } }) => ({ from: null, until: decodeTime(until) })),
    ...keys.map(({ args: { validUntil } }) => ({ from: null, until: decodeTime(validUntil) })),
  ]
}
