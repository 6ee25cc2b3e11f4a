/** What storage has to hold of what waits for somebody else; of what has ended, nothing any more. */
import { type Hex, hexToBigInt } from 'viem'
import { memberSlot, proposalSlot, successionSlot } from '../../slots/member-slots.ts'
import { keyOf, type Office, type WaitKind } from '../facts/facts.ts'
import { findWaiting, type WaitPlace } from '../facts/waits.ts'
import { exactly, hexText, type SlotClaim, structClaims } from './audit-claim.ts'
import type { AuditSubject } from './audit-subject.ts'

const ADDRESS_BYTES = 20

const account = (address: Hex | undefined) =>
  exactly(address === undefined ? 0 : hexToBigInt(address), hexText(ADDRESS_BYTES))

/** @param key of `waiting`: a kind, and what is waited for */
export function waitClaims(subject: AuditSubject, key: string): readonly SlotClaim[] {
  const [kind, ...parts] = key.split('/')
  return CLAIMS[kind as WaitKind](subject, parts)
}

type ClaimsOf = (subject: AuditSubject, parts: readonly string[]) => readonly SlotClaim[]

const CLAIMS: { readonly [Kind in WaitKind]: ClaimsOf } = {
  proposals: ({ facts, ledger }, [call = '']) => {
    const standing = findWaiting(facts, placeOf('proposals', [call]))
    const place = { contract: ledger, fact: 'proposal', slot: proposalSlot(call as Hex) }
    return structClaims(place, 'Proposal', {
      proposer: account(standing?.proposer),
      proposedAt: exactly(standing?.since ?? 0),
    })
  },
  nominations: ({ facts, ledger }, parts) => {
    const standing = findWaiting(facts, placeOf('nominations', parts))
    const office = officeOf(parts)
    const slot =
      'region' in office
        ? memberSlot('_nominatedAdmins', office.region)
        : memberSlot('_nominatedOperators', office.agency)
    const place = { contract: ledger, fact: 'nomination', slot }
    // Of one that was taken back it stays noted by whom, and when.
    if (standing === null) return structClaims(place, 'Nomination', { candidate: account(undefined) })
    return structClaims(place, 'Nomination', {
      candidate: account(standing.candidate),
      nominatedAt: exactly(standing.since),
      nominatedBy: account(standing.nominatedBy),
    })
  },
  successions: ({ facts, ledger }, parts) => {
    const standing = findWaiting(facts, placeOf('successions', parts))
    const [of, successor] = [codeOf(officeOf(parts)), codeOf(officeOf(parts.slice(2)))]
    const place = { contract: ledger, fact: 'acceptedSuccession', slot: successionSlot(of, successor) }
    // Whose account it was no event tells.
    return structClaims(place, 'Acceptance', { acceptedAt: exactly(standing?.since ?? 0) })
  },
}

function placeOf<Kind extends WaitKind>(kind: Kind, parts: readonly string[]): WaitPlace<Kind> {
  const [first = '', ...others] = parts
  return { kind, subject: keyOf(first, ...others) }
}

function officeOf([kind, code = '']: readonly string[]): Office {
  return kind === 'region' ? { region: Number(code) } : { agency: code }
}

function codeOf(office: Office): number | string {
  return 'region' in office ? office.region : office.agency
}
