/** The cells of the rows that were read last: who refuses a row gives it back as it came. Personal data. */

export interface RowsRead {
  /** Of the header; none before it was read, and for a file that has none. */
  header(): readonly string[]
  /** None for a row that could not be read, or was read long ago. */
  cellsOf(line: number): readonly string[]
  /** Rows of empty cells so far. */
  blankRows(): number
}

export interface RowsBeingRead extends RowsRead {
  add(line: number, cells: readonly string[]): void
  passOverBlank(): void
}

/** More than are judged together. */
const MOST_KEPT = 2_000

export function createRowsRead(): RowsBeingRead {
  let header: readonly string[] | undefined
  let blank = 0
  const rows = new Map<number, readonly string[]>()
  return {
    header: () => header ?? [],
    cellsOf: (line) => rows.get(line) ?? [],
    blankRows: () => blank,
    passOverBlank: () => {
      blank++
    },
    add: (line, cells) => {
      if (header === undefined) {
        header = cells
        return
      }
      rows.set(line, cells)
      const [oldest] = rows.keys()
      if (rows.size > MOST_KEPT && oldest !== undefined) rows.delete(oldest)
    },
  }
}
