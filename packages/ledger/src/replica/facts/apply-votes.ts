/** What events of the council change. */
import type { Hex } from '@hefu/protocol'
import { keccak256, stringToHex } from 'viem'
import type { CouncilEvents, EventBlock } from '../events/ledger-event.ts'
import {
  type Change,
  type Facts,
  findKnown,
  keyOf,
  numberKey,
  THE_ONE,
  type VoiceRecord,
  type VoteCourse,
} from './facts.ts'

/** Votes of one council. */
interface Votes {
  readonly facts: Facts
  readonly council: Hex
}

type Apply<Name extends keyof CouncilEvents> = (
  votes: Votes,
  args: CouncilEvents[Name],
  block: EventBlock,
) => readonly Change[]

/** How the council is set: each vote tells its own times. */
const nothing = (): readonly Change[] => []

/** The governor's order. */
const SUPPORTS: readonly VoiceRecord['support'][] = ['against', 'in-favour', 'abstaining']

/** One line an event. */
export const APPLY_VOTES: { readonly [Name in keyof CouncilEvents]: Apply<Name> } = {
  ProposalCreated: created,
  VoteCast: heard,
  VoteCastWithParams: heard,
  ProposalQueued: (votes, { proposalId, etaSeconds }) =>
    goOn(votes, proposalId, { executableAt: Number(etaSeconds) }),
  ProposalExecuted: (votes, { proposalId }, { time }) =>
    goOn(votes, proposalId, { end: { how: 'executed', at: time } }),
  ProposalCanceled: (votes, { proposalId }, { time }) =>
    goOn(votes, proposalId, { end: { how: 'canceled', at: time } }),
  AccessManagerIgnoredSet: nothing,
  BaseDelaySet: nothing,
  EIP712DomainChanged: nothing,
  ProposalThresholdSet: nothing,
  VotingDelaySet: nothing,
  VotingPeriodSet: nothing,
}

/** Of a council that is read again from its first event on, each vote stays what it was. */
function created(
  { facts, council }: Votes,
  { proposalId, proposer, targets, calldatas, description, ...times }: CouncilEvents['ProposalCreated'],
  { time }: EventBlock,
): readonly Change[] {
  const known = facts.find('voteNumbers', keyOf(council, proposalId))
  const number = known ?? (facts.find('voteCount', THE_ONE) ?? 0) + 1
  const fact = {
    council,
    id: String(proposalId),
    proposer: proposer.toLowerCase() as Hex,
    calls: targets.map((target, place) => ({
      target: target.toLowerCase() as Hex,
      data: calldatas[place] ?? '0x',
    })),
    descriptionHash: keccak256(stringToHex(description)),
    since: time,
    beginsAt: Number(times.voteStart),
    endsAt: Number(times.voteEnd),
  }
  return [
    ...(known === null ? numbered(number, keyOf(council, proposalId)) : []),
    { table: 'votes', key: numberKey(number), fact },
  ]
}

function numbered(number: number, key: string): readonly Change[] {
  return [
    { table: 'voteCount', key: THE_ONE, fact: number },
    { table: 'voteNumbers', key, fact: number },
  ]
}

/** @throws {RangeError} for a support that this version does not know */
function heard(
  votes: Votes,
  { proposalId, voter, ...voice }: Pick<CouncilEvents['VoteCast'], 'proposalId' | 'voter' | 'support'>,
  { time }: EventBlock,
): readonly Change[] {
  const key = voteKey(votes, proposalId)
  const support = SUPPORTS[voice.support]
  if (support === undefined) throw new RangeError(`read a voice: support ${voice.support} is unknown`)
  return [{ table: 'voices', key: keyOf(key, voter.toLowerCase()), fact: { support, at: time } }]
}

function goOn(votes: Votes, id: bigint, change: Partial<VoteCourse>): readonly Change[] {
  const key = voteKey(votes, id)
  const before = votes.facts.find('voteCourses', key) ?? { executableAt: null, end: null }
  return [{ table: 'voteCourses', key, fact: { ...before, ...change } }]
}

/** @throws {UnknownFactError} */
function voteKey({ facts, council }: Votes, id: bigint): string {
  return numberKey(findKnown(facts, 'voteNumbers', keyOf(council, id)))
}
