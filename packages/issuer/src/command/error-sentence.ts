/** Every error as one sentence in both languages, with its code. */
import { LedgerRefusedError, NotYetFinalError } from '@hefu/ledger'
import { type Bilingual, explainDefects, LedgerUnavailableError, MalformedError } from '@hefu/protocol'
import { ExplainedError, reasonOf } from '@hefu/service'
import { EntryWaitingError } from '../error/entry-waiting.ts'
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
  if (error instanceof EntryWaitingError) return waiting(error)
  const reason = reasonOf(error)
  if (error instanceof NotYetFinalError) {
    const { transactionHash } = error
    return { code: 'not-yet-final', says: fillIn(COMMAND_TEXTS.notYetFinal, { transactionHash }) }
  }
  if (error instanceof LedgerUnavailableError)
    return { code: `ledger-${error.code}`, says: fillIn(COMMAND_TEXTS.ledgerUnavailable, { reason }) }
  if (error instanceof LedgerRefusedError) return { code: error.code, says: refusal(error) }
  if (error instanceof MalformedError)
    return { code: error.code, says: fillIn(COMMAND_TEXTS.malformed, { reason: explainDefects(error) }) }
  return { code: 'internal', says: fillIn(COMMAND_TEXTS.internal, { reason }) }
}

function waiting({ number, cause }: EntryWaitingError): ErrorSentence {
  const { code, says } = sentenceOf(cause)
  return { code, says: fillIn(COMMAND_TEXTS.entryWaiting, { number, reason: says }) }
}

/** Why the ledger refuses, as a sentence. */
export function refusalReasonOf({ code, args, message }: LedgerRefusedError): Bilingual {
  const known = LEDGER_REFUSAL_TEXTS[code]
  return known === undefined ? { zh: message, en: message } : fillIn(known, detailsOf({ code, args }))
}

function refusal(error: LedgerRefusedError): Bilingual {
  return fillIn(COMMAND_TEXTS.ledgerRefused, { reason: refusalReasonOf(error) })
}
