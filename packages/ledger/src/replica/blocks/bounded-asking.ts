/** Many questions to one node: not one behind the other, and not all at once. */

/** Questions that are under way together. */
const AT_ONCE = 16

/** The answers in the order of what was asked about; rejects as the first question does that fails. */
export async function askEach<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let first = 0; first < items.length; first += AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(first, first + AT_ONCE).map(ask))))
  }
  return answers
}
