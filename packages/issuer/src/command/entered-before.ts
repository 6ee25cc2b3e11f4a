/** What is said of a decision that was entered before: nothing was sent, and whether something followed. */
import { type Bilingual, formatChinaTime } from '@hefu/protocol'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import type { Entered } from '../workflow/decision.ts'
import { sentence } from './session.ts'

export function linesOfEnteredBefore(entered: Entered, act: Bilingual): readonly string[] {
  const { licenceIds, effectiveAt, number, blockNumber, followedBy } = entered
  const details = {
    act,
    count: licenceIds.length,
    effective: formatChinaTime(effectiveAt),
    number,
    blockNumber,
  }
  const before = sentence(COMMAND_TEXTS.actedBefore, details)
  return followedBy === null ? [before] : [before, sentence(COMMAND_TEXTS.actedBeforeOthers, { followedBy })]
}
