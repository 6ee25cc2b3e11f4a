import { type Bilingual, formatChinaTime } from '@hefu/protocol'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { fillIn } from '../texts/fill-in.ts'
import { noticeText } from '../texts/notice-texts.ts'
import { liftNotices, type NoticeOutcome, noteLicences } from '../workflow/note-licences.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withActOffice } from './open-office.ts'
import { type Session, sentence, tell } from './session.ts'

export interface NoteOptions extends EntryOptions {
  /** Its code. */
  readonly notice: number
}

/** `hefu-issuer act note`. */
export async function note(
  session: Session,
  licenceIds: readonly string[],
  options: NoteOptions,
): Promise<ExitCode> {
  const request = { licenceIds, code: options.notice, ...decisionOf(options) }
  const outcome = await withActOffice(session, options, (office) => noteLicences(office, request))
  tell(session, options, { event: 'noted', ...outcome }, [lineOf(COMMAND_TEXTS.noted, outcome)])
  return EXIT.done
}

/** `hefu-issuer act lift-notice`. */
export async function liftNotice(
  session: Session,
  licenceIds: readonly string[],
  options: NoteOptions,
): Promise<ExitCode> {
  const request = { licenceIds, code: options.notice, ...decisionOf(options) }
  const outcome = await withActOffice(session, options, (office) => liftNotices(office, request))
  tell(session, options, { event: 'notice-lifted', ...outcome }, [
    lineOf(COMMAND_TEXTS.noticeLifted, outcome),
  ])
  return EXIT.done
}

function lineOf(text: Bilingual, outcome: NoticeOutcome): string {
  const { code, licenceIds, effectiveAt, blockNumber, number, repeated } = outcome
  const count = licenceIds.length
  const effective = formatChinaTime(effectiveAt)
  if (repeated) {
    const act = fillIn(COMMAND_TEXTS.noticeEntered, { notice: noticeText(code) })
    return sentence(COMMAND_TEXTS.actedBefore, { act, count, effective, blockNumber, number })
  }
  return sentence(text, { notice: noticeText(code), count, effective, blockNumber })
}
