/** What a QR code of a licence holds: the whole presentation where it fits, else a reference to it (spec/presentation.md). */
import { DIGEST_BYTES, nodesOf } from '../batch/merkle-tree.ts'
import { encodeBundle } from '../bundle/bundle.ts'
import { encodeBase64url, parseBase64url } from '../bytes/base64url.ts'
import { decodeHex, encodeHex } from '../bytes/hex.ts'
import { describe, malformed, quote } from '../bytes/malformed.ts'
import { DIGEST, usccOf } from '../credential/claims.ts'
import { parseLicenceId } from '../identifiers/licence-id.ts'
import { hasUsccShape } from '../identifiers/uscc.ts'
import type { Receipt } from '../receipt/receipt.ts'
import type { Suite } from '../suite/suite.ts'
import { encodePresentation, parsePresented } from './presentation.ts'

/** Bytes in a QR code of version 40, error correction level L, byte mode (ISO/IEC 18004). The text is ASCII. */
export const MAX_QR_CHARACTERS = 2953
/** How a reference to a licence begins. */
export const QR_REFERENCE_PREFIX = 'HEFU1:R:'
/** How a whole presentation in a code begins. */
export const QR_WHOLE_PREFIX = 'HEFU1:P:'
const NODE_CHARACTERS = 43
const INTEGER = /^(0|[1-9][0-9]{0,15})$/

/** Which licence, and which text of it. Proves nothing: whoever has the text finds it by this. */
export interface LicenceReference {
  /** Licence identifier 电子证照标识. */
  readonly licenceId: string
  /** USCC. */
  readonly issuer: string
  /** SHA-256 of the bundle or presentation, base64url: `request.presented` of its reports. */
  readonly digest: string
}

/** What was scanned, read but not proven. */
export type ScannedQr =
  | { readonly kind: 'reference'; readonly reference: LicenceReference }
  | { readonly kind: 'whole'; readonly presented: string }

/**
 * The whole presentation or bundle if it fits into one code, else a reference to it. The whole holds personal
 * data, as its fields do.
 *
 * @throws {MalformedError} for a text that is neither
 * @example
 * ```ts
 * encodeQrText(sample.bundle, suite).length <= MAX_QR_CHARACTERS // true
 * encodeQrText('身份证', suite) // throws MalformedError
 * ```
 */
export function encodeQrText(presented: string, suite: Suite): string {
  return encodeQrWhole(presented) ?? encodeQrReference(presented, suite)
}

/**
 * A reference to a presentation, a bundle or a bare credential. Holds no field of the face.
 *
 * @throws {MalformedError} for a text that is none of them
 * @example
 * ```ts
 * parseQrText(encodeQrReference(sample.bundle, suite)).kind // 'reference'
 * encodeQrReference('身份证', suite) // throws MalformedError
 * ```
 */
export function encodeQrReference(presented: string, suite: Suite): string {
  const { claims } = parsePresented(presented).credential
  return `${QR_REFERENCE_PREFIX}${claims.jti}:${usccOf(claims)}:${suite.sha256Base64url(presented)}`
}

/**
 * The whole of a presentation or a bundle; `null` if that is more than a QR code holds, or has no receipt.
 *
 * @throws {MalformedError} for a text that is neither
 * @example
 * ```ts
 * const small = dropDisclosures(sample.bundle, [])
 * parseQrText(encodeQrWhole(small)).presented // small
 * encodeQrWhole(sample.compact) // null
 * encodeQrWhole('身份证') // throws MalformedError
 * ```
 */
export function encodeQrWhole(presented: string): string | null {
  const { receipt } = parsePresented(presented)
  if (receipt === null) return null
  const { credential } = JSON.parse(presented) as { readonly credential: string }
  const text = `${QR_WHOLE_PREFIX}${credential}:${encodeReceipt(receipt)}`
  return text.length <= MAX_QR_CHARACTERS ? text : null
}

/** Seven parts; base64url where JSON has hexadecimal, and the nodes of the path end to end: a third less. */
function encodeReceipt({ chainId, ledger, issuer, root, size, index, path }: Receipt): string {
  const [address, rootText] = [ledger, root].map((hex) => encodeBase64url(decodeHex(hex)))
  const nodes = nodesOf(path).map(encodeBase64url).join('')
  return [chainId, address, issuer, rootText, size, index, nodes].join(':')
}

/**
 * Reads what a scanner read. Untrusted: anybody can print a QR code. One content has one text.
 *
 * @throws {MalformedError} for every text that {@link encodeQrText} would not write
 * @example
 * ```ts
 * parseQrText(encodeQrText(sample.bundle, suite)).kind // 'whole'
 * parseQrText('https://example.invalid') // throws MalformedError
 * ```
 */
export function parseQrText(text: string): ScannedQr {
  if (text.length > MAX_QR_CHARACTERS) {
    throw malformed('too-large', 'qr', `at most ${MAX_QR_CHARACTERS} characters`, `${text.length}`)
  }
  if (text.startsWith(QR_REFERENCE_PREFIX)) return { kind: 'reference', reference: parseReference(text) }
  if (text.startsWith(QR_WHOLE_PREFIX)) return { kind: 'whole', presented: parseWhole(text) }
  const expected = `a QR code of an electronic licence, beginning with ${quote(QR_REFERENCE_PREFIX)} or ${quote(QR_WHOLE_PREFIX)}`
  // An address or another app's code may hold personal data or a trap: it is neither shown nor followed.
  throw malformed('wrong-value', 'qr', expected, `another text of ${text.length} characters`)
}

function parseReference(text: string): LicenceReference {
  const parts = text.slice(QR_REFERENCE_PREFIX.length).split(':')
  const [licenceId = '', issuer = '', digest = ''] = parts
  if (parts.length !== 3) {
    throw malformed('wrong-shape', 'qr', 'licence identifier, issuer and digest', `${parts.length} parts`)
  }
  const id = parseLicenceId(licenceId, 'qr.licenceId')
  if (!hasUsccShape(issuer) || (id.issuer.length === 18 && id.issuer !== issuer)) {
    throw malformed('wrong-value', 'qr.issuer', 'the USCC of the identifier’s issuer', describe(issuer))
  }
  if (DIGEST.test(digest)) return { licenceId, issuer, digest }
  throw malformed('wrong-value', 'qr.digest', 'a SHA-256 in base64url', describe(digest))
}

function parseWhole(text: string): string {
  const [credential = '', ...receipt] = text.slice(QR_WHOLE_PREFIX.length).split(':')
  if (receipt.length !== 7) {
    throw malformed('wrong-shape', 'qr', 'a credential and the seven parts of a receipt', 'another number')
  }
  const encode = credential.endsWith('~') ? encodeBundle : encodePresentation
  const presented = encode(credential, parseReceiptParts(receipt))
  const read = parsePresented(presented)
  if (read.receipt !== null && encodeQrWhole(presented) === text) return presented
  throw malformed('wrong-value', 'qr', 'the one text of this presentation', 'another text of it')
}

function parseReceiptParts([chainId, ledger, issuer = '', root, size, index, path = '']: string[]): Receipt {
  const bytes = (part: string, name: string) => encodeHex(parseBase64url(part, `qr.receipt.${name}`))
  return {
    chainId: parseInteger(chainId, 'chainId'),
    ledger: bytes(ledger ?? '', 'ledger'),
    issuer,
    root: bytes(root ?? '', 'root'),
    size: parseInteger(size, 'size'),
    index: parseInteger(index, 'index'),
    path: parsePath(path),
  }
}

function parsePath(text: string): Uint8Array {
  const count = Math.ceil(text.length / NODE_CHARACTERS)
  const path = new Uint8Array(count * DIGEST_BYTES)
  for (let i = 0; i < count; i++) {
    const where = `qr.receipt.path[${i}]`
    const node = parseBase64url(text.slice(i * NODE_CHARACTERS, (i + 1) * NODE_CHARACTERS), where)
    if (node.length !== DIGEST_BYTES) {
      throw malformed('wrong-shape', where, `${DIGEST_BYTES} bytes`, `${node.length}`)
    }
    path.set(node, i * DIGEST_BYTES)
  }
  return path
}

function parseInteger(text = '', name: string): number {
  if (INTEGER.test(text)) return Number(text)
  throw malformed('wrong-value', `qr.receipt.${name}`, 'an integer without leading zeros', describe(text))
}
