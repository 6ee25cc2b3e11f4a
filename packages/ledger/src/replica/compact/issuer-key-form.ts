/** An issuer's key as words: its coordinates, when it counts, and of which algorithm it is. */
import {
  encodeBase64url,
  type KeyFact,
  type PublicJwk,
  parseBase64url,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
} from '@hefu/protocol'
import { decodeTime, encodeTime } from '../../abi/codes.ts'
import { DIGEST_WORDS } from './compact-key.ts'
import type { FactForm } from './compact-table.ts'
import type { RowLog } from './row-log.ts'
import { highOf, highsOf, splitHighs, wideOf } from './wide-number.ts'

const Y = DIGEST_WORDS
const TIMES = Y + DIGEST_WORDS
const HIGHS = TIMES + 3
/** The algorithm's place above what is above the word of the third time. */
const LAST = HIGHS + 1

const CURVES: Readonly<Record<SignatureAlgorithm, PublicJwk['crv']>> = {
  ES256: 'P-256',
  EdDSA: 'Ed25519',
  SM2: 'SM2',
}

export const ISSUER_KEY_FORM: FactForm<KeyFact> = {
  words: LAST + 1,
  write: ({ algorithm, publicJwk, validFrom, validUntil, compromisedFrom }, row, at) => {
    if (CURVES[algorithm] !== publicJwk.crv)
      throw new RangeError(`keep a key of ${algorithm}: it is on the curve ${publicJwk.crv}`)
    const [until, compromised] = [encodeTime(validUntil), encodeTime(compromisedFrom)]
    writeCoordinate(publicJwk.x, row, at)
    if (publicJwk.kty === 'EC') writeCoordinate(publicJwk.y, row, at + Y)
    row[at + TIMES] = validFrom
    row[at + TIMES + 1] = until
    row[at + TIMES + 2] = compromised
    row[at + HIGHS] = highsOf(validFrom, until)
    row[at + LAST] = highOf(compromised) | (SIGNATURE_ALGORITHMS.indexOf(algorithm) << 16)
  },
  read: (rows, row, at) => {
    const [fromHigh, untilHigh] = splitHighs(rows.get(row, at + HIGHS))
    const [compromisedHigh, place] = splitHighs(rows.get(row, at + LAST))
    const algorithm = SIGNATURE_ALGORITHMS[place] as SignatureAlgorithm
    return {
      algorithm,
      publicJwk: readJwk(rows, row, at, CURVES[algorithm]),
      validFrom: wideOf(rows.get(row, at + TIMES), fromHigh),
      validUntil: decodeTime(wideOf(rows.get(row, at + TIMES + 1), untilHigh)),
      compromisedFrom: decodeTime(wideOf(rows.get(row, at + TIMES + 2), compromisedHigh)),
    }
  },
}

function readJwk(rows: RowLog, row: number, at: number, crv: PublicJwk['crv']): PublicJwk {
  const x = readCoordinate(rows, row, at)
  if (crv === 'Ed25519') return { kty: 'OKP', crv, x }
  return { kty: 'EC', crv, x, y: readCoordinate(rows, row, at + Y) }
}

function writeCoordinate(text: string, row: Uint32Array, at: number): void {
  const bytes = parseBase64url(text, 'coordinate')
  if (bytes.length !== DIGEST_WORDS * 4)
    throw new RangeError(`keep the coordinate ${JSON.stringify(text)}: expected 32 bytes in base64url`)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  for (let word = 0; word < DIGEST_WORDS; word++) row[at + word] = view.getUint32(4 * word)
}

function readCoordinate(rows: RowLog, row: number, at: number): string {
  const bytes = new Uint8Array(DIGEST_WORDS * 4)
  const view = new DataView(bytes.buffer)
  for (let word = 0; word < DIGEST_WORDS; word++) view.setUint32(4 * word, rows.get(row, at + word))
  return encodeBase64url(bytes)
}
