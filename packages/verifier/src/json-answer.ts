/** Answers in the one media type of this service. */
import type { Context } from 'koa'
import { ProblemError } from './problem.ts'
import type { Step } from './step.ts'

/** Refuses a client that could not read the answer, before any work is done for it. */
export const assertJsonAcceptable: Step = (ctx, next) => {
  if (ctx.accepts('application/json') === false) throw new ProblemError('not-acceptable')
  return next()
}

export function answerJson(ctx: Pick<Context, 'type' | 'body'>, value: unknown): void {
  ctx.type = 'application/json'
  ctx.body = JSON.stringify(value)
}
