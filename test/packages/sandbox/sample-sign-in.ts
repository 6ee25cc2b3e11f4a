/** A provider with the sample people, and a console that is a real relying party (openid-client). */
import { decodeJwt } from 'jose'
import * as oidc from 'openid-client'
import { type IdentityProvider, startIdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { type CookieJar, createCookieJar, leadsTo } from '../../fixtures/cookie-jar.ts'

export const AUDIENCE = 'urn:hefu:verifier'
export const PASSWORD = 'abcd-efgh-jkmn'
export const SECOND_FACTOR = 'urn:hefu:acr:second-factor'
const CONSOLE = { id: 'guangdong-console', secret: 'c'.repeat(32), origin: 'http://127.0.0.1:8729' }
export const CALLBACK = `${CONSOLE.origin}/session/callback`
export const ALL_SCOPES = 'openid verify reports retrieve unmask ledger:read deposit'

export const startPeopleProvider = (): Promise<IdentityProvider> =>
  startIdentityProvider({
    port: 0,
    clients: [{ id: 'system', secret: 's'.repeat(32) }],
    audiences: { [AUDIENCE]: ['verify', 'reports', 'unmask', 'ledger:read', 'deposit', 'retrieve'] },
    people: { console: CONSOLE, password: PASSWORD },
  })

export const discover = (issuer: string): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(issuer), CONSOLE.id, CONSOLE.secret, undefined, {
    execute: [oidc.allowInsecureRequests],
  })

/** One sign-in, as far as the page that asks something. */
export interface Begun {
  readonly jar: CookieJar
  readonly verifier: string
  readonly state: string
  readonly nonce: string
  /** The page, or the redirection to the console. */
  readonly page: Response
}

export async function begin(
  client: oidc.Configuration,
  asked: Readonly<Record<string, string>> = {},
  jar: CookieJar = createCookieJar(),
): Promise<Begun> {
  const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()]
  const url = oidc.buildAuthorizationUrl(client, {
    redirect_uri: CALLBACK,
    scope: ALL_SCOPES,
    resource: AUDIENCE,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...asked,
  })
  return { jar, verifier, state, nonce, page: await jar.follow(await jar.fetch(url), url.origin) }
}

/** Answers the page that asks who it is. */
export const givePassword = (begun: Begun, person: string, password = PASSWORD): Promise<Response> =>
  give(begun, { person, password })

/** Answers a page, and follows to the next one or to the console. */
export async function give(
  { jar, page }: Pick<Begun, 'jar' | 'page'>,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  return jar.follow(await jar.post(page.url, fields), new URL(page.url).origin)
}

/** The tokens for a redirection to the console. */
export const redeem = (
  client: oidc.Configuration,
  { verifier, state, nonce }: Pick<Begun, 'verifier' | 'state' | 'nonce'>,
  response: Response,
) => {
  const arrived = leadsTo(response)
  if (arrived === null) throw new Error(`no redirection, status ${response.status}`)
  return oidc.authorizationCodeGrant(client, arrived, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  })
}

/** A whole sign-in by password. */
export async function signIn(
  client: oidc.Configuration,
  person: string,
  asked = {},
  jar = createCookieJar(),
) {
  const begun = await begin(client, asked, jar)
  const tokens = await redeem(client, begun, await givePassword(begun, person))
  return { begun, tokens, claims: decodeJwt(tokens.access_token), person: tokens.claims() }
}

/** The code that the sample's page shows. */
export function codeIn(html: string): string {
  const [, code] = /<strong class="code">(\d{6})<\/strong>/.exec(html) ?? []
  if (code === undefined) throw new Error('no code is shown')
  return code
}
