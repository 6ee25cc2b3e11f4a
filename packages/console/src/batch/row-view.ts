/** Which rows are looked at, in which order, and those of one page of them. */
import type { BatchRow, Outcome } from './batch-rows.ts'

export type RowOrder = 'row' | 'outcome' | 'name'

export interface RowView {
  /** `null`: whatever it came to. */
  readonly outcome: Outcome | null
  /** `null`: whatever the reason. */
  readonly reason: string | null
  /** Part of a name, or a number of a row or of a report; empty: every row. */
  readonly search: string
  readonly order: RowOrder
  readonly isDescending: boolean
}

export const EVERY_ROW: RowView = {
  outcome: null,
  reason: null,
  search: '',
  order: 'row',
  isDescending: false,
}

export const ROWS_OF_PAGE = 50
/** What is longer is nobody's search. */
const MOST_SEARCH = 200

/** Gravest first: that is what somebody looks for. */
const GRAVITY: Readonly<Record<Outcome, number>> = {
  rejected: 0,
  refused: 1,
  unread: 2,
  undetermined: 3,
  refer: 4,
  waiting: 5,
  accepted: 6,
}

export function viewRows(rows: readonly BatchRow[], view: RowView): readonly BatchRow[] {
  const sought = view.search.trim().slice(0, MOST_SEARCH).toLowerCase()
  const found = rows.filter(
    (row) =>
      (view.outcome === null || row.outcome === view.outcome) &&
      (view.reason === null || row.reason === view.reason) &&
      (sought === '' || isSought(row, sought)),
  )
  const sorted = view.order === 'row' ? found : found.toSorted(COMPARE[view.order])
  return view.isDescending ? sorted.toReversed() : sorted
}

function isSought({ row, name, number }: BatchRow, sought: string): boolean {
  return (
    String(row) === sought ||
    number?.toLowerCase() === sought ||
    (name?.toLowerCase().includes(sought) ?? false)
  )
}

const byName = new Intl.Collator('zh-CN', { numeric: true })

/** Rows that are alike stay in their order. */
const COMPARE: Readonly<Record<Exclude<RowOrder, 'row'>, (a: BatchRow, b: BatchRow) => number>> = {
  outcome: (a, b) => GRAVITY[a.outcome] - GRAVITY[b.outcome],
  name: (a, b) => byName.compare(a.name ?? '', b.name ?? ''),
}

export interface RowPage {
  readonly rows: readonly BatchRow[]
  /** From 1, never beyond the last. */
  readonly page: number
  readonly pages: number
}

export function pageOf(rows: readonly BatchRow[], asked: number): RowPage {
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_OF_PAGE))
  const page = Math.min(Math.max(1, asked), pages)
  return { rows: rows.slice((page - 1) * ROWS_OF_PAGE, page * ROWS_OF_PAGE), page, pages }
}

/** Each reason that some rows have, with how many, the most frequent first. */
export function countReasons(
  rows: readonly BatchRow[],
): readonly (readonly [reason: string, rows: number])[] {
  const counts = new Map<string, number>()
  for (const { reason } of rows) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)
}
