/** Entering what a command drafted, or only rehearsing it. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import type { ActOffice, StandingEntry } from '../workflow/decision.ts'
import { type EntryDraft, enterAll, isWritten, rehearse } from '../workflow/enter.ts'
import { type CommonOptions, type Session, sentence, tell } from './session.ts'

export interface RehearsalOptions extends CommonOptions {
  /** Nothing is entered: the ledger is asked whether it would take it. */
  readonly rehearse?: boolean
}

/**
 * Enters drafts, and has `tellOf` tell of each that stands. Several are rehearsed first, so that what the ledger does not
 * take is known before any of them is sent.
 */
export async function enterDrafts(
  session: Session,
  options: RehearsalOptions,
  office: ActOffice,
  drafts: readonly EntryDraft[],
  tellOf: (entry: StandingEntry) => void,
): Promise<void> {
  const count = drafts.reduce((sum, { licenceIds }) => sum + licenceIds.length, 0)
  if (options.rehearse === true) {
    for (const draft of drafts) await rehearse(office, draft)
    const event = { event: 'rehearsed', licences: count, calls: drafts.length }
    tell(session, options, event, [sentence(COMMAND_TEXTS.rehearsed, { count, calls: drafts.length })])
    return
  }
  if (drafts.length > 1) await rehearseIfReached(office, drafts)
  for (const entry of await enterAll(office, drafts)) tellOf(entry)
}

/** While the ledger cannot be asked they are written down all the same. */
async function rehearseIfReached(office: ActOffice, drafts: readonly EntryDraft[]): Promise<void> {
  try {
    for (const draft of drafts) if (!(await isWritten(office, draft))) await rehearse(office, draft)
  } catch (error) {
    if (!(error instanceof LedgerUnavailableError)) throw error
  }
}
