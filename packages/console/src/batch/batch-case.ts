/** For which case all items are verified: in memory alone, and the same until it is changed. */
import {
  type Bilingual,
  fillIn,
  holdsPersonsNumber,
  isDisplayText,
  isRegionCode,
  SERVICE_ITEM,
} from '@hefu/protocol'
import { shallowReactive } from 'vue'
import { onForget } from '../session/typed-work.ts'
import { BATCH_TEXTS } from '../texts/batch-texts.ts'
import type { ForAll } from './batch-lines.ts'

/** As typed; empty: not stated. */
export interface BatchCase {
  region: string
  serviceItem: string
  caseNo: string
  useCause: string
}

export type CaseField = keyof BatchCase

export interface CaseFault {
  readonly field: CaseField
  readonly says: Bilingual
}

const EMPTY: Readonly<BatchCase> = { region: '', serviceItem: '', caseNo: '', useCause: '' }
export const MOST_CASE_NO = 64
export const MOST_USE = 200

export const batchCase: BatchCase = shallowReactive({ ...EMPTY })

onForget(() => {
  Object.assign(batchCase, EMPTY)
})

/** The region of whoever is signed in, where none was typed. */
export function presetRegion(region: string | null): void {
  if (batchCase.region === '' && region !== null) batchCase.region = region
}

/**
 * Everything that is wrong with it, in the order of its fields.
 *
 * @param own region of whoever asks; `null`: any
 * @param now Unix seconds
 */
export function faultsOfCase(typed: BatchCase, own: string | null, now: number): readonly CaseFault[] {
  const { region, serviceItem, caseNo, useCause } = typed
  const isItem = SERVICE_ITEM.test(serviceItem) && !holdsPersonsNumber(serviceItem, now)
  const faults: readonly (readonly [CaseField, Bilingual | null])[] = [
    ['region', faultOfRegion(region, own)],
    ['serviceItem', serviceItem === '' || isItem ? null : BATCH_TEXTS.badServiceItem],
    ['caseNo', isPlain(caseNo, MOST_CASE_NO, now) ? null : BATCH_TEXTS.badCaseNo],
    ['useCause', isPlain(useCause, MOST_USE, now) ? null : BATCH_TEXTS.badUseCause],
  ]
  return faults.flatMap(([field, says]) => (says === null ? [] : [{ field, says }]))
}

function faultOfRegion(region: string, own: string | null): Bilingual | null {
  if (!isRegionCode(region)) return BATCH_TEXTS.badRegion
  // Two digits a province, four a city.
  const isOwn = own === null || region.startsWith(own.replace(/(?:00){1,2}$/, ''))
  return isOwn ? null : fillIn(BATCH_TEXTS.otherRegion, { region: own ?? '' })
}

function isPlain(text: string, most: number, now: number): boolean {
  return text.length <= most && isDisplayText(text) && !holdsPersonsNumber(text, now)
}

/** As it is sent; what is not stated is left out. */
export function forAllOf({ region, serviceItem, caseNo, useCause }: BatchCase): ForAll {
  return {
    receivingRegion: region,
    ...(serviceItem === '' ? {} : { serviceItem }),
    ...(caseNo === '' ? {} : { caseNo }),
    ...(useCause === '' ? {} : { useCause }),
  }
}
