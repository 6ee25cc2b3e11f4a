/** Lists of a replica: whoever goes through one by its cursors is told of each thing once, whatever comes meanwhile. */
import {
  type Change,
  CursorUndoneError,
  createLedgerQueries,
  FactLayer,
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

function factsOf(changes: readonly Change[], below?: FactLayer): FactLayer {
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
  })

  it('tell what was there all the while once, while others come and the tail is undone', () => {
    const draw = createDraw(11)
    for (let run = 0; run < 50; run++) {
      const final = factsOf(range(40).map((n) => anchor(ONE, n)))
      let head = factsOf(
        range(10, 200).map((n) => anchor(ONE, n)),
        final,
      )
      let fresh = 1_000
      const roots = collect(
        (page) => createLedgerQueries(head, POSITION).anchors(ONE, page),
        1 + draw(9),
        () => {
          if (draw(2) === 0) head = factsOf([anchor(ONE, fresh++)], final)
          else for (const layer of [final, head]) layer.put(anchor(ONE, fresh++))
        },
      ).map(({ root }) => root)
      expect(roots).to.include.members(range(40).map(rootOf))
      expect(new Set(roots).size).to.equal(roots.length)
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
