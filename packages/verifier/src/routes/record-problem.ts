/** What is answered where something is kept, or was. */
import { createProblems, ProblemError, type Problems } from '@hefu/service'
import { within } from '../store/patience.ts'
import type { Records } from '../store/records.ts'

export type RecordProblemCode =
  | 'records-unreachable'
  | 'key-ended'
  | 'idempotency-key-malformed'
  | 'idempotency-key-reused'
  | 'idempotency-answer-sealed'
  | 'request-under-way'
  | 'report-not-found'
  | 'report-unproven'
  | 'too-many-tries'

export const recordProblem: Problems<RecordProblemCode> = createProblems({
  'records-unreachable': {
    status: 503,
    says: {
      zh: '核验库暂时无法写入，未出具核验结论',
      en: 'What is answered cannot be recorded now, and so nothing is answered',
    },
    remedy: {
      zh: '请稍后重试；仍然如此的，请管理员检查 HEFU_DATABASE 所指的数据库或核验库所在磁盘',
      en: 'Ask again later; if it stays so, the operator looks at the database of HEFU_DATABASE, or at the disk of the store',
    },
    retryAfter: 5,
  },
  'key-ended': {
    status: 503,
    says: {
      zh: '本服务的签名密钥已停用，未出具核验结论',
      en: 'The key that this service signs with has ended, and so nothing is answered',
    },
    remedy: {
      zh: '请管理员以新的核验方密钥文件重启本服务',
      en: 'The operator starts this service again with another verifier key file',
    },
    retryAfter: 5,
  },
  'idempotency-key-malformed': {
    status: 400,
    says: {
      zh: 'Idempotency-Key 应为一个 16 至 128 个可见 ASCII 字符的文本',
      en: 'Idempotency-Key must be one text of 16 to 128 visible ASCII characters',
    },
    remedy: {
      zh: '请为每次新请求生成一个 UUID，加双引号写入该请求头',
      en: 'Make a UUID for each new request, and write it in quotation marks',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    says: {
      zh: '同一 Idempotency-Key 已用于内容不同的请求',
      en: 'This Idempotency-Key was sent with another request',
    },
    remedy: {
      zh: '重发须原样发送同一内容；新请求请使用新的 Idempotency-Key',
      en: 'Send the same bytes again, or another key for another request',
    },
  },
  'idempotency-answer-sealed': {
    status: 409,
    says: {
      zh: '该 Idempotency-Key 的结果以本服务原签名密钥封存，换用新密钥后不能重发',
      en: 'What this Idempotency-Key was answered is sealed by a former signing key of this service, and cannot be told again',
    },
    remedy: {
      zh: '请作为新请求，使用新的 Idempotency-Key 重新提交；原请求已留痕',
      en: 'Send it as a new request with another key; the former one was recorded',
    },
  },
  'request-under-way': {
    status: 409,
    says: {
      zh: '同一请求正在处理',
      en: 'The same request is being answered',
    },
    remedy: { zh: '请按 Retry-After 所示秒数后重发', en: 'Send it again after the seconds in Retry-After' },
    retryAfter: 1,
  },
  'report-not-found': {
    status: 404,
    says: {
      zh: '查无此核验报告，或复核码不符',
      en: 'There is no such report, or the code is not its own',
    },
    remedy: {
      zh: '请对照核验单核对编号和复核码；超过保存期限的报告不能再查',
      en: 'Compare number and code with the sheet; a report that is past its term is not kept any more',
    },
  },
  'report-unproven': {
    status: 500,
    says: {
      zh: '所保存的报告未通过签名验证，不予出示',
      en: 'The report that is kept does not verify, and is not shown',
    },
    remedy: {
      zh: '请将 requestId 告知本服务管理员，检查核验库中的记录是否与原报告不符',
      en: 'Tell the operator the requestId: the store may have been altered',
    },
  },
  'too-many-tries': {
    status: 429,
    tells: ['Retry-After'],
    says: { zh: '复核次数过多', en: 'There were too many tries' },
    remedy: {
      zh: '请按 Retry-After 所示秒数后重试',
      en: 'Try again after the seconds in Retry-After',
    },
  },
})

/** Longer than two groups of a commit may take, of which an entry waits for the first and is in the second. */
const PATIENCE_MS = 11_000

/** The work's own result, in time; whatever else it throws than a problem, the store could not be used. Nobody is answered then. */
export async function recorded<T>(work: () => Promise<T>, onFault: (fault: unknown) => void): Promise<T> {
  try {
    return await within(work(), PATIENCE_MS)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    onFault(error)
    throw recordProblem('records-unreachable')
  }
}

/** @throws {ProblemError} `key-ended`, `records-unreachable` */
export async function assertKeyInForce(
  { isKeyInForce }: Pick<Records, 'isKeyInForce'>,
  onFault: (fault: unknown) => void,
): Promise<void> {
  if (!(await recorded(isKeyInForce, onFault))) throw recordProblem('key-ended')
}
