/** Filling in what an agency is told: whatever a detail quotes, no resident number stays whole. */
import { type Bilingual, fillIn as fillInAll, isUscc, maskValue, type TextDetails } from '@hefu/protocol'

/** The text with each `{name}` replaced by its detail, resident numbers in it masked. */
export function fillIn(text: Bilingual, details: TextDetails): Bilingual {
  const shown = Object.entries(details).map(([name, detail]) => [name, hidePersons(detail)] as const)
  return fillInAll(text, Object.fromEntries(shown))
}

function hidePersons(detail: TextDetails[string]): Bilingual | string {
  if (typeof detail !== 'object') return hideNumbers(String(detail))
  return { zh: hideNumbers(detail.zh), en: hideNumbers(detail.en) }
}

/** How a licence identifier begins: the authority and number of its type, and its issuer. */
const IDENTIFIER_HEAD = /(1\.2\.156\.3005\.2\.[0-9A-Z]{21}\.[0-9A-Z]{18}\.)/

/** Hashes, addresses and the codes in a licence identifier are nobody's number, whatever digits they have. */
function hideNumbers(text: string): string {
  if (/^0x[0-9a-f]+$/i.test(text)) return text
  return text
    .split(IDENTIFIER_HEAD)
    .map((part, i) => (i % 2 === 1 && holdsCodes(part) ? part : maskValue('open', part)))
    .join('')
}

function holdsCodes(head: string): boolean {
  const [, , , , , type = '', issuer = ''] = head.split('.')
  return isUscc(type.slice(0, 18)) && isUscc(issuer)
}
