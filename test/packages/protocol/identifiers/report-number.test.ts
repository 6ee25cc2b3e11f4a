/** Numbers of reports: read as they are written, and a slip of the hand is noticed. */
import { encodeReportNumber, encodeReportSeries, matchReportNumber } from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { runs } from '../../../fixtures/test-profile.ts'

const parts = fc.record({
  day: fc
    .date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  series: fc.uint8Array({ minLength: 5, maxLength: 5 }).map(encodeReportSeries),
  count: fc.integer({ min: 1, max: 999_999_999 }),
})

describe('number of a report', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(parts, (number) => {
        expect(matchReportNumber(encodeReportNumber(number))).to.deep.equal(number)
      }),
      { numRuns: runs(200, 20_000) },
    )
  })

  it('has another check character where one character is another', () => {
    fc.assert(
      fc.property(parts, fc.nat(22), (number, at) => {
        const text = encodeReportNumber(number)
        const other = `${text.slice(0, at)}${text.charAt(at) === '3' ? '4' : '3'}${text.slice(at + 1)}`
        expect(matchReportNumber(other), other).to.equal(null)
      }),
      { numRuns: runs(200, 20_000) },
    )
  })

  it('keeps all 40 bits of its series, in the order of their value', () => {
    expect(encodeReportSeries(new Uint8Array(5))).to.equal('00000000')
    expect(encodeReportSeries(new Uint8Array(5).fill(255))).to.equal('ZZZZZZZZ')
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const value = [...encodeReportSeries(bytes)].reduce(
          (sum, one) => sum * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(one)),
          0n,
        )
        expect(value).to.equal(BigInt(`0x${Buffer.from(bytes).toString('hex')}`))
      }),
      { numRuns: runs(100, 10_000) },
    )
  })

  it('is not made of parts that are none', () => {
    const good = { day: '2026-01-12', series: '7K3M9QXA', count: 1 }
    for (const change of [
      { day: '2026-02-30' },
      { day: '20260112' },
      { series: '7K3M9QX' },
      { series: '7K3M9QXI' },
      { count: 0 },
      { count: 1.5 },
      { count: 1_000_000_000 },
    ])
      expect(() => encodeReportNumber({ ...good, ...change }), JSON.stringify(change)).to.throw(RangeError)
    for (const length of [0, 4, 6])
      expect(() => encodeReportSeries(new Uint8Array(length))).to.throw(RangeError)
    expect(encodeReportNumber(good)).to.match(/^20260112-7K3M9QXA-000001-[0-9A-Z]$/)
  })
})
