import { formatChinaTime } from '@hefu/protocol'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { ENTRY_TEXTS } from '../texts/entry-texts.ts'
import { assertSucceeds, findSubject, type SuccessionDoubt } from '../workflow/succession.ts'
import { takeInLicence } from '../workflow/take-in-licence.ts'
import { linesOfEnteredBefore } from './entered-before.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type OriginOptions, readNamedOrigin } from './named-origin.ts'
import { withActOffice } from './open-office.ts'
import { type Session, sentence, tell } from './session.ts'

export interface TransferInOptions extends EntryOptions, OriginOptions {
  readonly confirm?: readonly SuccessionDoubt[]
}

/** `hefu-issuer act transfer-in`. */
export async function transferIn(
  session: Session,
  licenceId: string,
  options: TransferInOptions,
): Promise<ExitCode> {
  const outcome = await withActOffice(session, options, async (office) => {
    const { place: origin, subject } = await readNamedOrigin(options, office.ledger)
    assertSucceeds(await findSubject(office.journal, licenceId), subject, new Set(options.confirm))
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
