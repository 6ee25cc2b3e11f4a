/** The body of `POST /v1/verifications`. */
import {
  type Bilingual,
  isDisplayText,
  isRegionCode,
  type MalformedError,
  type VerificationRequest,
} from '@hefu/protocol'
import type { ProblemError, RequestDefect } from '@hefu/service'
import { z } from 'zod'
import { problem } from './problem.ts'

const MAX_REFERENCE_CHARACTERS = 64
const MAX_SUBMITTED_FIELDS = 64
const MAX_SUBMITTED_CHARACTERS = 16_384
const FIELD_NAME = /^[a-z][A-Za-z0-9]{0,63}$/

/** What is too long is not looked at. */
const reference = z.string().min(1).max(MAX_REFERENCE_CHARACTERS, { abort: true }).refine(isDisplayText)
const unixSeconds = z.int().min(0)
const rfc3339 = z.iso
  .datetime({ offset: true })
  .transform((text) => Math.floor(Date.parse(text) / 1000))
  .pipe(unixSeconds)
/** A record drops a member named `__proto__` in silence; here nothing is dropped. */
const withoutPrototype = z.custom<unknown>((value) => !Object.hasOwn(Object(value), '__proto__'))
const submitted = withoutPrototype.pipe(
  z
    .record(z.string().regex(FIELD_NAME), z.string().max(MAX_SUBMITTED_CHARACTERS))
    .refine((fields) => Object.keys(fields).length <= MAX_SUBMITTED_FIELDS),
)

/** Its members' own rules are the protocol's. */
const challenge = z.strictObject({ nonce: z.string(), audience: z.string(), maxAgeSeconds: z.int() })

/** Unknown members are refused: a misspelt `asOf` must not silently judge at another time. */
const verificationRequestSchema = z.strictObject({
  presented: z.string(),
  receivingRegion: z.string().refine(isRegionCode),
  serviceItem: reference.optional(),
  caseNo: reference.optional(),
  asOf: z.union([unixSeconds, rfc3339]).optional(),
  submitted: submitted.optional(),
  challenge: challenge.optional(),
})

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
const ONLY_KNOWN: Bilingual = {
  zh: `仅含 ${Object.keys(EXPECTED).join('、')} 的对象`,
  en: `only ${Object.keys(EXPECTED).join(', ')}`,
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
      parsed.error.issues.flatMap((issue) => toDefects(issue, body)),
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
    return issue.keys.map((name) => ({
      pointer: pointerTo([name]),
      code: 'unknown-member',
      expected: ONLY_KNOWN,
    }))
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

/** Stops before the first name that is no name of a program: a person's data may have been sent in its place. */
function pointerTo(path: readonly PropertyKey[]): string {
  const end = path.findIndex((name) => !FIELD_NAME.test(String(name)))
  return (end < 0 ? path : path.slice(0, end)).map((name) => `/${String(name)}`).join('')
}

function codeOf(issue: z.core.$ZodIssue, member: string, body: unknown): RequestDefect['code'] {
  if (!Object.hasOwn(Object(body), member)) return 'missing'
  return issue.code === 'invalid_type' ? 'wrong-type' : 'wrong-value'
}
