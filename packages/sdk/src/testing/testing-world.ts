/** A world of licences in every state, for the tests of an integrator: real in every part, invented in content. */
import {
  type Challenge,
  type CredentialDraft,
  createMemoryLedgerView,
  dayOf,
  encodeLicenceId,
  endOfDay,
  type FindingCode,
  issuerUri,
  LedgerUnavailableError,
  type LedgerView,
  licenceTypeUri,
  type MemoryLedger,
  malformed,
  startOfDay,
  statusListUri,
  type Verdict,
  type VerificationRequest,
} from '@hefu/protocol'
import { type IssuedLicence, issueBatch } from './issued-batch.ts'
import { answerAsHolder, HOLDER_PUBLIC_KEY } from './testing-holder.ts'
import {
  AGENCY,
  AGENCY_KEY,
  anchoringTime,
  createTestingLedger,
  type Fate,
  FIRST_INDEX,
  LEDGER,
  RECEIVING_REGION,
  TYPES,
  UNKNOWN_AGENCY,
  UNKNOWN_KEY,
} from './testing-ledger.ts'
import { STATE_RULES, type StateRule, type TestingState } from './testing-states.ts'

/** 2026-06-01, midnight in China. */
export const TESTING_TIME = 1_780_243_200
/** Times of faces have years of four digits, and the ledger keeps none before 1970. */
const EARLIEST = 1_000_000_000
const LATEST = 32_000_000_000
const DAY = 86_400
/** Older than any verifier takes for what stands now. */
const STALE_SECONDS = 2 * DAY
const DEFAULT_PERIOD = [-30, 700] as const

/** One licence, how to ask about it, and what is found then. */
export interface TestingLicence {
  readonly state: TestingState
  /** To be verified as it is: what is presented, by which region, and what else belongs to the state. */
  readonly request: VerificationRequest
  /** What the ledger says: the world’s own view, but where the state is one of the ledger. */
  readonly view: LedgerView
  readonly verdict: Verdict
  /** The first of the gravest findings; `null`: every check passed, or had nothing to check. */
  readonly finding: FindingCode | null
}

export interface TestingWorld {
  /** Unix seconds: the time that all of it is made for. */
  readonly now: number
  /** For the `clock` of a verifier. */
  readonly clock: () => number
  /** The ledger of all licences, in memory. */
  readonly view: LedgerView
  readonly licences: Readonly<Record<TestingState, TestingLicence>>
  /**
   * What the holder of the licence of `holder-present` answers to a challenge: a presentation, signed at `now`.
   *
   * @throws {MalformedError} for a challenge that is none
   */
  readonly answer: (challenge: Challenge) => Promise<string>
}

/**
 * Signs, anchors and presents a licence in each state by the protocol’s own functions. The same time gives the same texts.
 * `createLocalVerifier({ view: licence.view, clock: world.clock })` verifies `licence.request` with its verdict and finding.
 *
 * @param now Unix seconds: the time to make it for. Default: {@link TESTING_TIME}. A verifier by the machine’s own clock
 *   takes the ledger for new enough for five minutes from then on
 * @throws {MalformedError} for a time before 2001 or after 2984, or in parts of a second
 */
export async function createTestingWorld(now: number = TESTING_TIME): Promise<TestingWorld> {
  if (!Number.isSafeInteger(now) || now < EARLIEST || now > LATEST)
    throw malformed('wrong-value', 'now', `whole Unix seconds from ${EARLIEST} to ${LATEST}`, String(now))
  const states = Object.keys(STATE_RULES) as TestingState[]
  const drafts = states.map((state, place) => draftOf(STATE_RULES[state], place, now))
  const issued = await issueBatch(drafts, { agency: AGENCY.uscc, key: AGENCY_KEY, ledger: LEDGER })
  const apart = await issueApart(states, drafts)
  const [first] = issued
  if (first === undefined) throw new Error('make a world: no state is named')
  const memory = createTestingLedger(
    now,
    first.receipt,
    states.map((state) => fateOf(STATE_RULES[state], now)),
  )
  const views = viewsOf(memory, now)
  const licences: (readonly [TestingState, TestingLicence])[] = []
  for (const [place, state] of states.entries()) {
    const licence = apart.get(state) ?? (issued[place] as IssuedLicence)
    const jti = drafts[place]?.claims.jti ?? ''
    licences.push([state, await licenceOf(state, { ...licence, jti, now }, views)])
  }
  const { bundle: bound } = issued[states.indexOf('holder-present')] as IssuedLicence
  return {
    now,
    clock: () => now,
    view: views.answers,
    licences: Object.fromEntries(licences) as Record<TestingState, TestingLicence>,
    answer: (challenge) => answerAsHolder(bound, challenge, now),
  }
}

async function licenceOf(
  state: TestingState,
  licence: IssuedLicence & { readonly jti: string; readonly now: number },
  views: Readonly<Record<NonNullable<StateRule['ledger']>, LedgerView>>,
): Promise<TestingLicence> {
  const { asked, present, verdict, finding, ledger = 'answers' } = STATE_RULES[state]
  const presented = (await present?.(licence)) ?? licence.bundle
  const request = { presented, receivingRegion: RECEIVING_REGION, ...asked }
  return { state, request, view: views[ledger], verdict, finding }
}

/** Those that are in no batch of the ledger: of the agency, and of one that no ledger knows. */
async function issueApart(
  states: readonly TestingState[],
  drafts: readonly CredentialDraft[],
): Promise<ReadonlyMap<TestingState, IssuedLicence>> {
  const issuers = {
    unanchored: { agency: AGENCY.uscc, key: AGENCY_KEY, ledger: LEDGER },
    unknown: { agency: UNKNOWN_AGENCY.uscc, key: UNKNOWN_KEY, ledger: LEDGER },
  }
  const found = new Map<TestingState, IssuedLicence>()
  for (const [place, state] of states.entries()) {
    const { issuer = 'registered' } = STATE_RULES[state]
    const draft = drafts[place]
    if (issuer === 'registered' || draft === undefined) continue
    const [licence] = await issueBatch([draft], issuers[issuer])
    if (licence !== undefined) found.set(state, licence)
  }
  return found
}

function draftOf(rule: StateRule, place: number, now: number): CredentialDraft {
  const { period: [from, until] = DEFAULT_PERIOD, type = 'recognised', issuer = 'registered' } = rule
  const { uscc, name } = issuer === 'unknown' ? UNKNOWN_AGENCY : AGENCY
  const [validFrom, validUntil] = [now + from * DAY, now + until * DAY].map(dateOf) as [string, string]
  const serial = `2026${String(place + 1).padStart(6, '0')}`
  const signedAt = anchoringTime(now) - 3_600
  return {
    claims: {
      iss: issuerUri(uscc),
      vct: licenceTypeUri(TYPES[type]),
      jti: encodeLicenceId({ licenceType: TYPES[type], issuer: uscc, serial, version: '001' }),
      iat: signedAt,
      nbf: startOfDay(validFrom),
      exp: endOfDay(validUntil),
      status: { status_list: { idx: FIRST_INDEX + place, uri: statusListUri(LEDGER, uscc) } },
      ...(rule.isBound ? { cnf: { jwk: HOLDER_PUBLIC_KEY } } : {}),
    },
    faceData: {
      licenceNumber: `样例${serial}`,
      issuerName: name,
      issuerCode: uscc,
      issuedOn: dateOf(Math.min(now + from * DAY, signedAt)),
      validFrom,
      validUntil,
      holderName: '样例甲',
      holderIdType: '111',
      holderId: '11010519491231002X',
    },
  }
}

/** The day of China that a time (Unix seconds) is in, as faces write it. */
function dateOf(time: number): string {
  return dayOf(time).en
}

/** Acts a day apart, the last of them yesterday. */
function fateOf({ acts = [], isNoted }: StateRule, now: number): Fate {
  const entries = acts.map((act, i) => ({
    act,
    effectiveAt: now - (acts.length - i) * DAY,
    decisionNumber: '湘样例〔2026〕1号',
  }))
  return { acts: entries, isNoted: isNoted === true }
}

function viewsOf(
  memory: MemoryLedger,
  now: number,
): Readonly<Record<NonNullable<StateRule['ledger']>, LedgerView>> {
  const stale = { ...memory, block: { ...memory.block, time: now - STALE_SECONDS } }
  const away = async (): Promise<never> => {
    throw new LedgerUnavailableError('unreachable', 'ask the ledger: the testing world has it away')
  }
  return {
    answers: createMemoryLedgerView(memory),
    stale: createMemoryLedgerView({ ...stale, statuses: new Map(), notices: new Map() }),
    away: { ledger: memory.ledger, lookup: away },
  }
}
