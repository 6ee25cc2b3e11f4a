/** Full local verification against one raw ES256 verification: 12 disclosures, a batch of 2^20, facts in memory. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import {
  anchorKey,
  createCredential,
  createMemoryLedgerView,
  createMerkleTree,
  createReceipt,
  createVerifier,
  encodeBundle,
  encodeLicenceId,
  hashLeaf,
  type IssuingKey,
  issuerUri,
  keyIdOf,
  type LedgerIdentity,
  type LedgerView,
  licenceTypeUri,
  type PrivateJwk,
  type PublicJwk,
  parseCredential,
  parsePublicJwk,
  type Receipt,
  responsibilityKey,
  statusListUri,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { compareSpeed, type Figure } from './measure.ts'

const ISSUER = '11430000006122244L'
const LICENCE_TYPE = '11100000000013338W011'
const LEDGER: LedgerIdentity = { chainId: 1, address: `0x${'5a'.repeat(20)}` }
const BATCH_SIZE = 2 ** 20
/** Different credentials, so that nothing is measured that only a repeated one would have. */
const CREDENTIALS = 1000
const DISCLOSURES = 12
const NOW = 1_700_000_000

export async function benchVerifyLocal(): Promise<Figure> {
  const { issuingKey, publicJwk } = await createKey()
  const credentials: string[] = []
  for (let i = 0; i < CREDENTIALS; i++) credentials.push(await createSample(i, issuingKey))
  const { bundles, receipt } = anchorAll(credentials)
  const verifier = createVerifier({ view: viewOf(issuingKey, publicJwk, receipt), suite })
  return compareSpeed(
    'verify-local',
    { count: CREDENTIALS, run: () => verifyAll() },
    rawVerify(credentials, publicJwk),
  )

  async function verifyAll(): Promise<void> {
    for (const presented of bundles) {
      const { verdict } = await verifier.verify({ presented, receivingRegion: '440000' }, NOW)
      if (verdict !== 'accepted') throw new Error(`measure a verification that ended ${verdict}`)
    }
  }
}

async function createKey(): Promise<{ issuingKey: IssuingKey; publicJwk: PublicJwk }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' })
  const publicJwk = parsePublicJwk({ crv, kty, x, y } as Record<string, string>, 'publicJwk')
  const key = await suite.importPrivateKey(privateKey.export({ format: 'jwk' }) as PrivateJwk)
  return { publicJwk, issuingKey: { kid: thumbprint(publicJwk, suite), algorithm: 'ES256', key } }
}

async function createSample(index: number, issuingKey: IssuingKey): Promise<string> {
  const fields = Array.from({ length: DISCLOSURES }, (_, i) => [`field${i}`, `样例内容 ${index}-${i}`])
  const { compact } = await createCredential(
    {
      claims: {
        iss: issuerUri(ISSUER),
        vct: licenceTypeUri(LICENCE_TYPE),
        jti: encodeLicenceId({
          licenceType: LICENCE_TYPE,
          issuer: ISSUER,
          serial: `${index}`,
          version: '001',
        }),
        iat: NOW,
        nbf: NOW - 1000,
        exp: NOW + 1000,
        status: { status_list: { idx: index, uri: statusListUri(LEDGER, ISSUER) } },
      },
      faceData: Object.fromEntries(fields),
    },
    issuingKey,
    suite,
  )
  return compact
}

function anchorAll(credentials: readonly string[]): { bundles: readonly string[]; receipt: Receipt } {
  const leafHashes = new Uint8Array(BATCH_SIZE * 32)
  credentials.forEach((compact, i) => {
    leafHashes.set(hashLeaf(new TextEncoder().encode(parseCredential(compact).signingInput), suite), i * 32)
  })
  const tree = createMerkleTree(leafHashes, suite)
  const bundles = credentials.map((compact, i) =>
    encodeBundle(compact, createReceipt(LEDGER, ISSUER, tree, i)),
  )
  return { bundles, receipt: createReceipt(LEDGER, ISSUER, tree, 0) }
}

function viewOf({ kid }: IssuingKey, publicJwk: PublicJwk, { root }: Receipt): LedgerView {
  const agency = { agency: ISSUER, region: '430000', status: 'active', since: 1 } as const
  return createMemoryLedgerView({
    ledger: LEDGER,
    block: { number: 7, hash: `0x${'11'.repeat(32)}`, time: NOW },
    regions: new Map([['430000', { region: '430000', status: 'active' }]]),
    agencies: new Map([[ISSUER, agency]]),
    keys: new Map([
      [
        keyIdOf(kid),
        {
          agency: ISSUER,
          algorithm: 'ES256',
          publicJwk,
          validFrom: 1,
          validUntil: null,
          compromisedFrom: null,
        },
      ],
    ]),
    anchors: new Map([[anchorKey(ISSUER, root), { anchoredAt: NOW - 10, blockNumber: 5, size: BATCH_SIZE }]]),
    statuses: new Map(),
    successors: new Map(),
    licenceTypes: new Map([
      [LICENCE_TYPE, { schemaDigest: `0x${'5c'.repeat(32)}`, version: 1, status: 'active', since: 1 }],
    ]),
    responsibilities: new Map([[responsibilityKey(ISSUER, LICENCE_TYPE), [{ from: 1, until: null }]]]),
    recognitions: [{ rule: 'baseline', licenceType: LICENCE_TYPE, term: { from: 1, until: null } }],
  })
}

function rawVerify(credentials: readonly string[], publicJwk: PublicJwk): { count: number; run: () => void } {
  const key = createPublicKey({ key: { ...publicJwk }, format: 'jwk' })
  const signed = credentials.map((compact) => {
    const { signingInput, signature } = parseCredential(compact)
    return { message: Buffer.from(signingInput), signature }
  })
  return {
    count: signed.length,
    run: () => {
      for (const { message, signature } of signed) {
        if (!verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature))
          throw new Error('a signature failed')
      }
    },
  }
}
