import { endOfDay, formatChinaTime, isCalendarDate, startOfDay } from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { runs } from '../../../fixtures/test-profile.ts'

describe('dates of a licence, days of China Standard Time', () => {
  it('begin at midnight in China and end where the next begins', () => {
    expect(startOfDay('2026-01-01')).to.equal(Date.parse('2025-12-31T16:00:00Z') / 1000)
    expect(endOfDay('2026-01-01')).to.equal(startOfDay('2026-01-02'))
    expect(endOfDay('2024-02-28')).to.equal(startOfDay('2024-02-29'))
    expect(formatChinaTime(startOfDay('2026-01-01'))).to.equal('2026-01-01 00:00')
    expect(formatChinaTime(endOfDay('2026-01-01') - 1)).to.equal('2026-01-01 23:59')
  })
  it('are refused when the calendar has no such day', () => {
    for (const text of ['2023-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '2026-04-31']) {
      expect(isCalendarDate(text), text).to.equal(false)
      expect(() => startOfDay(text)).to.throw(RangeError)
    }
  })
  it('are refused in any other form', () => {
    for (const text of [
      '2026-1-1',
      '20260101',
      '2026/01/01',
      ' 2026-01-01',
      '2026-01-01\n',
      '２０26-01-01',
      '长期',
      '',
    ]) {
      expect(isCalendarDate(text), text).to.equal(false)
      expect(() => endOfDay(text)).to.throw(RangeError)
    }
  })
  it('are written for every time that a credential can carry', () => {
    expect(formatChinaTime(1_099_511_627_775)).to.match(/^\+036812-02-20 \d\d:\d\d$/)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_099_511_627_775 }), (time) => {
        expect(formatChinaTime(time)).to.match(/^(\d{4}|\+\d{6})-\d\d-\d\d \d\d:\d\d$/)
      }),
      { numRuns: runs(200, 5000) },
    )
  })
})
