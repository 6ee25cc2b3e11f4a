/** Turns whatever a route ends with into an answer that says what is wrong and nothing of what was sent. */
import type { Context } from 'koa'
import type { Logger } from 'pino'
import { encodeProblem, PROBLEM_MEDIA_TYPE, ProblemError, problemOfStatus } from './problem.ts'
import { describeFailure } from './request-log.ts'
import type { Step } from './step.ts'

export function answerProblems(logger: Logger): Step {
  return async (ctx, next) => {
    ctx.set('X-Request-Id', ctx.state.requestId)
    ctx.set('X-Content-Type-Options', 'nosniff')
    ctx.set('Cache-Control', 'no-store')
    const problem = await runToProblem(next, () => ctx.status, ctx.state.requestId, logger)
    if (problem !== undefined) answerProblem(ctx, problem, ctx.state.requestId)
  }
}

async function runToProblem(
  next: () => Promise<unknown>,
  status: () => number,
  requestId: string,
  logger: Logger,
): Promise<ProblemError | undefined> {
  try {
    await next()
    return problemOfStatus(status())
  } catch (error) {
    if (error instanceof ProblemError) return error
    logger.error({ requestId, failure: describeFailure(error) }, 'request failed')
    return new ProblemError('internal')
  }
}

function answerProblem(
  ctx: Pick<Context, 'status' | 'type' | 'body'>,
  problem: ProblemError,
  requestId: string,
): void {
  ctx.status = problem.status
  ctx.type = PROBLEM_MEDIA_TYPE
  ctx.body = encodeProblem(problem, requestId)
}
