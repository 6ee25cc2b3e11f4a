/** What keeps the issuer's service from going on, in a closed union of codes; sentences are in texts.ts. */
import { type Bilingual, fillIn, type TextDetails } from '@hefu/protocol'
import { ERROR_TEXTS, type IssuerErrorCode } from './texts/error-texts.ts'

export type { IssuerErrorCode } from './texts/error-texts.ts'

/** Thrown for everything that a person can put right; rows with defects are reported, not thrown. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError'
  readonly code: IssuerErrorCode
  readonly says: Bilingual

  constructor(code: IssuerErrorCode, details: TextDetails = {}, options?: ErrorOptions) {
    const says = fillIn(ERROR_TEXTS[code], details)
    super(says.en, options)
    this.code = code
    this.says = says
  }
}
