/** The rules that the alliance and its provinces made. */
import { z } from 'zod'
import { AGREEMENT_PART, AS_OF, LICENCE_TYPE_PART, OF_AGENCY, OF_REGION } from './ledger-parameters.ts'
import { type LedgerReading, listReading, oneReading } from './ledger-reading.ts'
import { digest, licenceType, region, term, unixSeconds, uscc } from './ledger-schemas.ts'

const licenceTypeItem = z
  .strictObject({
    licenceType,
    schemaDigest: digest,
    version: z.int().min(1),
    status: z.enum(['active', 'retired']),
    since: unixSeconds,
  })
  .meta({ id: 'LicenceType' })
const serviceItemItem = z
  .strictObject({
    serviceItem: z.string(),
    since: unixSeconds,
    demands: z.array(z.strictObject({ licenceType, fields: z.array(z.string()) })),
  })
  .meta({ id: 'ServiceItem' })
const agreementItem = z
  .strictObject({
    number: z.int().min(1),
    licenceTypes: z.array(licenceType),
    term,
    members: z.array(z.strictObject({ province: region, term })),
  })
  .meta({ id: 'Agreement' })
const negativeItem = z
  .strictObject({
    receiving: region,
    issuing: region.nullable().meta({ description: 'null：其他各省 · every other province' }),
    licenceType,
    serviceItem: z.string().nullable().meta({ description: 'null：全部事项 · every item' }),
    term,
    approval: z.strictObject({ number: z.string(), documentDigest: z.string() }),
  })
  .meta({ id: 'NegativeEntry' })

export const RULE_READINGS: readonly LedgerReading[] = [
  listReading(
    {
      path: '/v1/ledger/licence-types',
      operationId: 'listLicenceTypes',
      says: { zh: '证照类型', en: 'The licence types' },
      parameters: { asOf: AS_OF },
      item: licenceTypeItem,
    },
    ({ queries }, _, page) => queries.licenceTypes(page),
  ),
  oneReading(
    {
      path: '/v1/ledger/licence-types/:licenceType',
      operationId: 'getLicenceType',
      says: { zh: '某一证照类型', en: 'One licence type' },
      parameters: { licenceType: LICENCE_TYPE_PART, asOf: AS_OF },
      item: licenceTypeItem,
    },
    ({ queries }, values) => queries.licenceType(values.licenceType, values.asOf),
  ),
  listReading(
    {
      path: '/v1/ledger/service-items',
      operationId: 'listServiceItems',
      says: { zh: '办事事项及其所需证照字段', en: 'The service items, and the fields that each demands' },
      parameters: { asOf: AS_OF },
      item: serviceItemItem,
    },
    ({ queries }, _, page) => queries.serviceItems(page),
  ),
  listReading(
    {
      path: '/v1/ledger/delegations',
      operationId: 'listDelegations',
      says: { zh: '证照类型对地区的授权', en: 'The licence types that regions were given' },
      parameters: { region: OF_REGION, asOf: AS_OF },
      item: z.strictObject({ region, licenceType, term }).meta({ id: 'Delegation' }),
    },
    ({ queries }, values, page) => queries.delegations(page, values.region),
  ),
  listReading(
    {
      path: '/v1/ledger/responsibilities',
      operationId: 'listResponsibilities',
      says: { zh: '颁发机构负责的证照类型', en: 'The licence types that agencies are responsible for' },
      parameters: { agency: OF_AGENCY, asOf: AS_OF },
      item: z.strictObject({ agency: uscc, licenceType, term }).meta({ id: 'Responsibility' }),
    },
    ({ queries }, { agency }, page) => queries.responsibilities(page, agency),
  ),
  listReading(
    {
      path: '/v1/ledger/baseline',
      operationId: 'listBaseline',
      says: { zh: '各省一律互认的证照类型', en: 'The licence types that every province recognises' },
      parameters: { asOf: AS_OF },
      item: z.strictObject({ licenceType, term }).meta({ id: 'BaselineEntry' }),
    },
    ({ queries }, _, page) => queries.baseline(page),
  ),
  listReading(
    {
      path: '/v1/ledger/agreements',
      operationId: 'listAgreements',
      says: { zh: '省际互认协议', en: 'The agreements between provinces' },
      parameters: { asOf: AS_OF },
      item: agreementItem,
    },
    ({ queries }, _, page) => queries.agreements(page),
  ),
  oneReading(
    {
      path: '/v1/ledger/agreements/:number',
      operationId: 'getAgreement',
      says: { zh: '一份互认协议，含已终止的', en: 'One agreement, also one that is over' },
      parameters: { number: AGREEMENT_PART, asOf: AS_OF },
      item: agreementItem,
    },
    ({ queries }, values) => queries.agreement(values.number, values.asOf),
  ),
  listReading(
    {
      path: '/v1/ledger/negative-entries',
      operationId: 'listNegativeEntries',
      says: { zh: '各省的互认负面清单', en: 'What provinces do not recognise' },
      parameters: { region: OF_REGION, asOf: AS_OF },
      item: negativeItem,
    },
    ({ queries }, values, page) => queries.refusals(page, values.region),
  ),
]
