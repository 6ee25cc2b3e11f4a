import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { finishBatches } from '../workflow/finish-batches.ts'
import { assertJournalComplete } from '../workflow/journal-complete.ts'
import type { Office } from '../workflow/office.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { createNarrator } from './narrator.ts'
import { withOffice } from './open-office.ts'
import { createProgress, type Progress } from './progress.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

export interface ResumeOptions extends CommonOptions {
  readonly out?: string
  readonly batchSize: number
}

/** `hefu-issuer resume`. */
export async function resume(session: Session, options: ResumeOptions): Promise<ExitCode> {
  const home = homeOf(options, session)
  const progress = createProgress(session, options)
  const { hear, refusedEntries } = createNarrator(session, options, progress)
  try {
    const { counts, entries } = await withOffice(
      session,
      { home, out: options.out, onEvent: hear },
      async (office) => {
        await assertJournalComplete(office)
        await finishWithProgress(office, progress, options.batchSize)
        return { counts: await office.journal.counts(), entries: await office.journal.countEntries() }
      },
    )
    const interrupted = session.signal.aborted
    const refused = refusedEntries()
    const open = counts.recorded + counts.batched + counts.anchored + entries.waiting
    const closed = refused === 0 ? COMMAND_TEXTS.resumed : COMMAND_TEXTS.resumedWithRefusals
    const done = open === 0 ? closed : COMMAND_TEXTS.leftOpen
    tell(session, options, { event: 'summary', ...counts, refusedEntries: refused, interrupted }, [
      sentence(interrupted ? COMMAND_TEXTS.interrupted : done, { refused }),
      sentence(COMMAND_TEXTS.counts, { ...counts }),
      sentence(COMMAND_TEXTS.entryCounts, { ...entries }),
    ])
    if (interrupted) return EXIT.interrupted
    return refused === 0 ? EXIT.done : EXIT.ledgerRefused
  } finally {
    progress.end()
  }
}

/** `finishBatches` with a bar over the bundle files that are still to be written. */
export async function finishWithProgress(
  office: Office,
  progress: Progress,
  batchSize: number,
): Promise<void> {
  const { recorded, batched, anchored } = await office.journal.counts()
  progress.begin('上链并生成电子证照文件 · anchoring and writing', recorded + batched + anchored)
  await finishBatches(office, batchSize)
}
