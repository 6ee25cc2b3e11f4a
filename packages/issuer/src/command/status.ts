import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withJournal } from './open-office.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

/** `hefu-issuer status`: needs no passphrase. */
export async function status(session: Session, options: CommonOptions): Promise<ExitCode> {
  const { counts, waiting } = await withJournal(session, homeOf(options, session), async (journal) => ({
    counts: await journal.counts(),
    waiting: (await journal.unfinished()).filter(({ anchoredAt }) => anchoredAt === null),
  }))
  const notAnchored = waiting.map(({ root, size, sealedAt }) => ({ root, size, sealedAt }))
  tell(session, options, { event: 'status', ...counts, notAnchored }, [
    sentence(COMMAND_TEXTS.counts, { ...counts }),
    ...(counts.givenUp === 0 ? [] : [sentence(COMMAND_TEXTS.givenUp, { givenUp: counts.givenUp })]),
    ...notAnchored.map(({ root, size }) => sentence(COMMAND_TEXTS.notAnchored, { root, size })),
  ])
  return EXIT.done
}
