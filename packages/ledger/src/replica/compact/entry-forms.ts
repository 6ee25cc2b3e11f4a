/** Entries of a licence's histories as words. */
import type { StatusEntry } from '@hefu/protocol'
import type { NoticeEntry } from '../facts/facts.ts'
import type { FactForm } from './compact-table.ts'
import type { DecisionLog } from './decision-log.ts'
import { highOf, wideOf } from './wide-number.ts'

/** Which decision it is of. */
export function actForm(decisions: DecisionLog): FactForm<StatusEntry> {
  return {
    words: 1,
    write: (entry, row, at) => {
      row[at] = decisions.add(entry)
    },
    read: (rows, row, at) => decisions.read(rows.get(row, at)),
  }
}

/** The time; what is above its word, with the code above that and whether the notice stands. */
export const NOTICE_FORM: FactForm<NoticeEntry> = {
  words: 2,
  write: ({ code, stands, effectiveAt }, row, at) => {
    if (!Number.isInteger(code) || code < 0 || code > MOST_CODE)
      throw new RangeError(`keep a notice of the code ${code}: expected at most ${MOST_CODE}`)
    row[at] = effectiveAt
    row[at + 1] = highOf(effectiveAt) | (code << 16) | (stands ? STANDS : 0)
  },
  read: (rows, row, at) => {
    const about = rows.get(row, at + 1)
    return {
      code: (about >>> 16) & MOST_CODE,
      stands: (about & STANDS) !== 0,
      effectiveAt: wideOf(rows.get(row, at), about & 0xffff),
    }
  },
}

const MOST_CODE = 0x7fff
const STANDS = 0x8000_0000
