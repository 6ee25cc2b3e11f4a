/** What events of proposals, nominations and accepted successions change. */
import type { Hex } from '@hefu/protocol'
import { decodeUscc } from '../../abi/codes.ts'
import type { EventBlock, LedgerEvents, WaitEvent } from '../events/ledger-event.ts'
import type { Change, Facts, Office, WaitEnd } from './facts.ts'
import {
  beginWait,
  endKnownWait,
  endWait,
  findWaiting,
  nominationPlace,
  proposalPlace,
  successionPlace,
} from './waits.ts'

type Apply<Name extends WaitEvent> = (
  facts: Facts,
  args: LedgerEvents[Name],
  block: EventBlock,
) => readonly Change[]

/** One line an event. */
export const APPLY_WAITS: { readonly [Name in WaitEvent]: Apply<Name> } = {
  Proposed: (facts, { call, data, proposer: account }, { time }) => {
    const proposer = lower(account)
    const record = { call, callData: data, proposer, since: time }
    return beginWait(facts, proposalPlace(call), record, proposer)
  },
  Confirmed: (facts, { call, confirmer }, { time }) =>
    endKnownWait(facts, proposalPlace(call), { how: 'met', by: lower(confirmer), at: time }),
  ProposalWithdrawn: (facts, { call, proposer }, { time }) =>
    endKnownWait(facts, proposalPlace(call), { how: 'taken-back', by: lower(proposer), at: time }),
  RegionAdminNominated: (facts, { region, ...nomination }, block) =>
    nominated(facts, { region }, nomination, block),
  RegionAdminChanged: (facts, { region, admin }, { time }) =>
    endKnownWait(facts, nominationPlace({ region }), { how: 'met', by: lower(admin), at: time }),
  RegionAdminResigned: resigned,
  RegionAdminReturned: (facts, { region }, { time }) => endNomination(facts, { region }, time),
  RegionSuccessionAccepted: (facts, { region, successor }, block) =>
    accepted(facts, { region }, { region: successor }, block),
  AgencyOperatorNominated: (facts, { agency, ...nomination }, block) =>
    nominated(facts, { agency: decodeUscc(agency) }, nomination, block),
  AgencyOperatorChanged: (facts, { agency, operator }, { time }) => {
    const end: WaitEnd = { how: 'met', by: lower(operator), at: time }
    return endKnownWait(facts, nominationPlace({ agency: decodeUscc(agency) }), end)
  },
  // What was nominated in its place stands.
  AgencyOperatorResigned: () => [],
  AgencyOperatorReturned: (facts, { agency }, { time }) =>
    endNomination(facts, { agency: decodeUscc(agency) }, time),
  AgencySuccessionAccepted: (facts, { agency, successor }, block) =>
    accepted(facts, { agency: decodeUscc(agency) }, { agency: decodeUscc(successor) }, block),
}

/** A nomination hangs on the standing of the office and on who is above it: what changes these takes it away. */
export function endNomination(facts: Facts, office: Office, time: number): readonly Change[] {
  return endWait(facts, nominationPlace(office), { how: 'void', by: null, at: time })
}

/** Of a retirement: what was accepted for it is used up. */
export function endSuccession(facts: Facts, of: Office, successor: Office, time: number): readonly Change[] {
  return endKnownWait(facts, successionPlace(of, successor), { how: 'met', by: null, at: time })
}

interface AbiNomination {
  readonly candidate: Hex
  readonly nominatedBy: Hex
}

/** Of nobody: the one before is taken back. */
function nominated(
  facts: Facts,
  office: Office,
  { candidate, ...by }: AbiNomination,
  { time }: EventBlock,
): readonly Change[] {
  const [place, nominatedBy] = [nominationPlace(office), lower(by.nominatedBy)]
  if (/^0x0*$/.test(candidate)) return endWait(facts, place, { how: 'taken-back', by: nominatedBy, at: time })
  const record = { office, candidate: lower(candidate), nominatedBy, since: time }
  return beginWait(facts, place, record, nominatedBy)
}

/** Whoever resigns takes along whom it nominated itself, and nobody else's. */
function resigned(
  facts: Facts,
  { region, admin }: LedgerEvents['RegionAdminResigned'],
  { time }: EventBlock,
): readonly Change[] {
  const standing = findWaiting(facts, nominationPlace({ region }))
  return standing?.nominatedBy === lower(admin) ? endNomination(facts, { region }, time) : []
}

function accepted(facts: Facts, of: Office, successor: Office, { time }: EventBlock): readonly Change[] {
  return beginWait(facts, successionPlace(of, successor), { of, successor, since: time }, null)
}

function lower(account: Hex): Hex {
  return account.toLowerCase() as Hex
}
