/** The body of `POST /v1/unmaskings`. */
import { isRegionCode, type VerificationRequest } from '@hefu/protocol'
import type { DescribedContent } from '@hefu/service'
import { z } from 'zod'
import { described, type ExpectedMembers, FIELD_NAME, parseBody } from './request-defects.ts'
import { EXPECTED_REFERENCES, itemCode, reference, useCause } from './use-cause.ts'
import { EXPECTED_VERIFICATION, IDENTIFIER_ALONE } from './verification-request.ts'

const MAX_FIELDS = 64

const EXPECTED = {
  presented: EXPECTED_VERIFICATION.presented,
  receivingRegion: EXPECTED_VERIFICATION.receivingRegion,
  fields: {
    zh: '1 至 64 个互不相同的字段名（小写开头的驼峰式）',
    en: '1 to 64 names of fields in camelCase, each once',
  },
  ...EXPECTED_REFERENCES,
} as const satisfies ExpectedMembers

const member = <Schema extends z.ZodType>(name: string, schema: Schema): Schema =>
  described(EXPECTED, name, schema)

/** Whoever sees a person's data says for which case, for what, and for which service item: what that demands is shown, and no more. */
const schema = z.strictObject({
  presented: member('presented', z.string()),
  receivingRegion: member('receivingRegion', z.string().refine(isRegionCode)),
  fields: member(
    'fields',
    z
      .array(z.string().regex(FIELD_NAME))
      .min(1)
      .max(MAX_FIELDS, { abort: true })
      .refine((names) => new Set(names).size === names.length),
  ),
  caseNo: member('caseNo', reference),
  useCause: member('useCause', useCause),
  serviceItem: member('serviceItem', itemCode),
})

/** For the description of the interface. */
export const DESCRIBED_UNMASKING_REQUEST: DescribedContent = {
  says: { zh: '查看哪些字段，为何事', en: 'Which fields are to be seen, and for what' },
  schema,
  examples: {
    unmasking: {
      says: { zh: '查看持证主体名称', en: 'To see whose licence it is' },
      value: {
        presented: IDENTIFIER_ALONE,
        receivingRegion: '440000',
        fields: ['holderName'],
        caseNo: '440000-2026-000001',
        useCause: '核对申请人身份',
        serviceItem: '11440300MB2C93018F4442111021001',
      },
    },
  },
}

/** What is asked, as a verification and beside it. */
export interface AskedUnmasking {
  readonly request: VerificationRequest
  readonly fields: readonly string[]
  readonly useCause: string
}

/**
 * Narrows an untrusted body.
 *
 * @throws {ProblemError} `not-a-request` with every defect
 */
export function parseUnmaskingRequest(body: unknown): AskedUnmasking {
  const { fields, useCause: cause, ...request } = parseBody(schema, EXPECTED, body)
  return { request, fields, useCause: cause }
}
