/** There is no report to rely on. Says nothing about any licence. */
import type { Bilingual } from '@hefu/protocol'

/**
 * `unreachable`: no answer came · `timed-out`: none in time · `redirected`: the service named another address, which is not
 * asked · `problem`: the service answered with a problem document · `verdict-only`: with what to do alone, since this client
 * may know no more, and unsigned · `bad-answer`: with something else · `bad-attestation`: the pinned key did not sign it, or
 * what it signed is no report that can be · `other-request`: the report answers another request · `stale-report`: it was made
 * at another time.
 */
export type RemoteVerifierErrorCode =
  | 'unreachable'
  | 'timed-out'
  | 'redirected'
  | 'problem'
  | 'verdict-only'
  | 'bad-answer'
  | 'bad-attestation'
  | 'other-request'
  | 'stale-report'

/** A problem document (RFC 9457) of the service. */
export interface RemoteProblem {
  /** HTTP status. */
  readonly status: number
  /** `not-a-request`, `ledger-unreachable`, …; `unknown` when the service gave none. */
  readonly code: string
  /** The service's own sentence, cut to 500 characters; may be empty. */
  readonly detail: string
}

const SENTENCES: Readonly<Record<RemoteVerifierErrorCode, Bilingual>> = {
  unreachable: {
    zh: '无法连接核验服务；这不表示证照有问题',
    en: 'Ask the remote verifier: it cannot be reached; this says nothing about the licence',
  },
  'timed-out': {
    zh: '核验服务未在时限内应答；这不表示证照有问题',
    en: 'Ask the remote verifier: no answer in time; this says nothing about the licence',
  },
  redirected: {
    zh: '核验服务的地址有误：该地址指向了另一地址，为保护个人信息未予跟随；请改用核验服务自身的地址；这不表示证照有问题',
    en: 'Ask the remote verifier: its address leads to another, which is not followed, for what is presented is personal data; give the address of the service itself; this says nothing about the licence',
  },
  problem: { zh: '核验服务拒绝了请求', en: 'Ask the remote verifier: it answered with a problem' },
  'verdict-only': {
    zh: '核验服务只向本客户端告知结论，不提供已签名的核验报告，无从验证；请服务运营方允许本客户端获取核验报告，或不用 SDK 而直接请求服务',
    en: 'Read the remote verifier’s answer: this client is told the verdict only, without a signed report to check; have the service’s operator allow it the report, or ask the service without the SDK',
  },
  'bad-answer': {
    zh: '核验服务的应答无法识别',
    en: 'Read the remote verifier’s answer: it is not a signed report',
  },
  'bad-attestation': {
    zh: '核验报告的签名不可信，或者签名的内容不是有效的核验报告（如自相矛盾），请勿使用该应答',
    en: 'Check the remote report: the pinned key did not sign it, or what it signed is no report that can be, do not rely on it',
  },
  'other-request': {
    zh: '核验报告答复的不是本次请求，请勿使用该应答',
    en: 'Check the remote report: it answers another request, do not rely on it',
  },
  'stale-report': {
    zh: '核验报告不是本次作出的（或本机时钟有误），请勿使用该应答',
    en: 'Check the remote report: it was made at another time (or this clock is wrong), do not rely on it',
  },
}

export class RemoteVerifierError extends Error {
  override readonly name = 'RemoteVerifierError'
  readonly code: RemoteVerifierErrorCode
  readonly says: Bilingual
  /** For the code `problem`. */
  readonly problem: RemoteProblem | null
  /** In how many seconds to ask again, where the service said so (`Retry-After`) with a 429 or a 503; else `null`. */
  readonly retryAfterSeconds: number | null

  constructor(
    code: RemoteVerifierErrorCode,
    options: ErrorOptions & {
      readonly problem?: RemoteProblem
      readonly retryAfterSeconds?: number | null
    } = {},
  ) {
    const { problem = null, retryAfterSeconds = null, ...rest } = options
    super(
      problem === null ? SENTENCES[code].en : `${SENTENCES[code].en} (${problem.status} ${problem.code})`,
      rest,
    )
    this.code = code
    this.says = SENTENCES[code]
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}
