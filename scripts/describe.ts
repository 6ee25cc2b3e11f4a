/** Writes what the services say of their interfaces: the description, and the catalogue of problems; `--check` compares. */
import { generateKeyPairSync } from 'node:crypto'
import { type JsonObject, parsePublicJwk } from '@hefu/protocol'
import { createGuardUnsafe, createLogger, renderProblemPage } from '@hefu/service'
import { ANYBODY, createVerifierRoutes, describeVerifier, VERIFIER_PROBLEMS } from '@hefu/verifier'
import { settleGenerated } from './generated-files.ts'

settleGenerated({
  'packages/verifier/openapi.json': () =>
    `${JSON.stringify(describeVerifier(entriesOfVerifier()), null, 2)}\n`,
  'packages/verifier/problems.md': () =>
    renderProblemPage('核验服务的错误代码 · Problems of the verifier service', VERIFIER_PROBLEMS),
})

/** The routes of a service that is never asked anything. */
function entriesOfVerifier(): ReturnType<typeof createVerifierRoutes>['entries'] {
  const unasked = (): never => {
    throw new Error('describe the verifier: a route was asked')
  }
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return createVerifierRoutes({
    guard: createGuardUnsafe(ANYBODY),
    verifier: { verify: unasked },
    attest: unasked,
    clock: unasked,
    mostVerifications: 1,
    verifierKey: parsePublicJwk(publicKey.export({ format: 'jwk' }) as JsonObject, 'key'),
    health: unasked,
    logger: createLogger(unasked),
  }).entries
}
