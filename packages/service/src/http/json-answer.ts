/** Answers in the one media type of the services. */
import { httpProblem } from './http-problem.ts'
import type { Exchange, Step } from './route.ts'

/** What the answers are, and the names that a client may say it by: a range with a parameter is of what has that too. */
const ANSWERED = ['application/json', 'application/json; charset=utf-8', 'application/json; charset=utf8']

/** Refuses a client that could not read the answer, before any work is done for it. */
export const assertJsonAcceptable: Step<unknown, void> = (ctx) => {
  if (ctx.accepts(ANSWERED) === false) throw httpProblem('not-acceptable')
}

export function answerJson(ctx: Pick<Exchange, 'type' | 'body'>, value: unknown): void {
  ctx.type = 'application/json'
  ctx.body = JSON.stringify(value)
}

/** The answer that is the same for all: encoded once, and held once however many take it slowly. */
export function createJsonAnswer(value: unknown): Step<unknown, void> {
  const bytes = Buffer.from(JSON.stringify(value))
  return (ctx) => {
    ctx.type = 'application/json'
    ctx.body = bytes
  }
}
