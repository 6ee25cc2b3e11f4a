/** A line of a batch: an item, or what holds for all items. Untrusted. */
import { isRegionCode, withPresentedRead } from '@hefu/protocol'
import { httpProblem, ProblemError, parseJsonBytes, type ReceivedLine } from '@hefu/service'
import { z } from 'zod'
import { problem } from '../routes/problem.ts'
import { described, type ExpectedMembers, expectedOf, parseBody } from '../routes/request-defects.ts'
import { itemCode, reference, useCause } from '../routes/use-cause.ts'
import {
  EXPECTED_VERIFICATION,
  parseVerificationRequest,
  REQUEST_MEMBERS,
} from '../routes/verification-request.ts'
import { type BatchItem, type ItemName, problemOf } from './batch-items.ts'

const { explain: _explain, face: _face, ...members } = REQUEST_MEMBERS
const { explain: _explained, face: _masked, ...expectedOfAsked } = EXPECTED_VERIFICATION
/** Of one request alone: many answers would be long ones. */
const OF_ONE_REQUEST = ['explain', 'face'] as const

const EXPECTED = {
  id: {
    zh: '1 至 64 个可见字符的自编号，不得含公民身份号码',
    en: 'a name of your own of 1 to 64 visible characters without a resident number',
  },
  ...expectedOfAsked,
  all: {
    zh: '仅用于首行：含 receivingRegion、serviceItem、caseNo、useCause 的对象，各份未写明的以此为准',
    en: 'in the first line alone: an object of receivingRegion, serviceItem, caseNo, useCause, which hold for every item that does not say otherwise',
  },
} as const satisfies ExpectedMembers

/** What holds for all items that do not say otherwise. */
export interface ForAll {
  readonly receivingRegion?: string | undefined
  readonly serviceItem?: string | undefined
  readonly caseNo?: string | undefined
  readonly useCause?: string | undefined
}

const all: z.ZodType<ForAll> = z.strictObject({
  receivingRegion: described(EXPECTED, 'receivingRegion', z.string().refine(isRegionCode)).optional(),
  serviceItem: described(EXPECTED, 'serviceItem', itemCode).optional(),
  caseNo: described(EXPECTED, 'caseNo', reference).optional(),
  useCause: described(EXPECTED, 'useCause', useCause).optional(),
})

const allLine = z.strictObject({ all: described(EXPECTED, 'all', all) })
const id = described(EXPECTED, 'id', reference)

/** For the description of the interface. */
export const itemLine: z.ZodType = z
  .union([
    z
      .strictObject({ id: id.optional(), ...members, receivingRegion: members.receivingRegion.optional() })
      .meta({ id: 'BatchItem' }),
    allLine.meta({ id: 'BatchForAll' }),
  ])
  .meta({ description: '每行一个 · one on each line' })

/**
 * What the first line says for all; `null`: it is an item.
 *
 * @throws {ProblemError} `not-a-request`: of every item it would be wrong
 */
export function readForAll({ bytes }: ReceivedLine): ForAll | null {
  const body = bytes === null ? null : readOrNot(bytes)
  if (!Object.hasOwn(Object(body), 'all')) return null
  return parseBody(allLine, EXPECTED, body).all
}

/** One that is no JSON is an item that is told so. */
function readOrNot(bytes: Uint8Array): unknown {
  try {
    return parseJsonBytes(bytes)
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}

/** The item of a line: whatever is wrong with it is told of it, and of no other. */
export function readItem(item: number, { line, bytes }: ReceivedLine, forAll: ForAll): BatchItem {
  let name: ItemName = { item, id: null, line }
  try {
    if (bytes === null) throw httpProblem('too-large')
    const { id: given, ...asked } = membersOf(parseJsonBytes(bytes))
    const known = id.safeParse(given)
    if (known.success) name = { ...name, id: known.data }
    if (given !== undefined && !known.success) throw wrongName()
    if (OF_ONE_REQUEST.some((member) => Object.hasOwn(asked, member))) throw unknownMember()
    const { request, useCause: cause } = parseVerificationRequest({ ...forAll, ...asked })
    return { ...name, asked: { request: withPresentedRead(request), useCause: cause } }
  } catch (error) {
    if (error instanceof ProblemError) return { ...name, problem: problemOf(error) }
    throw error
  }
}

/** Of what is no object the members are looked for in vain, one by one. */
function membersOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Readonly<Record<string, unknown>>
  throw problem('not-a-request', [{ pointer: '', code: 'wrong-type', expected: expectedOf({}, '') }])
}

const wrongName = (): ProblemError =>
  problem('not-a-request', [{ pointer: '/id', code: 'wrong-value', expected: expectedOf(EXPECTED, 'id') }])

const unknownMember = (): ProblemError =>
  problem('not-a-request', [{ pointer: '', code: 'unknown-member', expected: expectedOf(EXPECTED, '') }])
