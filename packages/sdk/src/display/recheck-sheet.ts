/** What a re-check came to, as plain text. */
import type { RecheckOutcome, ReportDifference } from '@hefu/protocol'
import { DIFFERENCE_LABELS, OUTCOME_TEXTS, REASON_TEXTS, RECHECK_TEXTS } from './recheck-texts.ts'
import { CHECK_LABELS } from './sheet-texts.ts'
import { type SheetLanguage, VOICES, type Voice } from './voice.ts'

/** Whether somebody vouches for the report: by a key that was given, by one that was not, or nobody. */
export type ReportSignature = 'verified' | 'not-checked' | 'none'

/** Each line ended by a line feed. What differs is named, and not shown: it is in the report. */
export function renderRecheck(
  outcome: RecheckOutcome,
  signature: ReportSignature,
  language: SheetLanguage,
): string {
  const voice = VOICES[language]
  const { mark, says } = OUTCOME_TEXTS[outcome.outcome]
  return [
    `${mark} ${voice.say(says)}`,
    ...detailsOf(outcome, voice),
    voice.line(RECHECK_TEXTS.signature, voice.say(RECHECK_TEXTS[signature])),
    '',
  ].join('\n')
}

function detailsOf(outcome: RecheckOutcome, voice: Voice): readonly string[] {
  if (outcome.outcome === 'undetermined') {
    return [voice.line(RECHECK_TEXTS.reason, voice.say(REASON_TEXTS[outcome.reason]))]
  }
  if (outcome.outcome === 'differs') {
    return outcome.differences.map((difference) =>
      voice.line(RECHECK_TEXTS.differs, labelOf(difference, voice)),
    )
  }
  return outcome.notRechecked.map((check) =>
    voice.line(RECHECK_TEXTS.notRechecked, voice.say(CHECK_LABELS[check])),
  )
}

function labelOf({ member }: ReportDifference, voice: Voice): string {
  const label = member in CHECK_LABELS ? CHECK_LABELS[member as keyof typeof CHECK_LABELS] : undefined
  return voice.say(label ?? DIFFERENCE_LABELS[member as keyof typeof DIFFERENCE_LABELS])
}
