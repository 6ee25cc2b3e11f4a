/** Facts in rows of words answer as the same facts in maps do, whatever changes, and again after they were saved. */
import { type Change, CompactFacts, FactLayer, type Facts, type LoggedRows } from '@hefu/ledger/replica'
import { encodeBase64url, LEGAL_STATUSES, STATUS_CHANGES } from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { allKeys } from '#internal/ledger/replica/facts/fact-keys'
import { agencyOf } from '#internal/ledger/replica/facts/facts'
import { runs } from '../../fixtures/test-profile.ts'

const SEQUENCES = runs(60, 1_000)
const WORD = 2 ** 32
const MOST_TIME = 2 ** 40 - 2
const MOST_INDEX = 2 ** 48 - 1

/** Few, so that the same come again. */
const usccs = fc.constantFrom('11430000006122244L', '11440000000000201H', '样例', 'a/0', '')
const indices = fc.constantFrom(0, 1, 48, WORD - 1, WORD, WORD + 1, 7 * WORD, MOST_INDEX)
const digests = fc.constantFrom(...['00', '01', 'fe', 'ff'].map((byte) => `0x${byte.repeat(32)}` as const))
const times = fc.oneof(fc.constantFrom(0, WORD - 1, WORD, MOST_TIME), fc.nat(MOST_TIME))
const wides = fc.oneof(
  fc.constantFrom(0, WORD, MOST_INDEX),
  fc.maxSafeNat().map((n) => n % MOST_INDEX),
)
const ends = fc.option(times, { nil: null })
const places = fc.tuple(usccs, indices).map((parts) => parts.join('/'))
const rootKeys = fc.tuple(usccs, digests).map((parts) => parts.join('/'))
const coordinates = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(encodeBase64url)
const texts = fc.oneof(
  fc.constantFrom('', '湘建罚〔2026〕1号', '\ufeff1', 'x'.repeat(5)),
  fc.string({ unit: 'grapheme' }),
)

const publicKeys = fc.oneof(
  fc.record({
    algorithm: fc.constant('EdDSA' as const),
    publicJwk: fc.record({
      kty: fc.constant('OKP' as const),
      crv: fc.constant('Ed25519' as const),
      x: coordinates,
    }),
  }),
  fc
    .tuple(fc.constantFrom(['ES256', 'P-256'] as const, ['SM2', 'SM2'] as const), coordinates, coordinates)
    .map(([[algorithm, crv], x, y]) => ({ algorithm, publicJwk: { kty: 'EC' as const, crv, x, y } })),
)

const absent = { nil: undefined }
const decisions = fc
  .record({
    effectiveAt: times,
    endsAt: fc.option(times, absent),
    capacity: fc.option(fc.constantFrom('operator', 'successor', 'custodian', 'superior'), absent),
    decisionNumber: fc.option(texts, absent),
    legalBasis: fc.option(fc.constantFrom('', 'XZCFF-9-3', 'XKF-70'), absent),
  })
  .map((decision) => Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== undefined)))
const acts = fc
  .tuple(fc.constantFrom(...STATUS_CHANGES), fc.constantFrom(...LEGAL_STATUSES), decisions)
  .map(([act, status, decision]) => ({
    ...decision,
    act,
    ...(act === 'correct' || act === 'inherit' ? { status } : {}),
  }))

function putsOf<Fact>(
  table: string,
  key: fc.Arbitrary<string>,
  fact: fc.Arbitrary<Fact>,
): fc.Arbitrary<Change> {
  return fc
    .record({ table: fc.constant(table), key, fact: fc.option(fact, { nil: null }) })
    .map((change) => change as Change)
}

function entriesIn<Entry>(history: string, entry: fc.Arbitrary<Entry>): fc.Arbitrary<Change> {
  return fc.record({ history: fc.constant(history), key: places, entry }).map((change) => change as Change)
}

const links = fc.record({ issuer: usccs, statusIndex: indices, since: times })

/** Acts by one decision come one behind the other. */
const changes = fc
  .array(
    fc.oneof(
      putsOf(
        'anchors',
        rootKeys,
        fc.record({ anchoredAt: times, blockNumber: times, size: wides, firstIndex: wides }),
      ).map((change) => [change]),
      putsOf(
        'keys',
        rootKeys,
        fc
          .tuple(publicKeys, fc.record({ validFrom: times, validUntil: ends, compromisedFrom: ends }))
          .map(([key, terms]) => ({ ...key, ...terms })),
      ).map((change) => [change]),
      putsOf('successors', places, fc.oneof(links, fc.record({ destination: usccs }))).map((change) => [
        change,
      ]),
      putsOf(
        'origins',
        places,
        fc.tuple(links, fc.integer({ min: 1, max: 11 })).map(([link, depth]) => ({ ...link, depth })),
      ).map((change) => [change]),
      putsOf(
        'responsibilities',
        texts,
        fc.array(fc.record({ term: fc.record({ from: times, until: ends }) })),
      ).map((change) => [change]),
      entriesIn('notices', fc.record({ code: fc.nat(255), stands: fc.boolean(), effectiveAt: times })).map(
        (change) => [change],
      ),
      fc
        .tuple(fc.array(places, { minLength: 1, maxLength: 4 }), acts)
        .map(([keys, entry]) => keys.map((key) => ({ history: 'acts', key, entry }) as unknown as Change)),
    ),
    { maxLength: 60 },
  )
  .map((groups) => groups.flat())

function put(into: { put(change: Change): void }, told: readonly Change[]): void {
  for (const change of told) into.put(change)
}

/** Every key that changed, and each in every table. */
const TABLES = ['anchors', 'keys', 'successors', 'origins', 'responsibilities'] as const

function expectAlike(facts: Facts, plain: Facts, told: readonly Change[]): void {
  for (const { key } of told) {
    for (const table of TABLES)
      expect(facts.find(table, key), `${table} ${key}`).to.deep.equal(plain.find(table, key))
    for (const table of ['acts', 'notices'] as const)
      expect(facts.history(table, key), `${table} ${key}`).to.deep.equal(plain.history(table, key))
  }
  for (const agency of new Set(told.map(({ key }) => agencyOf(key))))
    for (const name of ['anchors', 'acts'] as const) {
      const count = plain.toldCount(name, agency)
      expect(facts.toldCount(name, agency), `${name} of ${agency}`).to.equal(count)
      const of = (kept: Facts) => kept.told(name, agency, count >> 1, 3)
      expect(of(facts), `${name} of ${agency}`).to.deep.equal(of(plain))
    }
  for (const name of [...TABLES, 'acts', 'notices'] as const)
    expect([...allKeys(facts, name)], name).to.deep.equal([...allKeys(plain, name)])
}

/** As who saves it keeps it: in pieces that are whole rows. */
async function* savedRows(facts: CompactFacts): AsyncIterable<LoggedRows> {
  for (const [log, rows] of facts.logs)
    for (const { words } of rows.chunksFrom(0)) {
      const middle = Math.floor(words.length / rows.width / 2) * rows.width
      yield { log, words: words.slice(0, middle) }
      yield { log, words: words.slice(middle) }
    }
}

async function reloaded(facts: CompactFacts): Promise<CompactFacts> {
  const again = new CompactFacts()
  await again.load(savedRows(facts))
  return again
}

const wordsOf = (facts: CompactFacts): readonly (readonly [string, readonly number[]])[] =>
  [...facts.logs].map(([log, rows]) => [log, [...rows.slice(0, rows.length)]])

describe('Compact facts', function () {
  this.timeout(300_000)

  it('answer as facts in maps do, and lie below a layer as they do', () => {
    fc.assert(
      fc.property(changes, changes, (below, above) => {
        const [compact, plain] = [new CompactFacts(), new FactLayer()]
        put(compact, below)
        put(plain, below)
        expectAlike(compact, plain, [...below, ...above])
        const [overCompact, overPlain] = [new FactLayer(compact), new FactLayer(plain)]
        put(overCompact, above)
        put(overPlain, above)
        expectAlike(overCompact, overPlain, [...below, ...above])
        expectAlike(compact, plain, [...below, ...above])
      }),
      { numRuns: SEQUENCES },
    )
  })

  it('are after a start what they were before, and what is added then makes the same rows as without it', async () => {
    await fc.assert(
      fc.asyncProperty(changes, changes, async (before, after) => {
        const [facts, plain] = [new CompactFacts(), new FactLayer()]
        put(facts, before)
        put(plain, before)
        const again = await reloaded(facts)
        expectAlike(again, plain, before)
        for (const kept of [facts, again, plain]) put(kept, after)
        expectAlike(again, plain, [...before, ...after])
        expect(wordsOf(again)).to.deep.equal(wordsOf(facts))
      }),
      { numRuns: SEQUENCES },
    )
  })

  it('find each of so many that every log and every part of an index has grown, and none that there is not', async () => {
    const count = 60_000
    const facts = new CompactFacts()
    const digestOf = (number: number): string => `0x${number.toString(16).padStart(64, '0')}`
    for (let number = 0; number < count; number++) {
      const anchor = { anchoredAt: number, blockNumber: number, size: 1, firstIndex: number }
      facts.put({ table: 'anchors', key: `a/${digestOf(number)}`, fact: anchor })
      const decisionNumber = `决定${number >> 3}号`
      facts.put({
        history: 'acts',
        key: `a/${number % (count / 2)}`,
        entry: { act: 'suspend', effectiveAt: number, decisionNumber },
      })
    }
    for (const kept of [facts, await reloaded(facts)]) {
      for (let number = 0; number < count; number += 61) {
        expect(kept.find('anchors', `a/${digestOf(number)}`)?.firstIndex).to.equal(number)
        expect(kept.find('anchors', `a/${digestOf(number + count)}`)).to.equal(null)
        expect(kept.history('acts', `a/${number + count}`)).to.equal(null)
      }
      for (let number = 0; number < count / 2; number += 37) {
        const history = kept.history('acts', `a/${number}`)
        expect(history?.newest.decisionNumber).to.equal(`决定${(number + count / 2) >> 3}号`)
        expect(history?.before?.newest.effectiveAt).to.equal(number)
        expect(history?.before?.before).to.equal(null)
      }
    }
  })

  it('find nothing under a key that no event has, and hold nothing under it', () => {
    const facts = new CompactFacts()
    const fact = { anchoredAt: 1, blockNumber: 1, size: 1, firstIndex: 0 }
    facts.put({ table: 'anchors', key: `a/0x${'ab'.repeat(32)}`, fact })
    for (const key of ['', 'a', 'a/', 'a/0', `a/0x${'AB'.repeat(32)}`, `a/0x${'ab'.repeat(31)}`]) {
      expect(facts.find('anchors', key), key).to.equal(null)
      expect(() => facts.put({ table: 'anchors', key, fact }), key).to.throw(RangeError)
    }
    const entry = { code: 1, stands: true, effectiveAt: 1 }
    facts.put({ history: 'notices', key: 'a/7', entry })
    for (const key of ['a/07', 'a/-7', 'a/7.0', 'a/7e0', `a/${2 ** 48}`, 'a/', '/']) {
      expect(facts.history('notices', key), key).to.equal(null)
      expect(() => facts.put({ history: 'notices', key, entry }), key).to.throw(RangeError)
    }
  })

  it('hold no number that their words do not, no curve of another algorithm, and rows of no unknown log', async () => {
    const facts = new CompactFacts()
    const key = `a/0x${'ab'.repeat(32)}`
    const whole = { anchoredAt: 1, blockNumber: 1, size: 1, firstIndex: 0 }
    for (const wrong of [
      { size: 2 ** 48 },
      { anchoredAt: -1 },
      { blockNumber: 0.5 },
      { firstIndex: Number.NaN },
    ])
      expect(() => facts.put({ table: 'anchors', key, fact: { ...whole, ...wrong } })).to.throw(RangeError)
    const coordinate = encodeBase64url(new Uint8Array(32))
    const publicJwk = { kty: 'EC', crv: 'SM2', x: coordinate, y: coordinate } as const
    const issuerKey = { algorithm: 'ES256', validFrom: 1, validUntil: null, compromisedFrom: null } as const
    expect(() => facts.put({ table: 'keys', key, fact: { ...issuerKey, publicJwk } })).to.throw(RangeError)
    async function* unknown(): AsyncIterable<LoggedRows> {
      yield { log: 'unknown', words: new Uint32Array(1) }
    }
    const refused = await facts.load(unknown()).catch((error: Error) => error)
    expect(refused).to.be.instanceOf(RangeError)
  })
})
