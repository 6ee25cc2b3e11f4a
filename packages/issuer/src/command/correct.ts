import type { Correction } from '@hefu/ledger'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { fillIn } from '../texts/fill-in.ts'
import { STATUS_TEXTS } from '../texts/status-texts.ts'
import { correctLicences } from '../workflow/correct-licences.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withActOffice } from './open-office.ts'
import type { Session } from './session.ts'
import { tellTwoKeyEntry } from './two-key-lines.ts'

export interface CorrectOptions extends EntryOptions {
  readonly toStatus: Correction['status']
}

/** `hefu-issuer act correct`. */
export async function correct(
  session: Session,
  licenceIds: readonly string[],
  options: CorrectOptions,
): Promise<ExitCode> {
  const { toStatus } = options
  await withActOffice(session, options, async (office) => {
    const entry = await correctLicences(office, { licenceIds, toStatus, ...decisionOf(options) })
    const says = fillIn(COMMAND_TEXTS.correction, { status: STATUS_TEXTS[toStatus] })
    tellTwoKeyEntry(session, options, office, entry, { act: 'correct', toStatus, says })
  })
  return EXIT.done
}
