/** Licences as a province would have them: twelve fields each, in a batch of 2^20, and a ledger in memory that vouches for them. */
import {
  anchorKey,
  type CredentialDraft,
  createCredential,
  createMemoryLedgerView,
  createMerkleTree,
  createReceipt,
  encodeBundle,
  encodeLicenceId,
  findLicenceType,
  type Hex,
  hashLeaf,
  type IssuingKey,
  issuerUri,
  keyIdOf,
  type LedgerIdentity,
  type LedgerQuery,
  type LedgerView,
  type LicenceType,
  licenceTypeUri,
  type MemoryLedger,
  type PublicJwk,
  type Receipt,
  registrationKey,
  responsibilityKey,
  type SignatureAlgorithm,
  type SignedCredential,
  schemaDigest,
  statusListUri,
  suite,
  thumbprint,
} from '@hefu/protocol'

const ISSUER = '11430000006122244L'
const safetyManager = findLicenceType('safety-manager') as LicenceType
const LICENCE_TYPE = safetyManager.code
/** What the catalogue holds is what the verifier describes: the way of a licence that is accepted. */
const DESCRIPTION = schemaDigest(safetyManager, suite)
const LEDGER: LedgerIdentity = { chainId: 1, address: `0x${'5a'.repeat(20)}` }
const BATCH_SIZE = 2 ** 20
const DISCLOSURES = 12
/** The time of everything here, Unix seconds. */
export const NOW = 1_700_000_000

export interface AnchoredLicences {
  readonly credentials: readonly SignedCredential[]
  readonly bundles: readonly string[]
  /** Plain data, and the view over it. */
  readonly memory: MemoryLedger
  readonly view: LedgerView
  /** What a verification of the first asks. */
  readonly query: LedgerQuery & { readonly root: Hex }
}

/** Different licences, so that nothing is measured that only a repeated one would have. */
export async function createAnchoredLicences(
  algorithm: SignatureAlgorithm,
  count: number,
): Promise<AnchoredLicences> {
  const { issuingKey, publicJwk } = await createIssuingKey(algorithm)
  const credentials: SignedCredential[] = []
  for (let i = 0; i < count; i++) credentials.push(await createCredential(draftOf(i), issuingKey, suite))
  const { bundles, receipt } = anchorAll(credentials)
  const query = {
    issuer: ISSUER,
    root: receipt.root,
    keyId: keyIdOf(issuingKey.kid),
    statusIndex: 0,
    licenceType: LICENCE_TYPE,
    receivingRegion: '440000',
  }
  const memory = memoryOf(issuingKey, publicJwk, receipt)
  return { credentials, bundles, memory, view: createMemoryLedgerView(memory), query }
}

/** A fresh key of an agency. */
export async function createIssuingKey(
  algorithm: SignatureAlgorithm,
): Promise<{ issuingKey: IssuingKey; publicJwk: PublicJwk }> {
  const jwk = await suite.generateKey(algorithm)
  const { d: _secret, ...publicJwk } = jwk
  const key = await suite.importPrivateKey(jwk)
  return { publicJwk, issuingKey: { kid: thumbprint(publicJwk, suite), algorithm, key } }
}

/** What the agency states about its licence number `index`. */
export function draftOf(index: number): CredentialDraft {
  const fields = Array.from({ length: DISCLOSURES }, (_, i) => [`field${i}`, `样例内容 ${index}-${i}`])
  const jti = encodeLicenceId({
    licenceType: LICENCE_TYPE,
    issuer: ISSUER,
    serial: `${index}`,
    version: '001',
  })
  return {
    claims: {
      iss: issuerUri(ISSUER),
      vct: licenceTypeUri(LICENCE_TYPE),
      jti,
      iat: NOW,
      nbf: NOW - 1000,
      exp: NOW + 1000,
      status: { status_list: { idx: index, uri: statusListUri(LEDGER, ISSUER) } },
    },
    faceData: Object.fromEntries(fields),
  }
}

function anchorAll(credentials: readonly SignedCredential[]): {
  bundles: readonly string[]
  receipt: Receipt
} {
  const leafHashes = new Uint8Array(BATCH_SIZE * 32)
  credentials.forEach(({ signingInput }, i) => {
    leafHashes.set(hashLeaf(signingInput, suite), i * 32)
  })
  const tree = createMerkleTree(leafHashes, suite)
  const bundles = credentials.map(({ compact }, i) =>
    encodeBundle(compact, createReceipt(LEDGER, ISSUER, tree, i)),
  )
  return { bundles, receipt: createReceipt(LEDGER, ISSUER, tree, 0) }
}

function memoryOf({ kid, algorithm }: IssuingKey, publicJwk: PublicJwk, { root }: Receipt): MemoryLedger {
  const agency = { agency: ISSUER, region: '430000', status: 'active', since: 1, name: null } as const
  return {
    ledger: LEDGER,
    block: { number: 7, hash: `0x${'11'.repeat(32)}`, time: NOW },
    regions: new Map([['430000', { region: '430000', status: 'active', name: null }]]),
    agencies: new Map([[ISSUER, agency]]),
    keys: new Map([
      [
        registrationKey(ISSUER, keyIdOf(kid)),
        {
          algorithm,
          publicJwk,
          validFrom: 1,
          validUntil: null,
          compromisedFrom: null,
        },
      ],
    ]),
    anchors: new Map([
      [anchorKey(ISSUER, root), { anchoredAt: NOW - 10, blockNumber: 5, firstIndex: 0, size: BATCH_SIZE }],
    ]),
    statuses: new Map(),
    notices: new Map(),
    successors: new Map(),
    destinations: new Map(),
    responsible: new Map(),
    licenceTypes: new Map([
      [LICENCE_TYPE, [{ schemaDigest: DESCRIPTION, version: 1, status: 'active', since: 1 }]],
    ]),
    members: new Map(['430000', '440000'].map((province) => [province, [{ from: 1, until: null }]])),
    demands: new Map(),
    responsibilities: new Map([[responsibilityKey(ISSUER, LICENCE_TYPE), [{ from: 1, until: null }]]]),
    recognitions: [{ rule: 'baseline', licenceType: LICENCE_TYPE, term: { from: 1, until: null } }],
  }
}
