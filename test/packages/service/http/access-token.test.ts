/** RFC 9068 §4 and RFC 8725: what an access token must be, and whose keys it is checked by. */
import { setTimeout as pause } from 'node:timers/promises'
import { createIssuerKeys, createTokenReader, ProblemError, type TokenReader } from '@hefu/service'
import { expect } from 'chai'
import { SignJWT } from 'jose'
import { afterEach, before, beforeEach, describe, it } from 'mocha'
import {
  AUDIENCE,
  createIssuerKey,
  type IssuerKey,
  NOW,
  startTokenIssuer,
  type TokenIssuer,
} from '../fixtures/token-issuer.ts'

describe('access tokens (RFC 9068)', () => {
  let first: IssuerKey
  let second: IssuerKey
  let issuer: TokenIssuer
  let reader: TokenReader
  let now: number
  let faults: unknown[]

  before(async () => {
    first = await createIssuerKey('ES256', 'first')
    second = await createIssuerKey('ES256', 'second')
  })
  beforeEach(async () => {
    now = NOW
    faults = []
    issuer = await startTokenIssuer(first)
    const keys = createIssuerKeys(
      issuer.url,
      () => now,
      (fault) => faults.push(fault),
    )
    reader = createTokenReader({ issuer: issuer.url, audience: AUDIENCE }, keys, () => now)
  })
  afterEach(() => issuer.close())

  const codeOf = async (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      (found) => found,
      (error: unknown) => (error instanceof ProblemError ? error.code : error),
    )

  it('grants its client its scopes until it expires', async () => {
    const found = await reader.verify(await issuer.sign(first, { scope: 'read  write' }))
    expect(found).to.deep.equal({
      clientId: 'a',
      person: null,
      scopes: new Set(['read', 'write']),
      signIn: null,
      claims: {},
      expiresAt: NOW + 300,
    })
    const person = await issuer.sign(first, { sub: 'clerk-7', acr: 'two', auth_time: NOW - 9 })
    expect(await reader.verify(person)).to.deep.include({
      person: 'clerk-7',
      signIn: { acr: 'two', at: NOW - 9 },
    })
    const aud = ['urn:other', AUDIENCE]
    expect(await reader.verify(await issuer.sign(first, { aud }))).to.not.be.a('string')
    const typ = 'application/at+jwt'
    expect(await reader.verify(await issuer.sign(first, {}, { typ }))).to.not.be.a('string')
    const bare = await issuer.sign(first, { scope: undefined })
    expect(await reader.verify(bare)).to.deep.include({ scopes: new Set() })
  })

  it('tells those claims of the issuer’s own that it is asked for, and no other', async () => {
    const keys = createIssuerKeys(
      issuer.url,
      () => now,
      () => undefined,
    )
    const trust = { issuer: issuer.url, audience: AUDIENCE, claims: ['region', 'toString'] }
    const token = await issuer.sign(first, { region: ['440000'], name: 'somebody' })
    expect(await createTokenReader(trust, keys, () => now).verify(token)).to.deep.include({
      claims: { region: ['440000'] },
    })
  })

  for (const [alg, isTaken] of [
    ['ES256', true],
    ['ES384', true],
    ['PS256', true],
    ['RS256', true],
    ['EdDSA', true],
    ['ES512', false],
    ['RS512', false],
    ['PS384', false],
  ] as const) {
    it(`${isTaken ? 'takes' : 'refuses'} ${alg}`, async () => {
      const key = await createIssuerKey(alg, alg)
      issuer.publish(key)
      const found = await reader.verify(await issuer.sign(key))
      expect(typeof found === 'string' ? found : 'granted').to.equal(isTaken ? 'granted' : 'token-invalid')
    })
  }

  for (const [is, claims, refusal] of [
    ['of another issuer', { iss: 'https://other.example' }, 'token-invalid'],
    ['of an issuer with a slash more', { iss: undefined }, 'token-invalid'],
    ['for others', { aud: 'urn:other' }, 'token-for-others'],
    ['for others whose name begins alike', { aud: `${AUDIENCE}:2` }, 'token-for-others'],
    ['for nobody', { aud: [] }, 'token-for-others'],
    ['without an audience', { aud: undefined }, 'token-for-others'],
    ['that never ends', { exp: undefined }, 'token-invalid'],
    ['whose end is a text', { exp: String(NOW + 300) }, 'token-invalid'],
    ['that ended before the clocks could differ', { exp: NOW - 30 }, 'token-expired'],
    ['that does not count yet', { nbf: NOW + 31 }, 'token-invalid'],
    ['of the future', { iat: NOW + 31 }, 'token-invalid'],
    ['without its time', { iat: undefined }, 'token-invalid'],
    ['of more than a day ago', { iat: NOW - 86_431 }, 'token-expired'],
    ['without a subject', { sub: undefined }, 'token-invalid'],
    ['without an identifier', { jti: undefined }, 'token-invalid'],
    ['of no client', { client_id: undefined }, 'token-invalid'],
    ['of a client that is no text', { client_id: ['a'] }, 'token-invalid'],
    ['of a client with a line break', { client_id: 'a\nb' }, 'token-invalid'],
    ['whose scope is a list', { scope: ['read'] }, 'token-invalid'],
    ['that is bound to a key (RFC 9449)', { cnf: { jkt: 'x' } }, 'token-invalid'],
  ] as const) {
    it(`refuses one ${is}`, async () => {
      expect(await reader.verify(await issuer.sign(first, claims))).to.equal(refusal)
    })
  }

  it('takes clocks that are half a minute apart', async () => {
    for (const claims of [{ exp: NOW - 29 }, { nbf: NOW + 30 }, { iat: NOW + 30 }])
      expect(await reader.verify(await issuer.sign(first, claims))).to.not.be.a('string')
  })

  it('refuses what is no access token by its type: an ID token is none', async () => {
    for (const typ of ['JWT', 'jwt', 'id+jwt', 'logout+jwt', undefined])
      expect(await reader.verify(await issuer.sign(first, {}, { typ }))).to.equal('token-invalid')
  })

  it('knows a verified token for a day at most, however long its issuer lets it count', async () => {
    const token = await issuer.sign(first, { exp: NOW + 31_536_000 })
    await reader.verify(token)
    now = NOW + 86_399
    expect(await reader.recall(token)).to.deep.include({ clientId: 'a' })
    now = NOW + 86_400
    expect(await reader.recall(token)).to.equal(undefined)
  })

  it('knows a verified token until it expires, and looks at its signature once', async () => {
    const token = await issuer.sign(first)
    expect(await reader.recall(token)).to.equal(undefined)
    await reader.verify(token)
    now = NOW + 299
    expect(await reader.recall(token)).to.deep.include({ clientId: 'a' })
    expect(await reader.recall(`${token}a`)).to.equal(undefined)
    now = NOW + 300
    expect(await reader.recall(token)).to.equal(undefined)
  })

  it('recalls the newest of more tokens than it may know', async () => {
    const keys = createIssuerKeys(
      issuer.url,
      () => now,
      () => undefined,
    )
    const forgetful = createTokenReader({ issuer: issuer.url, audience: AUDIENCE }, keys, () => now, 2)
    const tokens = await Promise.all(['1', '2', '3'].map((jti) => issuer.sign(first, { jti })))
    for (const token of tokens) await forgetful.verify(token)
    const known = await Promise.all(tokens.map((token) => forgetful.recall(token)))
    expect(known.map((grant) => grant !== undefined)).to.deep.equal([false, true, true])
  })

  it('finds a key that was added since, asking at most every ten seconds', async () => {
    await reader.verify(await issuer.sign(first))
    issuer.publish(first, second)
    const token = await issuer.sign(second)
    expect(await reader.verify(token), 'asked a moment ago').to.equal('token-invalid')
    expect(issuer.asked()).to.equal(1)
    now += 10
    expect(await reader.verify(token)).to.not.be.a('string')
    for (let i = 0; i < 50; i += 1) await reader.verify(await issuer.sign(first, {}, { kid: `made-up-${i}` }))
    expect(issuer.asked()).to.equal(2)
  })

  it('takes back what it knew when the key is taken away', async () => {
    const token = await issuer.sign(first)
    await reader.verify(token)
    issuer.publish(second)
    now += 600
    // Whoever asks first is answered by the old keys, and has the new ones fetched.
    await reader.recall(token)
    await pause(200)
    expect(await reader.recall(token)).to.equal(undefined)
    const anew = await issuer.sign(first, { iat: now, exp: now + 300 })
    expect(await reader.verify(anew)).to.equal('token-invalid')
  })

  it('goes on for an hour without the issuer, and then says that it does not answer', async () => {
    await reader.verify(await issuer.sign(first))
    issuer.answer('/keys', (_, res) => res.writeHead(503).end())
    now += 3_599
    expect(await reader.verify(await issuer.sign(first, { iat: now, exp: now + 300 }))).to.not.be.a('string')
    await pause(100)
    now += 20
    expect(await codeOf(reader.verify(await issuer.sign(first)))).to.equal('issuer-unreachable')
    expect(faults).to.not.be.empty
    issuer.answer('/keys', (_, res) => res.end(JSON.stringify({ keys: [first.publicJwk] })))
    now += 10
    expect(await reader.verify(await issuer.sign(first, { iat: now, exp: now + 300 }))).to.not.be.a('string')
  })

  for (const [is, path, answer] of [
    ['a document beyond 64 KiB', '/keys', `{"keys":[],"a":"${'a'.repeat(65_536)}"}`],
    ['what is no JSON', '/keys', 'keys'],
    ['what is no set of keys', '/keys', '{"keys":1}'],
    [
      'a description of another issuer',
      '/.well-known/openid-configuration',
      '{"issuer":"https://a.example","jwks_uri":"https://a.example/keys"}',
    ],
    ['a description that is none', '/.well-known/openid-configuration', 'null'],
  ] as const) {
    it(`believes no keys of ${is}`, async () => {
      issuer.answer(path, (_, res) => res.end(answer))
      expect(await codeOf(reader.verify(await issuer.sign(first)))).to.equal('issuer-unreachable')
    })
  }

  it('follows no redirection, and asks no other host than the issuer’s for keys', async () => {
    const other = await startTokenIssuer(first)
    try {
      issuer.answer('/keys', (_, res) => res.writeHead(302, { Location: `${other.url}/keys` }).end())
      expect(await codeOf(reader.verify(await issuer.sign(first)))).to.equal('issuer-unreachable')
      const described = JSON.stringify({ issuer: issuer.url, jwks_uri: `${other.url}/keys` })
      issuer.answer('/.well-known/openid-configuration', (_, res) => res.end(described))
      now += 10
      expect(await codeOf(reader.verify(await issuer.sign(first)))).to.equal('issuer-unreachable')
      expect(other.asked()).to.equal(0)
    } finally {
      await other.close()
    }
  })

  it('waits two seconds for an issuer that says nothing, once for all who wait; who comes then is told at once', async function () {
    this.timeout(20_000)
    let isAnswered = false
    const held: (() => void)[] = []
    issuer.answer('/keys', (_, res) => {
      const answer = (): unknown => res.end(JSON.stringify({ keys: [first.publicJwk] }))
      if (isAnswered) answer()
      else held.push(answer)
    })
    const token = await issuer.sign(first)
    const ask = () => Promise.all(Array.from({ length: 20 }, () => codeOf(reader.verify(token))))
    const timeOf = async (asked: () => Promise<readonly unknown[]>): Promise<number> => {
      const startedAt = performance.now()
      expect(new Set(await asked())).to.deep.equal(new Set(['issuer-unreachable']))
      return performance.now() - startedAt
    }
    expect(await timeOf(ask)).to.be.within(1_800, 4_500)
    expect(await timeOf(ask), 'while the question hangs').to.be.below(500)
    expect(issuer.asked()).to.equal(1)
    isAnswered = true
    for (const answer of held) answer()
    for (let found: unknown; typeof found !== 'object'; await pause(10))
      found = await codeOf(reader.verify(token))
    expect(issuer.asked(), 'what nobody waited for was heard').to.equal(1)
  })

  it('lets tokens of unknown keys wait for nobody’s silence twice, and those of known keys not at all', async function () {
    this.timeout(20_000)
    await reader.verify(await issuer.sign(first))
    issuer.answer('/keys', () => undefined)
    now += 10
    const forged = (kid: string) => issuer.sign(second, { iat: now, exp: now + 300 }, { kid })
    const slow = codeOf(reader.verify(await forged('made-up')))
    const startedAt = performance.now()
    const known = await issuer.sign(first, { iat: now, exp: now + 300 })
    expect(await codeOf(reader.verify(known))).to.include({ clientId: 'a' })
    expect(await codeOf(reader.recall(known))).to.include({ clientId: 'a' })
    expect(performance.now() - startedAt, 'a known key').to.be.below(500)
    expect(await slow, 'could not be looked at').to.equal('issuer-unreachable')
    const askedAt = performance.now()
    for (let i = 0; i < 20; i += 1)
      expect(await codeOf(reader.verify(await forged(`made-up-${i}`)))).to.equal('issuer-unreachable')
    expect(performance.now() - askedAt).to.be.below(1_000)
    expect(issuer.asked()).to.equal(2)
  })

  it('uses no symmetric key that an issuer publishes, and none that is for something else', async () => {
    const secret = Buffer.alloc(32, 1)
    const oct = { kty: 'oct', k: secret.toString('base64url'), kid: 'oct', alg: 'HS256', use: 'sig' }
    issuer.answer('/keys', (_, res) =>
      res.end(JSON.stringify({ keys: [oct, { ...first.publicJwk, use: 'enc' }] })),
    )
    const token = await new SignJWT({
      iss: issuer.url,
      aud: AUDIENCE,
      sub: 'a',
      client_id: 'a',
      jti: 'j',
      iat: NOW,
      exp: NOW + 9,
    })
      .setProtectedHeader({ alg: 'HS256', kid: 'oct', typ: 'at+jwt' })
      .sign(secret)
    expect(await reader.verify(token)).to.equal('token-invalid')
    expect(await reader.verify(await issuer.sign(first)), 'a key for encryption').to.equal('token-invalid')
  })
})
