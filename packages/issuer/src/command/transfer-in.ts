import type { CredentialPlace } from '@hefu/ledger'
import { formatChinaTime, isUscc, type LedgerIdentity } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import { readOriginFile } from '../input/origin-file.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { ENTRY_TEXTS } from '../texts/entry-texts.ts'
import { takeInLicence } from '../workflow/take-in-licence.ts'
import { linesOfEnteredBefore } from './entered-before.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withActOffice } from './open-office.ts'
import { type Session, sentence, tell } from './session.ts'

export interface TransferInOptions extends EntryOptions {
  /** A file, or the issuer's USCC. */
  readonly origin: string
  readonly originIndex?: number
}

/** `hefu-issuer act transfer-in`. */
export async function transferIn(
  session: Session,
  licenceId: string,
  options: TransferInOptions,
): Promise<ExitCode> {
  const outcome = await withActOffice(session, options, async (office) => {
    const origin = await originOf(options, office.ledger)
    return takeInLicence(office, { licenceId, origin, ...decisionOf(options) })
  })
  const { origin, effectiveAt, blockNumber } = outcome
  const details = {
    licenceId,
    issuer: origin.issuer,
    index: origin.statusIndex,
    effective: formatChinaTime(effectiveAt),
    blockNumber,
  }
  const lines = outcome.repeated
    ? linesOfEnteredBefore(outcome, ENTRY_TEXTS['transfer-in'])
    : [sentence(COMMAND_TEXTS.takenIn, details)]
  tell(session, options, { event: 'taken-in', ...outcome }, lines)
  return EXIT.done
}

async function originOf(
  { origin, originIndex }: TransferInOptions,
  ledger: LedgerIdentity,
): Promise<CredentialPlace> {
  if (originIndex !== undefined) {
    if (isUscc(origin)) return { issuer: origin, statusIndex: originIndex }
    throw new IssuerError('not-a-uscc', { value: JSON.stringify(origin.slice(0, 40)) })
  }
  if (isUscc(origin)) throw new IssuerError('act-detail-missing', { option: '--origin-index <n>' })
  return readOriginFile(origin, ledger)
}
