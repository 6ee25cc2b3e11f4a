/**
 * Signatures published with their keys in standards, and the same altered. Messages are texts, signed as
 * UTF-8; signatures are 64 bytes: r ‖ s, or those of RFC 8032.
 */
import { algorithmOf, encodeHex, type Hex, type PublicJwk } from '@hefu/protocol'
import { ED25519_KEY, ES256_KEY, publicHalf, SM2_KEY } from '../../fixtures/sample-keys.ts'
import type { VectorFile } from './vector-file.ts'

interface Published {
  readonly source: string
  readonly publicJwk: PublicJwk
  readonly message: string
  readonly signature: Hex
}

/** The orders of P-256 and of the curve of SM2. */
const P256_ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
const SM2_ORDER = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123'

function base64urlOfHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url')
}

function hexOfBase64url(text: string): Hex {
  return encodeHex(Buffer.from(text, 'base64url'))
}

/** RFC 6979 appendix A.2.5. */
const RFC_6979_KEY: PublicJwk = {
  kty: 'EC',
  crv: 'P-256',
  x: base64urlOfHex('60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6'),
  y: base64urlOfHex('7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299'),
}

const PUBLISHED: readonly Published[] = [
  {
    source: 'RFC 6979 appendix A.2.5, SHA-256, "sample"',
    publicJwk: RFC_6979_KEY,
    message: 'sample',
    signature:
      '0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  },
  {
    source: 'RFC 6979 appendix A.2.5, SHA-256, "test"',
    publicJwk: RFC_6979_KEY,
    message: 'test',
    signature:
      '0xf1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
  },
  {
    source: 'RFC 7515 appendix A.3',
    publicJwk: publicHalf(ES256_KEY),
    message:
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ',
    signature: hexOfBase64url(
      'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
    ),
  },
  {
    source: 'GB/T 32918.5 appendix A.2, identity 1234567812345678',
    publicJwk: publicHalf(SM2_KEY),
    message: 'message digest',
    signature:
      '0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  },
  {
    source: 'RFC 8032 §7.1, test 1',
    publicJwk: publicHalf(ED25519_KEY),
    message: '',
    signature:
      '0xe5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    source: 'RFC 8032 §7.1, test 2',
    publicJwk: {
      kty: 'OKP',
      crv: 'Ed25519',
      x: base64urlOfHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
    },
    message: 'r',
    signature:
      '0x92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    source: 'RFC 8037 appendix A.4',
    publicJwk: publicHalf(ED25519_KEY),
    message: 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc',
    signature: hexOfBase64url(
      'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
    ),
  },
]

/** What is altered → the signature's digits altered so. */
const ALTERATIONS: Readonly<Record<string, (digits: string) => string>> = {
  'its first digit': (digits) => (digits.startsWith('0') ? '1' : '0') + digits.slice(1),
  'its last digit': (digits) => digits.slice(0, -1) + (digits.endsWith('0') ? '1' : '0'),
  'its halves swapped': (digits) => digits.slice(64) + digits.slice(0, 64),
  'a first half of zeros': (digits) => '0'.repeat(64) + digits.slice(64),
  'a second half of zeros': (digits) => digits.slice(0, 64) + '0'.repeat(64),
  'all zeros': () => '0'.repeat(128),
  'all ones': () => 'f'.repeat(128),
  'r as the order of P-256': (digits) => P256_ORDER + digits.slice(64),
  's as the order of P-256': (digits) => digits.slice(0, 64) + P256_ORDER,
  'r as the order of SM2': (digits) => SM2_ORDER + digits.slice(64),
  's as the order of SM2': (digits) => digits.slice(0, 64) + SM2_ORDER,
  'a byte less': (digits) => digits.slice(0, -2),
  'a byte more': (digits) => `${digits}00`,
  'no byte at all': () => '',
}

function vectorsOf({ source, publicJwk, message, signature }: Published): readonly object[] {
  const vector = { source, algorithm: algorithmOf(publicJwk), publicJwk, message, signature, verified: true }
  return [
    vector,
    ...Object.entries(ALTERATIONS).map(([is, alter]) => ({
      ...vector,
      is,
      signature: `0x${alter(signature.slice(2))}`,
      verified: false,
    })),
    { ...vector, is: 'another message', message: `${message} `, verified: false },
  ]
}

type EcJwk = Extract<PublicJwk, { kty: 'EC' }>

/** The moduli of P-256 and of the curve of SM2. */
const MODULI: Readonly<Record<EcJwk['crv'], bigint>> = {
  'P-256': 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  SM2: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
}

function coordinate(value: bigint): string {
  return base64urlOfHex(value.toString(16).padStart(64, '0'))
}

function pointsOnNoCurve({ x, y, crv }: EcJwk): Readonly<Record<string, Partial<EcJwk>>> {
  return {
    'a point with its coordinates swapped': { x: y, y: x },
    'a y that is not its own': { y: x },
    'the point 0, 0': { x: coordinate(0n), y: coordinate(0n) },
    'x as the modulus': { x: coordinate(MODULI[crv]) },
    'y as the modulus': { y: coordinate(MODULI[crv]) },
    'the greatest x of 32 bytes': { x: coordinate(2n ** 256n - 1n) },
  }
}

/** In the order of bytes: the y of RFC 8032 §5.1.2, its top bit the sign of x. */
const NOBODYS_ED25519_KEYS: Readonly<Record<string, string>> = {
  'the neutral point': `01${'00'.repeat(31)}`,
  'the neutral point with a sign': `01${'00'.repeat(30)}80`,
  'the point of order 2': `ec${'ff'.repeat(30)}7f`,
  'a point of order 4': '00'.repeat(32),
  'the other point of order 4': `${'00'.repeat(31)}80`,
  'a point of order 8': '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'a point of order 8, negated': '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'another point of order 8': 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'another point of order 8, negated': 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'y as the modulus, which is 0 once more': `ed${'ff'.repeat(30)}7f`,
  'y above the modulus, which is 1 once more': `ee${'ff'.repeat(30)}7f`,
  'the greatest y of 255 bits': `${'ff'.repeat(31)}7f`,
}

function keyVectors(): readonly object[] {
  const published = [...new Set(PUBLISHED.map(({ publicJwk }) => publicJwk))]
  const curves = published.filter((jwk): jwk is EcJwk => jwk.kty === 'EC')
  return [
    ...published.map((publicJwk) => ({ publicJwk, usable: true })),
    ...curves.flatMap((jwk) =>
      Object.entries(pointsOnNoCurve(jwk)).map(([is, change]) => ({
        is,
        publicJwk: { ...jwk, ...change },
        usable: false,
      })),
    ),
    ...Object.entries(NOBODYS_ED25519_KEYS).map(([is, hex]) => ({
      is,
      publicJwk: { kty: 'OKP', crv: 'Ed25519', x: base64urlOfHex(hex) },
      usable: false,
    })),
  ]
}

/** The content of signatures.json. */
export function signatureVectors(): VectorFile {
  return {
    spec: 'packages/protocol/spec/credential.md',
    keys: keyVectors(),
    signatures: PUBLISHED.flatMap(vectorsOf),
  }
}
