/** What so many of several tell alike. */

/** Blocks that nodes of one chain are apart at most, as one is told of a block before another. */
export const LONGEST_FORK = 8

/** The highest number that so many of them reach; `null`: they are fewer. */
export function reachedBy(needed: number, numbers: readonly number[]): number | null {
  return numbers.toSorted((one, other) => other - one)[needed - 1] ?? null
}

/** What was told so often as it had to be; `null`: nothing was. */
export interface Tally<Answer> {
  readonly agreed: Answer | null
  /** What each told that had told anything, in the order in which they came. */
  readonly told: readonly Answer[]
  readonly failures: readonly unknown[]
}

/**
 * For a view that is asked now and then, and remembers nothing of its nodes: whoever follows a chain stands by `Ballot`
 * (replica/nodes), which names who told otherwise, hears those who come later, and sets nodes aside.
 *
 * Settles as soon as `needed` of the answers are the same as JSON, or once no more can come: when all have settled, or
 * `graceMs` after so many have as are needed.
 */
export function tally<Answer>(
  answers: readonly Promise<Answer>[],
  needed: number,
  graceMs: number = Number.POSITIVE_INFINITY,
): Promise<Tally<Answer>> {
  return new Promise((resolve) => {
    const told: Answer[] = []
    const failures: unknown[] = []
    let grace: ReturnType<typeof setTimeout> | undefined
    const end = (agreed: Answer | null): void => {
      clearTimeout(grace)
      resolve({ agreed, told: [...told], failures: [...failures] })
    }
    const settle = (): void => {
      if (told.length + failures.length === answers.length) end(null)
      else if (told.length === needed && Number.isFinite(graceMs))
        grace ??= setTimeout(() => end(null), graceMs)
    }
    for (const answer of answers) {
      answer.then(
        (value) => {
          told.push(value)
          const text = JSON.stringify(value)
          if (told.filter((other) => JSON.stringify(other) === text).length >= needed) end(value)
          else settle()
        },
        (failure: unknown) => {
          failures.push(failure)
          settle()
        },
      )
    }
  })
}
