/** Slots of the ledger that keep regions, agencies, their names and their keys. */
import { encodeAbiParameters, type Hex, hexToBigInt, keccak256, numberToHex } from 'viem'
import { mappedSlot, textWord, type Word } from './slot-arithmetic.ts'
import { ledgerSlots } from './storage-layout.ts'

type MemberVariable =
  | '_regions'
  | '_regionTenures'
  | '_memberships'
  | '_regionSuccessors'
  | '_formerParents'
  | '_agencies'
  | '_agencyTenures'
  | '_agencySuccessors'
  | '_formerRegions'
  | '_names'
  | '_nominatedAdmins'
  | '_nominatedOperators'

/** Of a region, by its code, or of an agency, by its USCC. */
export type MemberCode = number | string

/** Codes of regions stand at the right of their word, those of agencies at the left. */
export function memberWord(code: MemberCode): Word {
  return typeof code === 'number' ? BigInt(code) : textWord(code)
}

/** Where a variable that is kept for each region, or for each agency, has that of one. */
export function memberSlot(variable: MemberVariable, code: MemberCode): Word {
  return mappedSlot(BigInt(ledgerSlots[variable]), memberWord(code))
}

/** @param digest first 27 bytes of the SHA-256 of a name's three lines */
export function nameTextSlot(digest: bigint): Word {
  return mappedSlot(BigInt(ledgerSlots._nameTexts), digest)
}

/** The first of three slots. */
export function keySlot(uscc: string, keyId: Hex): Word {
  return mappedSlot(BigInt(ledgerSlots._keys), textWord(uscc), hexToBigInt(keyId))
}

/** The timeline of the ledger's rulebooks. */
export const RULEBOOKS_SLOT: Word = BigInt(ledgerSlots._rulebooks)

/** Of the call with this Keccak-256 of its data. */
export function proposalSlot(call: Hex): Word {
  return mappedSlot(BigInt(ledgerSlots._proposals), hexToBigInt(call))
}

/** Of one and what is to follow it, both regions or both agencies. */
export function successionSlot(of: MemberCode, successor: MemberCode): Word {
  const kind = typeof of === 'number' ? 'region' : 'agency'
  const succession = keccak256(
    encodeAbiParameters(SUCCESSION, [
      kind,
      numberToHex(memberWord(of), { size: 32 }),
      numberToHex(memberWord(successor), { size: 32 }),
    ]),
  )
  return mappedSlot(BigInt(ledgerSlots._acceptedSuccessions), hexToBigInt(succession))
}

/** A code takes up a word, whichever it is. */
const SUCCESSION = [{ type: 'string' }, { type: 'bytes32' }, { type: 'bytes32' }] as const
