/** @hefu/service: what every service stands on, and nothing of what any of them is about. */
export { createApp, createRouter } from './http/app.ts'
export { createGate, type Gate } from './http/gate.ts'
export { answerJson, assertJsonAcceptable } from './http/json-answer.ts'
export { assertJsonBody, readJsonBody } from './http/json-body.ts'
export {
  createProblems,
  httpProblem,
  ProblemError,
  type ProblemMeaning,
  type Problems,
  type RequestDefect,
} from './http/problem.ts'
export { createLogger } from './http/request-log.ts'
export { type Exchange, type Handler, type RequestState, route, type Step } from './http/route.ts'
export { ListenError, type RunningServer, type ServerOptions, startServer } from './http/server.ts'
