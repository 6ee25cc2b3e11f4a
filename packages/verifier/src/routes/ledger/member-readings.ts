/** Regions, agencies and their keys. */
import { z } from 'zod'
import { AGENCY_PART, KEY_PART, REGION_PART, WITHIN } from './ledger-parameters.ts'
import { type LedgerReading, listReading, oneReading } from './ledger-reading.ts'
import { digest, memberStatus, region, unixSeconds, uscc } from './ledger-schemas.ts'

const name = z.string().nullable().meta({ description: '现行官方名称 · the official name in force' })
const names = z
  .array(
    z
      .strictObject({
        since: unixSeconds,
        zh: z.string(),
        en: z.string(),
        contact: z.string().meta({ description: '机关的公开联系方式 · how the office is reached' }),
      })
      .meta({ id: 'DatedName' }),
  )
  .meta({ description: '历来名称，由早到晚 · all names, the oldest first' })

const regionItem = z.strictObject({
  region,
  status: memberStatus,
  name,
  parent: region.nullable().meta({ description: 'null：省级 · of province level' }),
})
const regionRecord = regionItem
  .extend({
    successor: region.nullable(),
    pausedUntil: unixSeconds.nullable(),
    names,
    formerParents: z.array(z.strictObject({ until: unixSeconds, parent: region.nullable() })),
    membership: z.array(z.strictObject({ since: unixSeconds, isMember: z.boolean() })),
  })
  .meta({ id: 'RegionRecord' })
const agencyItem = z.strictObject({ agency: uscc, region, status: memberStatus, since: unixSeconds, name })
const agencyRecord = agencyItem
  .extend({
    successor: uscc.nullable(),
    names,
    formerRegions: z.array(z.strictObject({ until: unixSeconds, region })),
  })
  .meta({ id: 'AgencyRecord' })
const keyItem = z
  .strictObject({
    keyId: digest,
    algorithm: z.enum(['ES256', 'EdDSA', 'SM2']),
    publicJwk: z.looseObject({ kty: z.string(), crv: z.string(), x: z.string() }),
    validFrom: unixSeconds,
    validUntil: unixSeconds.nullable(),
    compromisedFrom: unixSeconds.nullable(),
  })
  .meta({ id: 'IssuerKey' })

export const MEMBER_READINGS: readonly LedgerReading[] = [
  listReading(
    {
      path: '/v1/ledger/regions',
      operationId: 'listRegions',
      says: { zh: '地区，或某地区以内的全部地区', en: 'The regions, or all that lie in one' },
      parameters: { within: WITHIN },
      item: regionItem.meta({ id: 'Region' }),
    },
    ({ queries }, { within }, page) =>
      within !== undefined && queries.region(within) === null ? null : queries.regions(page, within),
  ),
  oneReading(
    {
      path: '/v1/ledger/regions/:region',
      operationId: 'getRegion',
      says: { zh: '一个地区及其沿革', en: 'A region and its past' },
      parameters: { region: REGION_PART },
      item: regionRecord,
    },
    ({ queries }, values) => queries.region(values.region),
  ),
  listReading(
    {
      path: '/v1/ledger/agencies',
      operationId: 'listAgencies',
      says: { zh: '颁发机构，或某地区以内的颁发机构', en: 'The agencies, or all that lie in a region' },
      parameters: { within: WITHIN },
      item: agencyItem.meta({ id: 'Agency' }),
    },
    ({ queries }, { within }, page) =>
      within !== undefined && queries.region(within) === null ? null : queries.agencies(page, within),
  ),
  oneReading(
    {
      path: '/v1/ledger/agencies/:agency',
      operationId: 'getAgency',
      says: { zh: '一个颁发机构及其沿革', en: 'An agency and its past' },
      parameters: { agency: AGENCY_PART },
      item: agencyRecord,
    },
    ({ queries }, { agency }) => queries.agency(agency),
  ),
  listReading(
    {
      path: '/v1/ledger/agencies/:agency/keys',
      operationId: 'listKeys',
      says: { zh: '颁发机构的公钥', en: 'The keys of an agency' },
      parameters: { agency: AGENCY_PART },
      item: keyItem,
    },
    ({ queries }, { agency }, page) => (queries.agency(agency) === null ? null : queries.keys(agency, page)),
  ),
  oneReading(
    {
      path: '/v1/ledger/agencies/:agency/keys/:keyId',
      operationId: 'getKey',
      says: { zh: '颁发机构的一个公钥', en: 'One key of an agency' },
      parameters: { agency: AGENCY_PART, keyId: KEY_PART },
      item: keyItem,
    },
    ({ queries }, { agency, keyId }) => queries.key(agency, keyId),
  ),
]
