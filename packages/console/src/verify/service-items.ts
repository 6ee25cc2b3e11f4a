/** Regions and items that a case may have, as the ledger lists them: read once for who is signed in, offered where a code is typed. */
import {
  type Bilingual,
  fillIn,
  inBoth,
  joinTexts,
  LICENCE_TYPES,
  PROVINCES,
  provinceOf,
} from '@hefu/protocol'
import { labelOf } from '@hefu/sdk/display'
import { shallowReadonly, shallowRef } from 'vue'
import { onForget } from '../session/typed-work.ts'
import { CASE_TEXTS } from '../texts/verify-texts.ts'
import { readRegions, readServiceItems, type ServiceItem } from './ledger-record.ts'

export interface OfferedCode {
  readonly value: string
  readonly says: string
}

const items = shallowRef<readonly ServiceItem[] | null>(null)
const regions = shallowRef<readonly OfferedCode[]>([])

/** `null`: not read, which says nothing of what there is. */
export const serviceItems = shallowReadonly(items)
export const offeredRegions = shallowReadonly(regions)

/** Without them codes are typed: nothing is shown where they cannot be read. */
export async function offerCodes(region: string | null): Promise<void> {
  const [listed, lying] = await Promise.allSettled([
    readServiceItems(),
    region === null ? Promise.resolve([]) : readRegions(region),
  ])
  if (listed.status === 'fulfilled') items.value = listed.value
  if (lying.status === 'fulfilled')
    regions.value = lying.value.map(({ region: value, name }) => ({ value, says: name ?? '' }))
}

onForget(() => {
  items.value = null
  regions.value = []
})

export function findItem(code: string): ServiceItem | undefined {
  return items.value?.find(({ serviceItem }) => serviceItem === code)
}

/** What an item demands of the licences of a type; `null`: nothing is known of it. */
export function demandedOf(code: string, licenceType: string): readonly string[] | null {
  return findItem(code)?.demands.find((demand) => demand.licenceType === licenceType)?.fields ?? null
}

/** What is said below the code of an item: what it demands; `null`: nothing is known. */
export function itemText(code: string): Bilingual | null {
  if (code === '' || items.value === null) return null
  const found = findItem(code)
  if (found === undefined) return CASE_TEXTS.unknownItem
  return found.demands.length === 0
    ? CASE_TEXTS.demandsNothing
    : fillIn(CASE_TEXTS.demands, { fields: demandsText(found) })
}

/** What an item demands, type by type: said beside its code where items are offered. */
export function demandsText({ demands }: ServiceItem): Bilingual {
  if (demands.length === 0) return CASE_TEXTS.demandsNothing
  const ofTypes = demands.map(({ licenceType, fields }) => {
    const type = LICENCE_TYPES.find((known) => known.code === licenceType)
    const names = joinTexts(
      fields.map((field) => labelOf(type, field)),
      'list',
    )
    return fillIn(CASE_TEXTS.demandsOfType, { type: type?.name ?? inBoth(licenceType), fields: names })
  })
  return joinTexts(ofTypes, 'remark')
}

/**
 * Why no value of a licence of this type can be shown for an item, before anybody is asked for a second factor; `null`:
 * there may be some.
 *
 * @param listed `null`: the items are not known, which says nothing of any
 * @param onFace fields that the licence shows; empty: it is not at hand
 */
export function plainFaultOf(
  listed: readonly ServiceItem[] | null,
  code: string,
  licenceType: string,
  onFace: readonly string[],
): Bilingual | null {
  if (code === '' || listed === null) return null
  const found = listed.find(({ serviceItem }) => serviceItem === code)
  if (found === undefined) return CASE_TEXTS.unknownItemPlain
  const demanded = found.demands.find((demand) => demand.licenceType === licenceType)?.fields ?? []
  if (demanded.length === 0) {
    const type = LICENCE_TYPES.find((known) => known.code === licenceType)?.name ?? inBoth(licenceType)
    return fillIn(CASE_TEXTS.demandsNoneOfType, { type })
  }
  const isShown = onFace.length === 0 || onFace.some((name) => demanded.includes(name))
  return isShown ? null : CASE_TEXTS.demandedNotShown
}

/** The name behind the code of a region: its own, or its province's. */
export function regionText(code: string): Bilingual | null {
  const listed = regions.value.find(({ value }) => value === code)?.says
  const name = listed === undefined || listed === '' ? PROVINCES[provinceOf(code)] : listed
  return code.length === 6 && name !== undefined ? inBoth(name) : null
}
