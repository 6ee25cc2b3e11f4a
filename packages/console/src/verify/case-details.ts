/** For which case licences are verified: kept from one licence to the next, in memory alone. */
import {
  type Bilingual,
  endOfDay,
  fillIn,
  formatChinaTime,
  holdsPersonsNumber,
  isCalendarDate,
  isDisplayText,
  isRegionCode,
  SERVICE_ITEM,
} from '@hefu/protocol'
import { shallowReactive } from 'vue'
import { onForget } from '../session/typed-work.ts'
import { CASE_TEXTS } from '../texts/verify-texts.ts'

/** As typed; empty: not stated. */
export interface CaseDetails {
  region: string
  serviceItem: string
  caseNo: string
  useCause: string
  /** `YYYY-MM-DD`. */
  day: string
}

export type CaseField = keyof CaseDetails

/** Why a field cannot be asked with. */
export interface CaseFault {
  readonly field: CaseField
  readonly says: Bilingual
}

const EMPTY: Readonly<CaseDetails> = { region: '', serviceItem: '', caseNo: '', useCause: '', day: '' }
const MOST_CASE_NO_CHARACTERS = 64
export const MOST_USE_CHARACTERS = 200

export const caseDetails: CaseDetails = shallowReactive({ ...EMPTY })

/** Another case of the same region. */
export function beginCase(): void {
  Object.assign(caseDetails, { ...EMPTY, region: caseDetails.region })
}

/** The region of whoever is signed in, where none was typed. */
export function presetRegion(region: string | null): void {
  if (caseDetails.region === '' && region !== null) caseDetails.region = region
}

onForget(() => {
  Object.assign(caseDetails, EMPTY)
})

/** Whether a region is another, or lies in it by its code: two digits a province, four a city. */
export function liesIn(region: string, outer: string): boolean {
  return region.startsWith(outer.replace(/(?:00){1,2}$/, ''))
}

/**
 * Everything that is wrong with a case, in the order of its fields.
 *
 * @param own region of whoever asks; `null`: any
 * @param now Unix seconds
 */
export function faultsOf(details: CaseDetails, own: string | null, now: number): readonly CaseFault[] {
  const { region, serviceItem, caseNo, useCause, day } = details
  const regionFault = faultOfRegion(region, own)
  const faults: readonly (readonly [CaseField, Bilingual | null])[] = [
    ['region', regionFault],
    ['serviceItem', serviceItem === '' || isItem(serviceItem, now) ? null : CASE_TEXTS.badServiceItem],
    ['caseNo', isPlain(caseNo, MOST_CASE_NO_CHARACTERS, now) ? null : CASE_TEXTS.badCaseNo],
    ['useCause', isPlain(useCause, MOST_USE_CHARACTERS, now) ? null : CASE_TEXTS.badUseCause],
    ['day', day === '' || (isCalendarDate(day) && day <= todayOf(now)) ? null : CASE_TEXTS.badDay],
  ]
  return faults.flatMap(([field, says]) => (says === null ? [] : [{ field, says }]))
}

function faultOfRegion(region: string, own: string | null): Bilingual | null {
  if (!isRegionCode(region)) return CASE_TEXTS.badRegion
  return own === null || liesIn(region, own) ? null : fillIn(CASE_TEXTS.otherRegion, { region: own })
}

function isItem(text: string, now: number): boolean {
  return SERVICE_ITEM.test(text) && !holdsPersonsNumber(text, now)
}

function isPlain(text: string, most: number, now: number): boolean {
  return text.length <= most && isDisplayText(text) && !holdsPersonsNumber(text, now)
}

/** What a case lacks to have a licence found, or plain values shown. */
export function lacksOf(details: CaseDetails, needed: readonly CaseField[]): readonly CaseFault[] {
  return needed.flatMap((field) => (details[field] === '' ? [{ field, says: NEEDS[field] }] : []))
}

const NEEDS: Readonly<Record<CaseField, Bilingual>> = {
  region: CASE_TEXTS.badRegion,
  serviceItem: CASE_TEXTS.needsServiceItem,
  caseNo: CASE_TEXTS.needsCaseNo,
  useCause: CASE_TEXTS.needsUseCause,
  day: CASE_TEXTS.badDay,
}

/** The day in China, `YYYY-MM-DD`. */
export function todayOf(now: number): string {
  return formatChinaTime(now).slice(0, 10)
}

/** The end of a day in China (Unix seconds); absent for none, and for today, of which the ledger's own time tells more. */
export function asOfDay(day: string, now: number): number | undefined {
  return day === '' || day >= todayOf(now) ? undefined : endOfDay(day) - 1
}
