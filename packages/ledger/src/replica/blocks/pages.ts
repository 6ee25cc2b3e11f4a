/** A range in pages, as long as the node takes them. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { FittingLength } from './fitting-length.ts'

/** Blocks of the longest page. */
export const PAGE = 1_000

/** Blocks from one to another, both among them. */
export interface BlockRange {
  readonly from: number
  readonly to: number
}

/** Halves a page that the node finds too long, and lengthens the next ones again. */
export class Pages {
  readonly #fitting = new FittingLength(PAGE)

  /**
   * @param take does with a page all that is to be done, or nothing: one that was too long comes again, shorter
   * @throws what `take` throws; `answer-too-large` when one block is too much
   */
  async through({ from, to }: BlockRange, take: (page: BlockRange) => Promise<void>): Promise<void> {
    for (let first = from; first <= to; ) {
      const last = Math.min(first + this.#fitting.length - 1, to)
      try {
        await take({ from: first, to: last })
      } catch (error) {
        if (first === last || !isTooLong(error)) throw error
        this.#fitting.refused(last - first + 1)
        continue
      }
      this.#fitting.taken()
      first = last + 1
    }
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof LedgerUnavailableError && error.code === 'answer-too-large'
}
