/** What the admin of an agency's region does about the keys that vouch for its licences. */
import { algorithmOf, encodeHex, type Hex, type PublicJwk, parseBase64url } from '@hefu/protocol'
import { encodeAlgorithm, encodeTime, encodeUscc } from '../abi/codes.ts'
import type { Confirmation } from './account.ts'
import type { Agreement } from './agreement.ts'
import type { LedgerCall, Write } from './contract-call.ts'

/** A key and the half-open interval (Unix seconds) in which it may sign; `null`: no end. */
export interface KeyRegistration {
  readonly agency: string
  readonly publicJwk: PublicJwk
  readonly validFrom: number
  readonly validUntil: number | null
}

export interface Vouching {
  /** After the agency proved that it holds the private key. */
  registerKey(registration: KeyRegistration): Promise<Confirmation>
  /** Brings the end (Unix seconds) forward, at the earliest to the time of the block. */
  endKey(agency: string, keyId: Hex, validUntil: number): Promise<Confirmation>
  /** The key must not be trusted for anything anchored from this time on. */
  reportKeyCompromised(agency: string, keyId: Hex, compromisedFrom: number): Promise<Confirmation>
  /** Narrows a report to a later time, or withdraws it (`null`); by two keys, the admin's and its superior's. */
  narrowKeyCompromise(agency: string, keyId: Hex, compromisedFrom: number | null): Promise<Agreement>
}

const NO_COORDINATE: Hex = `0x${'0'.repeat(64)}`

export function vouching(write: Write<LedgerCall>, agree: Write<LedgerCall, Agreement>): Vouching {
  return {
    registerKey: ({ agency, publicJwk, validFrom, validUntil }) =>
      write({
        functionName: 'registerKey',
        args: [
          encodeUscc(agency),
          encodeAlgorithm(algorithmOf(publicJwk)),
          encodeCoordinate(publicJwk.x),
          publicJwk.kty === 'EC' ? encodeCoordinate(publicJwk.y) : NO_COORDINATE,
          validFrom,
          encodeTime(validUntil),
        ],
      }),
    endKey: (agency, keyId, validUntil) =>
      write({ functionName: 'endKey', args: [encodeUscc(agency), keyId, validUntil] }),
    reportKeyCompromised: (agency, keyId, compromisedFrom) =>
      write({ functionName: 'reportKeyCompromised', args: [encodeUscc(agency), keyId, compromisedFrom] }),
    narrowKeyCompromise: (agency, keyId, compromisedFrom) => {
      const args = [encodeUscc(agency), keyId, encodeTime(compromisedFrom)] as const
      return agree({ functionName: 'narrowKeyCompromise', args })
    },
  }
}

function encodeCoordinate(text: string): Hex {
  return encodeHex(parseBase64url(text, 'publicJwk'))
}
