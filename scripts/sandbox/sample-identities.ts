/** The systems and people of 广东 that may ask the sandbox's verifier, and the identity provider that knows them. */
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
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

/** At which people sign in. */
export const CONSOLE = 'guangdong-console'

/** Deposits what the sample agencies issue. */
const AGENCIES = 'sample-agencies'

const PERMISSIONS = { requestsPerMinute: 600, licenceTypes: 'any', receivingRegions: ['440000'] } as const
/** Its people are given tokens of their own: what each may stands there. None of them deposits. */
const CONSOLE_CLIENT = {
  ...PERMISSIONS,
  shown: 'explanation',
  deposits: [],
  givenBundles: true,
  batches: 4,
} as const
const SYSTEMS = {
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
  /** What all sample people sign in with. */
  readonly password: string
  /** Never settles: it runs in this process. */
  readonly ended: Promise<string>
}

/** Writes who the clients are, and starts the provider that issues their tokens. */
export async function startSampleIdentities(
  folder: StateFolder,
  port: number,
  consoleOrigin: string,
): Promise<SampleIdentities> {
  const clients = { ...SYSTEMS, [CONSOLE]: CONSOLE_CLIENT }
  await writeDurably(folder.clients, `${JSON.stringify(clients, null, 2)}\n`, SECRET_MODE)
  const secret = await readOrCreateSecret(folder.clientSecret, createSecret)
  const consoleSecret = await readOrCreateSecret(folder.consoleSecret, createSecret)
  const password = await readOrCreateSecret(folder.samplePassword, createPassword)
  const provider = await startIdentityProvider({
    port,
    clients: Object.keys(SYSTEMS).map((id) => ({ id, secret })),
    audiences: { [VERIFIER_AUDIENCE]: ['verify', 'reports', 'unmask', 'ledger:read', 'deposit', 'retrieve'] },
    people: { console: { id: CONSOLE, secret: consoleSecret, origin: consoleOrigin }, password },
  })
  return {
    ...provider,
    password,
    counterToken: () => requestToken(provider.url, { id: COUNTER, secret }, VERIFIER_AUDIENCE, 'verify'),
    agenciesToken: () => requestToken(provider.url, { id: AGENCIES, secret }, VERIFIER_AUDIENCE, 'deposit'),
    ended: new Promise<never>(() => undefined),
  }
}

/** Made on the first start, readable by its owner only. */
async function readOrCreateSecret(path: string, create: () => string): Promise<string> {
  if (!existsSync(path)) await writeDurably(path, create(), SECRET_MODE)
  return readFileSync(path, 'utf8').trim()
}

function createSecret(): string {
  return encodeBase64url(randomBytes(24))
}

/** None of them is mistaken for another when it is typed. */
const TYPED = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Twelve characters, as `abcd-efgh-jkmn`. */
function createPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => TYPED[randomInt(TYPED.length)]).join('')
  return [group(), group(), group()].join('-')
}
