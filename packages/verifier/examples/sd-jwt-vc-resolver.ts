/** What `@sd-jwt/sd-jwt-vc` (0.19) needs to verify a licence: the keys, types and statuses that a verifier service publishes. */
import { createHash } from 'node:crypto'
import { compactVerify, createLocalJWKSet, decodeJwt, type JWK } from 'jose'

interface LicenceClaims {
  readonly _sd?: readonly string[]
  readonly status?: { readonly status_list?: { readonly uri?: string } }
}
type Key = JWK & { readonly nbf?: number; readonly exp?: number }

/**
 * @param service address of a verifier service that you trust as you would trust the ledger: it vouches for all three
 * @param accessToken gives one with the scope `ledger:read`, for statuses
 */
export function createResolver(service: string, accessToken: () => string | Promise<string>) {
  const get = async <Answer>(path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const bounds = { redirect: 'error', signal: AbortSignal.timeout(10_000) } as const
    const answer = await fetch(new URL(path, service), { headers, ...bounds })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return (await answer.json()) as Answer
  }
  /** By a key that is in its term now: what an ended one signed, and when, only the ledger knows. */
  const verify = async (path: string, signed: string): Promise<boolean> => {
    const { keys } = await get<{ keys: readonly Key[] }>(path)
    const now = Date.now() / 1_000
    const inForce = keys.filter(({ nbf = 0, exp = Number.POSITIVE_INFINITY }) => nbf <= now && now < exp)
    return compactVerify(signed, createLocalJWKSet({ keys: inForce })).then(
      () => true,
      () => false,
    )
  }
  /** The code of an agency or a licence type at the end of a name. */
  const codeIn = (urn: unknown): string => {
    const [code] = /[0-9A-Z]{18,21}$/.exec(String(urn)) ?? []
    if (code === undefined) throw new Error('none of the names of this profile')
    return code
  }
  /** Of several ledgers the one that the issuer chose for a licence's status. */
  const ledgerIn = (uri: unknown): string => {
    const [, chainId, address] = /^urn:hefu:status:eip155:(\d+):(0x[0-9a-f]{40}):/.exec(String(uri)) ?? []
    if (address === undefined) throw new Error('none of the names of this profile')
    return `?ledger=${chainId}/${address}`
  }
  return {
    hasher: (data: string | ArrayBuffer, algorithm: string): Uint8Array => {
      if (algorithm !== 'sha-256') throw new Error(`hash with ${algorithm}`)
      return createHash('sha256')
        .update(typeof data === 'string' ? data : new Uint8Array(data))
        .digest()
    },
    verifier: async (data: string, signature: string): Promise<boolean> => {
      const { iss, status } = decodeJwt<LicenceClaims>(`${data}.${signature}`)
      const path = `/v1/issuer-keys/${codeIn(iss)}${ledgerIn(status?.status_list?.uri)}`
      return verify(path, `${data}.${signature}`)
    },
    statusVerifier: async (data: string, signature: string): Promise<boolean> =>
      verify('/.well-known/jwks.json', `${data}.${signature}`),
    statusListFetcher: async (uri: string): Promise<string> => {
      const headers = { Authorization: `Bearer ${await accessToken()}` }
      const path = `/v1/status-lists/${codeIn(uri)}${ledgerIn(uri)}`
      return (await get<{ statusList: string }>(path, headers)).statusList
    },
    vctFetcher: async (vct: string) => get<{ vct: string }>(`/v1/type-metadata/${codeIn(vct)}`),
  }
}

/**
 * Refuses a credential with a disclosure that its issuer did not sign, or one that is there twice (RFC 9901 §7.1). The
 * library passes over these: what was altered or added is not in its `payload`, and the credential verifies all the same.
 *
 * @throws {Error}
 */
export function assertDisclosuresSigned(credential: string): void {
  const [signed = '', ...parts] = credential.split('~')
  const { _sd: digests = [] } = decodeJwt<LicenceClaims>(signed)
  // The last is the key binding, or empty.
  const shown = parts.slice(0, -1).map((part) => createHash('sha256').update(part).digest('base64url'))
  if (new Set(shown).size < shown.length) throw new Error('a disclosure is there twice')
  if (!shown.every((digest) => digests.includes(digest))) throw new Error('a disclosure was not signed')
}
