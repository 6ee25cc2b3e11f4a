/**
 * The identity provider of the sandbox: OAuth 2 tokens for systems, by their own credentials (RFC 6749 §4.4, RFC 9068),
 * and, where there is a console, for the people who sign in at it (OpenID Connect).
 */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { type Adapter, errors, Provider, type ResourceServer } from 'oidc-provider'
import { configurePeople, consoleMetadata, type PeopleOptions } from './people/people-configuration.ts'
import { createSignIn, SIGN_IN_PATH } from './people/sign-in.ts'

export interface SystemClient {
  readonly id: string
  readonly secret: string
}

export interface IdentityProviderOptions {
  /** 0: any free port. */
  readonly port: number
  readonly clients: readonly SystemClient[]
  /** The services that tokens are issued for, and the scopes that each knows. */
  readonly audiences: Readonly<Record<string, readonly string[]>>
  /** The sample people, and the console at which they sign in. Default: systems alone. */
  readonly people?: PeopleOptions
}

export interface IdentityProvider {
  /** The issuer of its tokens. */
  readonly url: string
  readonly stop: () => Promise<void>
}

const TOKEN_SECONDS = 600

/** Starts a provider with a new signing key: tokens of an earlier start count no more. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const server = createServer()
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = createProvider(url, options, await createSigningKey())
  server.on('request', createListener(provider, options.people))
  return {
    url,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** What it answers with: its own routes and, for people, the pages on which they sign in. */
function createListener(provider: Provider, people: PeopleOptions | undefined): RequestListener {
  const answer = provider.callback()
  if (people === undefined) return (req, res) => void answer(req, res)
  const { password, console } = people
  const signIn = createSignIn(provider, { password, consoleOrigin: console.origin }).callback()
  return (req, res) => void (req.url?.startsWith(SIGN_IN_PATH) ? signIn : answer)(req, res)
}

async function createSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }
}

function createProvider(issuer: string, options: IdentityProviderOptions, key: JWK): Provider {
  const { clients, audiences, people } = options
  const own = people === undefined ? { adapter: createForgetfulAdapter } : configurePeople(people, audiences)
  return new Provider(issuer, {
    ...own,
    jwks: { keys: [key] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    clients: [
      ...clients.map(({ id, secret }) => ({
        client_id: id,
        client_secret: secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      })),
      ...(people === undefined ? [] : [consoleMetadata(people.console)]),
    ],
    ttl: { ...own.ttl, ClientCredentials: TOKEN_SECONDS },
    // Those of the services are the services’ alone: as the provider’s own each would ask for consent.
    scopes: people === undefined ? [] : ['openid'],
    features: {
      ...own.features,
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // Of several that were granted, one alone is a token for.
        defaultResource: (_ctx, _client, oneOf) => oneOf?.[0] ?? Object.keys(audiences),
        useGrantedResource: () => true,
        getResourceServerInfo: (_, audience) => describeAudience(audience, audiences[audience]),
      },
    },
  })
}

function describeAudience(audience: string, scopes: readonly string[] | undefined): ResourceServer {
  if (scopes === undefined) throw new errors.InvalidTarget('no such service')
  return {
    scope: scopes.join(' '),
    audience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: TOKEN_SECONDS,
    jwt: { sign: { alg: 'ES256' } },
  }
}

/** Tokens of systems speak for themselves: nothing of them is kept. */
function createForgetfulAdapter(): Adapter {
  const nothing = async (): Promise<undefined> => undefined
  return {
    upsert: nothing,
    find: nothing,
    findByUserCode: nothing,
    findByUid: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  }
}

/** A token for a service, as any client asks for it. */
export async function requestToken(
  issuer: string,
  { id, secret }: SystemClient,
  audience: string,
  scope: string,
): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience, scope }),
  })
  const { access_token: token, error } = (await response.json()) as Readonly<Record<string, string>>
  if (token === undefined) throw new Error(`request a token of ${issuer}: ${error}`)
  return token
}
