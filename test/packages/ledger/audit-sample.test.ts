/** A sample is drawn by whose the facts are: nobody who has very many keeps those of others out of it. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  chooseAll,
  chooseSome,
  createDraw,
  type Draw,
  type OwnKeys,
  SEEDS,
} from '#internal/ledger/replica/audit/audit-sample'

/** So many keys of one owner. */
const own = (province: string, owner: string, size: number): OwnKeys => ({
  owner,
  province,
  size,
  at: (place) => `${owner}/${place}`,
})
const MANY = Math.floor(2 ** 48 / 48)
const HUNAN = own('430000', 'honest', 40)
const GUANGDONG = own('440000', 'other', 1_000)
const GREEDY = own('430000', 'greedy', MANY)

const countOf = (keys: Iterable<string>, { owner }: OwnKeys): number =>
  [...keys].filter((key) => key.startsWith(`${owner}/`)).length
const draw = (): Draw => createDraw(1)

describe('A sample of facts', () => {
  it('has those of each agency, whatever another uses up', () => {
    const { keys, size } = chooseSome([GREEDY, HUNAN, GUANGDONG], 200, draw())
    expect(size).to.equal(200)
    expect(countOf(keys, HUNAN)).to.equal(40)
    expect(countOf(keys, GUANGDONG)).to.be.within(70, 130)
    expect(countOf(keys, GREEDY)).to.be.within(30, 90)
  })

  it('has those of each province, however many agencies are made in another', () => {
    const made = Array.from({ length: 5_000 }, (_, at) => own('430000', `made${at}`, MANY))
    const { keys } = chooseSome([...made, GUANGDONG], 200, draw())
    expect(countOf(keys, GUANGDONG)).to.be.within(70, 130)
  })

  it('has each once, and all where they are no more than are wanted', () => {
    const keys = [...chooseSome([HUNAN, GUANGDONG, own('220000', 'none', 0)], 2_000, draw()).keys]
    expect(keys).to.have.length(1_040)
    expect(new Set(keys)).to.have.length(1_040)
  })

  it('is the same for the same seed, and another for every other bit of it', () => {
    const drawnBy = (seed: number): string => [...chooseSome([GREEDY], 3, createDraw(seed)).keys].join(' ')
    const seeds = [0, ...Array.from({ length: 48 }, (_, bit) => 2 ** bit), SEEDS - 1]
    expect(new Set(seeds.map(drawnBy))).to.have.length(seeds.length)
    expect(drawnBy(5)).to.equal(drawnBy(5))
  })

  it('is even, also among more keys than 32 bits tell apart', () => {
    const drawn = createDraw(7)
    for (const bound of [2, 48, MANY]) {
      const parts = Array.from({ length: 8 }, () => 0)
      for (let n = 0; n < 8_000; n++) {
        const place = drawn(bound)
        expect(place).to.be.within(0, bound - 1)
        const part = Math.floor((place / bound) * 8)
        parts[part] = (parts[part] ?? 0) + 1
      }
      const used = bound === 2 ? [parts[0], parts[4]] : parts
      const mean = 8_000 / used.length
      for (const count of used) expect(count, String(bound)).to.be.within(mean * 0.85, mean * 1.15)
    }
    const odd = Array.from({ length: 1_000 }, () => drawn(MANY) % 2).filter((bit) => bit === 1)
    expect(odd.length).to.be.within(420, 580)
  })
})

describe('All facts', () => {
  it('are all there, of a province that has no more than are looked at', () => {
    const { keys, size, partly } = chooseAll([HUNAN, GUANGDONG], draw(), 1_000)
    expect({ size, partly }).to.deep.equal({ size: 1_040, partly: [] })
    expect(new Set(keys)).to.have.length(1_040)
  })

  it('are so many of a province with more, by whose they are, and it is named', () => {
    const { keys, size, partly } = chooseAll([GREEDY, HUNAN, GUANGDONG], draw(), 1_000)
    expect({ size, partly }).to.deep.equal({ size: 2_000, partly: ['430000'] })
    const chosen = [...keys]
    expect(new Set(chosen)).to.have.length(2_000)
    expect(countOf(chosen, HUNAN)).to.equal(40)
    expect(countOf(chosen, GUANGDONG)).to.equal(1_000)
  })
})
