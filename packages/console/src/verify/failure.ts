/** Why there is no verdict: never one itself. */
import { type Bilingual, fillIn, MalformedError } from '@hefu/protocol'
import { RemoteVerifierError } from '@hefu/sdk/remote'
import { ServiceProblem } from '../service/service-problem.ts'
import { FAILURE_TEXTS } from '../texts/result-texts.ts'
import { CASE_TEXTS } from '../texts/verify-texts.ts'

/**
 * `away`: the service does not answer · `wait`: it asks to be asked later · `session`: somebody has to sign in again ·
 * `refused`: it refused the question · `untrusted`: its answer is not to be relied on · `unread`: no licence came out of
 * what was given · `request`: no verifier could answer it · `nothing`: nobody can be asked · `page`: a fault of this page.
 */
export type FailureKind =
  | 'away'
  | 'wait'
  | 'session'
  | 'refused'
  | 'untrusted'
  | 'unread'
  | 'request'
  | 'nothing'
  | 'page'

export interface Failure {
  readonly kind: FailureKind
  readonly says: Bilingual
  readonly todo: Bilingual
  /** For who is asked for help; of a catalogue, never of what was given. */
  readonly code: string
  /** For `wait`. */
  readonly afterSeconds: number
}

/** Who is to wait for longer is told so, and asks again by hand. */
const LONGEST_WAIT_SECONDS = 120
const PRESET_WAIT_SECONDS = 5
/** Of what stands before the service, and says that it does not answer. */
const OF_PROXIES = [502, 504]
const CARRIER_ERROR = 'CarrierError'

/** What any error comes to. Of one that is not known here nothing is shown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ServiceProblem) return failureOfProblem(error)
  if (error instanceof RemoteVerifierError) return failureOfRemote(error)
  if (error instanceof MalformedError) return failureOfRequest(error)
  if (isCarrierError(error)) return failure('unread', error.code, error.says, FAILURE_TEXTS.unread.todo)
  return failure('page', 'page', FAILURE_TEXTS.page.says, FAILURE_TEXTS.page.todo)
}

function failureOfProblem({ status, code, says, retryAfterSeconds }: ServiceProblem): Failure {
  const isProxys = OF_PROXIES.includes(status) || (status === 503 && code === 'bad-answer')
  if (status === 0 || isProxys) return failure('away', code, says, FAILURE_TEXTS.nothing.todo)
  if (status === 401 && code.startsWith('session-'))
    return failure('session', code, FAILURE_TEXTS.session.says, FAILURE_TEXTS.session.todo)
  const after = retryAfterSeconds ?? PRESET_WAIT_SECONDS
  if ((status === 429 || status === 503) && after <= LONGEST_WAIT_SECONDS)
    return { ...failure('wait', code, says, FAILURE_TEXTS.wait.todo), afterSeconds: Math.max(1, after) }
  return failure('refused', code, says, FAILURE_TEXTS.refused.todo)
}

function failureOfRemote({ code, says }: RemoteVerifierError): Failure {
  const isAway = code === 'unreachable' || code === 'timed-out'
  return isAway
    ? failure('away', code, says, FAILURE_TEXTS.nothing.todo)
    : failure('untrusted', code, says, FAILURE_TEXTS.untrusted.todo)
}

/** Names of members alone: a value may be a person's. */
function failureOfRequest({ defects }: MalformedError): Failure {
  const where = MEMBER_LABELS[defects[0]?.where.split('.')[0] ?? ''] ?? FAILURE_TEXTS.content
  return failure(
    'request',
    'request',
    fillIn(FAILURE_TEXTS.request.says, { where }),
    FAILURE_TEXTS.request.todo,
  )
}

const MEMBER_LABELS: Readonly<Record<string, Bilingual>> = {
  receivingRegion: CASE_TEXTS.region,
  serviceItem: CASE_TEXTS.serviceItem,
  caseNo: CASE_TEXTS.caseNo,
  useCause: CASE_TEXTS.useCause,
  asOf: CASE_TEXTS.day,
  submitted: FAILURE_TEXTS.submitted,
}

/** Neither the service nor the ledger. */
export function nothingAnswers(): Failure {
  const { says, todo } = FAILURE_TEXTS.nothing
  return failure('nothing', 'nothing-answers', says, todo)
}

/** Its class comes with the code that opens files, which is not loaded for this. */
function isCarrierError(
  error: unknown,
): error is Error & { readonly code: string; readonly says: Bilingual } {
  return error instanceof Error && error.name === CARRIER_ERROR && 'says' in error
}

function failure(kind: FailureKind, code: string, says: Bilingual, todo: Bilingual): Failure {
  return { kind, code, says, todo, afterSeconds: 0 }
}
