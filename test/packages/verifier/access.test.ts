/** Every route refuses everybody whom it should: no token, one of others, one that was made up, one that is over. */
import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { encodeQrReference, suite } from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { createVerifierRoutes } from '@hefu/verifier'
import { expect } from 'chai'
import { type JWTHeaderParameters, SignJWT } from 'jose'
import { after, before, describe, it } from 'mocha'
import { createUnaskedServices } from '../../../scripts/docs/unasked-verifier.ts'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { giveBatch, linesOf } from './batch-client.ts'
import {
  AUDIENCE,
  bearer,
  COUNTER,
  OTHER_AUDIENCE,
  startGuardedService,
  startProvider,
  tokenOf,
} from './guarded-service.ts'
import { createReadLedger, KEY_ID, rootOf, TYPE } from './read-ledger.ts'
import { createSample, ISSUER, type Sample } from './sample.ts'
import { type Answer, post, send, sendAny, type TestService } from './service.ts'
import { DEPOSITS } from './test-store.ts'

/** All routes. Whoever adds one says here who may take it, and the proofs below are its proofs. */
const TABLE = [
  ['POST', '/v1/verifications', 'verify'],
  ['POST', '/v1/batches', 'verify'],
  ['GET', '/v1/batches/:number', 'verify'],
  ['DELETE', '/v1/batches/:number', 'verify'],
  ['GET', '/v1/batches/:number/results', 'verify'],
  ['POST', '/v1/unmaskings', 'unmask'],
  ['POST', '/v1/deposits', 'deposit'],
  ['POST', '/v1/retrievals', 'retrieve'],
  ['POST', '/v1/retrievals/bundle', 'retrieve'],
  ['GET', '/v1/reports/:number', 'reports'],
  ['GET', '/v1/reports/:number/sheet', 'reports'],
  ['POST', '/v1/report-checks', 'public'],
  ['GET', '/v1/type-metadata/:licenceType', 'public'],
  ['GET', '/v1/issuer-keys/:agency', 'public'],
  ['GET', '/v1/status-lists/:agency', 'ledger:read'],
  ['GET', '/v1/ledger', 'ledger:read'],
  ['GET', '/v1/ledger/nodes', 'ledger:read'],
  ['GET', '/v1/ledger/regions', 'ledger:read'],
  ['GET', '/v1/ledger/regions/:region', 'ledger:read'],
  ['GET', '/v1/ledger/agencies', 'ledger:read'],
  ['GET', '/v1/ledger/agencies/:agency', 'ledger:read'],
  ['GET', '/v1/ledger/agencies/:agency/keys', 'ledger:read'],
  ['GET', '/v1/ledger/agencies/:agency/keys/:keyId', 'ledger:read'],
  ['GET', '/v1/ledger/agencies/:agency/anchors', 'ledger:read'],
  ['GET', '/v1/ledger/agencies/:agency/anchors/:root', 'ledger:read'],
  ['GET', '/v1/ledger/agencies/:agency/acts', 'ledger:read'],
  ['GET', '/v1/ledger/agencies/:agency/licences/:statusIndex/acts', 'ledger:read'],
  ['GET', '/v1/ledger/licence-types', 'ledger:read'],
  ['GET', '/v1/ledger/licence-types/:licenceType', 'ledger:read'],
  ['GET', '/v1/ledger/service-items', 'ledger:read'],
  ['GET', '/v1/ledger/delegations', 'ledger:read'],
  ['GET', '/v1/ledger/responsibilities', 'ledger:read'],
  ['GET', '/v1/ledger/baseline', 'ledger:read'],
  ['GET', '/v1/ledger/agreements', 'ledger:read'],
  ['GET', '/v1/ledger/agreements/:number', 'ledger:read'],
  ['GET', '/v1/ledger/negative-entries', 'ledger:read'],
  ['GET', '/v1/ledger/proposals', 'ledger:read'],
  ['GET', '/v1/ledger/proposals/:number', 'ledger:read'],
  ['GET', '/v1/ledger/nominations', 'ledger:read'],
  ['GET', '/v1/ledger/successions', 'ledger:read'],
  ['GET', '/v1/ledger/votes', 'ledger:read'],
  ['GET', '/v1/ledger/votes/:number', 'ledger:read'],
  ['GET', '/v1/verifier-key', 'public'],
  ['GET', '/v1/findings', 'public'],
  ['GET', '/.well-known/jwks.json', 'public'],
  ['GET', '/health/live', 'public'],
  ['GET', '/health/ready', 'public'],
  ['GET', '/openapi.json', 'public'],
  ['GET', '/recheck', 'public'],
  ['GET', '/recheck/recheck.css', 'public'],
  ['GET', '/recheck/recheck.js', 'public'],
  ['GET', '/docs', 'public'],
  ['GET', '/docs/show.js', 'public'],
  ['GET', '/docs/swagger-ui.css', 'public'],
  ['GET', '/docs/swagger-ui-bundle.js', 'public'],
  ['GET', '/', 'public'],
  ['GET', '/console', 'public'],
  ['GET', '/console/', 'public'],
  ['GET', '/console/*path', 'public'],
  ['GET', '/console/settings.json', 'public'],
  ['GET', '/session', 'public'],
  ['GET', '/session/sign-in', 'public'],
  ['GET', '/session/callback', 'public'],
  ['POST', '/session/touch', 'public'],
  ['POST', '/session/lock', 'public'],
  ['POST', '/session/sign-out', 'public'],
] as const

/** Those of the console; what they answer, and whom, is proven in console-pages.test.ts and sessions.test.ts. */
const OF_CONSOLE = /^\/($|console|session)/

const GUARDED = TABLE.filter(([, , access]) => access !== 'public')
/** One of each scope: what is refused by one guard need not be tried at every door that it stands at. */
const THOROUGH = GUARDED.filter(
  ([, , scope], at) => GUARDED.findIndex(([, , other]) => other === scope) === at,
)

/** Something that there is, in the place of each part that a path names. */
const PARTS: Readonly<Record<string, string>> = {
  region: '430000',
  agency: ISSUER,
  keyId: KEY_ID,
  root: rootOf(0),
  statusIndex: '0',
  licenceType: TYPE,
  number: '1',
}
const addressOf = (path: string, { number, batch }: Answered): string =>
  path
    .replace('/reports/:number', `/reports/${number}`)
    .replace('/batches/:number', `/batches/${batch}`)
    .replaceAll(/:(\w+)/g, (_, name: string) => PARTS[name] ?? name)

/** What the counter was answered. */
interface Answered {
  readonly number: string
  readonly code: string
  readonly batch: string
}

describe('who may take which route of the verifier service', () => {
  let provider: IdentityProvider
  let sample: Sample
  let service: TestService
  /** Of the provider, as it publishes it. */
  let publicKey: Record<string, string>
  let answered: Answered
  let bodies: Readonly<Record<string, object>>
  let skew = 0
  let times = 0

  before(async () => {
    provider = await startProvider()
    sample = await createSample(readClock())
    const proxies = { addresses: ['127.0.0.1'], header: 'x-forwarded-for' } as const
    service = await startGuardedService(
      sample.view,
      provider,
      { proxies },
      {
        clock: () => readClock() + skew,
        listed: createReadLedger().listed,
        maxLedgerAgeSeconds: 86_400,
        deposits: DEPOSITS,
      },
    )
    const published = await send(`${provider.url}/jwks`)
    publicKey = published.json.keys[0]
    const asked = { presented: sample.bundle, receivingRegion: '440000' }
    const { json } = await post(service.url, asked, bearer(await tokenOf(provider)))
    const batch = await giveBatch(service.url, linesOf([asked]), bearer(await tokenOf(provider)))
    answered = { number: json.number, code: json.code, batch: batch.json.number }
    const reference = encodeQrReference(sample.bundle, suite)
    const sought = { licence: reference, receivingRegion: '440000', caseNo: '2026-1', useCause: '核对申请人' }
    bodies = {
      '/v1/verifications': asked,
      '/v1/unmaskings': {
        ...asked,
        fields: ['holderName'],
        caseNo: '2026-1',
        useCause: '核对申请人',
        serviceItem: 'ITEM-1',
      },
      '/v1/deposits': { presented: sample.bundle, reference },
      '/v1/retrievals': sought,
      '/v1/retrievals/bundle': { ...sought, serviceItem: 'ITEM-1' },
      '/v1/batches': asked,
      '/v1/report-checks': { number: json.number, code: json.code },
    }
  })
  after(async () => {
    await service.close()
    await provider.stop()
  })

  /** A whole and right request to a route, but for who sends it. */
  function ask(method: string, path: string, headers: Record<string, string>): Promise<Answer> {
    // Each from another address: too many bad tokens of one are not looked at any more.
    times += 1
    const from = { 'X-Forwarded-For': `198.51.${Math.floor(times / 250)}.${times % 250}`, ...headers }
    const type = path.startsWith('/v1/batches') ? 'application/x-ndjson' : 'application/json'
    const body = JSON.stringify(bodies[path.split('?')[0] ?? ''])
    const init =
      method === 'POST'
        ? { method, headers: { 'Content-Type': type, ...from }, body }
        : { method, headers: from }
    return sendAny(`${service.url}${addressOf(path, answered)}`, init)
  }

  const claims = (changes: object = {}): Record<string, unknown> => {
    const now = readClock()
    return {
      iss: provider.url,
      aud: AUDIENCE,
      sub: COUNTER.id,
      client_id: COUNTER.id,
      scope: 'verify unmask reports ledger:read deposit retrieve',
      iat: now,
      exp: now + 300,
      jti: randomUUID(),
      ...changes,
    }
  }
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const sign = (header: object = {}, changes: object = {}, key: KeyObject = own) =>
    new SignJWT(claims(changes))
      .setProtectedHeader({
        alg: 'ES256',
        typ: 'at+jwt',
        kid: publicKey['kid'],
        ...header,
      } as JWTHeaderParameters)
      .sign(key)
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  /** Signed by what everybody knows, as a verifier would check that lets the token choose its algorithm. */
  const signByPublicKey = (secret: string | Buffer) => {
    const input = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: publicKey['kid'] })}.${encode(claims())}`
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }
  const withTail = (token: string, tail: (signature: string) => string) => {
    const [header, payload, signature = ''] = token.split('.')
    return `${header}.${payload}.${tail(signature)}`
  }

  it('is said in this table for every route that there is, and for no other', () => {
    const routes = createVerifierRoutes(createUnaskedServices())
    const found = routes.entries.map(({ method, path, access }) => [
      method,
      path,
      access === 'public' ? access : access.scope,
    ])
    expect(found.toSorted()).to.deep.equal(TABLE.map((row) => [...row]).toSorted())
    expect(GUARDED).to.not.be.empty
  })

  for (const [method, path] of TABLE.filter(
    ([, path, access]) => access === 'public' && !OF_CONSOLE.test(path),
  )) {
    it(`${method} ${path} is everybody's`, async () => {
      const init = { method, headers: { 'Content-Type': 'application/json' } }
      const body = method === 'GET' ? {} : { body: JSON.stringify(bodies[path]) }
      expect(
        (await fetch(`${service.url}${addressOf(path, answered)}`, { ...init, ...body })).status,
      ).to.equal(200)
    })
  }

  for (const [method, path, scope] of GUARDED) {
    it(`${method} ${path} lets in who has a token with its scope, and nobody else`, async () => {
      const token = await tokenOf(provider, COUNTER.id, AUDIENCE, scope)
      const good = method === 'POST' && path === '/v1/batches' ? 202 : 200
      expect((await ask(method, path, bearer(token))).status).to.equal(good)
      const ofOthers = await tokenOf(provider, COUNTER.id, OTHER_AUDIENCE, scope)
      const other = scope === 'verify' ? 'ledger:read' : 'verify'
      for (const [headers, code] of [
        [{}, 'token-missing'],
        [bearer(await sign()), 'token-invalid'],
        [bearer(ofOthers), 'token-for-others'],
        [bearer(await tokenOf(provider, COUNTER.id, AUDIENCE, other)), 'scope-missing'],
        [bearer(await tokenOf(provider, 'stranger', AUDIENCE, scope)), 'client-unknown'],
      ] as const) {
        const answer = await ask(method, path, headers as Record<string, string>)
        expect(answer.json.code, answer.text).to.equal(code)
      }
      try {
        skew = 640
        expect((await ask(method, path, bearer(token))).json.code).to.equal('token-expired')
      } finally {
        skew = 0
      }
    })
  }

  for (const [method, path, scope] of THOROUGH) {
    describe(`${method} ${path}`, () => {
      const tokenOfScope = (id?: string, audience?: string): Promise<string> =>
        tokenOf(provider, id, audience, scope)
      async function expectRefused(
        answer: Answer,
        status: number,
        code: string,
        error: string | null,
      ): Promise<void> {
        expect([answer.status, answer.json.code], answer.text).to.deep.equal([status, code])
        expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/)
        expect(answer.headers.get('cache-control')).to.equal('no-store')
        const challenge = answer.headers.get('www-authenticate')
        expect(challenge).to.equal(
          `Bearer realm="hefu"${error === null ? '' : `, error="${error}"`}, scope="${scope}"`,
        )
        expect(answer.json.says.zh).to.match(/\p{Script=Han}/u)
        expect(answer.text).to.not.include('eyJ')
      }
      const refuse = async (token: string, code = 'token-invalid'): Promise<void> =>
        expectRefused(await ask(method, path, bearer(token)), 401, code, 'invalid_token')

      it('lets in who has a token with its scope', async () => {
        const token = await tokenOfScope()
        for (const sent of [`Bearer ${token}`, `bearer   ${token}`]) {
          const answer = await ask(method, path, { Authorization: sent })
          expect(answer.status, answer.text).to.equal(200)
        }
        expect(service.log()).to.include(`"client":"${COUNTER.id}"`)
      })

      it('refuses no token, and other ways of saying who one is', async () => {
        const token = await tokenOfScope()
        for (const headers of [
          {},
          { Authorization: '' },
          { Authorization: token },
          { Authorization: `Basic ${Buffer.from('counter:secret').toString('base64')}` },
          { Authorization: `DPoP ${token}` },
          { Cookie: `access_token=${token}` },
          { 'X-Access-Token': token },
        ]) {
          await expectRefused(
            await ask(method, path, headers as Record<string, string>),
            401,
            'token-missing',
            null,
          )
        }
      })

      it('refuses what cannot be a token, and two of them', async () => {
        const token = await tokenOfScope()
        for (const sent of [
          'Bearer',
          'Bearer ',
          'Bearer a b',
          `Bearer ${token}, Bearer ${token}`,
          `Bearer\t${token}`,
        ])
          await expectRefused(
            await ask(method, path, { Authorization: sent }),
            401,
            'token-invalid',
            'invalid_token',
          )
        const headers = new Headers(bearer(token))
        headers.append('Authorization', `Bearer ${token}`)
        const twice = await ask(method, path, Object.fromEntries(headers))
        await expectRefused(twice, 401, 'token-invalid', 'invalid_token')
        for (const text of ['a', 'a.b.c', '..', `${encode({})}.${encode({})}.`]) await refuse(text)
      })

      it('refuses a token in the address, be there one in the header too', async () => {
        const token = await tokenOfScope()
        for (const headers of [{}, bearer(token)]) {
          const answer = await ask(method, `${path}?access_token=${token}`, headers as Record<string, string>)
          await expectRefused(answer, 400, 'token-in-query', 'invalid_request')
        }
        expect(service.log()).to.not.include(token)
      })

      it('refuses a token for another audience', async () => {
        await refuse(await tokenOfScope(COUNTER.id, OTHER_AUDIENCE), 'token-for-others')
      })

      it('refuses a token with another scope', async () => {
        const other = await tokenOf(provider, COUNTER.id, AUDIENCE, 'other')
        const answer = await ask(method, path, bearer(other))
        await expectRefused(answer, 403, 'scope-missing', 'insufficient_scope')
      })

      it('refuses a client that is not registered here', async () => {
        const { status, json } = await ask(method, path, bearer(await tokenOfScope('stranger')))
        expect([status, json.code]).to.deep.equal([403, 'client-unknown'])
      })

      it('refuses a token that has expired, also one that it knew, and one of the future', async () => {
        const token = await tokenOfScope()
        expect((await ask(method, path, bearer(token))).status).to.equal(200)
        try {
          skew = 599
          expect((await ask(method, path, bearer(token))).status, 'a second before').to.equal(200)
          skew = 640
          await refuse(token, 'token-expired')
          skew = -60
          await refuse(await tokenOfScope())
        } finally {
          skew = 0
        }
      })

      it('refuses a token of another issuer, whatever it says of itself', async () => {
        const other = await startProvider()
        try {
          await refuse(await tokenOf(other, COUNTER.id, AUDIENCE, scope))
        } finally {
          await other.stop()
        }
        await refuse(await sign())
        await refuse(await sign({ kid: undefined }))
      })

      it('refuses a token without a signature, with half of one, and with another’s', async () => {
        const token = await tokenOfScope()
        const [, another] = [await tokenOfScope(), await tokenOfScope()]
        for (const alg of ['none', 'None', 'NONE', ''])
          await refuse(`${encode({ alg, typ: 'at+jwt', kid: publicKey['kid'] })}.${encode(claims())}.`)
        await refuse(withTail(token, () => ''))
        await refuse(withTail(token, (signature) => signature.slice(0, 43)))
        await refuse(withTail(token, () => Buffer.alloc(64).toString('base64url')))
        await refuse(withTail(token, () => another.split('.')[2] ?? ''))
        const [header, , signature] = token.split('.')
        await refuse(`${header}.${encode(claims({ client_id: 'portal' }))}.${signature}`)
      })

      it('refuses a token of which one character is another, wherever it stands', async () => {
        const token = await tokenOfScope()
        // Of the last character some bits mean nothing.
        for (let at = 0; at < token.length - 1; at += 5) {
          const other = token[at] === 'A' ? 'B' : 'A'
          await refuse(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)
        }
      })

      it('answers whatever stands in the headers of who asks with a refusal, and repeats none of it', async () => {
        for (const text of [
          '\u00e9',
          '%00',
          '../..',
          '<script>',
          'jndi:ldap://a',
          "' or 1=1 --",
          'a'.repeat(1_000),
          '\t',
          '=?utf-8?q?=',
          '{}',
        ]) {
          for (const headers of [
            { Authorization: text },
            { Authorization: `Bearer ${text}` },
            { Origin: text },
            { 'X-Forwarded-For': text, Forwarded: text },
            {
              Authorization: `Bearer ${encode({ alg: text, kid: text, typ: text })}.${encode({ iss: text, aud: text })}.${encode({})}`,
            },
          ]) {
            const answer = await ask(method, path, headers as Record<string, string>)
            expect(answer.status, JSON.stringify(headers).slice(0, 200)).to.equal(401)
            if (text.length > 3)
              expect(answer.text + JSON.stringify([...answer.headers])).to.not.include(text)
          }
        }
      })

      it('refuses a token whose secret is the public key', async () => {
        const der = Buffer.from(publicKey['x'] ?? '', 'base64url')
        const key = createPublicKey({ key: publicKey, format: 'jwk' })
        const pem = key.export({ type: 'spki', format: 'pem' })
        const spki = key.export({ type: 'spki', format: 'der' })
        for (const secret of [JSON.stringify(publicKey), publicKey['x'] ?? '', der, pem, spki])
          await refuse(signByPublicKey(secret))
      })

      it('asks nobody for a key that a token names or brings along', async () => {
        const asked: string[] = []
        const trap = createServer((req, res) => {
          asked.push(req.url ?? '')
          res.end('{}')
        }).listen(0, '127.0.0.1')
        await once(trap, 'listening')
        const address = `http://127.0.0.1:${(trap.address() as { port: number }).port}`
        const { kty, crv, x, y } = own.export({ format: 'jwk' })
        const thumb = createHash('sha256').update('').digest('base64url')
        try {
          for (const header of [
            { jwk: { kty, crv, x, y } },
            { kid: undefined, jwk: { kty, crv, x, y } },
            { jku: `${address}/jwks` },
            { x5u: `${address}/x5u`, x5t: thumb },
            { kid: `${address}/kid` },
            { kid: '../../../../dev/null' },
            { kid: "' or '1'='1" },
            { kid: '__proto__' },
            { kid: 'constructor' },
            { crit: ['exp'], exp: 1 },
          ])
            await refuse(await sign(header).catch(() => 'a.b.c'))
          expect(asked).to.deep.equal([])
        } finally {
          trap.close()
        }
      })
    })
  }
})
