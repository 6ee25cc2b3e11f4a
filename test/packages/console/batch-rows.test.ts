/** Rows, their counts, what is looked at of them, and what is kept over a reload. */
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { type BatchRow, createBatchRows, OUTCOMES, type Outcome } from '#internal/console/batch/batch-rows'
import { forgetNumbers, type Keeper, keepNumbers, recallNumbers } from '#internal/console/batch/kept-numbers'
import { createPaceMeter } from '#internal/console/batch/pace'
import { countReasons, EVERY_ROW, pageOf, viewRows } from '#internal/console/batch/row-view'

function rowOf(row: number, changes: Partial<BatchRow> = {}): BatchRow {
  return {
    row,
    name: null,
    outcome: 'waiting',
    reason: null,
    nextStep: null,
    resultCode: null,
    number: null,
    digest: null,
    sought: null,
    licence: null,
    place: null,
    ...changes,
  }
}

describe('the rows of a batch', () => {
  it('add up to what was given, whatever becomes of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(...OUTCOMES)), { maxLength: 200 }),
        (changes) => {
          const rows = createBatchRows()
          for (const [row, outcome] of changes) rows.put(rowOf(row, { outcome }))
          const counted = rows.counts()
          for (const outcome of OUTCOMES)
            expect(counted[outcome]).to.equal(rows.all().filter((row) => row.outcome === outcome).length)
          expect(Object.values(counted).reduce((sum, some) => sum + some, 0)).to.equal(
            new Set(changes.map(([row]) => row)).size,
          )
        },
      ),
    )
  })

  it('are forgotten whole', () => {
    const rows = createBatchRows()
    rows.put(rowOf(1, { name: '张样例.pdf', reason: rows.keep('file:no-qr', { zh: '无', en: 'none' }) }))
    rows.forget()
    expect([rows.all().length, rows.reasons.size, rows.counts().waiting]).to.deep.equal([0, 0, 0])
  })
})

describe('the rows that are looked at', () => {
  const rows = [
    rowOf(1, { name: '乙2.pdf', outcome: 'accepted' }),
    rowOf(2, { name: '甲10.pdf', outcome: 'rejected', reason: 'finding:status/revoked', number: 'N-2' }),
    rowOf(3, { name: '甲9.pdf', outcome: 'unread', reason: 'file:no-qr' }),
    rowOf(4, { name: null, outcome: 'rejected', reason: 'finding:validity/expired' }),
    rowOf(5, { name: 'A.PDF', outcome: 'waiting' }),
  ]
  const numbers = (view: Partial<typeof EVERY_ROW>): readonly number[] =>
    viewRows(rows, { ...EVERY_ROW, ...view }).map(({ row }) => row)

  it('are those of an outcome, of a reason, and of what is searched for, and of all of these together', () => {
    expect(numbers({ outcome: 'rejected' })).to.deep.equal([2, 4])
    expect(numbers({ reason: 'file:no-qr' })).to.deep.equal([3])
    expect(numbers({ search: '甲' })).to.deep.equal([2, 3])
    expect(numbers({ search: ' a.pdf ' })).to.deep.equal([5])
    expect(numbers({ search: 'n-2' })).to.deep.equal([2])
    expect(numbers({ search: '4' })).to.deep.equal([4])
    expect(numbers({ outcome: 'rejected', search: '乙' })).to.deep.equal([])
  })

  it('are in the order that is asked for, those that are alike in their own', () => {
    expect(numbers({ order: 'outcome' })).to.deep.equal([2, 4, 3, 5, 1])
    expect(numbers({ order: 'row', isDescending: true })).to.deep.equal([5, 4, 3, 2, 1])
    const byName = numbers({ order: 'name', search: '甲' })
    expect(byName, 'ninth before tenth').to.deep.equal([3, 2])
  })

  it('stand on pages, and none beyond the last', () => {
    const many = Array.from({ length: 101 }, (_, i) => rowOf(i + 1))
    expect(pageOf(many, 3).rows.map(({ row }) => row)).to.deep.equal([101])
    expect([pageOf(many, 9).page, pageOf(many, 0).page, pageOf([], 1).pages]).to.deep.equal([3, 1, 1])
  })

  it('are counted by their reason, the most frequent first', () => {
    expect(countReasons([...rows, rowOf(6, { reason: 'file:no-qr' })])[0]).to.deep.equal(['file:no-qr', 2])
  })
})

describe('the pace of a batch', () => {
  it('is told by what came of late, and not before something did', () => {
    const meter = createPaceMeter()
    expect(meter.read(0, 0, 100)).to.deep.equal({ rate: null, restSeconds: null })
    expect(meter.read(500, 5, 100).rate).to.equal(null)
    expect(meter.read(2_000, 20, 100)).to.deep.equal({ rate: 10, restSeconds: 8 })
    meter.restart()
    expect(meter.read(3_000, 30, 100).rate).to.equal(null)
  })
})

function keeperOf(kept: Map<string, string> = new Map()): Keeper {
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('what is kept over a reload', () => {
  const NUMBER = '0d9e1e3c-8a4f-4f0e-9b52-6f6a2a7c5b11'
  const one = { number: NUMBER, expiresAt: 2_000 }

  it('is number and expiry, for the same person and until it is over', () => {
    const kept = new Map<string, string>()
    keepNumbers(keeperOf(kept), [one], 'subject-a')
    expect([...kept.values()].join()).to.match(/^[0-9a-f-]{36} 2000 [\w-]{16}$/)
    expect(recallNumbers(keeperOf(kept), 'subject-a', 1_999)).to.deep.equal([one])
    expect(recallNumbers(keeperOf(kept), 'subject-b', 1_999), 'another person').to.deep.equal([])
    expect(recallNumbers(keeperOf(kept), 'subject-a', 2_000), 'over').to.deep.equal([])
    forgetNumbers(keeperOf(kept))
    expect(kept.size).to.equal(0)
  })

  it('is nothing where something else stands there, or the browser keeps nothing', () => {
    for (const text of ['', '[]', `${NUMBER} 2000`, `../../x 2000 ${'a'.repeat(16)}`, '\0'.repeat(99)])
      expect(recallNumbers(keeperOf(new Map([['hefu.batches', text]])), 'subject-a', 0)).to.deep.equal([])
    const away = (): never => {
      throw new Error('SecurityError')
    }
    const none: Keeper = { getItem: away, setItem: away, removeItem: away }
    keepNumbers(none, [one], 'subject-a')
    forgetNumbers(none)
    expect(recallNumbers(none, 'subject-a', 0)).to.deep.equal([])
  })
})

describe('the outcomes', () => {
  it('are all in the order in which they are shown', () => {
    const all: Readonly<Record<Outcome, true>> = {
      waiting: true,
      accepted: true,
      refer: true,
      rejected: true,
      undetermined: true,
      refused: true,
      unread: true,
    }
    expect([...OUTCOMES].toSorted()).to.deep.equal(Object.keys(all).toSorted())
  })
})
