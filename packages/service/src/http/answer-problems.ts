/** Turns whatever a route ends with into an answer that says what is wrong and nothing of what was sent. */
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { httpProblem, problemOfStatus } from './http-problem.ts'
import { encodeProblem, PROBLEM_MEDIA_TYPE, ProblemError } from './problem.ts'
import { describeFailure } from './request-log.ts'
import type { Exchange, RequestState } from './route.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

export function answerProblems(logger: Logger): Middleware<RequestState> {
  return async (ctx, next) => {
    ctx.set('X-Request-Id', ctx.state.requestId)
    ctx.set(SECURITY_HEADERS)
    const problem = await runToProblem(next, () => ctx.status, ctx.state.requestId, logger)
    if (problem === undefined) return
    if (problem.meaning.endsConnection) ctx.set('Connection', 'close')
    answerProblem(ctx, problem)
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
    return httpProblem('internal')
  }
}

function answerProblem(ctx: Exchange, problem: ProblemError): void {
  const { status, retryAfter } = problem.meaning
  ctx.state.problem = problem.code
  ctx.status = status
  if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter))
  ctx.set(problem.additions.headers ?? {})
  ctx.type = PROBLEM_MEDIA_TYPE
  ctx.body = encodeProblem(problem, ctx.state.requestId)
}
