/** An issuer of one token that lasts as long as any run: what it costs to check is that of every issuer's. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface BenchIssuer {
  readonly url: string
  readonly token: string
  close(): Promise<void>
}

/** `now`: Unix seconds, of the service that reads the token. */
export async function startBenchIssuer(
  audience: string,
  clientId: string,
  now: number,
): Promise<BenchIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'bench', use: 'sig' }
  const server = createServer(({ url: path }, res) => {
    res.end(JSON.stringify(path === '/keys' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/keys` }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const claims = { client_id: clientId, scope: 'verify', jti: 'bench' }
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'bench', typ: 'at+jwt' })
    .setIssuer(url)
    .setAudience(audience)
    .setSubject(clientId)
    .setIssuedAt(now)
    .setExpirationTime(now + 3_600)
    .sign(privateKey)
  return {
    url,
    token,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
