/** A licence of 湖南省住房和城乡建设厅, its ledger in memory, and a verifier's key: real in every part, invented in content. */
import { generateKeyPairSync } from 'node:crypto'
import {
  anchorKey,
  createCredential,
  createMemoryLedgerView,
  createMerkleTree,
  createReceipt,
  encodeBundle,
  encodeKeyFile,
  encodeLicenceId,
  hashLeaf,
  issuerUri,
  type JsonObject,
  type KeyFile,
  keyIdOf,
  type LedgerView,
  licenceTypeUri,
  type MemoryLedger,
  type PrivateJwk,
  type PublicJwk,
  parsePublicJwk,
  registrationKey,
  responsibilityKey,
  type StatusEntry,
  statusKey,
  statusListUri,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { encryptLightly } from '../../fixtures/light-key-file.ts'
import { digestOfType } from '../../fixtures/sample-credential.ts'

/** Unix seconds. */
export const NOW = 1_750_000_000
const BLOCK_AGE_SECONDS = 60
export const BLOCK_TIME: number = NOW - BLOCK_AGE_SECONDS
export const ISSUER = '11430000006122244L'
export const ISSUER_NAME = '湖南省住房和城乡建设厅'
const LICENCE_TYPE = '11100000000013338W011'
export const LEDGER = { chainId: 31_337, address: `0x${'ab'.repeat(20)}` } as const
/** Of the sample licence in the tables of statuses and notices. */
export const SAMPLE_KEY: string = statusKey(ISSUER, 5)
/** Values that may appear in no log, error or problem document. */
export const FACE = {
  holderName: '张样例',
  holderId: '110105194912310029',
} as const
export const PASSPHRASE = 'correct horse battery'

export interface KeyPair {
  readonly privateJwk: PrivateJwk
  readonly publicJwk: PublicJwk
}

export function createKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { d = '' } = privateKey.export({ format: 'jwk' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' })
  const publicJwk = parsePublicJwk({ kty, crv, x, y } as JsonObject, 'key')
  return { publicJwk, privateJwk: { ...publicJwk, d } }
}

export interface Sample {
  readonly bundle: string
  readonly credential: string
  readonly memory: MemoryLedger
  readonly view: LedgerView
}

/** One licence in a batch of two, anchored a day before now; bound to the holder's key where there is one. */
export async function createSample(now = NOW, holder?: PublicJwk): Promise<Sample> {
  const { publicJwk, privateJwk } = createKeyPair()
  const kid = thumbprint(publicJwk, suite)
  const jti = encodeLicenceId({
    licenceType: LICENCE_TYPE,
    issuer: ISSUER,
    serial: '20230001',
    version: '001',
  })
  const { compact, signingInput } = await createCredential(
    {
      claims: {
        iss: issuerUri(ISSUER),
        vct: licenceTypeUri(LICENCE_TYPE),
        jti,
        iat: now - 90_000,
        nbf: now - 90_000,
        exp: now + 90_000,
        status: { status_list: { idx: 5, uri: statusListUri(LEDGER, ISSUER) } },
        ...(holder === undefined ? {} : { cnf: { jwk: holder } }),
      },
      faceData: FACE,
    },
    { kid, algorithm: 'ES256', key: await suite.importPrivateKey(privateJwk) },
    suite,
  )
  const leaf = hashLeaf(new TextEncoder().encode(signingInput), suite)
  const tree = createMerkleTree(Uint8Array.from([...leaf, ...new Uint8Array(32)]), suite)
  const receipt = createReceipt(LEDGER, ISSUER, tree, 0)
  const memory: MemoryLedger = {
    ledger: LEDGER,
    block: { number: 5, hash: `0x${'11'.repeat(32)}`, time: now - BLOCK_AGE_SECONDS },
    regions: new Map([['430000', { region: '430000', status: 'active', name: '湖南省' }]]),
    agencies: new Map([
      [ISSUER, { agency: ISSUER, region: '430000', status: 'active', since: 1, name: ISSUER_NAME }],
    ]),
    keys: new Map([
      [
        registrationKey(ISSUER, keyIdOf(kid)),
        {
          algorithm: 'ES256',
          publicJwk,
          validFrom: 1,
          validUntil: null,
          compromisedFrom: null,
        },
      ],
    ]),
    anchors: new Map([
      [anchorKey(ISSUER, receipt.root), { anchoredAt: now - 86_400, blockNumber: 3, firstIndex: 5, size: 2 }],
    ]),
    statuses: new Map(),
    notices: new Map(),
    successors: new Map(),
    destinations: new Map(),
    responsible: new Map(),
    members: new Map(['430000', '440000'].map((province) => [province, [{ from: 1, until: null }]])),
    licenceTypes: new Map([
      [
        LICENCE_TYPE,
        [{ schemaDigest: digestOfType(LICENCE_TYPE), version: 1, status: 'active' as const, since: 1 }],
      ],
    ]),
    demands: new Map(),
    responsibilities: new Map([[responsibilityKey(ISSUER, LICENCE_TYPE), [{ from: 1, until: null }]]]),
    recognitions: [{ rule: 'baseline', licenceType: LICENCE_TYPE, term: { from: 1, until: null } }],
  }
  return {
    bundle: encodeBundle(compact, receipt),
    credential: compact,
    memory,
    view: createMemoryLedgerView(memory),
  }
}

/** The same ledger after these acts on the sample licence. */
export function afterActs(memory: MemoryLedger, ...acts: readonly StatusEntry[]): LedgerView {
  return createMemoryLedgerView({ ...memory, statuses: new Map([[SAMPLE_KEY, acts]]) })
}

/** The same ledger after the sample licence was revoked. */
export function revoke(memory: MemoryLedger): LedgerView {
  return afterActs(memory, { act: 'revoke', effectiveAt: memory.block.time - 3_600 })
}

/** The same bundle with one character of the first face value changed, and everything else in good form. */
export function alter(bundle: string): string {
  const [, encoded = ''] = bundle.split('~')
  const [salt, name, value] = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as string[]
  const forged = JSON.stringify([salt, name, `李${value?.slice(1)}`])
  return bundle.replace(encoded, Buffer.from(forged).toString('base64url'))
}

export async function createVerifierKeyFile({ privateJwk, publicJwk }: KeyPair): Promise<KeyFile> {
  const about = { purpose: 'verifier-signing', name: thumbprint(publicJwk, suite) } as const
  return encryptLightly(privateJwk, about, PASSPHRASE)
}

export async function createVerifierKeyFileText(pair: KeyPair): Promise<string> {
  return encodeKeyFile(await createVerifierKeyFile(pair))
}
