/** An anchor as words: the four numbers, then what is above their words. */
import type { AnchorFact } from '@hefu/protocol'
import type { FactForm } from './compact-table.ts'
import { highsOf, splitHighs, wideOf } from './wide-number.ts'

export const ANCHOR_FORM: FactForm<AnchorFact> = {
  words: 6,
  write: ({ anchoredAt, blockNumber, size, firstIndex }, row, at) => {
    row[at] = anchoredAt
    row[at + 1] = blockNumber
    row[at + 2] = size
    row[at + 3] = firstIndex
    row[at + 4] = highsOf(anchoredAt, blockNumber)
    row[at + 5] = highsOf(size, firstIndex)
  },
  read: (rows, row, at) => {
    const [anchoredHigh, blockHigh] = splitHighs(rows.get(row, at + 4))
    const [sizeHigh, firstHigh] = splitHighs(rows.get(row, at + 5))
    return {
      anchoredAt: wideOf(rows.get(row, at), anchoredHigh),
      blockNumber: wideOf(rows.get(row, at + 1), blockHigh),
      size: wideOf(rows.get(row, at + 2), sizeHigh),
      firstIndex: wideOf(rows.get(row, at + 3), firstHigh),
    }
  },
}
