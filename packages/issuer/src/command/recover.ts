import { connectOperatorReading, identityOf } from '@hefu/ledger'
import { pathsOf } from '../home/agency-home.ts'
import { readingAnswers } from '../home/read-answers.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { recoverJournal } from '../workflow/recover.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withJournal } from './open-office.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

/** `hefu-issuer recover`: needs no passphrase. */
export async function recover(
  session: Session,
  folder: string | undefined,
  options: CommonOptions,
): Promise<ExitCode> {
  const home = homeOf(options, session)
  const counts = await withJournal(session, home, (journal, { agency, network, operator: address }) => {
    const operator = readingAnswers(connectOperatorReading(network, address, journal.outboxOf(address)))
    const office = { agency, ledger: identityOf(network), journal, operator, now: session.now }
    return recoverJournal(office, folder ?? pathsOf(home).bundles)
  })
  const { recovered, passedOver, unknown } = counts
  tell(session, options, { event: 'recovered', ...counts }, [
    sentence(COMMAND_TEXTS.recovered, { recovered }),
    ...(passedOver === 0 ? [] : [sentence(COMMAND_TEXTS.recoveredNot, { passedOver })]),
    ...(unknown === 0 ? [] : [sentence(COMMAND_TEXTS.indexesUnknown, { unknown })]),
  ])
  return EXIT.done
}
