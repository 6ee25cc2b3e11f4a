/** One question to several, one after the other, until one of them proves what it says. */

/** Whom a question is put to in turn, and what becomes of it. */
export interface InTurn<One, Answer> {
  readonly ask: (one: One) => Promise<Answer>
  /** Also of one that answers after another did. */
  readonly answered: (one: One, answer: Answer) => void
  readonly failed: (one: One, error: unknown) => void
  /** Why nobody gave an answer. */
  readonly none: () => unknown
}

/**
 * The first answer; the next one is asked also while one is silent.
 *
 * @param patienceMs after which one is silent
 * @throws what `none` says
 */
export function askInTurn<One, Answer>(
  ones: readonly One[],
  patienceMs: number,
  { ask, answered, failed, none }: InTurn<One, Answer>,
): Promise<Answer> {
  const waiting = [...ones]
  return new Promise((resolve, reject) => {
    let open = 0
    const next = (): void => {
      const one = waiting.shift()
      if (one === undefined) {
        if (open === 0) reject(none())
        return
      }
      open += 1
      const late = setTimeout(next, patienceMs)
      ask(one)
        .then((answer) => {
          clearTimeout(late)
          waiting.length = 0
          answered(one, answer)
          resolve(answer)
        })
        .catch((error: unknown) => {
          clearTimeout(late)
          failed(one, error)
          open -= 1
          next()
        })
    }
    next()
  })
}
