/**
 * @hefu/sdk/display: a verification in words, line by line and in both languages, for pages and programs that show it
 * themselves. {@link renderSheet} of `@hefu/sdk` is these lines as plain text.
 */
export { labelOf, shownValueOf, spellOut } from './display/field-words.ts'
export { type AgencyNames, agenciesIn } from './display/finding-remarks.ts'
export { NOTICE_LABELS, SHEET_TEXTS, STATUS_MARKS, VERDICT_MARKS } from './display/sheet-texts.ts'
export {
  copyLines,
  differenceLines,
  faceLines,
  isSigned,
  licenceLines,
  provenanceLines,
  requestLines,
  type ToldCheck,
  type ToldLine,
  toldChecks,
} from './display/told-lines.ts'
export { verdictOf, whyOf } from './display/verdict-words.ts'
