/** What `@sd-jwt/sd-jwt-vc` needs to verify a licence: the keys, types and statuses that a verifier service publishes. */
import { createHash } from 'node:crypto'
import { compactVerify, createLocalJWKSet, decodeJwt, type JSONWebKeySet } from 'jose'

/** @param service address of a verifier service that you trust as you would trust the ledger: it vouches for all three */
export function createResolver(service: string) {
  const get = async <Answer>(path: string): Promise<Answer> => {
    const answer = await fetch(new URL(path, service))
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return (await answer.json()) as Answer
  }
  const verify = async (path: string, signed: string): Promise<boolean> => {
    const keys = createLocalJWKSet(await get<JSONWebKeySet>(path))
    return compactVerify(signed, keys).then(
      () => true,
      () => false,
    )
  }
  const lastPart = (urn: unknown): string => encodeURIComponent(String(urn).split(':').at(-1) ?? '')
  return {
    hasher: (data: string | ArrayBuffer, algorithm: string): Uint8Array => {
      if (algorithm !== 'sha-256') throw new Error(`hash with ${algorithm}`)
      return createHash('sha256')
        .update(typeof data === 'string' ? data : new Uint8Array(data))
        .digest()
    },
    verifier: async (data: string, signature: string): Promise<boolean> =>
      verify(`/v1/issuer-keys/${lastPart(decodeJwt(`${data}.${signature}`).iss)}`, `${data}.${signature}`),
    statusVerifier: async (data: string, signature: string): Promise<boolean> =>
      verify('/.well-known/jwks.json', `${data}.${signature}`),
    statusListFetcher: async (uri: string): Promise<string> =>
      (await get<{ statusList: string }>(`/v1/status-lists/${lastPart(uri)}`)).statusList,
    vctFetcher: async (vct: string) => get<{ vct: string }>(`/v1/type-metadata/${lastPart(vct)}`),
  }
}
