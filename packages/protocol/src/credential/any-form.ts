/** A credential in any form that the format allows, read member by member, so that every defect has its name. */
import { malformed } from '../bytes/malformed.ts'
import { collect } from '../bytes/members.ts'
import { MAX_CREDENTIAL_CHARACTERS, MAX_DISCLOSURES, parseClaims, parseHeader } from './claims.ts'
import { type Disclosure, parseDisclosure } from './disclosure.ts'
import { parseSegment, parseSignature } from './jws.ts'
import type { UnverifiedCredential } from './unverified-credential.ts'

const MAX_HEADER_CHARACTERS = 512
const MAX_CLAIMS_CHARACTERS = 16_384

/**
 * Reads an untrusted credential; every disclosure is opened, and all defects are reported together.
 *
 * @throws {MalformedError}
 */
export function readCredential(compact: string, where: string): UnverifiedCredential {
  if (compact.length > MAX_CREDENTIAL_CHARACTERS) {
    throw malformed(
      'too-large',
      where,
      `at most ${MAX_CREDENTIAL_CHARACTERS} characters`,
      `${compact.length}`,
    )
  }
  const [jws = '', ...rest] = compact.split('~')
  if (rest.pop() !== '') {
    throw malformed('wrong-shape', where, 'a text that ends with "~" (no key binding)', 'another ending')
  }
  if (rest.length > MAX_DISCLOSURES) {
    throw malformed('too-large', where, `at most ${MAX_DISCLOSURES} disclosures`, `${rest.length}`)
  }
  const { signed, disclosures } = collect({
    signed: () => parseSigned(jws, where),
    disclosures: () => parseEach(rest, `${where}.disclosures`),
  })
  return { ...signed, disclosures }
}

function parseSigned(jws: string, where: string): Omit<UnverifiedCredential, 'disclosures'> {
  const parts = jws.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3) {
    throw malformed(
      'wrong-shape',
      where,
      'header.payload.signature before the first "~"',
      `${parts.length} parts`,
    )
  }
  const read = collect({
    header: () =>
      parseHeader(parseSegment(header, MAX_HEADER_CHARACTERS, `${where}.header`), `${where}.header`),
    claims: () =>
      parseClaims(parseSegment(payload, MAX_CLAIMS_CHARACTERS, `${where}.payload`), `${where}.payload`),
    signature: () => parseSignature(signature, `${where}.signature`),
  })
  return { ...read, signingInput: `${header}.${payload}` }
}

/** Every one is read, and the defects of all are told. */
function parseEach(encoded: readonly string[], where: string): readonly Disclosure[] {
  const readers = encoded.map((text, i) => () => parseDisclosure(text, `${where}[${i}]`))
  return Object.values(collect(Object.fromEntries(readers.entries())))
}
