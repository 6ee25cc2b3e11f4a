/** The verifier as it is served: over a replica, tokens checked, reports signed and stored. A process of its own, and the parent's. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encryptKey, suite, thumbprint } from '@hefu/protocol'
import { createLogger, createMemoryQuota } from '@hefu/service'
import { openVerifierStore, startVerifierService, type VerifierClient } from '@hefu/verifier'
import { createAnchoredLicences, NOW } from '../anchored-licences.ts'
import { openReplicaOf } from '../replica-lookup.ts'
import { reportToParent } from './child-report.ts'
import { startBenchIssuer } from './token-issuer.ts'

const LICENCES = 200
const AUDIENCE = 'urn:hefu:verifier'
const PASSPHRASE = 'measured, and nothing else'
const CLIENT: VerifierClient = {
  id: 'bench',
  requestsPerMinute: 100_000_000,
  licenceTypes: 'any',
  receivingRegions: 'any',
  shown: 'report',
  deposits: 'any',
  givenBundles: true,
  batches: 8,
}

const licences = await createAnchoredLicences('ES256', LICENCES)
const issuer = await startBenchIssuer(AUDIENCE, CLIENT.id, NOW)
const folder = await mkdtemp(join(tmpdir(), 'hefu-bench-'))
const store = await openVerifierStore(process.env['HEFU_DATABASE'] ?? join(folder, 'store'))
const service = await startVerifierService({
  view: await openReplicaOf(licences),
  keyFile: await createKeyFile(),
  passphrase: PASSPHRASE,
  access: {
    issuer: issuer.url,
    audience: AUDIENCE,
    clients: new Map([[CLIENT.id, CLIENT]]),
    quota: createMemoryQuota(),
    proxies: { addresses: [], header: 'x-forwarded-for' },
  },
  store,
  host: '127.0.0.1',
  port: 0,
  clock: () => NOW,
  // Its lines are made, as they are in earnest, and read by nobody.
  logger: createLogger(() => undefined),
})
reportToParent(
  {
    url: `${service.url}/v1/verifications`,
    live: `${service.url}/health/live`,
    authorization: `Bearer ${issuer.token}`,
    bodies: licences.bundles.map((presented) => JSON.stringify({ presented, receivingRegion: '440000' })),
  },
  async () => {
    await service.close()
    await store.close()
    await issuer.close()
    await rm(folder, { recursive: true, force: true })
  },
)

async function createKeyFile() {
  const jwk = await suite.generateKey('ES256')
  const { d: _secret, ...publicJwk } = jwk
  return encryptKey(jwk, { purpose: 'verifier-signing', name: thumbprint(publicJwk, suite) }, PASSPHRASE)
}
