/** Batches of licences, and acts on licences. */
import { LEGAL_STATUSES, STATUS_CHANGES } from '@hefu/protocol'
import { z } from 'zod'
import { AGENCY_PART, ROOT_PART, STATUS_INDEX_PART } from './ledger-parameters.ts'
import { type LedgerReading, listReading, oneReading } from './ledger-reading.ts'
import { digest, unixSeconds } from './ledger-schemas.ts'

const statusIndex = z.int().min(0)

const anchorItem = z
  .strictObject({
    root: digest,
    anchoredAt: unixSeconds,
    blockNumber: z.int().min(0),
    size: z.int().min(1),
    firstIndex: statusIndex,
  })
  .meta({ id: 'Anchor' })
const entry = z
  .strictObject({
    act: z.enum(STATUS_CHANGES),
    status: z.enum(LEGAL_STATUSES).optional(),
    effectiveAt: unixSeconds,
    endsAt: unixSeconds.optional(),
    capacity: z.enum(['operator', 'successor', 'custodian', 'superior']).optional(),
    decisionNumber: z.string().optional().meta({ description: '决定书文号 · number of the decision' }),
    legalBasis: z.string().optional(),
  })
  .meta({ id: 'StatusEntry' })

export const LICENCE_READINGS: readonly LedgerReading[] = [
  listReading(
    {
      path: '/v1/ledger/agencies/:agency/anchors',
      operationId: 'listAnchors',
      says: {
        zh: '颁发机构上链的批次，按上链先后',
        en: 'The batches that an agency anchored, in their order',
      },
      parameters: { agency: AGENCY_PART },
      item: anchorItem,
    },
    ({ queries }, { agency }, page) =>
      queries.agency(agency) === null ? null : queries.anchors(agency, page),
  ),
  oneReading(
    {
      path: '/v1/ledger/agencies/:agency/anchors/:root',
      operationId: 'getAnchor',
      says: { zh: '一个批次', en: 'One batch, by its root' },
      parameters: { agency: AGENCY_PART, root: ROOT_PART },
      item: anchorItem,
    },
    ({ queries }, { agency, root }) => queries.anchor(agency, root),
  ),
  listReading(
    {
      path: '/v1/ledger/agencies/:agency/acts',
      operationId: 'listActsOfAgency',
      says: {
        zh: '对颁发机构所发证照的全部处置，按登记先后',
        en: 'All acts on an agency’s licences, in the order in which they were entered',
      },
      parameters: { agency: AGENCY_PART },
      item: z.strictObject({ statusIndex, entry }).meta({ id: 'AgencyAct' }),
    },
    ({ queries }, { agency }, page) =>
      queries.agency(agency) === null ? null : queries.actsOf(agency, page),
  ),
  listReading(
    {
      path: '/v1/ledger/agencies/:agency/licences/:statusIndex/acts',
      operationId: 'listActsOnLicence',
      says: {
        zh: '对一份证照的处置，按登记先后',
        en: 'The acts on one licence, in the order in which they were entered',
      },
      parameters: { agency: AGENCY_PART, statusIndex: STATUS_INDEX_PART },
      item: entry,
    },
    ({ queries }, values, page) =>
      queries.agency(values.agency) === null
        ? null
        : queries.acts({ issuer: values.agency, statusIndex: values.statusIndex }, page),
  ),
]
