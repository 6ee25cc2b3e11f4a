/** The systems of 广东 that may ask the sandbox's verifier, and the identity provider that knows them. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { encodeBase64url } from '@hefu/protocol'
import { SECRET_MODE, writeDurably } from '@hefu/service'
import { type IdentityProvider, requestToken, startIdentityProvider } from './identity-provider.ts'
import { SAMPLE_AGENCIES } from './provinces.ts'
import type { StateFolder } from './state-folder.ts'

/** How tokens name the verifier service. */
export const VERIFIER_AUDIENCE = 'urn:hefu:verifier'
/** Sees whole reports. */
export const COUNTER = 'guangdong-counter'
/** Is told what to do, and nothing of the licence. */
export const PORTAL = 'guangdong-portal'

/** Deposits what the sample agencies issue. */
const AGENCIES = 'sample-agencies'

const PERMISSIONS = { requestsPerMinute: 600, licenceTypes: 'any', receivingRegions: ['440000'] } as const
const CLIENTS = {
  [COUNTER]: { ...PERMISSIONS, shown: 'report', deposits: [], givenBundles: false, batches: 4 },
  [PORTAL]: { ...PERMISSIONS, shown: 'verdict', deposits: [], givenBundles: false, batches: 0 },
  [AGENCIES]: {
    ...PERMISSIONS,
    shown: 'verdict',
    deposits: SAMPLE_AGENCIES.map(({ agency }) => agency),
    givenBundles: false,
    batches: 0,
  },
} as const

export interface SampleIdentities extends IdentityProvider {
  /** A token of the counter for the verifier service. */
  readonly counterToken: () => Promise<string>
  /** A token of who deposits for the agencies. */
  readonly agenciesToken: () => Promise<string>
  /** Never settles: it runs in this process. */
  readonly ended: Promise<string>
}

/** Writes who the clients are, and starts the provider that issues their tokens. */
export async function startSampleIdentities(folder: StateFolder, port: number): Promise<SampleIdentities> {
  await writeDurably(folder.clients, `${JSON.stringify(CLIENTS, null, 2)}\n`, SECRET_MODE)
  const secret = readOrCreateSecret(folder)
  const provider = await startIdentityProvider({
    port,
    clients: Object.keys(CLIENTS).map((id) => ({ id, secret })),
    audiences: { [VERIFIER_AUDIENCE]: ['verify', 'reports', 'unmask', 'ledger:read', 'deposit', 'retrieve'] },
  })
  return {
    ...provider,
    counterToken: () => requestToken(provider.url, { id: COUNTER, secret }, VERIFIER_AUDIENCE, 'verify'),
    agenciesToken: () => requestToken(provider.url, { id: AGENCIES, secret }, VERIFIER_AUDIENCE, 'deposit'),
    ended: new Promise<never>(() => undefined),
  }
}

/** Made on the first start, readable by its owner only. */
function readOrCreateSecret({ clientSecret: path }: StateFolder): string {
  if (!existsSync(path))
    writeFileSync(path, encodeBase64url(randomBytes(24)), { mode: SECRET_MODE, flag: 'wx' })
  return readFileSync(path, 'utf8').trim()
}
