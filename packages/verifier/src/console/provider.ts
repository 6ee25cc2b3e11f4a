/** The identity provider, as its confidential client asks it (OpenID Connect Core §3.1, RFC 7636, RFC 8707). */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
  refreshTokenGrant,
  type ServerMetadata,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
  tokenRevocation,
} from 'openid-client'
import { explainProvider } from './provider-error.ts'
import { fetchFromProvider } from './provider-fetch.ts'

export interface ProviderClient {
  readonly issuer: string
  /** How tokens name this service. */
  readonly audience: string
  readonly clientId: string
  /** A secret. */
  readonly secret: string
  /** Of the console, whose pages the provider leads back to. */
  readonly origin: string
}

/** What a sign-in is bound to: all drawn at random. */
export interface SignInChecks {
  readonly state: string
  readonly nonce: string
  /** Of PKCE. A secret until the provider is asked for the tokens. */
  readonly verifier: string
}

/** How a person has to sign in. Absent members: as the provider sees fit. */
export interface SignInDemands {
  /** Anew, whatever session the provider has of them. */
  readonly fresh: boolean
  readonly secondFactor: { readonly acr: string; readonly maxAgeSeconds: number } | null
}

export interface ProviderTokens {
  readonly access: string
  readonly refresh: string | null
  /** Of the ID token, whose signature, issuer, audience and nonce are right; `null`: with a renewal there came none. */
  readonly said: IDToken | null
}

/** All throw a {@link ProblemError} with a code of a sign-in. */
export interface Provider {
  /** Where the browser is led. */
  signInAt(checks: SignInChecks, demands: SignInDemands): Promise<string>
  /** @param query of the address to which the browser came back; sent by whoever likes */
  complete(query: string, checks: SignInChecks): Promise<ProviderTokens>
  renew(refresh: string): Promise<ProviderTokens>
  /** Where the provider is told of such things. */
  revoke(refresh: string): Promise<void>
  /** Where the browser signs out at the provider, too; `null`: nowhere. */
  leaveAt(): Promise<string | null>
}

const SCOPES = ['openid', 'verify', 'reports', 'retrieve', 'unmask', 'ledger:read']
const TIMEOUT_SECONDS = 4
/** As long as a person may take, who may be asked for more than a password. */
const FRESH_WITHIN_SECONDS = 600

/** `clock`: Unix seconds; `onFault` hears why the provider could not be asked, or what it does not know of this client. */
export function createProvider(
  client: ProviderClient,
  clock: () => number,
  onFault: (fault: unknown) => void,
): Provider {
  const configured = keepFresh(() => discoverProvider(client), clock)
  const { audience: resource, origin } = client
  const ask = async <T>(work: (config: Configuration) => Promise<T> | T): Promise<T> => {
    try {
      return await work(await configured())
    } catch (error) {
      const { problem, isFault } = explainProvider(error)
      if (isFault) onFault(error)
      throw problem
    }
  }
  return {
    signInAt: (checks, demands) =>
      ask(async (config) => {
        const challenge = await calculatePKCECodeChallenge(checks.verifier)
        return buildAuthorizationUrl(config, {
          redirect_uri: callbackOf(origin),
          state: checks.state,
          nonce: checks.nonce,
          code_challenge: challenge,
          code_challenge_method: 'S256',
          resource,
          ...demanded(config.serverMetadata(), demands),
        }).href
      }),
    complete: (query, { state, nonce, verifier }) =>
      ask(async (config) => {
        const address = new URL(`${callbackOf(origin)}?${query}`)
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        }
        return tokensOf(await authorizationCodeGrant(config, address, checks, { resource }))
      }),
    renew: (refresh) =>
      ask(async (config) => tokensOf(await refreshTokenGrant(config, refresh, { resource }), refresh)),
    revoke: (refresh) =>
      ask(async (config) => {
        if (config.serverMetadata().revocation_endpoint !== undefined) await tokenRevocation(config, refresh)
      }),
    leaveAt: () =>
      ask((config) =>
        config.serverMetadata().end_session_endpoint === undefined
          ? null
          : // Without the ID token as a hint: it names the person, and addresses are kept by everything on the way.
            buildEndSessionUrl(config, { post_logout_redirect_uri: `${origin}/console/` }).href,
      ),
  }
}

export function callbackOf(origin: string): string {
  return `${origin}/session/callback`
}

/**
 * What the provider says of itself. Whatever is told a secret stands where the issuer does, as its keys do.
 *
 * @throws {Error} where it does not answer, or people cannot sign in there
 */
export async function discoverProvider({ issuer, clientId, secret }: ProviderClient): Promise<Configuration> {
  const config = await discovery(new URL(issuer), clientId, undefined, authenticateBy(secret), {
    timeout: TIMEOUT_SECONDS,
    [customFetch]: fetchFromProvider,
    // The signature of the ID token is checked, and not only the way by which it came.
    execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
  })
  const { origin } = new URL(issuer)
  const { authorization_endpoint, token_endpoint, jwks_uri, revocation_endpoint, end_session_endpoint } =
    config.serverMetadata()
  for (const endpoint of [authorization_endpoint ?? '', token_endpoint ?? '', jwks_uri ?? ''])
    assertAt(origin, endpoint)
  for (const endpoint of [revocation_endpoint, end_session_endpoint])
    if (endpoint !== undefined) assertAt(origin, endpoint)
  return config
}

function assertAt(origin: string, endpoint: string): void {
  if (URL.canParse(endpoint) && new URL(endpoint).origin === origin) return
  throw new TypeError('describe the provider: it is not told, or not at its own origin, where people sign in')
}

/** In the header unless the provider takes it in the body alone (OpenID Connect Discovery §3: that is the default). */
function authenticateBy(secret: string): ClientAuth {
  const [inHeader, inBody] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (methods.includes('client_secret_basic') ? inHeader : inBody)(server, ...request)
  }
}

/** What is asked for beside the checks: a refresh token needs consent (OpenID Connect Core §11). */
function demanded(
  { scopes_supported: known = [] }: ServerMetadata,
  { fresh, secondFactor }: SignInDemands,
): Record<string, string> {
  const offline = known.includes('offline_access') ? ['offline_access'] : []
  const named = known.includes('profile') ? ['profile'] : []
  const prompts = [...(fresh ? ['login'] : []), ...(offline.length > 0 ? ['consent'] : [])]
  // That it was anew is seen by when it was (`auth_time`), which a provider has to say where an age is asked for.
  const maxAge = Math.min(fresh ? FRESH_WITHIN_SECONDS : Infinity, secondFactor?.maxAgeSeconds ?? Infinity)
  return {
    scope: [...SCOPES, ...named, ...offline].join(' '),
    ...(prompts.length > 0 ? { prompt: prompts.join(' ') } : {}),
    ...(secondFactor === null ? {} : { acr_values: secondFactor.acr }),
    ...(maxAge === Infinity ? {} : { max_age: String(maxAge) }),
  }
}

type Answer = TokenEndpointResponse & TokenEndpointResponseHelpers

/** @param former a refresh token that counts on where no other comes */
function tokensOf(answer: Answer, former: string | null = null): ProviderTokens {
  return {
    access: answer.access_token,
    refresh: answer.refresh_token ?? former,
    said: answer.claims() ?? null,
  }
}

const FRESH_SECONDS = 600
const USABLE_SECONDS = 3_600

/** A value that is asked for anew every ten minutes, one question at a time; while there is no answer, the one of the last hour. */
function keepFresh<T>(ask: () => Promise<T>, clock: () => number): () => Promise<T> {
  let held: { readonly value: T; readonly at: number } | undefined
  let underWay: Promise<T> | undefined
  const renew = (): Promise<T> =>
    (underWay ??= ask()
      .then((value) => {
        held = { value, at: clock() }
        return value
      })
      .finally(() => {
        underWay = undefined
      }))
  return async () => {
    const age = held === undefined ? Number.POSITIVE_INFINITY : clock() - held.at
    if (held !== undefined && age < FRESH_SECONDS) return held.value
    const { value } = held ?? {}
    return renew().catch((error: unknown) => {
      if (value !== undefined && age < USABLE_SECONDS) return value
      throw error
    })
  }
}
