/** The body of `POST /v1/verifications`. */
import {
  type Bilingual,
  encodeLicenceId,
  isDisplayText,
  isRegionCode,
  LICENCE_TYPES,
  type MalformedError,
  parseInstant,
  type VerificationRequest,
} from '@hefu/protocol'
import type { DescribedContent, ProblemError, RequestDefect } from '@hefu/service'
import { z } from 'zod'
import { problem } from './problem.ts'

const MAX_REFERENCE_CHARACTERS = 64
const MAX_SUBMITTED_FIELDS = 64
const MAX_SUBMITTED_CHARACTERS = 16_384
const FIELD_NAME = /^[a-z][A-Za-z0-9]{0,63}$/

/** What each member has to be: said where it is not, and in the description of the interface. */
const EXPECTED: Readonly<Record<string, Bilingual>> = {
  presented: {
    zh: '证照文件的文本，或紧凑格式的电子证照',
    en: 'the text of a bundle file, or a credential in compact form',
  },
  receivingRegion: { zh: '六位行政区划代码（GB/T 2260）', en: 'a GB/T 2260 code of six digits' },
  serviceItem: {
    zh: '1 至 64 个可见字符的事项编码',
    en: 'a service item code of 1 to 64 visible characters',
  },
  caseNo: { zh: '1 至 64 个可见字符的办件编号', en: 'a case number of 1 to 64 visible characters' },
  asOf: {
    zh: '不晚于当前的时间（Unix 秒，或带时区的 RFC 3339 文本）',
    en: 'a time not after now, in Unix seconds or as RFC 3339 text with its offset',
  },
  submitted: {
    zh: '至多 64 个“字段名：文本”，字段名为小写开头的驼峰式',
    en: 'at most 64 members of text, each named in camelCase',
  },
  challenge: {
    zh: '含 nonce（22 至 128 个 base64url 字符）、audience（1 至 256 个可见 ASCII 字符）、maxAgeSeconds（1 至 86400 的整数）的对象',
    en: 'an object of nonce (22 to 128 characters of base64url), audience (1 to 256 visible ASCII characters) and maxAgeSeconds (an integer from 1 to 86,400)',
  },
}

const OBJECT: Bilingual = { zh: 'JSON 对象', en: 'a JSON object' }

/** What is too long is not looked at. */
const reference = z.string().min(1).max(MAX_REFERENCE_CHARACTERS, { abort: true }).refine(isDisplayText)
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

/** Unknown members are refused: a misspelt `asOf` must not silently judge at another time. */
const verificationRequestSchema = z.strictObject({
  presented: described('presented', z.string()),
  receivingRegion: described('receivingRegion', z.string().refine(isRegionCode)),
  serviceItem: described('serviceItem', reference.optional()),
  caseNo: described('caseNo', reference.optional()),
  asOf: described('asOf', z.union([unixSeconds, rfc3339]).optional()),
  submitted: described('submitted', submitted.optional()),
  challenge: described('challenge', challenge.optional()),
})

function described<Schema extends z.ZodType>(member: string, schema: Schema): Schema {
  const { zh, en } = EXPECTED[member] ?? OBJECT
  return schema.meta({ description: `${zh} · ${en}` }) as Schema
}

const ONLY_KNOWN: Bilingual = {
  zh: `仅含 ${Object.keys(EXPECTED).join('、')} 的对象`,
  en: `only ${Object.keys(EXPECTED).join(', ')}`,
}

/** A licence of nobody, by its identifier alone: it can be sent anywhere, and is no licence. */
const IDENTIFIER_ALONE = encodeLicenceId({
  licenceType: '11100000000013338W011',
  issuer: '11430000006122244L',
  serial: '20230001',
  version: '001',
})

/** For the description of the interface. */
export const DESCRIBED_REQUEST: DescribedContent = {
  says: { zh: '核验请求', en: 'What is to be verified, and for whom' },
  schema: verificationRequestSchema,
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
        asOf: '2025-06-01T09:00:00+08:00',
        submitted: { holderName: '张样例' },
        challenge: {
          nonce: 'c2FtcGxlLW5vbmNlLTAwMQ',
          audience: 'urn:hefu:region:440300',
          maxAgeSeconds: 300,
        },
      },
    },
  },
}

/**
 * Narrows an untrusted body.
 *
 * @throws {ProblemError} `not-a-request` with every defect
 */
export function parseVerificationRequest(body: unknown): VerificationRequest {
  const parsed = verificationRequestSchema.safeParse(body)
  if (!parsed.success) {
    throw problem(
      'not-a-request',
      withoutRepeats(parsed.error.issues.flatMap((issue) => toDefects(issue, body))),
    )
  }
  const { serviceItem, caseNo, asOf, submitted: fields, challenge: asked, ...required } = parsed.data
  return {
    ...required,
    ...(serviceItem === undefined ? {} : { serviceItem }),
    ...(caseNo === undefined ? {} : { caseNo }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(fields === undefined ? {} : { submitted: fields }),
    ...(asked === undefined ? {} : { challenge: asked }),
  }
}

/** The defects that only the verification can see: a time after its clock, a name reserved for claims. */
export function toRequestProblem(error: MalformedError): ProblemError {
  return problem(
    'not-a-request',
    error.defects.map(({ where }) => {
      const [member = ''] = where.split('.')
      return { pointer: `/${member}`, code: 'wrong-value', expected: EXPECTED[member] ?? OBJECT }
    }),
  )
}

function toDefects(issue: z.core.$ZodIssue, body: unknown): readonly RequestDefect[] {
  if (issue.code === 'unrecognized_keys') {
    return [{ pointer: pointerTo(issue.path), code: 'unknown-member', expected: membersOf(issue.path) }]
  }
  const [member] = issue.path
  if (typeof member !== 'string') return [{ pointer: '', code: 'wrong-type', expected: OBJECT }]
  return [
    {
      pointer: pointerTo(issue.path),
      code: codeOf(issue, member, body),
      expected: EXPECTED[member] ?? OBJECT,
    },
  ]
}

/** Of an object that has a member too many. */
function membersOf([member]: readonly PropertyKey[]): Bilingual {
  return member === undefined ? ONLY_KNOWN : (EXPECTED[String(member)] ?? OBJECT)
}

/** All names that an answer may repeat: those of the request, and of the fields of a face. */
const KNOWN_NAMES: ReadonlySet<PropertyKey> = new Set([
  ...Object.keys(EXPECTED),
  ...Object.keys(challenge.shape),
  ...LICENCE_TYPES.flatMap(({ fields }) => fields.map(({ name }) => name)),
])

/** Stops before the first name that is not ours: a person's data may have been sent in its place. */
function pointerTo(path: readonly PropertyKey[]): string {
  const end = path.findIndex((name) => !KNOWN_NAMES.has(name))
  return (end < 0 ? path : path.slice(0, end)).map((name) => `/${String(name)}`).join('')
}

/** Without names, several members can have one defect: it is said once. */
function withoutRepeats(defects: readonly RequestDefect[]): readonly RequestDefect[] {
  return [...new Map(defects.map((defect) => [`${defect.pointer} ${defect.code}`, defect])).values()]
}

function codeOf(issue: z.core.$ZodIssue, member: string, body: unknown): RequestDefect['code'] {
  if (!Object.hasOwn(Object(body), member)) return 'missing'
  return issue.code === 'invalid_type' ? 'wrong-type' : 'wrong-value'
}
