/** What another service answers, read strictly. */
import { parseJsonText } from '@hefu/protocol'

/** Members, elements and levels of an answer. */
const MOST_PARTS = 1_000

/** @throws {MalformedError} */
export function parseAnswer(text: string): unknown {
  return parseJsonText(text, MOST_PARTS, 'answer')
}
