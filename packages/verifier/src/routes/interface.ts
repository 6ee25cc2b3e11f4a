/** `GET /openapi.json`: what this service answers, for programs and for the page that shows it. */
import {
  assertJsonAcceptable,
  createCatalogue,
  createJsonAnswer,
  describeInterface,
  type Handler,
  type InterfaceDescription,
  type ProblemCatalogue,
  type RouteEntry,
  route,
} from '@hefu/service'
import { permissionProblem } from '../access/permission.ts'
import { batchProblem } from './batch-problem.ts'
import { consoleProblem } from './console-problem.ts'
import { discoveryProblem } from './discovery/discovery-problem.ts'
import { ledgerProblem } from './ledger/ledger-problem.ts'
import { problem } from './problem.ts'
import { recordProblem } from './record-problem.ts'
import { retrievalProblem } from './retrieval-problem.ts'

/** Every problem that this service may answer with. */
export const VERIFIER_PROBLEMS: ProblemCatalogue = createCatalogue(
  permissionProblem.meanings,
  discoveryProblem.meanings,
  ledgerProblem.meanings,
  problem.meanings,
  recordProblem.meanings,
  retrievalProblem.meanings,
  batchProblem.meanings,
  consoleProblem.meanings,
)

/** The description of these routes, as far as they describe themselves. */
export function describeVerifier(entries: readonly RouteEntry[]): InterfaceDescription {
  const title = {
    title: { zh: '合符核验服务', en: 'Hefu verifier service' },
    version: '1',
    says: {
      zh: '核验他省颁发的电子证照，出具签名的核验报告。时间均为 Unix 秒；错误见各状态码下的代码',
      en: 'Verifies electronic licences of other provinces and signs a report. Times are Unix seconds; problems have the codes that stand at each status',
    },
  }
  return describeInterface(title, entries, VERIFIER_PROBLEMS)
}

export function interfaceRoute(description: InterfaceDescription): Handler {
  return route().assert(assertJsonAcceptable).answer(createJsonAnswer(description))
}
