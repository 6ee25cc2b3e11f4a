/** Facts that take longer to read from their words than to find, and are asked for again and again. */
import type { FactForm } from './compact-table.ts'

/** Of so many rows at most; then it begins anew. */
const MOST = 4_096

/** A row never changes, so that what was read from it stays. */
export function remembered<Fact>(form: FactForm<Fact>): FactForm<Fact> {
  const facts = new Map<number, Fact>()
  return {
    words: form.words,
    write: form.write,
    read: (rows, row, at) => {
      const known = facts.get(row)
      if (known !== undefined) return known
      const fact = form.read(rows, row, at)
      if (facts.size === MOST) facts.clear()
      facts.set(row, fact)
      return fact
    },
  }
}
