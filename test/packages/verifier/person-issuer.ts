/** An issuer of tokens for persons, on loopback: it publishes its key, and says how and when they signed in. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readClock } from '@hefu/service'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { AUDIENCE } from './guarded-service.ts'

export interface PersonIssuer {
  readonly url: string
  readonly tokenOf: (claims: object) => Promise<string>
  readonly stop: () => void
}

export async function startPersonIssuer(): Promise<PersonIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'own', alg: 'ES256', use: 'sig' }] }
  const server = createServer((req, res) => {
    res.setHeader('Content-Type', 'application/json')
    const about = { issuer: url, jwks_uri: `${url}/jwks` }
    res.end(JSON.stringify(req.url === '/jwks' ? keys : about))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    tokenOf: (claims) =>
      new SignJWT({ client_id: 'counter', scope: 'verify unmask reports', ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'own' })
        .setIssuer(url)
        .setAudience(AUDIENCE)
        .setJti(crypto.randomUUID())
        .setIssuedAt(readClock())
        .setExpirationTime('5m')
        .sign(privateKey),
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
