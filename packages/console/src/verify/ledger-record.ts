/** What the ledger says beside a verification: whose office it is, and what was done to the licence. Read after the verdict, which does not hang on it. */
import type { StatusEntry } from '@hefu/protocol'
import { askService } from '../service/ask-service.ts'

/** Acts of one licence that are listed. */
export const MOST_ACTS = 200
/** Regions below one another: 省—市—区—街道. */
const MOST_LEVELS = 4
/** Pages of a list that is offered whole. */
const MOST_PAGES = 10

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

interface One<Item> {
  readonly item: Item
}

export interface LicenceActs {
  readonly acts: readonly StatusEntry[]
  readonly isCut: boolean
}

/** @throws {ServiceProblem} */
export async function readActs(agency: string, statusIndex: number): Promise<LicenceActs> {
  const place = `/v1/ledger/agencies/${encodeURIComponent(agency)}/licences/${encodeURIComponent(statusIndex)}/acts`
  const { items, next } = await askService<Page<StatusEntry>>(`${place}?limit=${MOST_ACTS}`)
  return { acts: items, isCut: next !== null }
}

export interface AgencyRecord {
  readonly agency: string
  readonly name: string | null
  /** From the province down; a region without a name is told by its code. */
  readonly regionPath: readonly string[]
  readonly contact: string | null
}

/** @throws {ServiceProblem} */
export async function readAgency(agency: string): Promise<AgencyRecord> {
  const { item } = await askService<
    One<{
      readonly name: string | null
      readonly region: string
      readonly names: readonly { readonly contact: string }[]
    }>
  >(`/v1/ledger/agencies/${encodeURIComponent(agency)}`)
  const contact = item.names.at(-1)?.contact ?? ''
  return {
    agency,
    name: item.name,
    regionPath: await readRegionPath(item.region),
    contact: contact === '' ? null : contact,
  }
}

/** As it is registered; `null`: without a name. @throws {ServiceProblem} */
export async function readAgencyName(agency: string): Promise<string | null> {
  const { item } = await askService<One<{ readonly name: string | null }>>(
    `/v1/ledger/agencies/${encodeURIComponent(agency)}`,
  )
  return item.name
}

async function readRegionPath(region: string): Promise<readonly string[]> {
  const path: string[] = []
  let next: string | null = region
  for (let level = 0; next !== null && level < MOST_LEVELS; level++) {
    const { item }: One<RegionRecord> = await askService(`/v1/ledger/regions/${encodeURIComponent(next)}`)
    path.unshift(item.name ?? next)
    next = item.parent
  }
  return path
}

interface RegionRecord {
  readonly region: string
  readonly name: string | null
  readonly parent: string | null
}

export interface ServiceItem {
  readonly serviceItem: string
  readonly demands: readonly { readonly licenceType: string; readonly fields: readonly string[] }[]
}

/** All that are registered, up to a thousand. @throws {ServiceProblem} */
export function readServiceItems(): Promise<readonly ServiceItem[]> {
  return readPages<ServiceItem>('/v1/ledger/service-items')
}

/** What lies in a region, up to a thousand. @throws {ServiceProblem} */
export function readRegions(within: string): Promise<readonly RegionRecord[]> {
  return readPages<RegionRecord>('/v1/ledger/regions', { within })
}

async function readPages<Item>(
  path: string,
  about: Readonly<Record<string, string>> = {},
): Promise<readonly Item[]> {
  const items: Item[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ ...about, ...(after === null ? {} : { after }) })
    const answer: Page<Item> = await askService(`${path}?${query}`)
    items.push(...answer.items)
    after = answer.next
    if (after === null) break
  }
  return items
}
