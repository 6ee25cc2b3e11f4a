import { setTimeout as pause } from 'node:timers/promises'
import { connectOperatorReading } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import type { Agency } from '../home/agency-file.ts'
import { readingAnswers } from '../home/read-answers.ts'
import type { Journal } from '../journal/journal.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { ENTRY_TEXTS } from '../texts/entry-texts.ts'
import { findBehind, type JournalBehind } from '../workflow/journal-complete.ts'
import { reconcile } from '../workflow/reconcile.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withJournal } from './open-office.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

export interface StatusOptions extends CommonOptions {
  /** Seconds from one look to the next. */
  readonly watch?: number
}

/** `hefu-issuer status`: needs no passphrase; asks the ledger whether what stood still stands. */
export async function status(session: Session, options: StatusOptions): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  await withJournal(session, homeOf(options, session), async (journal, agency) => {
    do {
      const unchecked = await reconcileIfReached(session, journal, agency)
      const behind = unchecked === null ? await behindOf(journal, agency) : null
      await tellStatus(session, options, journal, { unchecked, behind })
      code = codeOf({ unchecked, behind })
      if (options.watch !== undefined) await pauseUntil(options.watch, session.signal)
    } while (options.watch !== undefined && !session.signal.aborted)
  })
  return options.watch === undefined ? code : EXIT.done
}

/** What was found when the ledger was asked. */
interface Looked {
  /** It could not be. */
  readonly unchecked: LedgerUnavailableError | null
  readonly behind: JournalBehind | null
}

function codeOf({ unchecked, behind }: Looked): ExitCode {
  if (unchecked !== null) return EXIT.ledgerUnavailable
  // As of the error by which `issue` and `resume` end.
  return behind === null ? EXIT.done : EXIT.usage
}

function behindOf(
  journal: Journal,
  { agency, network, operator: address }: Agency,
): Promise<JournalBehind | null> {
  const operator = readingAnswers(connectOperatorReading(network, address, journal.outboxOf(address)))
  return findBehind({ agency, journal, operator })
}

/** Ends at once when it is interrupted. */
async function pauseUntil(seconds: number, signal: AbortSignal): Promise<void> {
  await pause(seconds * 1000, undefined, { signal }).catch(() => undefined)
}

/** The error when the ledger could not be asked. */
async function reconcileIfReached(
  { now }: Session,
  journal: Journal,
  { agency, network, operator: address }: Agency,
): Promise<LedgerUnavailableError | null> {
  const operator = readingAnswers(connectOperatorReading(network, address, journal.outboxOf(address)))
  try {
    await reconcile({ agency, journal, operator, now })
    return null
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return error
    throw error
  }
}

async function tellStatus(
  session: Session,
  options: CommonOptions,
  journal: Journal,
  { unchecked, behind }: Looked,
): Promise<void> {
  const counts = await journal.counts()
  const entries = await journal.countEntries()
  const notAnchored = (await journal.unfinished())
    .filter(({ anchoredAt }) => anchoredAt === null)
    .map(({ root, size, sealedAt }) => ({ root, size, sealedAt }))
  const waiting = (await journal.waitingEntries()).map(({ number, call, licenceIds, enteredAt }) => {
    return { number, entry: call.kind, licences: licenceIds.length, enteredAt }
  })
  const event = {
    event: 'status',
    ...counts,
    notAnchored,
    entries,
    waiting,
    checked: unchecked === null,
    behind,
  }
  tell(session, options, event, [
    ...(unchecked === null ? [] : [sentence(COMMAND_TEXTS.statusUnchecked, { reason: unchecked.message })]),
    ...(behind === null ? [] : [sentence(COMMAND_TEXTS.journalBehind, { ...behind })]),
    sentence(COMMAND_TEXTS.counts, { ...counts }),
    ...(counts.givenUp === 0 ? [] : [sentence(COMMAND_TEXTS.givenUp, { givenUp: counts.givenUp })]),
    ...notAnchored.map(({ root, size }) => sentence(COMMAND_TEXTS.notAnchored, { root, size })),
    sentence(COMMAND_TEXTS.entryCounts, { ...entries }),
    ...waiting.map(({ number, entry, licences }) =>
      sentence(COMMAND_TEXTS.entryWaits, { number, entry: ENTRY_TEXTS[entry], count: licences }),
    ),
  ])
}
