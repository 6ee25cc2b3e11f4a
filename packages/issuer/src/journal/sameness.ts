/** Which licences are one and the same, whatever identifiers they have. */
import { createHash } from 'node:crypto'
import { findLicenceType, parseCredential } from '@hefu/protocol'
import { plainNumber } from './plain-number.ts'

type Face = Readonly<Record<string, string>>

const NUMBER = 'licenceNumber'

/**
 * Equal for licences of a type (its code) that have one number, in whatever spelling; where the number is the holder's
 * own, who may have several, for those whose faces are equal in every field. 32 bytes.
 */
export function samenessOf(type: string, face: Face): Uint8Array {
  const { [NUMBER]: number } = face
  const isOwn = number !== undefined && hasOwnNumber(type)
  const same = isOwn ? plainNumber(number) : Object.entries(face).toSorted(byName)
  return createHash('sha256')
    .update(JSON.stringify([type, same]))
    .digest()
}

/** The face of a compact credential with all its disclosures. */
export function faceOf(credential: string): Face {
  const { disclosures } = parseCredential(credential)
  return Object.fromEntries(disclosures.map(({ name, value }) => [name, value]))
}

/** Whether the number is the licence's; of a type that is not known, whole faces are compared. */
export function hasOwnNumber(type: string): boolean {
  return findLicenceType(type)?.fields.find(({ name }) => name === NUMBER)?.mask === 'open'
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1
}
