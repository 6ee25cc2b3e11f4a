/** The bodies of `POST /v1/retrievals` and `POST /v1/retrievals/bundle`. */
import { isRegionCode, MAX_QR_CHARACTERS } from '@hefu/protocol'
import type { DescribedContent } from '@hefu/service'
import { z } from 'zod'
import { described, type ExpectedMembers, parseBody } from './request-defects.ts'
import { matchSought, type SoughtLicence } from './sought-licence.ts'
import { EXPECTED_REFERENCES, itemCode, reference, useCause } from './use-cause.ts'
import { EXPECTED_VERIFICATION, IDENTIFIER_ALONE } from './verification-request.ts'

const EXPECTED = {
  licence: {
    zh: '二维码指引（HEFU1:R:…），或电子证照标识',
    en: 'a reference, as QR codes hold it (HEFU1:R:…), or a licence identifier',
  },
  receivingRegion: EXPECTED_VERIFICATION.receivingRegion,
  ...EXPECTED_REFERENCES,
} as const satisfies ExpectedMembers

const member = <Schema extends z.ZodType>(name: string, schema: Schema): Schema =>
  described(EXPECTED, name, schema)

const licence = z
  .string()
  .max(MAX_QR_CHARACTERS, { abort: true })
  .refine((text) => matchSought(text) !== null)

/** Whoever has a licence found says for which case, and for what. */
const schema = z.strictObject({
  licence: member('licence', licence),
  receivingRegion: member('receivingRegion', z.string().refine(isRegionCode)),
  caseNo: member('caseNo', reference),
  useCause: member('useCause', useCause),
  serviceItem: member('serviceItem', itemCode.optional()),
})

/** A licence is given for what an item demands of it. */
const bundleSchema = schema.extend({ serviceItem: member('serviceItem', itemCode) })

const LEAST = {
  licence: IDENTIFIER_ALONE,
  receivingRegion: '440000',
  caseNo: '440000-2026-000001',
  useCause: '建筑业企业资质跨省办理',
}
const SERVICE_ITEM = '11440300MB2C93018F4442111021001'

/** For the description of the interface. */
export const DESCRIBED_SOUGHT: DescribedContent = {
  says: { zh: '查取哪份证照，为何事', en: 'Which licence is sought, and for what' },
  schema,
  examples: {
    least: { says: { zh: '凭证照标识', en: 'By its identifier' }, value: LEAST },
    item: {
      says: { zh: '为某一事项', en: 'For a service item' },
      value: { ...LEAST, serviceItem: SERVICE_ITEM },
    },
  },
}

/** For the description of the interface. */
export const DESCRIBED_SOUGHT_BUNDLE: DescribedContent = {
  says: { zh: '取得哪份证照，为何事项', en: 'Which licence is to be given, and for which item' },
  schema: bundleSchema,
  examples: {
    bundle: {
      says: { zh: '为某一事项', en: 'For a service item' },
      value: { ...LEAST, serviceItem: SERVICE_ITEM },
    },
  },
}

/** What is sought, as a verification will be asked of it, and beside that. */
export interface AskedRetrieval {
  readonly sought: SoughtLicence
  readonly request: {
    readonly receivingRegion: string
    readonly caseNo: string
    readonly serviceItem?: string
  }
  readonly useCause: string
}

/**
 * Narrows an untrusted body.
 *
 * @throws {ProblemError} `not-a-request` with every defect
 */
export function parseRetrieval(body: unknown): AskedRetrieval {
  return toAsked(parseBody(schema, EXPECTED, body))
}

/** @throws {ProblemError} as {@link parseRetrieval}, also without a service item */
export function parseBundleRetrieval(body: unknown): AskedRetrieval {
  return toAsked(parseBody(bundleSchema, EXPECTED, body))
}

function toAsked({
  licence: text,
  useCause: cause,
  serviceItem,
  ...about
}: z.output<typeof schema>): AskedRetrieval {
  const sought = matchSought(text)
  if (sought === null) throw new Error('read a retrieval: the schema let a licence pass that names none')
  return {
    sought,
    request: { ...about, ...(serviceItem === undefined ? {} : { serviceItem }) },
    useCause: cause,
  }
}
