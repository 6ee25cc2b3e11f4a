/** What is compared costs no more than its length, whatever it is made of: what is bounded is bounded after taking out, too. */
import { compareFace } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { normaliseField, normaliseValue } from '#internal/protocol/licence/normal-form'

const LENGTH = 16_384

const of = (unit: string): string => unit.repeat(Math.floor(LENGTH / unit.length))

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
