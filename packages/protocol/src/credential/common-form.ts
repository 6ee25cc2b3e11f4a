/**
 * The common form of a credential: members in the order in which Hefu's issuers write them, fields without escapes.
 * It is a regular language, so that one expression recognises the whole of each part and no JSON parser comes
 * between. What is in any other form, and what is wrong, is for the reader that goes member by member
 * (any-form.ts): `null` here says nothing against a credential, and nothing is read here that would be read
 * otherwise there.
 */
import { matchBase64url } from '../bytes/base64url.ts'
import { decodeTexts } from '../bytes/encoded-texts.ts'
import { isDisplayText } from '../bytes/text.ts'
import { matchLicenceId } from '../identifiers/licence-id.ts'
import { type PublicJwk, SIGNATURE_BYTES, type SignatureAlgorithm } from '../suite/suite.ts'
import {
  CREDENTIAL_TYPE,
  type CredentialClaims,
  type CredentialHeader,
  licenceTypeOf,
  MAX_CREDENTIAL_CHARACTERS,
  MAX_DISCLOSURES,
  MAX_STATUS_INDEX,
  MAX_TIME,
  RESERVED_NAMES,
  usccOf,
} from './claims.ts'
import { type Disclosure, MAX_DISCLOSURE_CHARACTERS } from './disclosure.ts'
import type { UnverifiedCredential } from './unverified-credential.ts'

/** 16 and 32 bytes in base64url, but for their length: the unused bits of the last character are zero. */
const BYTES_16 = String.raw`[\w-]+[AQgw]`
const BYTES_32 = String.raw`[\w-]+[AEIMQUYcgkosw048]`
const CHARACTERS_16 = 22
const CHARACTERS_32 = 43

const HEADER = new RegExp(
  String.raw`^\{"alg":"(ES256|EdDSA|SM2)","typ":"dc\+sd-jwt","kid":"(${BYTES_32})"\}$`,
)

const TIME = '(0|[1-9][0-9]{0,12})'
const INDEX = '(0|[1-9][0-9]{0,14})'
const EC_KEY = String.raw`\{"kty":"EC","crv":"(?:P-256|SM2)","x":"${BYTES_32}","y":"${BYTES_32}"\}`
const OKP_KEY = String.raw`\{"kty":"OKP","crv":"Ed25519","x":"${BYTES_32}"\}`
const CLAIMS = new RegExp(
  [
    String.raw`^\{"iss":"(urn:hefu:uscc:[0-9ABCDEFGHJKLMNPQRTUWXY]{18})"`,
    '"vct":"(urn:hefu:licence-type:[0-9A-Z]{21})"',
    '"jti":"([0-9A-Z.]+)"',
    `"iat":${TIME}`,
    `"nbf":${TIME}`,
    String.raw`"status":\{"status_list":\{"idx":${INDEX}`,
    String.raw`"uri":"(urn:hefu:status:[0-9A-Za-z:]{1,120})"\}\}`,
    String.raw`"_sd":(\[(?:"${BYTES_32}"(?:,"${BYTES_32}")*)?\])`,
    String.raw`"_sd_alg":"sha-256"(?:,"exp":${TIME})?(?:,"cnf":\{"jwk":(${EC_KEY}|${OKP_KEY})\})?\}$`,
  ].join(','),
)
/** A text without quote or backslash is its own JSON. */
const DISCLOSURE = new RegExp(String.raw`^\["(${BYTES_16})","([a-z][A-Za-z0-9]{0,63})","([^"\\]*)"\]$`)

/** Reads a credential in the common form; `null` for every other text. Nothing is proven. */
export function matchCredential(compact: string): UnverifiedCredential | null {
  const end = compact.indexOf('~')
  const dot = compact.lastIndexOf('.', end)
  if (end === -1 || !compact.endsWith('~') || compact.length > MAX_CREDENTIAL_CHARACTERS) return null
  const signingInput = compact.slice(0, dot)
  const [headerText = '', claimsText = '', ...more] = decodeTexts(signingInput, '.') ?? []
  const header = matchHeader(headerText)
  const claims = matchClaims(claimsText)
  const signature = matchBase64url(compact.slice(dot + 1, end))
  const disclosures = matchDisclosures(compact.slice(end + 1))
  if (header === null || claims === null || disclosures === null || more.length > 0) return null
  if (signature?.length !== SIGNATURE_BYTES) return null
  return { header, claims, disclosures, signingInput, signature }
}

function matchHeader(text: string): CredentialHeader | null {
  const [, alg, kid = ''] = HEADER.exec(text) ?? []
  return kid.length === CHARACTERS_32 ? { alg: alg as SignatureAlgorithm, typ: CREDENTIAL_TYPE, kid } : null
}

/** The claims of spec/credential.md but `supersedes` and `renditions`, which few licences have. */
function matchClaims(text: string): CredentialClaims | null {
  const parts = CLAIMS.exec(text)
  if (parts === null) return null
  const [, iss = '', vct = '', jti = '', iat, nbf, idx, uri = '', digests = '', exp, jwk] = parts
  const claims: CredentialClaims = {
    iss,
    vct,
    jti,
    iat: Number(iat),
    nbf: Number(nbf),
    status: { status_list: { idx: Number(idx), uri } },
    _sd: JSON.parse(digests) as readonly string[],
    _sd_alg: 'sha-256',
    ...(exp === undefined ? {} : { exp: Number(exp) }),
    ...(jwk === undefined ? {} : { cnf: { jwk: JSON.parse(jwk) as PublicJwk } }),
  }
  return agree(claims) ? claims : null
}

/** What the expression leaves open: lengths, the bounds of numbers, and that the claims fit each other. */
function agree(claims: CredentialClaims): boolean {
  const { jti, iat, nbf, exp, status, cnf, _sd } = claims
  const id = matchLicenceId(jti)
  return (
    id !== null &&
    id.licenceType === licenceTypeOf(claims) &&
    (id.issuer.length !== 18 || id.issuer === usccOf(claims)) &&
    Math.max(iat, nbf, exp ?? 0) <= MAX_TIME &&
    status.status_list.idx <= MAX_STATUS_INDEX &&
    (exp === undefined || exp > nbf) &&
    (cnf === undefined || hasWholeCoordinates(cnf.jwk)) &&
    _sd.length <= MAX_DISCLOSURES &&
    _sd.every(({ length }) => length === CHARACTERS_32)
  )
}

function hasWholeCoordinates(jwk: PublicJwk): boolean {
  const { x, y = x } = { y: undefined, ...jwk }
  return x.length === CHARACTERS_32 && y.length === CHARACTERS_32
}

/** `tail` is what follows the first `~` of a credential. */
function matchDisclosures(tail: string): readonly Disclosure[] | null {
  if (tail === '') return []
  const joined = tail.slice(0, -1)
  const encoded = joined.split('~')
  const texts = decodeTexts(joined, '~')
  if (texts === null || encoded.length > MAX_DISCLOSURES) return null
  const disclosures: Disclosure[] = []
  for (let i = 0; i < encoded.length; i++) {
    const disclosure = matchDisclosure(texts[i] ?? '', encoded[i] ?? '')
    if (disclosure === null) return null
    disclosures.push(disclosure)
  }
  return disclosures
}

function matchDisclosure(text: string, encoded: string): Disclosure | null {
  const [, salt = '', name = '', value = ''] = DISCLOSURE.exec(text) ?? []
  const isSound =
    salt.length === CHARACTERS_16 &&
    !RESERVED_NAMES.has(name) &&
    isDisplayText(value) &&
    encoded.length <= MAX_DISCLOSURE_CHARACTERS
  return isSound ? { name, value, encoded } : null
}
