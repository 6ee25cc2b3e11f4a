/** Every guarded route, and whom it refuses: by scope, region, type, what is shown, second factor, and while it is full. */
import { EventEmitter, once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { encodeQrReference, type KeyFile, type LedgerView, suite } from '@hefu/protocol'
import { createMemoryQuota, readClock } from '@hefu/service'
import { createVerifierRoutes, type VerifierClient } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createUnaskedServices } from '../../../scripts/docs/unasked-verifier.ts'
import { AUDIENCE, bearer, COUNTER } from './guarded-service.ts'
import { type PersonIssuer, startPersonIssuer } from './person-issuer.ts'
import { createReadLedger, KEY_ID, rootOf, TYPE } from './read-ledger.ts'
import { createKeyPair, createSample, createVerifierKeyFile, ISSUER, type Sample } from './sample.ts'
import { type Answer, post, send, startTestService, type TestService } from './service.ts'
import { DEPOSITS } from './test-store.ts'

const ACR = 'urn:example:two-factors'
const SCOPES = 'verify unmask reports deposit retrieve ledger:read'

/** Who asks, each narrowed in one way; the first is in none. */
const NARROWED = {
  counter: {},
  elsewhere: { receivingRegions: new Set(['430000']) },
  drivers: { licenceTypes: new Set(['11100000000013127D023']) },
  portal: { shown: 'verdict' },
  unexplained: { shown: 'report' },
  keeper: { deposits: new Set(['11440000006941372M']) },
  unbundled: { givenBundles: false },
} as const satisfies Readonly<Record<string, Partial<VerifierClient>>>
type Narrowed = Exclude<keyof typeof NARROWED, 'counter'>
/** And persons of the counter: who signed in with a password alone, and who did long ago. */
type Refused = Narrowed | 'password' | 'longAgo'

/** What each of them is refused with; who is not named is let in. */
type Refusals = Readonly<Partial<Record<Refused, string>>>

const FOR_REGION_AND_TYPE = { elsewhere: 'region-not-permitted', drivers: 'type-not-permitted' } as const
const SECOND_FACTOR = { password: 'second-factor-missing', longAgo: 'second-factor-missing' } as const
const OF_REPORTS = { ...FOR_REGION_AND_TYPE, portal: 'verdict-only' } as const

/** Whoever adds a guarded route says here whom it refuses; the ledger's, below, refuse nobody who has the scope. */
const TABLE: readonly (readonly [method: 'GET' | 'POST', path: string, scope: string, refusals: Refusals])[] =
  [
    [
      'POST',
      '/v1/verifications',
      'verify',
      { ...FOR_REGION_AND_TYPE, unexplained: 'explanation-not-permitted' },
    ],
    ['POST', '/v1/unmaskings', 'unmask', { ...OF_REPORTS, ...SECOND_FACTOR }],
    ['POST', '/v1/deposits', 'deposit', { keeper: 'deposit-not-permitted' }],
    ['POST', '/v1/retrievals', 'retrieve', FOR_REGION_AND_TYPE],
    [
      'POST',
      '/v1/retrievals/bundle',
      'retrieve',
      { ...OF_REPORTS, ...SECOND_FACTOR, unbundled: 'bundle-not-permitted' },
    ],
    ['GET', '/v1/reports/:number', 'reports', OF_REPORTS],
    ['GET', '/v1/reports/:number/sheet', 'reports', OF_REPORTS],
    ['GET', '/v1/status-lists/:agency', 'ledger:read', {}],
  ]

/** Whom they refuse stands in batches.test.ts: each item of a batch is refused or verified by itself. */
const OF_BATCHES = [
  ['POST', '/v1/batches', 'verify'],
  ['GET', '/v1/batches/:number', 'verify'],
  ['DELETE', '/v1/batches/:number', 'verify'],
  ['GET', '/v1/batches/:number/results', 'verify'],
]

const PARTS: Readonly<Record<string, string>> = {
  region: '430000',
  agency: ISSUER,
  keyId: KEY_ID,
  root: rootOf(0),
  statusIndex: '0',
  licenceType: TYPE,
  number: '1',
}

const routes = createVerifierRoutes(createUnaskedServices()).entries
const READINGS = routes.filter(({ path }) => path.startsWith('/v1/ledger'))
const ALL: typeof TABLE = [...TABLE, ...READINGS.map(({ path }) => ['GET', path, 'ledger:read', {}] as const)]
const REFUSED: readonly Refused[] = [
  ...(Object.keys(NARROWED).filter((id) => id !== 'counter') as Narrowed[]),
  'password',
  'longAgo',
]

/** The same ledger, where every service item demands a name. */
function demanding(view: LedgerView): LedgerView {
  return {
    ledger: view.ledger,
    lookup: async (query, signal) => {
      const facts = await view.lookup(query, signal)
      return query.serviceItem === undefined ? facts : { ...facts, demandedFields: ['holderName'] }
    },
  }
}

/** A node that answers nobody, and says how many wait. */
function createSilentNode(view: LedgerView) {
  const heard = new EventEmitter()
  const counted = { asked: 0 }
  const lookup: LedgerView['lookup'] = (_, signal) => {
    counted.asked += 1
    heard.emit('asked')
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  }
  return { view: { ...view, lookup }, heard, counted }
}

describe('guarded routes of the verifier service', () => {
  let issuer: PersonIssuer
  let sample: Sample
  /** Where everybody may everything, and where each is narrowed; both keep in one store. */
  let wide: TestService
  let narrow: TestService
  let bodies: Readonly<Record<string, object>>
  /** Of both: what one answered the other may tell again. */
  let keyFile: KeyFile
  const reports = new Map<string, string>()

  const start = (
    narrowed: Readonly<Record<string, Partial<VerifierClient>>>,
    view: LedgerView,
    options = {},
  ) =>
    startTestService(demanding(view), {
      clock: readClock,
      keyFile,
      secondFactor: { acr: ACR, maxAgeSeconds: 600 },
      deposits: DEPOSITS,
      listed: createReadLedger().listed,
      maxLedgerAgeSeconds: 86_400,
      access: {
        issuer: issuer.url,
        audience: AUDIENCE,
        clients: new Map(
          Object.entries(narrowed).map(([id, change]) => [
            id,
            { ...COUNTER, shown: 'explanation', ...change, id },
          ]),
        ),
        quota: createMemoryQuota(),
        proxies: { addresses: [], header: 'x-forwarded-for' },
      },
      ...options,
    })

  const clientOf = (who: Refused | 'counter'): string =>
    who === 'password' || who === 'longAgo' ? 'counter' : who

  function tokenOf(who: Refused | 'counter', scope = SCOPES): Promise<string> {
    const client_id = clientOf(who)
    const signIn = {
      password: { auth_time: readClock() },
      longAgo: { acr: ACR, auth_time: readClock() - 700 },
    }
    const person =
      who === 'password' || who === 'longAgo' ? { sub: 'clerk-7', ...signIn[who] } : { sub: client_id }
    return issuer.tokenOf({ client_id, scope, ...person })
  }

  const addressOf = (path: string, client: string): string =>
    path
      .replace('/reports/:number', `/reports/${reports.get(client)}`)
      .replaceAll(/:(\w+)/g, (_, name: string) => PARTS[name] ?? name)

  async function ask(
    { url }: TestService,
    method: string,
    path: string,
    who: Refused | 'counter',
    scope = SCOPES,
  ): Promise<Answer> {
    const headers = bearer(await tokenOf(who, scope))
    const explain = who === 'unexplained' && path === '/v1/verifications' ? { explain: true } : {}
    const body = JSON.stringify({ ...bodies[path], ...explain })
    const init =
      method === 'GET'
        ? { headers }
        : { method, headers: { 'Content-Type': 'application/json', ...headers }, body }
    return send(`${url}${addressOf(path, clientOf(who))}`, init)
  }

  before(async () => {
    issuer = await startPersonIssuer()
    keyFile = await createVerifierKeyFile(createKeyPair())
    sample = await createSample(readClock())
    wide = await start(Object.fromEntries(Object.keys(NARROWED).map((id) => [id, {}])), sample.view)
    narrow = await start(NARROWED, sample.view)
    const asked = { presented: sample.bundle, receivingRegion: '440000' }
    const reference = encodeQrReference(sample.bundle, suite)
    const about = { caseNo: '2026-1', useCause: '核对申请人', serviceItem: 'ITEM-1' }
    bodies = {
      '/v1/verifications': asked,
      '/v1/unmaskings': { ...asked, ...about, fields: ['holderName'] },
      '/v1/deposits': { presented: sample.bundle, reference },
      '/v1/retrievals': { licence: reference, receivingRegion: '440000', ...about },
      '/v1/retrievals/bundle': { licence: reference, receivingRegion: '440000', ...about },
    }
    expect((await ask(wide, 'POST', '/v1/deposits', 'counter')).status).to.equal(200)
    for (const id of Object.keys(NARROWED) as (keyof typeof NARROWED)[]) {
      const { json } = await post(wide.url, asked, bearer(await tokenOf(id)))
      reports.set(id, json.number)
    }
  })
  after(async () => {
    await narrow.close()
    await wide.close()
    issuer.stop()
  })

  it('stand in this table, every one with its scope, and no other', () => {
    const guarded = routes.flatMap(({ method, path, access }) =>
      access === 'public' ? [] : [[method, path, access.scope]],
    )
    const told = [...OF_BATCHES, ...ALL.map(([method, path, scope]) => [method, path, scope])]
    expect(told.toSorted()).to.deep.equal(guarded.toSorted())
    expect(READINGS.length).to.be.greaterThan(20)
  })

  for (const [method, path, scope, refusals] of ALL) {
    const refused = Object.keys(refusals).join(', ')
    it(`${method} ${path} lets in who has ${scope}, and refuses ${refused || 'nobody more'}`, async () => {
      const others = SCOPES.split(' ').filter((other) => other !== scope)
      expect((await ask(narrow, method, path, 'counter', scope)).status, 'with its scope alone').to.equal(200)
      const unscoped = await ask(narrow, method, path, 'counter', others.join(' '))
      expect([unscoped.status, unscoped.json.code], 'with all others').to.deep.equal([403, 'scope-missing'])
      for (const who of REFUSED) {
        const { status, json, text } = await ask(narrow, method, path, who)
        const code = refusals[who]
        expect([who, status, status === 200 ? undefined : json.code], text.slice(0, 400)).to.deep.equal([
          who,
          code === undefined ? 200 : code === 'second-factor-missing' ? 401 : 403,
          code,
        ])
        if (code !== undefined) expect(text).to.not.include('eyJ')
        if (who === 'portal' && code === undefined && method === 'POST' && path !== '/v1/deposits')
          expect(Object.keys(json), 'the verdict alone').to.deep.equal([
            'number',
            'verdict',
            'resultCode',
            'nextStep',
          ])
      }
    })
  }

  it('say nothing again of what they answered once to who may not hear of it now', async () => {
    const asked = bodies['/v1/verifications']
    for (const [who, code] of [
      ['counter', undefined],
      ['drivers', 'type-not-permitted'],
      ['portal', 'verdict-only'],
    ] as const) {
      const headers = { ...bearer(await tokenOf(who)), 'Idempotency-Key': `"once-${readClock()}-${who}"` }
      const first = await post(wide.url, asked, headers)
      const again = await post(narrow.url, asked, headers)
      expect([who, again.json.code === first.json.code, again.status]).to.deep.equal([
        who,
        code === undefined,
        code === undefined ? 200 : 403,
      ])
      if (code !== undefined) expect(again.json.code).to.equal(code)
    }
  })

  describe('while one verification is all that there is room for', () => {
    let full: TestService
    let node: ReturnType<typeof createSilentNode>
    before(async () => {
      node = createSilentNode(sample.view)
      full = await start({ counter: {} }, node.view, { mostVerifications: 1, ledgerDeadlineMs: 60_000 })
    })
    after(() => full.close())

    /** The first that comes back of a request whose body waits to be asked for. */
    async function begin(path: string, length: number, headers: string): Promise<[Socket, string]> {
      const { hostname, port } = new URL(full.url)
      const head = `POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n${headers}`
      const socket = connect(Number(port), hostname).setEncoding('utf8')
      socket.write(`${head}Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`)
      const [said] = await once(socket, 'data')
      return [socket, String(said)]
    }

    for (const [method, path] of ALL.filter(([method]) => method === 'POST')) {
      it(`${method} ${path} is turned away at the door, before its token, and behind its body`, async () => {
        const text = JSON.stringify(bodies[path])
        const length = Buffer.byteLength(text)
        const authorization = `Authorization: Bearer ${await tokenOf('counter')}\r\n`
        let [passed, said] = await begin(path, length, authorization)
        // The place of the route before may not be given back yet.
        while (said.startsWith('HTTP/1.1 503 ')) [passed, said] = await begin(path, length, authorization)
        expect(said).to.match(/^HTTP\/1\.1 100 /)
        const leaving = new AbortController()
        const asked = once(node.heard, 'asked')
        const headers = { 'Content-Type': 'application/json', ...bearer(await tokenOf('counter')) }
        const body = JSON.stringify(bodies['/v1/verifications'])
        const init = { method: 'POST', headers, body, signal: leaving.signal }
        const occupant = fetch(`${full.url}/v1/verifications`, init).catch(() => null)
        try {
          await asked
          const [turnedAway, atDoor] = await begin(path, length, '')
          turnedAway.destroy()
          expect(atDoor, 'at the door').to.match(/^HTTP\/1\.1 503 /)
          passed.write(text)
          const slipped = once(node.heard, 'asked').then(() => 'its work began')
          const behind = await Promise.race([once(passed, 'data').then(([text]) => String(text)), slipped])
          expect(behind, 'behind its body').to.match(/^HTTP\/1\.1 503 /)
        } finally {
          leaving.abort()
          await occupant
          passed.destroy()
        }
      })
    }
  })
})
