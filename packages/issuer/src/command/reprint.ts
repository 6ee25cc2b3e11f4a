import { identityOf } from '@hefu/ledger'
import { pathsOf } from '../home/agency-home.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { reprintLicences } from '../workflow/reprint.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type ChoiceOptions, chooseLicences } from './licence-choice.ts'
import { withJournal } from './open-office.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

export interface ReprintOptions extends CommonOptions, ChoiceOptions {
  readonly out?: string
}

/** `hefu-issuer reprint`: needs no passphrase. */
export async function reprint(
  session: Session,
  licenceIds: readonly string[],
  options: ReprintOptions,
): Promise<ExitCode> {
  const home = homeOf(options, session)
  const bundles = options.out ?? pathsOf(home).bundles
  const groups = await chooseLicences(licenceIds, options)
  const printed = await withJournal(session, home, async (journal, { agency, network }) => {
    let count = 0
    for (const group of groups)
      count += await reprintLicences({ agency, ledger: identityOf(network), journal, bundles }, group)
    return count
  })
  tell(session, options, { event: 'reprinted', licences: printed, bundles }, [
    sentence(COMMAND_TEXTS.reprinted, { printed, folder: bundles }),
  ])
  return EXIT.done
}
