/** `GET` and `DELETE /v1/batches/:number`: how far a batch is, and its end before its time. */
import {
  type Admitted,
  answerJson,
  assertJsonAcceptable,
  createGate,
  type Handler,
  type ParameterValues,
  parseParameters,
  type Route,
  type RouteDescription,
  type RouteParameter,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import type { VerifierClient } from '../access/verifier-client.ts'
import { batchProblem } from '../routes/batch-problem.ts'
import { recorded } from '../routes/record-problem.ts'
import { unixSeconds } from '../routes/verification-answer.ts'
import { assertBatches, type Batches, type BatchServices } from './batch-services.ts'
import type { BatchReader, BatchState, KeptBatches } from './kept-batches.ts'

const MOST_ASKING = 32
const NUMBER = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const batchNumber: z.ZodString = z.string().regex(NUMBER).meta({
  description: '批次编号 · number of the batch',
  example: '0d9e1e3c-8a4f-4f0e-9b52-6f6a2a7c5b11',
})

export const NUMBER_PARAMETER: RouteParameter<string> & { readonly in: 'path' } = {
  in: 'path',
  expected: { zh: '提交批次时所得的编号', en: 'a number that a batch was answered' },
  parse: (asked) => (NUMBER.test(asked) ? asked : null),
  schema: { type: 'string', pattern: NUMBER.source },
}
const parameters = { number: NUMBER_PARAMETER }

const count = z.int().min(0)
const state = z
  .strictObject({
    number: batchNumber,
    state: z.enum(['running', 'done', 'cancelled']),
    items: count,
    done: count.meta({ description: '已有结果的份数 · items of which the result is there' }),
    verdicts: z.strictObject({ accepted: count, refer: count, rejected: count, undetermined: count }),
    refused: count.meta({ description: '未能核验的份数 · items that were not verified, each told why' }),
    receivedAt: unixSeconds,
    expiresAt: unixSeconds,
  })
  .meta({ id: 'Batch' })

const PROBLEMS = ['no-batches', 'batch-not-found', 'busy', 'records-unreachable']

/** For the description of the interface. */
export const DESCRIBED_STATE: RouteDescription = {
  operationId: 'getBatch',
  says: { zh: '查看本客户端一个批次的进度', en: 'How far a batch of this client is' },
  parameters,
  answer: { says: { zh: '进度', en: 'How far it is' }, schema: state },
  problems: PROBLEMS,
}

/** For the description of the interface. */
export const DESCRIBED_CANCELLATION: RouteDescription = {
  operationId: 'cancelBatch',
  says: {
    zh: '停止一个批次，并删除所留存的内容；已出具的报告仍在',
    en: 'End a batch, and give up what is kept of it; reports that were made stay',
  },
  parameters,
  answer: { says: { zh: '已停止', en: 'It is ended' }, schema: state },
  problems: PROBLEMS,
}

type Extend = (admitted: Route<Admitted<VerifierClient>>) => Handler

export function batchStateRoute(services: BatchServices): Extend {
  return answerState(services, (kept, number, reader) => kept.find(number, reader))
}

export function batchCancellationRoute(services: BatchServices): Extend {
  return answerState(services, (kept, number, reader) => kept.cancel(number, reader))
}

function answerState(
  services: BatchServices,
  ask: (kept: KeptBatches, number: string, reader: BatchReader) => Promise<BatchState | undefined>,
): Extend {
  const find: Step<Asked, void> = async (ctx, { batches, client, parameters: { number } }) => {
    const found = await recorded(() => ask(batches.kept, number, client), services.onFault)
    if (found === undefined) throw batchProblem('batch-not-found')
    answerJson(ctx, tell(found))
  }
  return (admitted) =>
    admitted
      .assert(assertJsonAcceptable)
      .find(() => assertBatches(services))
      .find(parseParameters(parameters))
      .within(createGate(MOST_ASKING))
      .answer(find)
}

type Asked = Admitted<VerifierClient> & {
  readonly batches: Batches
  readonly parameters: ParameterValues<typeof parameters>
}

function tell({
  accepted,
  refer,
  rejected,
  undetermined,
  refused,
  ...told
}: BatchState): z.output<typeof state> {
  return {
    number: told.number,
    state: told.state,
    items: told.items,
    done: told.done,
    verdicts: { accepted, refer, rejected, undetermined },
    refused,
    receivedAt: told.receivedAt,
    expiresAt: told.expiresAt,
  }
}
