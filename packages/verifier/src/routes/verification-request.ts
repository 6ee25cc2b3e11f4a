/** The body of `POST /v1/verifications`. */
import {
  type Bilingual,
  encodeLicenceId,
  isRegionCode,
  type MalformedError,
  parseInstant,
  type VerificationRequest,
} from '@hefu/protocol'
import type { DescribedContent, ProblemError } from '@hefu/service'
import { z } from 'zod'
import { problem } from './problem.ts'
import { described, expectedOf, FIELD_NAME, parseBody } from './request-defects.ts'
import { EXPECTED_REFERENCES, itemCode, reference, useCause } from './use-cause.ts'

const MAX_SUBMITTED_FIELDS = 64
const MAX_SUBMITTED_CHARACTERS = 16_384

type MemberName =
  | 'presented'
  | 'receivingRegion'
  | 'serviceItem'
  | 'caseNo'
  | 'useCause'
  | 'asOf'
  | 'submitted'
  | 'challenge'
  | 'rendition'
  | 'explain'
  | 'face'

/** What each member has to be: said where it is not, and in the description of the interface. */
export const EXPECTED_VERIFICATION: Readonly<Record<MemberName, Bilingual>> = {
  presented: {
    zh: '证照文件的文本，或紧凑格式的电子证照',
    en: 'the text of a bundle file, or a credential in compact form',
  },
  receivingRegion: { zh: '六位行政区划代码（GB/T 2260）', en: 'a GB/T 2260 code of six digits' },
  ...EXPECTED_REFERENCES,
  asOf: {
    zh: '不晚于当前的时间（Unix 秒，或带时区的 RFC 3339 文本）',
    en: 'a time not after now, in Unix seconds or as RFC 3339 text with its offset',
  },
  submitted: {
    zh: '至多 64 个“字段名：文本”，字段名为已知证照类型或所出示证照的字段名（小写开头的驼峰式）',
    en: 'at most 64 members of text, each named after a field of a known licence type or of the licence, in camelCase',
  },
  challenge: {
    zh: '含 nonce（22 至 128 个 base64url 字符）、audience（1 至 256 个可见 ASCII 字符）、maxAgeSeconds（1 至 86400 的整数）的对象',
    en: 'an object of nonce (22 to 128 characters of base64url), audience (1 to 256 visible ASCII characters) and maxAgeSeconds (an integer from 1 to 86,400)',
  },
  rendition: {
    zh: '证照所在版式文件（附加证照之前）的 SHA-256，43 个 base64url 字符',
    en: 'the SHA-256 of the file that the licence came in, as it was before the licence was attached: 43 characters of base64url',
  },
  explain: {
    zh: 'true：一并列出各检查所依据的数据',
    en: 'true: with what each check stood on',
  },
  face: {
    zh: 'masked：一并给出已脱敏的照面信息，限事项所需',
    en: 'masked: with the face, masked, as far as the service item demands it',
  },
}

const unixSeconds = z.int().min(0)
const rfc3339 = z.string().meta({ format: 'date-time' }).transform(parseInstant).pipe(unixSeconds)
/** A record drops a member named `__proto__` in silence; here nothing is dropped. */
const withoutPrototype = z
  .custom<unknown>((value) => !Object.hasOwn(Object(value), '__proto__'))
  // Of what stands before the pipe a description knows nothing.
  .meta({
    override: {
      type: 'object',
      additionalProperties: { type: 'string', maxLength: MAX_SUBMITTED_CHARACTERS },
      propertyNames: { pattern: FIELD_NAME.source },
      maxProperties: MAX_SUBMITTED_FIELDS,
    },
  })
const submitted = withoutPrototype.pipe(
  z
    .record(z.string().regex(FIELD_NAME), z.string().max(MAX_SUBMITTED_CHARACTERS))
    .refine((fields) => Object.keys(fields).length <= MAX_SUBMITTED_FIELDS),
)

/** Its members' own rules are the protocol's. */
const challenge = z.strictObject({ nonce: z.string(), audience: z.string(), maxAgeSeconds: z.int() })

/** 256 bits: the last character stands for four of them. */
const rendition = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)

const member = <Schema extends z.ZodType>(name: string, schema: Schema): Schema =>
  described(EXPECTED_VERIFICATION, name, schema)

/** Unknown members are refused: a misspelt `asOf` must not silently judge at another time. */
const verificationRequestSchema = z.strictObject({
  presented: member('presented', z.string()),
  receivingRegion: member('receivingRegion', z.string().refine(isRegionCode)),
  serviceItem: member('serviceItem', itemCode.optional()),
  caseNo: member('caseNo', reference.optional()),
  useCause: member('useCause', useCause.optional()),
  asOf: member('asOf', z.union([unixSeconds, rfc3339]).optional()),
  submitted: member('submitted', submitted.optional()),
  challenge: member('challenge', challenge.optional()),
  rendition: member('rendition', rendition.optional()),
  explain: member('explain', z.boolean().optional()),
  face: member('face', z.literal('masked').optional()),
})

/** The form of each member, for who describes it elsewhere too. */
export const REQUEST_MEMBERS: Readonly<Record<MemberName, z.ZodType>> = verificationRequestSchema.shape

/** A licence of nobody, by its identifier alone: it can be sent anywhere, and is no licence. */
export const IDENTIFIER_ALONE: string = encodeLicenceId({
  licenceType: '11100000000013338W011',
  issuer: '11430000006122244L',
  serial: '20230001',
  version: '001',
})

/** For the description of the interface. */
export const DESCRIBED_REQUEST: DescribedContent = {
  says: { zh: '核验请求', en: 'What is to be verified, and for whom' },
  schema: verificationRequestSchema.meta({ id: 'VerificationRequest' }),
  examples: {
    least: {
      says: { zh: '只含必填项', en: 'What is required, and no more' },
      value: { presented: IDENTIFIER_ALONE, receivingRegion: '440000' },
    },
    most: {
      says: { zh: '含全部可选项', en: 'With all that may be left out' },
      value: {
        presented: IDENTIFIER_ALONE,
        receivingRegion: '440300',
        serviceItem: '11440300MB2C93018F4442111021001',
        caseNo: '440300-2026-000001',
        useCause: '建筑业企业资质跨省办理',
        asOf: '2025-06-01T09:00:00+08:00',
        submitted: { holderName: '张样例' },
        challenge: {
          nonce: 'c2FtcGxlLW5vbmNlLTAwMQ',
          audience: 'urn:hefu:region:440300',
          maxAgeSeconds: 300,
        },
        rendition: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      },
    },
  },
}

/** What is asked, and what is recorded of it beside that. */
export interface AskedVerification {
  readonly request: VerificationRequest
  readonly useCause: string | null
  readonly explain: boolean
  /** Whether the face is answered too, masked; `null`: it is not. */
  readonly face: 'masked' | null
}

/**
 * Narrows an untrusted body.
 *
 * @throws {ProblemError} `not-a-request` with every defect
 */
export function parseVerificationRequest(body: unknown): AskedVerification {
  const {
    useCause = null,
    explain = false,
    face = null,
    ...asked
  } = parseBody(verificationRequestSchema, EXPECTED_VERIFICATION, body)
  return { request: withoutAbsent(asked), useCause, explain, face }
}

function withoutAbsent(
  asked: Omit<z.output<typeof verificationRequestSchema>, 'useCause' | 'explain' | 'face'>,
): VerificationRequest {
  const {
    serviceItem,
    caseNo,
    asOf,
    submitted: fields,
    challenge: answered,
    rendition: around,
    ...required
  } = asked
  return {
    ...required,
    ...(serviceItem === undefined ? {} : { serviceItem }),
    ...(caseNo === undefined ? {} : { caseNo }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(fields === undefined ? {} : { submitted: fields }),
    ...(answered === undefined ? {} : { challenge: answered }),
    ...(around === undefined ? {} : { rendition: around }),
  }
}

/** The defects that only the verification can see: a time after its clock, a name reserved for claims. */
export function toRequestProblem(error: Pick<MalformedError, 'defects'>): ProblemError {
  return problem(
    'not-a-request',
    error.defects.map(({ where }) => {
      const [name = ''] = where.split('.')
      return { pointer: `/${name}`, code: 'wrong-value', expected: expectedOf(EXPECTED_VERIFICATION, name) }
    }),
  )
}
