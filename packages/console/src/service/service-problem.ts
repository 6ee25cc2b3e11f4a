/** Why the service did not answer what it was asked. It says nothing about any licence. */
import type { Bilingual } from '@hefu/protocol'
import { SERVICE_TEXTS } from '../texts/service-texts.ts'

/** `status` 0: no answer came. */
export class ServiceProblem extends Error {
  override readonly name = 'ServiceProblem'
  readonly status: number
  /** Of the service's catalogue of problems; `unreachable` or `bad-answer` where there is none. */
  readonly code: string
  readonly says: Bilingual
  /** In how many seconds to ask again, where the service said so. */
  readonly retryAfterSeconds: number | null

  constructor(status: number, code: string, says: Bilingual, retryAfterSeconds: number | null = null) {
    super(code)
    this.status = status
    this.code = code
    this.says = says
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export const UNREACHABLE: Bilingual = SERVICE_TEXTS.unreachable
export const BAD_ANSWER: Bilingual = SERVICE_TEXTS.badAnswer
