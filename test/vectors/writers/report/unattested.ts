/** Attestations that do not stand. */
import { type PrivateJwk, thumbprint } from '@hefu/protocol'
import { encodePart } from '../../../fixtures/forged-credential.ts'
import { OTHER_ES256_KEY, publicHalf } from '../../../fixtures/sample-keys.ts'
import { deterministicSuite as suite } from '../deterministic-suite.ts'
import { drop, reversed } from './altered-object.ts'
import { attest, headerOf, signInput } from './attest.ts'
import type { Named } from './named.ts'

/** The report in another form of base64url, under a good signature of it. */
async function signedOtherwise(compact: string, key: PrivateJwk): Promise<Named<string>> {
  const [header = '', payload = ''] = compact.split('.')
  const forms: Named<string> = [
    ['padding', `${payload}${'='.repeat((4 - (payload.length % 4)) % 4 || 4)}`],
    ['a space in it', `${payload.slice(0, 8)} ${payload.slice(8)}`],
    ['a line feed after it', `${payload}\n`],
  ]
  return Promise.all(
    forms.map(
      async ([is, form]) => [`its report with ${is}`, await signInput(`${header}.${form}`, key)] as const,
    ),
  )
}

/** The last character of a signature holds four bits: here with one of the unused ones set. */
function withUnusedBit(compact: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return compact.slice(0, -1) + alphabet[alphabet.indexOf(compact.slice(-1)) + 1]
}

function replacePart(compact: string, part: 0 | 1 | 2, instead: string): string {
  return compact.split('.').with(part, instead).join('.')
}

/** Attestations that do not stand: none of them is a report of the key `key`. */
export async function unattested(key: PrivateJwk, text: string, other: string): Promise<Named<string>> {
  const own = headerOf(key)
  const compact = await attest({ key, payload: text })
  const [header = '', payload = '', signature = ''] = compact.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const headers: Named<unknown> = [
    ['typ JWT', { ...own, typ: 'JWT' }],
    ['no typ', drop(own, 'typ')],
    ['no kid', drop(own, 'kid')],
    ['the kid of another key', { ...own, kid: thumbprint(OTHER_ES256_KEY, suite) }],
    ['alg none', { ...own, alg: 'none' }],
    ['alg HS256', { ...own, alg: 'HS256' }],
    ['the header in another order', reversed(own)],
    ['white space in the header', JSON.stringify(own).replace(',', ', ')],
    ['a key in the header', { ...own, jwk: publicHalf(key) }],
    ['an address of a key in the header', { ...own, jku: 'https://example.invalid/' }],
    ['crit and b64', { ...own, b64: true, crit: ['b64'] }],
  ]
  const signed = headers.map(
    async ([is, forged]) => [is, await attest({ key, header: forged, payload: text })] as const,
  )
  return [
    ...(await Promise.all(signed)),
    ['alg none, and no signature', `${encodePart({ alg: 'none' })}.${payload}.`],
    [
      'the header of this key, signed by another',
      await attest({ key, payload: text, signer: OTHER_ES256_KEY }),
    ],
    ['the payload of another report', replacePart(compact, 1, encodePart(other))],
    [
      'another verdict in its payload',
      replacePart(compact, 1, encodePart(text.replace('accepted', 'rejected'))),
    ],
    ['a payload with one character more', replacePart(compact, 1, `${payload}A`)],
    ['no payload', replacePart(compact, 1, '')],
    [
      'a signature with one bit altered',
      replacePart(compact, 2, encodePart(bytes.with(0, (bytes[0] ?? 0) ^ 1))),
    ],
    ['a signature of zeros', replacePart(compact, 2, 'A'.repeat(86))],
    [
      'its halves exchanged',
      replacePart(compact, 2, encodePart(Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]))),
    ],
    ['unused bits of the signature set', withUnusedBit(compact)],
    ...(await signedOtherwise(compact, key)),
    ['padding', `${compact}==`],
    ['a signature of 63 bytes', replacePart(compact, 2, encodePart(bytes.subarray(1)))],
    [
      'a signature of 65 bytes',
      replacePart(compact, 2, encodePart(Buffer.concat([bytes, Uint8Array.of(0)]))),
    ],
    ['no signature', replacePart(compact, 2, '')],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${compact}.`],
    ['a line feed after', `${compact}\n`],
    ['a tilde after', `${compact}~`],
    ['JSON serialization', JSON.stringify({ protected: header, payload, signature })],
    ['the report without its signature', text],
    ['nothing', ''],
  ]
}
