/** The services of a verifier that is never asked anything: for who only lists its routes. */
import { generateKeyPairSync } from 'node:crypto'
import { type JsonObject, parsePublicJwk } from '@hefu/protocol'
import { createGuardUnsafe, createLogger } from '@hefu/service'
import { ANYBODY, type AppServices } from '@hefu/verifier'

function unasked(): never {
  throw new Error('describe the verifier: a route was asked')
}

export function createUnaskedServices(): AppServices {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const verifierKey = parsePublicJwk(publicKey.export({ format: 'jwk' }) as JsonObject, 'key')
  return {
    console: {
      files: null,
      settings: { network: null, verifierKey, idleSeconds: 1, sample: false },
      desk: {
        session: unasked,
        signIn: unasked,
        callback: unasked,
        touch: unasked,
        lock: unasked,
        signOut: unasked,
      },
    },
    guard: createGuardUnsafe(ANYBODY),
    verifier: { verify: unasked },
    explain: unasked,
    attest: unasked,
    clock: unasked,
    load: { turnAway: unasked, gate: unasked },
    verifierKey,
    signStatusList: unasked,
    health: unasked,
    addressOf: unasked,
    comparisons: { begin: unasked },
    licenceTypes: [],
    secondFactor: { acr: 'none', maxAgeSeconds: 1 },
    records: {
      evidence: { add: unasked, addTogether: unasked },
      nextNumber: unasked,
      reports: { findOwn: unasked, findMany: unasked, findByCode: unasked },
      keys: { list: unasked, listAnew: unasked },
      replays: { begin: unasked },
      assertReachable: unasked,
      isKeyInForce: unasked,
    },
    onFault: unasked,
    logger: createLogger(unasked),
  }
}
