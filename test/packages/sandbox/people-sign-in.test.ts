/** People sign in at the sandbox's provider: a real relying party, real HTTP. */
import { expect } from 'chai'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { after, before, describe, it } from 'mocha'
import * as oidc from 'openid-client'
import { type IdentityProvider, requestToken } from '../../../scripts/sandbox/identity-provider.ts'
import { SAMPLE_PEOPLE } from '../../../scripts/sandbox/people/sample-people.ts'
import { createCookieJar, leadsTo } from '../../fixtures/cookie-jar.ts'
import {
  AUDIENCE,
  begin,
  CALLBACK,
  codeIn,
  discover,
  give,
  givePassword,
  PASSWORD,
  redeem,
  SECOND_FACTOR,
  signIn,
  startPeopleProvider,
} from '../../fixtures/sample-sign-in.ts'

describe('signing in as one of the sample people', () => {
  let provider: IdentityProvider
  let client: oidc.Configuration
  before(async () => {
    provider = await startPeopleProvider()
    client = await discover(provider.url)
  })
  after(() => provider.stop())

  const refusalOf = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work
    } catch (error) {
      const { error: said, code, message } = error as { error?: string; code?: string; message: string }
      return said ?? code ?? message
    }
    return 'taken'
  }

  describe('authorization code flow with PKCE', () => {
    it('gives an access token (RFC 9068) for the service, of the person, with how and when they signed in', async () => {
      const { tokens, claims, person } = await signIn(client, 'sample-clerk')
      expect(decodeProtectedHeader(tokens.access_token).typ).to.equal('at+jwt')
      expect(claims).to.include({ iss: provider.url, aud: AUDIENCE, sub: 'sample-clerk' })
      expect(claims).to.include({ client_id: 'guangdong-console', acr: 'urn:hefu:acr:password' })
      expect(claims['auth_time']).to.be.closeTo(Date.now() / 1000, 60)
      expect(person).to.deep.include({ name: '李样例', hefu_roles: ['clerk'], hefu_region: '440000' })
      for (const name of ['acr', 'auth_time']) expect(person?.[name], name).to.equal(claims[name])
    })

    it('gives every role what it may, and nothing beyond, however much is asked for', async () => {
      const counter = 'verify reports retrieve unmask ledger:read'
      const expected: Readonly<Record<string, string>> = {
        clerk: counter,
        reviewer: counter,
        supervisor: 'reports ledger:read',
        auditor: 'reports ledger:read',
        'audit-admin': 'reports ledger:read',
      }
      for (const { id, role, region } of SAMPLE_PEOPLE) {
        const { claims, person } = await signIn(client, id)
        const granted = String(claims['scope']).split(' ')
        expect(granted, role).to.have.members((expected[role] ?? 'ledger:read').split(' '))
        expect(person?.['hefu_roles'], role).to.deep.equal([role])
        expect(person?.['hefu_region'], role).to.equal(region)
      }
      const { claims } = await signIn(client, 'sample-clerk', { scope: 'openid reports' })
      expect(claims['scope'], 'no more than was asked for').to.equal('reports')
    })

    it('signs who is signed in already in again without asking, and asks with prompt=login', async () => {
      const { begun } = await signIn(client, 'sample-clerk')
      const again = await begin(client, {}, begun.jar)
      expect((await redeem(client, again, again.page)).claims()?.sub).to.equal('sample-clerk')
      const asked = await begin(client, { prompt: 'login' }, begun.jar)
      expect(await asked.page.text()).to.include('name="password"')
      const late = await begin(client, { prompt: 'none' })
      expect(leadsTo(late.page)?.searchParams.get('error')).to.equal('login_required')
    })

    it('lets another person take the seat, and nothing of the one before stays', async () => {
      const first = await signIn(client, 'sample-clerk')
      const begun = await begin(client, { prompt: 'login' }, first.begun.jar)
      const page = await givePassword(begun, 'sample-auditor')
      const form = await page.text()
      const action = /action="([^"]+)"/.exec(form)?.[1] ?? ''
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
      const left = await begun.jar.post(action, { xsrf, logout: 'yes' })
      const tokens = await redeem(client, begun, await begun.jar.follow(left, provider.url))
      expect(tokens.claims()).to.include({ sub: 'sample-auditor', name: '刘样例' })
      expect(await refusalOf(oidc.refreshTokenGrant(client, first.tokens.refresh_token ?? ''))).to.equal(
        'invalid_grant',
      )
    })

    it('renews by a refresh token that is another each time; one that was used ends them all', async () => {
      const { tokens, claims } = await signIn(client, 'sample-clerk')
      const used = tokens.refresh_token ?? ''
      const renewed = await oidc.refreshTokenGrant(client, used)
      expect(renewed.refresh_token).to.be.a('string').and.not.equal(used)
      const now = decodeJwt(renewed.access_token)
      for (const name of ['sub', 'acr', 'auth_time', 'scope', 'aud'])
        expect(now[name], name).to.equal(claims[name])
      expect(await refusalOf(oidc.refreshTokenGrant(client, used))).to.equal('invalid_grant')
      expect(await refusalOf(oidc.refreshTokenGrant(client, renewed.refresh_token ?? ''))).to.equal(
        'invalid_grant',
      )
    })

    it('ends by end_session and by revocation', async () => {
      const { begun, tokens } = await signIn(client, 'sample-clerk')
      await oidc.tokenRevocation(client, tokens.refresh_token ?? '')
      expect(await refusalOf(oidc.refreshTokenGrant(client, tokens.refresh_token ?? ''))).to.equal(
        'invalid_grant',
      )
      const end = oidc.buildEndSessionUrl(client, {
        id_token_hint: tokens.id_token ?? '',
        post_logout_redirect_uri: `${new URL(CALLBACK).origin}/console/`,
      })
      const page = await begun.jar.fetch(end)
      const form = await page.text()
      expect(form).to.include('是否退出登录')
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
      const left = await begun.jar.post(`${provider.url}/session/end/confirm`, { xsrf, logout: 'yes' })
      expect(leadsTo(left)?.href).to.equal(`${new URL(CALLBACK).origin}/console/`)
      const asked = await begin(client, {}, begun.jar)
      expect(await asked.page.text(), 'asked again').to.include('name="password"')
    })
  })

  describe('what is refused', () => {
    it('a wrong password, nobody, and a person who is none, in the same words', async () => {
      for (const [person, password] of [
        ['sample-reviewer', 'wrong'],
        ['sample-reviewer', ''],
        ['nobody', PASSWORD],
        ['', PASSWORD],
      ] as const) {
        const begun = await begin(client)
        const page = await givePassword(begun, person, password)
        expect(page.status, person).to.equal(403)
        expect(await page.text(), person)
          .to.include('人员或口令不正确')
          .and.not.include('wrong"')
      }
    })

    it('another state, another nonce, another verifier of PKCE, and a code a second time', async () => {
      const begun = await begin(client)
      const arrived = await givePassword(begun, 'sample-clerk')
      for (const other of [
        { state: 'other' },
        { nonce: 'other' },
        { verifier: oidc.randomPKCECodeVerifier() },
      ]) {
        const once = await begin(client, {}, begun.jar)
        const refused = await refusalOf(redeem(client, { ...once, ...other }, once.page))
        expect(refused, JSON.stringify(Object.keys(other))).to.match(/OAUTH_|invalid_grant/)
      }
      await redeem(client, begun, arrived)
      expect(await refusalOf(redeem(client, begun, arrived))).to.equal('invalid_grant')
    })

    it('a request without PKCE, or with the plain method', async () => {
      for (const wrong of [{ code_challenge_method: 'plain' }, { code_challenge: '' }]) {
        const { page } = await begin(client, wrong)
        expect(leadsTo(page)?.searchParams.get('error'), JSON.stringify(wrong)).to.equal('invalid_request')
      }
    })

    it('another redirect URI, on a page of its own and by no redirection', async () => {
      for (const redirect of [
        `${CALLBACK}/`,
        'http://127.0.0.1:9/session/callback',
        'https://evil.example/',
      ]) {
        const { page } = await begin(client, { redirect_uri: redirect })
        expect([page.status, leadsTo(page)], redirect).to.deep.equal([400, null])
        expect(await page.text())
          .to.include('无法登录')
          .and.not.include('evil')
      }
    })

    it('another service, and a client of systems that would sign people in', async () => {
      const { page } = await begin(client, { resource: 'urn:hefu:issuer' })
      const begun = { ...(await begin(client, {})), page }
      const refused =
        leadsTo(page)?.searchParams.get('error') ?? (await refusalOf(redeem(client, begun, page)))
      expect(refused).to.equal('invalid_target')
      const other = await begin(client, { client_id: 'system' })
      expect(other.page.status).to.equal(400)
    })

    it('a form that another page posts, another browser, another address, more than a form', async () => {
      const begun = await begin(client)
      const { jar, page } = begun
      const fields = { person: 'sample-clerk', password: PASSWORD }
      const refused = [
        await jar.post(page.url, fields, { 'Sec-Fetch-Site': 'same-site' }),
        await jar.post(page.url, fields, { Origin: 'http://127.0.0.1:9' }),
        await jar.post(page.url, fields, { Origin: 'null' }),
        await jar.post(page.url, fields, { 'Content-Type': 'text/plain' }),
        await jar.post(page.url, { ...fields, more: 'x'.repeat(5000) }),
        await jar.post(`${page.url}x`, fields),
        await createCookieJar().post(page.url, fields),
      ]
      expect(refused.map(({ status }) => status)).to.deep.equal(refused.map(() => 400))
      expect((await jar.fetch(page.url, { method: 'PUT' })).status).to.equal(405)
      expect(leadsTo(await give(begun, fields))?.origin, 'the same form, by its page').to.equal(
        new URL(CALLBACK).origin,
      )
    })

    it('a sign-in that is done already', async () => {
      const begun = await begin(client)
      await givePassword(begun, 'sample-clerk')
      const again = await begun.jar.post(begun.page.url, { person: 'sample-clerk', password: PASSWORD })
      expect(again.status).to.equal(400)
      expect(await again.text()).to.include('登录已过期')
    })
  })

  describe('the second factor (RFC 6238, RFC 9470)', () => {
    const STEP_UP = { acr_values: SECOND_FACTOR }

    it('is asked for when the request names it, and the token says so; a password alone says that', async () => {
      const first = await signIn(client, 'sample-supervisor')
      const begun = await begin(client, { ...STEP_UP, max_age: '300' }, first.begun.jar)
      const html = await begun.page.text()
      expect(html).to.include('张样例').and.include('示例：当前动态口令').and.not.include('name="password"')
      const tokens = await redeem(client, begun, await give(begun, { code: codeIn(html) }))
      expect(decodeJwt(tokens.access_token)).to.include({ acr: SECOND_FACTOR, sub: 'sample-supervisor' })
      const fresh = await begin(client, { prompt: 'login' }, first.begun.jar)
      const plain = await redeem(client, fresh, await givePassword(fresh, 'sample-supervisor'))
      expect(decodeJwt(plain.access_token)['acr'], 'signed in anew by password alone').to.equal(
        'urn:hefu:acr:password',
      )
    })

    it('is asked for after the password, of who is not signed in', async () => {
      const begun = await begin(client, STEP_UP)
      const page = await givePassword(begun, 'sample-maker')
      const tokens = await redeem(
        client,
        begun,
        await give({ ...begun, page }, { code: codeIn(await page.text()) }),
      )
      expect(tokens.claims()).to.include({ acr: SECOND_FACTOR, sub: 'sample-maker' })
    })

    it('is asked for again once max_age has passed, and not before', async () => {
      const begun = await begin(client, STEP_UP)
      const page = await givePassword(begun, 'sample-checker')
      await redeem(client, begun, await give({ ...begun, page }, { code: codeIn(await page.text()) }))
      const soon = await begin(client, { ...STEP_UP, max_age: '300' }, begun.jar)
      expect(leadsTo(soon.page)?.searchParams.get('code'), 'not asked').to.be.a('string')
      const over = await begin(client, { ...STEP_UP, max_age: '0' }, begun.jar)
      const next = await givePassword(over, 'sample-checker')
      const tokens = await redeem(
        client,
        over,
        await give({ ...over, page: next }, { code: codeIn(await next.text()) }),
      )
      expect(tokens.claims()?.['auth_time']).to.be.closeTo(Date.now() / 1000, 60)
    })

    it('takes a code once: not in the same sign-in again, nor in another', async () => {
      const { begun } = await signIn(client, 'sample-publisher')
      const first = await begin(client, STEP_UP, begun.jar)
      const code = codeIn(await first.page.text())
      await redeem(client, first, await give(first, { code }))
      const again = await begin(client, { ...STEP_UP, prompt: 'login' }, begun.jar)
      const second = { ...again, page: await givePassword(again, 'sample-publisher') }
      const refused = await give(second, { code })
      expect(refused.status).to.equal(403)
      const html = await refused.text()
      expect(html).to.include('已用过').and.not.include(`>${code}<`)
      for (const wrong of ['000000', '', 'abcdef', `${code}0`]) {
        const page = await give(second, { code: wrong })
        expect(page.status, wrong).to.equal(wrong === codeIn(html) ? 303 : 403)
      }
    })
  })

  it('systems get their tokens as before, and no console by its secret', async () => {
    const system = { id: 'system', secret: 's'.repeat(32) }
    expect(await requestToken(provider.url, system, AUDIENCE, 'verify')).to.match(/^ey/)
    const console = { id: 'guangdong-console', secret: 'c'.repeat(32) }
    expect(await refusalOf(requestToken(provider.url, console, AUDIENCE, 'verify'))).to.match(
      /unauthorized_client|invalid_request/,
    )
  })

  describe('guessing', () => {
    // The last one: who was tried too often is not let in for a minute.
    it('tries at one person’s password end after ten in a minute, the right one among them; another person goes on', async () => {
      const begun = await begin(client)
      const statuses: number[] = []
      for (let i = 0; i < 10; i++)
        statuses.push((await givePassword(begun, 'sample-audit-admin', 'wrong')).status)
      expect(statuses.slice(0, 9)).to.deep.equal(Array(9).fill(403))
      const late = await givePassword(begun, 'sample-audit-admin')
      expect(late.status).to.equal(429)
      expect(await late.text()).to.include('一分钟后再试')
      const { tokens } = await signIn(client, 'sample-security-admin')
      expect(tokens.claims()?.sub).to.equal('sample-security-admin')
    })
  })
})
