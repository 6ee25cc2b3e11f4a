import { type Bilingual, formatChinaTime } from '@hefu/protocol'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { fillIn } from '../texts/fill-in.ts'
import { noticeText } from '../texts/notice-texts.ts'
import { enteredOf } from '../workflow/decision.ts'
import { draftNotice, draftNoticeLifted, type NoticeOutcome } from '../workflow/note-licences.ts'
import { enterDrafts, type RehearsalOptions } from './enter-drafts.ts'
import { linesOfEnteredBefore } from './entered-before.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type ChoiceOptions, chooseLicences } from './licence-choice.ts'
import { withActOffice } from './open-office.ts'
import { type Session, sentence, tell } from './session.ts'

export interface NoteOptions extends EntryOptions, ChoiceOptions, RehearsalOptions {
  /** Its code. */
  readonly notice: number
}

/** `hefu-issuer act note`. */
export async function note(
  session: Session,
  licenceIds: readonly string[],
  options: NoteOptions,
): Promise<ExitCode> {
  return enterNotices(session, licenceIds, options, {
    draft: draftNotice,
    event: 'noted',
    text: COMMAND_TEXTS.noted,
  })
}

/** `hefu-issuer act lift-notice`. */
export async function liftNotice(
  session: Session,
  licenceIds: readonly string[],
  options: NoteOptions,
): Promise<ExitCode> {
  return enterNotices(session, licenceIds, options, {
    draft: draftNoticeLifted,
    event: 'notice-lifted',
    text: COMMAND_TEXTS.noticeLifted,
  })
}

/** Entering notices or lifting them, and how it is told. */
interface NoticeWay {
  readonly draft: typeof draftNotice
  readonly event: string
  readonly text: Bilingual
}

async function enterNotices(
  session: Session,
  licenceIds: readonly string[],
  options: NoteOptions,
  { draft, event, text }: NoticeWay,
): Promise<ExitCode> {
  const groups = await chooseLicences(licenceIds, options)
  const request = { code: options.notice, ...decisionOf(options) }
  await withActOffice(session, options, async (office) => {
    const drafts = []
    for (const group of groups) drafts.push(await draft(office, { ...request, licenceIds: group }))
    await enterDrafts(session, options, office, drafts, (entry) => {
      const outcome = { code: options.notice, ...enteredOf(entry) }
      tell(session, options, { event, ...outcome }, linesOf(text, outcome))
    })
  })
  return EXIT.done
}

function linesOf(text: Bilingual, outcome: NoticeOutcome): readonly string[] {
  const { code, licenceIds, effectiveAt, blockNumber, repeated } = outcome
  const notice = noticeText(code)
  if (repeated) return linesOfEnteredBefore(outcome, fillIn(COMMAND_TEXTS.noticeEntered, { notice }))
  const details = { notice, count: licenceIds.length, effective: formatChinaTime(effectiveAt), blockNumber }
  return [sentence(text, details)]
}
