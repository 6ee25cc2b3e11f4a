/** Many questions to one node: not one behind the other, and not all at once. */

/** Questions that are under way together, each of which may be answered at length. */
const AT_ONCE = 16

/**
 * The answers in the order of what was asked about; rejects as the first question does that fails.
 *
 * @param atOnce questions that are under way together
 */
export async function askEach<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
  atOnce: number = AT_ONCE,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let first = 0; first < items.length; first += atOnce) {
    answers.push(...(await Promise.all(items.slice(first, first + atOnce).map(ask))))
  }
  return answers
}
