/** Lists of a replica: whoever goes through one by its cursors is told of each thing once, whatever comes meanwhile. */
import {
  type Change,
  CompactFacts,
  CursorUndoneError,
  createLedgerQueries,
  FactLayer,
  type Facts,
  MOST_ITEMS,
  type Page,
  type PageRequest,
} from '@hefu/ledger/replica'
import { type Hex, MalformedError, type StatusEntry } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createDraw } from '#internal/ledger/replica/audit/audit-sample'
import { mergeKeys } from '#internal/ledger/replica/facts/fact-keys'

const [ONE, OTHER] = ['11430000006122244L', '1144000000000101MG'] as const
const RULEBOOK: Hex = `0x${'5e'.repeat(20)}`
const NOW = 1_800_000_000
const POSITION = {
  ledger: { chainId: 31_337, address: `0x${'1e'.repeat(20)}` as Hex },
  block: { number: 9, hash: `0x${'09'.repeat(32)}` as Hex, time: NOW },
}
const TYPES = ['11100000000013338W011', '11100000000013338W012', '11100000000013338W013']

const rootOf = (n: number): Hex => `0x${(n * 2_654_435_761).toString(16).padStart(64, '0')}`
const anchor = (uscc: string, n: number): Change => ({
  table: 'anchors',
  key: `${uscc}/${rootOf(n)}`,
  fact: { anchoredAt: n, blockNumber: n, size: 1, firstIndex: n },
})
const act = (n: number): StatusEntry => ({
  act: 'suspend',
  effectiveAt: n,
  decisionNumber: `第${n}号`,
  legalBasis: 'XZCFF-9-3',
  capacity: 'operator',
})
const acted = (n: number): Change => ({ history: 'acts', key: `${ONE}/7`, entry: act(n) })
const key = (uscc: string, n: number): Change => ({
  table: 'keys',
  key: `${uscc}/${rootOf(n)}`,
  fact: {
    algorithm: 'EdDSA',
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
    validFrom: n,
    validUntil: null,
    compromisedFrom: null,
  },
})
const region = (code: string, parent: number, since = 1): Change => ({
  table: 'regions',
  key: code,
  fact: {
    status: 'active',
    parent,
    pausedUntil: 0,
    successor: 0,
    names: [{ since, fact: { zh: `地区${code}`, en: code, contact: '12345' } }],
    left: [{ at: 5, from: 0 }],
    membership: [{ since, fact: true }],
  },
})
const agency = (uscc: string, of: number): Change => ({
  table: 'agencies',
  key: uscc,
  fact: {
    status: 'active',
    since: 3,
    region: of,
    successor: null,
    names: [{ since: 3, fact: { zh: '样例局', en: 'Sample', contact: '12345' } }],
    left: [{ at: 9, from: 110000 }],
  },
})

function factsOf(changes: readonly Change[], below?: Facts): FactLayer {
  const facts = new FactLayer(below)
  for (const change of changes) facts.put(change)
  return facts
}

/** All items, page by page; `meanwhile` is done behind each page. */
function collect<Item>(
  list: (page: PageRequest) => Page<Item>,
  most: number,
  meanwhile = (): void => undefined,
): Item[] {
  const items: Item[] = []
  for (let cursor: string | undefined; ; ) {
    const page = list({ most, cursor })
    expect(page.items.length).to.be.at.most(most)
    items.push(...page.items)
    if (page.next === null) return items
    cursor = page.next
    meanwhile()
  }
}

const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, n) => from + n)

describe('Lists of a replica', () => {
  it('tell each thing once, whatever the size of the pages, and nothing of another agency', () => {
    const facts = factsOf([
      ...range(50).map((n) => anchor(ONE, n)),
      ...range(30, 100).map((n) => anchor(OTHER, n)),
    ])
    const { anchors } = createLedgerQueries(facts, POSITION)
    for (const most of [1, 7, 49, 50, 51, MOST_ITEMS]) {
      const roots = collect((page) => anchors(ONE, page), most).map(({ root }) => root)
      expect(roots, `pages of ${most}`).to.have.members(range(50).map(rootOf))
      expect(new Set(roots).size).to.equal(50)
    }
    expect(collect((page) => anchors('11430000000000999X', page), 5)).to.deep.equal([])
    const { keys } = createLedgerQueries(
      factsOf([...range(9).map((n) => key(ONE, n)), key(OTHER, 9)]),
      POSITION,
    )
    const ids = collect((page) => keys(ONE, page), 4).map(({ keyId }) => keyId)
    expect(ids).to.deep.equal(range(9).map(rootOf).sort())
  })

  it('tell what was there all the while once, while others come and the tail is undone', () => {
    const draw = createDraw(11)
    for (let run = 0; run < 50; run++) {
      const final = factsOf(range(40).map((n) => key(ONE, n)))
      let head = factsOf(
        range(10, 200).map((n) => key(ONE, n)),
        final,
      )
      let fresh = 1_000
      const ids = collect(
        (page) => createLedgerQueries(head, POSITION).keys(ONE, page),
        1 + draw(9),
        () => {
          if (draw(2) === 0) head = factsOf([key(ONE, fresh++)], final)
          else for (const layer of [final, head]) layer.put(key(ONE, fresh++))
        },
      ).map(({ keyId }) => keyId)
      expect(ids).to.include.members(range(40).map(rootOf))
      expect(new Set(ids).size).to.equal(ids.length)
    }
  })

  it('are of two layers as of one, in the order of keys', () => {
    const draw = createDraw(3)
    for (let run = 0; run < 100; run++) {
      const changes = range(draw(30)).map(() => anchor(ONE, draw(20)))
      const cut = draw(changes.length + 1)
      const below = factsOf(changes.slice(0, cut))
      // Looked through before more comes: what is sorted stays so.
      below.keysOf('anchors', null, 3)
      for (const change of changes.slice(cut, cut + 3)) below.put(change)
      const [two, one] = [factsOf(changes.slice(cut), below), factsOf(changes)]
      const after = draw(2) === 0 ? null : `${ONE}/${rootOf(draw(20))}`
      const most = 1 + draw(8)
      const keys = [...new Set(changes.map(({ key }) => key))].sort()
      const expected = keys.filter((key) => after === null || key > after).slice(0, most)
      expect(two.keysOf('anchors', after, most)).to.deep.equal(expected)
      expect(one.keysOf('anchors', after, most)).to.deep.equal(expected)
    }
    expect(mergeKeys(['a', 'c'], ['a', 'b'], 9)).to.deep.equal(['a', 'b', 'c'])
  })

  it('are as of the block, by the rulebook then in force', () => {
    const term = (from: number, until: number | null) => ({ term: { from, until } })
    const facts = factsOf([
      {
        table: 'rulebooks',
        key: '',
        fact: [
          { since: 5, fact: RULEBOOK },
          { since: NOW + 1, fact: `0x${'00'.repeat(20)}` },
        ],
      },
      { table: 'baseline', key: `${RULEBOOK}/${TYPES[0]}`, fact: [term(1, null)] },
      { table: 'baseline', key: `${RULEBOOK}/${TYPES[1]}`, fact: [term(1, NOW)] },
      { table: 'baseline', key: `${RULEBOOK}/${TYPES[2]}`, fact: [term(NOW + 1, null)] },
      { table: 'responsibilities', key: `${RULEBOOK}/${ONE}/${TYPES[0]}`, fact: [term(1, NOW + 9)] },
      { table: 'delegations', key: `${RULEBOOK}/430100/${TYPES[0]}`, fact: [term(2, null)] },
      {
        table: 'refusals',
        key: `${RULEBOOK}/440000/0/${TYPES[0]}/440100/JS/0017`,
        fact: [{ ...term(1, null), approval: { number: '粤1', documentDigest: RULEBOOK } }],
      },
      {
        table: 'agreements',
        key: `${RULEBOOK}/1`,
        fact: {
          ...term(1, null),
          licenceTypes: [TYPES[0] as string],
          members: [{ ...term(2, null), province: 430000 }],
        },
      },
    ])
    const queries = createLedgerQueries(facts, POSITION)
    const page = { most: 10 }
    expect(queries.baseline(page).items).to.deep.equal([
      { licenceType: TYPES[0], term: { from: 1, until: null } },
    ])
    expect(queries.baseline(page).block).to.deep.equal(POSITION.block)
    expect(queries.responsibilities(page).items).to.deep.equal([
      { agency: ONE, licenceType: TYPES[0], term: { from: 1, until: NOW + 9 } },
    ])
    expect(queries.delegations(page).items.map(({ region }) => region)).to.deep.equal(['430100'])
    expect(queries.refusals(page).items).to.deep.include.members([
      {
        receiving: '440000',
        issuing: null,
        licenceType: TYPES[0],
        serviceItem: '440100/JS/0017',
        term: { from: 1, until: null },
        approval: { number: '粤1', documentDigest: RULEBOOK },
      },
    ])
    expect(
      queries.agreements(page).items.map(({ number, members }) => [number, members.length]),
    ).to.deep.equal([[1, 1]])
    const before = createLedgerQueries(facts, { ...POSITION, block: { ...POSITION.block, time: 4 } })
    expect(before.baseline(page)).to.include({ next: null })
    expect(before.baseline(page).items).to.deep.equal([])
  })

  it('go on behind many that are not in force, in pages that may be empty', () => {
    const ended = (n: number): Change => ({
      table: 'responsibilities',
      key: `${RULEBOOK}/${ONE}/${String(n).padStart(21, '0')}`,
      fact: [{ term: { from: 1, until: n === 11_999 ? null : 2 } }],
    })
    const facts = factsOf([
      { table: 'rulebooks', key: '', fact: [{ since: 5, fact: RULEBOOK }] },
      ...range(12_000).map(ended),
    ])
    const { responsibilities } = createLedgerQueries(facts, POSITION)
    const first = responsibilities({ most: 100 })
    expect([first.items.length, first.next === null]).to.deep.equal([0, false])
    expect(collect(responsibilities, 100)).to.have.length(1)
  })

  it('tell acts in the order in which they were entered', () => {
    const facts = factsOf(range(9).map(acted))
    const { acts } = createLedgerQueries(facts, POSITION)
    const of = { issuer: ONE, statusIndex: 7 }
    expect(collect((page) => acts(of, page), 4)).to.deep.equal(range(9).map(act))
    expect(collect((page) => acts({ ...of, statusIndex: 8 }, page), 4)).to.deep.equal([])
  })

  it('say so where acts that were told of are undone, and go on where only others are', () => {
    const final = factsOf(range(4).map(acted))
    const of = { issuer: ONE, statusIndex: 7 }
    const listed = (facts: FactLayer, page: PageRequest) =>
      createLedgerQueries(facts, POSITION).acts(of, page)
    const head = factsOf([acted(4), acted(5), acted(6)], final)
    const [four, six] = [4, 6].map((most) => listed(head, { most }).next ?? '')
    const replaced = factsOf([acted(40), acted(50)], final)
    expect(listed(replaced, { most: 9, cursor: four }).items).to.deep.equal([40, 50].map(act))
    expect(() => listed(replaced, { most: 9, cursor: six })).to.throw(CursorUndoneError)
    expect(() => listed(final, { most: 9, cursor: six })).to.throw(CursorUndoneError)
  })

  it('tell what an agency did in its order, in two layers as in one, also where it is kept as rows', () => {
    const draw = createDraw(17)
    for (let run = 0; run < 60; run++) {
      const changes = range(draw(60)).map((n): Change => {
        const uscc = draw(3) === 0 ? OTHER : ONE
        if (draw(2) === 0) return anchor(uscc, n)
        const index = draw(2) === 0 ? draw(9) : 2 ** 32 + draw(9)
        return { history: 'acts', key: `${uscc}/${index}`, entry: act(n) }
      })
      const cut = draw(changes.length + 1)
      const rows = new CompactFacts()
      for (const change of changes.slice(0, cut)) rows.put(change)
      const expected = changes.flatMap((change) =>
        'history' in change && change.key.startsWith(ONE)
          ? [{ statusIndex: Number(change.key.split('/')[1]), entry: change.entry }]
          : [],
      )
      const anchored = changes.filter((change) => 'table' in change && change.key.startsWith(ONE))
      const most = 1 + draw(7)
      for (const facts of [factsOf(changes), factsOf(changes.slice(cut), rows)]) {
        const { actsOf, anchors } = createLedgerQueries(facts, POSITION)
        expect(collect((page) => actsOf(ONE, page), most)).to.deep.equal(expected)
        const roots = collect((page) => anchors(ONE, page), most).map(({ root }) => `${ONE}/${root}`)
        expect(roots).to.deep.equal(anchored.map((change) => change.key))
      }
    }
  })

  it('say so where anchors that were told of are undone, and go on where only later ones are', () => {
    const final = factsOf(range(4).map((n) => anchor(ONE, n)))
    const listed = (facts: FactLayer, page: PageRequest) =>
      createLedgerQueries(facts, POSITION).anchors(ONE, page)
    const head = factsOf(
      [4, 5, 6].map((n) => anchor(ONE, n)),
      final,
    )
    const [four, six] = [4, 6].map((most) => listed(head, { most }).next ?? '')
    const replaced = factsOf(
      [40, 50].map((n) => anchor(ONE, n)),
      final,
    )
    expect(listed(replaced, { most: 9, cursor: four }).items.map(({ root }) => root)).to.deep.equal(
      [40, 50].map(rootOf),
    )
    expect(() => listed(replaced, { most: 9, cursor: six })).to.throw(CursorUndoneError)
    expect(() => listed(final, { most: 9, cursor: six })).to.throw(CursorUndoneError)
  })

  it('put together from pages across reorganisations are the list as of the last page, or are refused, where it is another', () => {
    const draw = createDraw(23)
    let [whole, refused] = [0, 0]
    for (let run = 0; run < 400; run++) {
      const final = new CompactFacts()
      // Few, so that after a reorganisation the same come again in other places.
      const tail: Change[][] = []
      const block = (): Change[] =>
        range(1 + draw(3)).map(() => ({ history: 'acts', key: `${ONE}/${draw(2)}`, entry: act(draw(3)) }))
      const headOf = (): FactLayer => factsOf(tail.flat(), final)
      const step = (): void => {
        const what = draw(4)
        if (what === 0) for (const change of tail.shift() ?? []) final.put(change)
        else if (what === 1) tail.splice(draw(tail.length + 1), tail.length, ...range(draw(3)).map(block))
        else tail.push(block())
      }
      for (let steps = 0; steps < 4; steps++) step()
      const most = 1 + draw(3)
      const asked = draw(2) === 0 ? 'actsOf' : 'acts'
      const listed = (page: PageRequest): Page<unknown> => {
        const queries = createLedgerQueries(headOf(), POSITION)
        return asked === 'actsOf'
          ? queries.actsOf(ONE, page)
          : queries.acts({ issuer: ONE, statusIndex: 0 }, page)
      }
      const told: unknown[] = []
      const now = (): readonly unknown[] => listed({ most: MOST_ITEMS }).items
      try {
        collect(
          (page) => {
            const found = listed(page)
            told.push(...found.items)
            return found
          },
          most,
          step,
        )
        expect(told, `run ${run}`).to.deep.equal(now())
        whole += 1
      } catch (error) {
        if (!(error instanceof CursorUndoneError)) throw error
        expect(now().slice(0, told.length), `run ${run}`).to.not.deep.equal(told)
        refused += 1
      }
    }
    expect(whole, 'told whole').to.be.above(50)
    expect(refused, 'refused').to.be.above(20)
  })

  it('of more than a cursor binds go on once more is final, and of another chain not at all', () => {
    const deployed = (hash: Hex): Change => ({ table: 'deployment', key: '', fact: hash })
    const [final, other] = [new CompactFacts(), new CompactFacts()]
    final.put(deployed(rootOf(1)))
    other.put(deployed(rootOf(2)))
    const many = range(2 ** 12 + 5).map(
      (n): Change => ({ history: 'acts', key: `${ONE}/${n}`, entry: act(1) }),
    )
    const head = factsOf(many, final)
    const page = (facts: Facts, cursor?: string) =>
      createLedgerQueries(facts, POSITION).actsOf(ONE, { most: MOST_ITEMS, cursor })
    let [told, cursor]: [number, string | null] = [0, null]
    for (let pages = 0; pages < 6; pages++) {
      const { items, next } = page(head, cursor ?? undefined)
      told += items.length
      cursor = next
    }
    expect(told).to.equal(2 ** 12)
    for (const change of many) {
      final.put(change)
      other.put(change)
    }
    expect(() => page(other, cursor ?? '')).to.throw(CursorUndoneError)
    expect(page(final, cursor ?? '')).to.deep.include({ next: null })
    expect(page(final, cursor ?? '').items).to.have.length(5)
  })

  it('of what is numbered are refused where what was read has another number by now, and go on where it has not', () => {
    const successor = (n: number): Change[] => [
      {
        table: 'successions',
        key: String(n % 100).padStart(10, '0'),
        fact: { of: { region: 1 }, successor: { region: n }, since: NOW },
      },
      { table: 'waitCounts', key: 'successions', fact: n % 100 },
    ]
    let final = new CompactFacts()
    const listed = (tail: readonly number[], page: PageRequest, state?: 'waiting') =>
      createLedgerQueries(factsOf(tail.flatMap(successor), final), POSITION).successions(page, state)
    for (const state of [undefined, 'waiting'] as const) {
      final = new CompactFacts()
      for (const change of successor(1)) final.put(change)
      const [one, two] = [1, 2].map((most) => listed([2, 3], { most }, state).next ?? '')
      expect(listed([2, 3], { most: 9, cursor: two }, state).items.map(({ number }) => number)).to.deep.equal(
        [3],
      )
      expect(listed([102, 103], { most: 9, cursor: one }, state).items).to.have.length(2)
      expect(() => listed([102, 103], { most: 9, cursor: two }, state)).to.throw(CursorUndoneError)
      expect(() => listed([], { most: 9, cursor: two }, state)).to.throw(CursorUndoneError)
      for (const change of successor(2)) final.put(change)
      expect(listed([3], { most: 9, cursor: two }, state).items.map(({ number }) => number)).to.deep.equal([
        3,
      ])
    }
  })

  it('that somebody still holds tell each thing once when its block becomes final', () => {
    const final = new CompactFacts()
    const told = [anchor(ONE, 1), acted(1), anchor(ONE, 2), acted(2)]
    const held = createLedgerQueries(factsOf(told, final), POSITION)
    for (const change of told) final.put(change)
    expect(held.actsOf(ONE, { most: 9 }).items).to.have.length(2)
    expect(held.anchors(ONE, { most: 9 }).items.map(({ root }) => root)).to.deep.equal([1, 2].map(rootOf))
    expect(collect((page) => held.anchors(ONE, page), 1)).to.have.length(2)
  })

  it('tell what lies in a region, at whatever depth, and one thing with its past', () => {
    const facts = factsOf([
      region('430000', 0),
      region('430100', 430000),
      region('430121', 430100),
      region('440000', 0),
      agency(ONE, 430121),
      agency(OTHER, 440000),
      anchor(ONE, 1),
      key(ONE, 2),
    ])
    const queries = createLedgerQueries(facts, POSITION)
    const page = { most: 1 }
    const codes = (within?: string) =>
      collect((at) => queries.regions({ ...at, ...page }, within), 1).map(({ region: code }) => code)
    expect(codes()).to.deep.equal(['430000', '430100', '430121', '440000'])
    expect(codes('430000')).to.deep.equal(['430100', '430121'])
    expect(codes('430121')).to.deep.equal([])
    const agencies = (within?: string) =>
      collect((at) => queries.agencies(at, within), 1).map(({ agency: uscc }) => uscc)
    expect(agencies('430100')).to.deep.equal([ONE])
    expect(agencies()).to.have.members([ONE, OTHER])
    const { next } = queries.regions(page, '430000')
    expect(() => queries.regions({ ...page, cursor: next ?? '' }, '440000')).to.throw(MalformedError)
    expect(() => queries.regions({ ...page, cursor: next ?? '' })).to.throw(MalformedError)

    expect(queries.region('430100')).to.deep.equal({
      region: '430100',
      status: 'active',
      name: '地区430100',
      parent: '430000',
      successor: null,
      pausedUntil: null,
      names: [{ since: 1, zh: '地区430100', en: '430100', contact: '12345' }],
      formerParents: [{ until: 5, parent: null }],
      membership: [{ since: 1, isMember: true }],
    })
    expect(queries.agency(ONE)).to.deep.include({
      region: '430121',
      formerRegions: [{ until: 9, region: '110000' }],
    })
    expect(queries.anchor(ONE, rootOf(1))).to.deep.include({ root: rootOf(1), size: 1 })
    expect(queries.key(ONE, rootOf(2))).to.deep.include({ keyId: rootOf(2), validFrom: 2 })
    for (const none of [
      queries.region('430102'),
      queries.agency('11430000000000999X'),
      queries.anchor(OTHER, rootOf(1)),
      queries.key(ONE, rootOf(1)),
      queries.agreement(1),
      queries.licenceType(TYPES[0] as string),
    ])
      expect(none).to.equal(null)
  })

  it('tell the rules of an earlier time by the rulebook and the terms of then, and of no later time', () => {
    const later: Hex = `0x${'6f'.repeat(20)}`
    const [type = '', other = ''] = TYPES
    const facts = factsOf([
      {
        table: 'rulebooks',
        key: '',
        fact: [
          { since: 5, fact: RULEBOOK },
          { since: 50, fact: later },
        ],
      },
      { table: 'baseline', key: `${RULEBOOK}/${type}`, fact: [{ term: { from: 5, until: 40 } }] },
      { table: 'baseline', key: `${later}/${other}`, fact: [{ term: { from: 50, until: null } }] },
      {
        table: 'licenceTypes',
        key: `${later}/${type}`,
        fact: [{ schemaDigest: later, version: 1, status: 'active', since: 60 }],
      },
      {
        table: 'demands',
        key: `${later}/440100/JS/0017`,
        fact: [{ since: 50, fact: { [type]: ['holderName'] } }],
      },
      {
        table: 'responsibilities',
        key: `${later}/${ONE}/${type}`,
        fact: [{ term: { from: 50, until: null } }],
      },
      {
        table: 'responsibilities',
        key: `${later}/${OTHER}/${type}`,
        fact: [{ term: { from: 50, until: null } }],
      },
      {
        table: 'agreements',
        key: `${later}/7`,
        fact: { term: { from: 90, until: 91 }, licenceTypes: [], members: [] },
      },
    ])
    const queries = createLedgerQueries(facts, POSITION)
    const at = (time?: number) => queries.baseline({ most: 9, at: time }).items.map((one) => one.licenceType)
    expect([at(4), at(10), at(45), at(50), at()]).to.deep.equal([[], [type], [], [other], [other]])
    expect(() => queries.baseline({ most: 9, at: NOW + 1 })).to.throw(RangeError)
    expect([queries.licenceType(type, 59), queries.licenceType(type)?.version]).to.deep.equal([null, 1])
    expect(queries.serviceItems({ most: 9 }).items).to.deep.equal([
      { serviceItem: '440100/JS/0017', since: 50, demands: [{ licenceType: type, fields: ['holderName'] }] },
    ])
    expect(queries.responsibilities({ most: 9 }, ONE).items.map((one) => one.agency)).to.deep.equal([ONE])
    expect(queries.agreement(7)).to.deep.include({ number: 7, members: [] })
    expect(queries.agreements({ most: 9 }).items).to.deep.equal([])
    expect(queries.rulebooks().map(({ since }) => since)).to.deep.equal([5, 50])
  })

  it('take no cursor that another list gave, or nobody, and no page without a bound', () => {
    const { anchors, keys, acts } = createLedgerQueries(
      factsOf(range(9).map((n) => anchor(ONE, n))),
      POSITION,
    )
    const cursor = anchors(ONE, { most: 3 }).next ?? ''
    for (const taken of [
      () => anchors(OTHER, { most: 3, cursor }),
      () => keys(ONE, { most: 3, cursor }),
      () => acts({ issuer: ONE, statusIndex: 7 }, { most: 3, cursor }),
      () => anchors(ONE, { most: 3, cursor: `${cursor}A` }),
      () => anchors(ONE, { most: 3, cursor: '' }),
      () => anchors(ONE, { most: 3, cursor: 'x'.repeat(100_000) }),
    ])
      expect(taken).to.throw(MalformedError)
    for (const most of [0, -1, 1.5, MOST_ITEMS + 1, Number.NaN])
      expect(() => anchors(ONE, { most })).to.throw(RangeError)
  })
})
