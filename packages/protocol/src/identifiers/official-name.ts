/** Names of agencies and regions as the ledger has them: no two that it lets stand beside each other are equal. */
import { isDisplayText } from '../bytes/text.ts'
import { PROVINCES, provinceOf } from './region-code.ts'

/**
 * The form in which what a face says is compared with what is registered: NFKC without white space. No other variant is
 * folded, since the ledger tells names apart that differ in it.
 *
 * @example
 * ```ts
 * officialNameForm('湖南省 住房和城乡建设厅（本级）') // '湖南省住房和城乡建设厅(本级)'
 * ```
 */
export function officialNameForm(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '').normalize('NFKC')
}

/**
 * Whether a text is a name in its one form: without white space and characters that cannot be seen or have a variant.
 * The ledger takes no other, so one that is registered all the same may be made to look like another's.
 *
 * @example
 * ```ts
 * isOfficialName('广东省教育厅') // true
 * isOfficialName('广东省 教育厅') // false
 * ```
 */
export function isOfficialName(text: string): boolean {
  return text !== '' && isDisplayText(text) && officialNameForm(text) === text
}

/**
 * Whether a name begins with that of a province other than the region's, be it in the alliance or not: offices are
 * called by the province that they are of.
 *
 * @example
 * ```ts
 * namesOtherProvince('北京市教育委员会', '430102') // true
 * ```
 */
export function namesOtherProvince(name: string, region: string): boolean {
  const [own, form] = [provinceOf(region), officialNameForm(name)]
  return Object.entries(PROVINCES).some(([code, province]) => code !== own && form.startsWith(province))
}
