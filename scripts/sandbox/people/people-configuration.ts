/** What the provider is configured with for people: the code flow with PKCE, their claims, and what their roles allow. */
import { randomBytes } from 'node:crypto'
import {
  type Account,
  type ClientMetadata,
  type Configuration,
  type Grant,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { setPageHeaders } from './page-headers.ts'
import { Markup } from './page-text.ts'
import { createProviderStore } from './provider-store.ts'
import { scopesOf } from './role-scopes.ts'
import { findPerson } from './sample-people.ts'
import { PASSWORD_ACR, SECOND_FACTOR_ACR } from './second-factor.ts'
import { SIGN_IN_PATH, wantsSecondFactor } from './sign-in.ts'
import { renderMessagePage, renderSignOutPage } from './sign-in-page.ts'

/** The confidential client of the console (OpenID Connect Core 1.0, RFC 7636, RFC 8707). */
export interface ConsoleClient {
  readonly id: string
  readonly secret: string
  /** Where the console is served, such as `http://127.0.0.1:8470`. */
  readonly origin: string
}

export interface PeopleOptions {
  readonly console: ConsoleClient
  /** Of all sample people. */
  readonly password: string
}

/** Of a model; the oldest gives way. */
const MOST_KEPT = 1000
const DAY_AT_WORK_SECONDS = 12 * 3600
/** For a person to sign in, and for a service to have read what it was told then. */
const SIGNING_IN_SECONDS = 600
const CODE_SECONDS = 60

export function consoleMetadata({ id, secret, origin }: ConsoleClient): ClientMetadata {
  return {
    client_id: id,
    client_secret: secret,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${origin}/session/callback`],
    post_logout_redirect_uris: [`${origin}/console/`],
    require_auth_time: true,
  }
}

/** @param audiences the services that tokens are for, and the scopes that each knows */
export function configurePeople(
  { console: { origin, id } }: PeopleOptions,
  audiences: Readonly<Record<string, readonly string[]>>,
): Configuration {
  return {
    adapter: createProviderStore(MOST_KEPT),
    acrValues: [PASSWORD_ACR, SECOND_FACTOR_ACR],
    claims: { openid: ['sub', 'name', 'hefu_roles', 'hefu_region', 'acr', 'auth_time'] },
    conformIdTokenClaims: false,
    cookies: {
      keys: [randomBytes(32)],
      names: { session: 'hefu_id', interaction: 'hefu_id_sign_in', resume: 'hefu_id_resume' },
    },
    extraTokenClaims: signInClaims,
    findAccount: (_, sub) => accountOf(sub),
    interactions: {
      policy: createPolicy(),
      url: (_, { uid }) => SIGN_IN_PATH + uid,
    },
    issueRefreshToken: (_, client) => client.clientId === id,
    loadExistingGrant: (ctx) => grantByRole(ctx, audiences),
    pkce: { required: () => true },
    responseTypes: ['code'],
    renderError: (ctx, { error }) => {
      setPageHeaders(ctx, origin)
      ctx.type = 'html'
      ctx.body = renderMessagePage(
        { zh: '无法登录', en: 'Cannot sign in' },
        {
          zh: `登录请求有误（${error}），请返回原系统重新登录。`,
          en: `The request is wrong (${error}). Go back to where you came from, and sign in again.`,
        },
      )
    },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: SIGNING_IN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      IdToken: SIGNING_IN_SECONDS,
      Grant: DAY_AT_WORK_SECONDS,
      Interaction: SIGNING_IN_SECONDS,
      RefreshToken: DAY_AT_WORK_SECONDS,
      Session: DAY_AT_WORK_SECONDS,
    },
    features: {
      userinfo: { enabled: false },
      revocation: {
        enabled: true,
        // Whoever a token was given to.
        allowedPolicy: (_, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          setPageHeaders(ctx, origin)
          ctx.body = renderSignOutPage(new Markup(form))
        },
        postLogoutSuccessSource: (ctx) => {
          setPageHeaders(ctx, origin)
          ctx.body = renderMessagePage(
            { zh: '已退出登录', en: 'Signed out' },
            { zh: '已退出登录，可以关闭本页。', en: 'You are signed out, and may close this page.' },
          )
        },
      },
    },
  }
}

/** Who asks for a second factor gets it, or signs in again. */
function createPolicy(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check(
        'second_factor',
        'a second factor is required',
        'login_required',
        ({ oidc }) =>
          wantsSecondFactor(oidc.params?.['acr_values']) && oidc.session?.acr !== SECOND_FACTOR_ACR,
      ),
    )
  return policy
}

async function accountOf(sub: string): Promise<Account | undefined> {
  const person = findPerson(sub)
  if (person === undefined) return undefined
  const { id, name, role, region } = person
  return {
    accountId: id,
    claims: async () => ({ sub: id, name: name.zh, hefu_roles: [role], hefu_region: region }),
  }
}

/** How and when the person signed in, for services that ask for a second factor (RFC 9470 §6.2). */
function signInClaims(
  { oidc }: KoaContextWithOIDC,
  token: { readonly kind: string },
): Record<string, unknown> {
  const source =
    oidc.entities.RotatedRefreshToken ?? oidc.entities.RefreshToken ?? oidc.entities.AuthorizationCode
  if (token.kind !== 'AccessToken' || source === undefined) return {}
  return { acr: source.acr, auth_time: source.authTime }
}

/** Nobody is asked for consent: the console is the services' own. What is beyond the role is left out. */
async function grantByRole(
  { oidc }: KoaContextWithOIDC,
  audiences: Readonly<Record<string, readonly string[]>>,
): Promise<Grant | undefined> {
  const person = findPerson(oidc.session?.accountId ?? '')
  const clientId = oidc.client?.clientId
  if (person === undefined || clientId === undefined) return undefined
  const earlier = oidc.session?.grantIdFor(clientId)
  const found = earlier === undefined ? undefined : await oidc.provider.Grant.find(earlier)
  const grant = found ?? new oidc.provider.Grant({ accountId: person.id, clientId })
  grant.addOIDCScope('openid')
  const allowed = scopesOf(person.role)
  for (const [audience, scopes] of Object.entries(audiences)) {
    grant.addResourceScope(audience, scopes.filter((scope) => allowed.includes(scope)).join(' '))
    grant.rejectResourceScope(audience, scopes.filter((scope) => !allowed.includes(scope)).join(' '))
  }
  await grant.save()
  return grant
}
