/** What keeps the issuer's service from going on, in a closed union of codes; sentences are in texts/error-texts.ts. */
import type { TextDetails } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'
import { ERROR_TEXTS, type IssuerErrorCode } from '../texts/error-texts.ts'
import { fillIn } from '../texts/fill-in.ts'

export type { IssuerErrorCode } from '../texts/error-texts.ts'

/** Thrown for everything that a person can put right; rows with defects are reported, not thrown. */
export class IssuerError extends ExplainedError {
  override readonly name = 'IssuerError'
  readonly code: IssuerErrorCode

  constructor(code: IssuerErrorCode, details: TextDetails = {}, options?: ErrorOptions) {
    super(fillIn(ERROR_TEXTS[code], details), options)
    this.code = code
  }
}
