/** Every error as one sentence in both languages, with its code. */
import { LedgerRefusedError } from '@hefu/ledger'
import { type Bilingual, explainDefects, LedgerUnavailableError, MalformedError } from '@hefu/protocol'
import { ExplainedError, reasonOf } from '@hefu/service'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { fillIn } from '../texts/fill-in.ts'

import { LEDGER_REFUSAL_TEXTS } from '../texts/ledger-texts.ts'
import { detailsOf } from '../texts/refusal-details.ts'

export interface ErrorSentence {
  readonly code: string
  readonly says: Bilingual
}

/** The code and the sentence of an error. */
export function sentenceOf(error: unknown): ErrorSentence {
  if (error instanceof ExplainedError) return { code: error.code, says: error.says }
  const reason = reasonOf(error)
  if (error instanceof LedgerUnavailableError)
    return { code: `ledger-${error.code}`, says: fillIn(COMMAND_TEXTS.ledgerUnavailable, { reason }) }
  if (error instanceof LedgerRefusedError) return { code: error.code, says: refusal(error) }
  if (error instanceof MalformedError)
    return { code: error.code, says: fillIn(COMMAND_TEXTS.malformed, { reason: explainDefects(error) }) }
  return { code: 'internal', says: fillIn(COMMAND_TEXTS.internal, { reason }) }
}

function refusal(error: LedgerRefusedError): Bilingual {
  const known = LEDGER_REFUSAL_TEXTS[error.code]
  const reason = known === undefined ? error.message : fillIn(known, detailsOf(error))
  return fillIn(COMMAND_TEXTS.ledgerRefused, { reason })
}
