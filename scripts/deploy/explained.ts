/** What a command ended with, in a sentence: an account without money, a node that went away. */
import { ExplainedError, reasonOf } from '@hefu/service'
import { isError } from 'ethers'

/** What ethers and the system say, which have no sentence of their own. */
class FailedCommandError extends ExplainedError {
  override readonly name = 'FailedCommandError'
  readonly code: 'insufficient-funds' | 'node-failed'

  constructor(code: FailedCommandError['code'], says: ExplainedError['says'], cause: unknown) {
    super(says, { cause })
    this.code = code
  }
}

const OF_NODES: ReadonlySet<unknown> = new Set([
  'SERVER_ERROR',
  'TIMEOUT',
  'NETWORK_ERROR',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
])

/** @throws what nobody expects */
export function explained(error: unknown): ExplainedError {
  if (error instanceof ExplainedError) return error
  if (isError(error, 'INSUFFICIENT_FUNDS')) {
    const says = {
      zh: '账户余额不足以支付交易；请先为其充值',
      en: 'the account cannot pay for its transactions: fund it first',
    }
    return new FailedCommandError('insufficient-funds', says, error)
  }
  if (error instanceof Error && 'code' in error && OF_NODES.has(error.code)) {
    const reason = reasonOf(error)
    const says = {
      zh: `节点中途没有应答（${reason}）；已完成的不受影响，恢复后请再运行同一命令`,
      en: `the node went away meanwhile (${reason}); what was done stays: run the same command again once it is back`,
    }
    return new FailedCommandError('node-failed', says, error)
  }
  throw error
}
