/** Filling in what an agency is told: whatever a detail quotes, no resident number stays whole. */
import { type Bilingual, fillIn as fillInAll, maskValue, type TextDetails } from '@hefu/protocol'

/** The text with each `{name}` replaced by its detail, resident numbers in it masked. */
export function fillIn(text: Bilingual, details: TextDetails): Bilingual {
  const shown = Object.entries(details).map(([name, detail]) => [name, hidePersons(detail)] as const)
  return fillInAll(text, Object.fromEntries(shown))
}

function hidePersons(detail: TextDetails[string]): Bilingual | string {
  if (typeof detail !== 'object') return hideNumbers(String(detail))
  return { zh: hideNumbers(detail.zh), en: hideNumbers(detail.en) }
}

/** Hashes and addresses are nobody's number, whatever digits they have. */
function hideNumbers(text: string): string {
  return /^0x[0-9a-f]+$/i.test(text) ? text : maskValue('open', text)
}
