/** What is compared costs no more than its length, whatever it is made of: what is bounded is bounded after taking out, too. */
import { compareFace, findLicenceType } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { compareFields } from '#internal/protocol/licence/compare-face'
import { normaliseField, normaliseValue } from '#internal/protocol/licence/normal-form'

/** As long as the longest field may be written. */
const LENGTH = 8000

const of = (unit: string): string => unit.repeat(Math.floor(LENGTH / unit.length))

describe('comparing what is longer than any way of writing a field', () => {
  const type = findLicenceType('safety-manager')
  const costOf = (work: () => unknown): number => {
    const startedAt = process.cpuUsage().user
    work()
    return process.cpuUsage().user - startedAt
  }

  it('finds it different without a normal form, ten fields in a fraction of a second', () => {
    const names = type?.fields.map(({ name }) => name).slice(0, 10) ?? []
    const submitted = Object.fromEntries(names.map((name) => [name, 'ﷺ'.repeat(16_000)]))
    const shown = names.map((name) => ({ name, value: 'x' }))
    expect(compareFields(type, shown, submitted).different).to.deep.equal(names)
    // Seconds without the bound. Microseconds.
    expect(costOf(() => compareFields(type, shown, submitted))).to.be.lessThan(50_000)
  })

  it('takes spaces, variants and ligatures up to four times the field’s length', () => {
    const post = '项目负责人'.repeat(40)
    const shown = [{ name: 'post', value: post }]
    const spread = (spaces: number): string => [...post].join(' '.repeat(spaces))
    expect(compareFields(type, shown, { post: spread(2) }).same).to.deep.equal(['post'])
    expect(compareFields(type, shown, { post: spread(4) }).different).to.deep.equal(['post'])
  })

  it('is the same where it is the same text', () => {
    const long = 'x'.repeat(9000)
    expect(compareFields(type, [{ name: 'post', value: long }], { post: long }).same).to.deep.equal(['post'])
  })
})

describe('comparing', () => {
  for (const [is, text] of [
    ['marks that only a joiner keeps apart', of(`${'\u0301\u0323'.repeat(15)}\u200c`)],
    ['marks that only a bracket keeps apart', of(`${'\u0301'.repeat(30)}(`)],
    ['syllable points before a letter', `${'\u0f0b'.repeat(LENGTH - 1)}a`],
    ['spaces', of(' ')],
    ['spaces of two kinds', of(' \u3000')],
    ['commas and spaces', of(', ')],
  ] as const) {
    it(`takes ${is} in time that their length bounds`, () => {
      const half = text.slice(0, LENGTH / 4)
      const costOf = (value: string): number => {
        const startedAt = process.cpuUsage().user
        for (const format of ['text', 'holder-id', 'date'] as const) normaliseValue(format, value)
        normaliseField({ format: 'text', several: true }, value)
        compareFace(undefined, [{ name: 'a', value: 'b' }], { a: value })
        return process.cpuUsage().user - startedAt
      }
      costOf(half)
      // Four times the length: sixteen times the work where it goes by the square. Microseconds; the floor is the clock's.
      expect(costOf(text)).to.be.lessThan(Math.max(60_000, 12 * costOf(half)))
    })
  }
})
