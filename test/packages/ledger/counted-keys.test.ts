/** Keys of agencies as rows of words: the same as in JavaScript's own maps, however they come. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createDraw } from '#internal/ledger/replica/audit/audit-sample'
import { countedDigests, countedPlaces } from '#internal/ledger/replica/audit/distinct-keys'

const AGENCIES = ['11430000000000201H', '1144000000000101MG', '1143000000000104MF']

describe('Keys with counts beside them', () => {
  it('are found, counted and told apart as in maps, agency by agency', () => {
    const draw = createDraw(29)
    const rows = countedPlaces(2)
    const maps = new Map<string, readonly [number, number]>()
    for (let step = 0; step < 5_000; step++) {
      const agency = AGENCIES[draw(AGENCIES.length)] ?? ''
      const key = `${agency}/${draw(2) === 0 ? draw(400) : 2 ** 32 + draw(400)}`
      const [one, other] = maps.get(key) ?? [0, 0]
      expect([rows.count(key, 0), rows.count(key, 1), rows.has(key)]).to.deep.equal([
        one,
        other,
        maps.has(key),
      ])
      const next = [one + 1, other + 2 ** 33] as const
      rows.set(key, ...next)
      maps.set(key, next)
    }
    expect(rows.size).to.equal(maps.size)
    expect([...rows.keys()]).to.deep.equal([...maps.keys()])
    for (const agency of AGENCIES) {
      const own = Array.from({ length: rows.countOf(agency) }, (_, place) => rows.keyAt(agency, place))
      expect(own).to.deep.equal([...maps.keys()].filter((key) => key.startsWith(`${agency}/`)))
    }
    expect([...rows.agencies()]).to.have.members(AGENCIES)
    expect([rows.has('nobody/7'), rows.countOf('nobody')]).to.deep.equal([false, 0])
    for (const [key, counts] of maps)
      expect([0, 1].map((which) => rows.count(key, which))).to.deep.equal(counts)
  })

  it('are none that no event has, and digests are told apart by every digit', () => {
    const digests = countedDigests(0)
    const keyOf = (digit: string): string => `${AGENCIES[0]}/0x${'0'.repeat(63)}${digit}`
    digests.set(keyOf('1'))
    expect([digests.has(keyOf('1')), digests.has(keyOf('2')), digests.size]).to.deep.equal([true, false, 1])
    expect(() => digests.set(`${AGENCIES[0]}/0x12`)).to.throw(RangeError)
    expect(() => countedPlaces(0).set(`${AGENCIES[0]}/-1`)).to.throw(RangeError)
  })
})
