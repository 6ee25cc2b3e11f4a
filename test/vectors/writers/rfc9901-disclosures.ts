/** The examples of RFC 9901, as they stand there and re-made in this profile's form. */
import { encodeBase64url } from '@hefu/protocol'
import { parseDisclosure } from '#internal/protocol/credential/disclosure'
import { forgeDisclosure } from '../../fixtures/forged-credential.ts'
import { defectsOf } from './defects.ts'
import { deterministicSuite } from './deterministic-suite.ts'

/**
 * The disclosures printed in RFC 9901 §4.2 and §5.1. As they stand this profile refuses them (white space,
 * names that are not camelCase, values that are no text); re-made, those with a text as value are read.
 */
const RFC_9901_DISCLOSURES: readonly (readonly [text: string, digest: string])[] = [
  ['["_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius"]', 'X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0'],
  ['["lklxF5jMYlGTPUovMNIvCA", "FR"]', 'w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs'],
  ['["2GLC42sKQveCfGfryNRN9w", "given_name", "John"]', 'jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4'],
  ['["eluV5Og3gSNII8EYnsxA_A", "family_name", "Doe"]', 'TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo'],
  [
    '["6Ij7tM-a5iVPGboS5tmvVA", "email", "johndoe@example.com"]',
    'JzYjH4svliH0R3PyEMfeZu6Jt69u5qehZo7F7EPYlSE',
  ],
  [
    '["eI8ZWm9QnKPpNPeNenHdhQ", "phone_number", "+1-202-555-0101"]',
    'PorFbpKuVu6xymJagvkFsFXAbRoc2JGlAUA2BA4o7cI',
  ],
  [
    '["Qg_O64zqAxe412a108iroA", "phone_number_verified", true]',
    'XQ_3kPKt1XyX7KANkqVR6yZ2Va5NrPIvPYbyMvRKBMM',
  ],
  [
    '["AJx-095VPrpTtN4QMOqROA", "address", {"street_address": "123 Main St", "locality": "Anytown", "region": "Anystate", "country": "US"}]',
    'XzFrzwscM6Gn6CJDc6vVK8BkMnfG8vOSKfpPIZdAfdE',
  ],
  ['["Pc33JM2LchcU_lHggv_ufQ", "birthdate", "1940-01-01"]', 'gbOsI4Edq2x2Kw-w5wPEzakob9hV1cRD0ATN3oQL9JM'],
  ['["G02NSrQfjFXQ7Io09syajA", "updated_at", 1570000000]', 'CrQe7S5kqBAHt-nMYXgc6bdt2SH5aTY1sU_M-PgkjPI'],
  ['["lklxF5jMYlGTPUovMNIvCA", "US"]', 'pFndjkZ_VCzmyTa6UjlZo3dh-ko8aIKQc9DlGzhaVYo'],
  ['["nPuoQnkRFq3BIeAm7AnXFA", "DE"]', '7Cf6JkPudry3lcbwHgeZ8khAv1U1OSlerP0VkBJrWZ0'],
]

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** In this profile's form: no white space, camelCase, 16 bytes of salt; `null` where no text can be made of it. */
function remake(text: string): object | null {
  const [salt, name, value] = JSON.parse(text)
  if (typeof value !== 'string') return null
  const parts = [salt.slice(0, 21) + (/[AQgw]$/.test(salt) ? salt.at(21) : 'A'), camelCase(name), value]
  return { text: JSON.stringify(parts), ...forgeDisclosure(parts), name: parts[1], value }
}

/** @throws {Error} when a digest is not the one that is printed */
export function rfc9901(): readonly object[] {
  return RFC_9901_DISCLOSURES.map(([text, digest]) => {
    const encoded = encodeBase64url(new TextEncoder().encode(text))
    if (deterministicSuite.sha256Base64url(encoded) !== digest)
      throw new Error(`write vectors: the digest of ${text} is not that of RFC 9901`)
    const [refused] = defectsOf(() => parseDisclosure(encoded, 'disclosure'))
    return { text, encoded, digest, refused, remade: remake(text) }
  })
}
