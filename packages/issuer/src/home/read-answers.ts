/** Answers of a node that are none: as little is known by them as when it does not answer. */
import { LedgerUnavailableError } from '@hefu/protocol'

/** What reading throws where the form of an answer is another than was asked for. */
const UNREADABLE = [TypeError, RangeError, SyntaxError]

/**
 * The same functions, all of which ask a node: what they throw as they read its answer is thrown as
 * `LedgerUnavailableError` `inconsistent`, so that what was written down before is kept and goes on.
 */
export function readingAnswers<T extends object>(asking: T): T {
  const members = Object.entries(asking).map(([name, member]) => [
    name,
    typeof member === 'function' ? (...given: unknown[]) => answerOf(() => member(...given)) : member,
  ])
  return Object.fromEntries(members) as T
}

async function answerOf(ask: () => unknown): Promise<unknown> {
  try {
    return await ask()
  } catch (cause) {
    if (!UNREADABLE.some((kind) => cause instanceof kind)) throw cause
    throw new LedgerUnavailableError('inconsistent', 'read what the node answers: it is no answer', { cause })
  }
}
