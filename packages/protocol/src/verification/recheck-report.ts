/** The independent re-check of a report, years later, with nothing but what it is about and the ledger (spec/report.md). */
import type { Hex } from '../bytes/hex.ts'
import { MalformedError } from '../bytes/malformed.ts'
import { LICENCE_TYPES } from '../licence/catalogue.ts'
import type { LicenceType } from '../licence/licence-type.ts'
import { type Challenge, digestChallenge } from '../presentation/challenge.ts'
import { readPresented } from '../presentation/presented-text.ts'
import {
  type CheckName,
  checkNamesOf,
  type Finding,
  type FindingCode,
  finding,
  isFindingCode,
} from '../report/findings.ts'
import { createReport, type ReportedLedger, type VerificationReport } from '../report/report.ts'
import type { Suite } from '../suite/suite.ts'
import {
  directoryOf,
  type LedgerDirectory,
  type LedgerTrust,
  type TrustedLedger,
} from './ledger-directory.ts'
import { type LedgerUnavailableCode, LedgerUnavailableError, type LedgerView } from './ledger-view.ts'
import { askLedger, listLedgers } from './read-answer.ts'
import { assertRequest, type VerificationRequest } from './request.ts'
import { createVerifierOfThePast } from './verifier.ts'

/** What the case file holds beside the report. Values that are not given again are not judged again. */
export interface RecheckedCase {
  /** The presentation, bundle or credential that the report is about. */
  readonly presented: string
  readonly submitted?: Readonly<Record<string, string>>
  readonly challenge?: Challenge
  /** SHA-256 of the file that it came in, base64url, as it is asked about; absent: as the report says. */
  readonly rendition?: string
}

/**
 * What a re-check stands on. Views, and the registry of a directory, must be able to answer at the report's blocks:
 * over RPC archive nodes.
 */
export type RecheckOptions = LedgerTrust & {
  readonly suite: Suite
  /** Those that the verifier of the report knew; absent: those of this version. */
  readonly licenceTypes?: readonly LicenceType[]
}

/** A member of the report, or a check, that does not come out as reported. Both sides as JSON, nothing personal. */
export interface ReportDifference {
  readonly member:
    | 'presented'
    | 'request'
    | 'comparedFields'
    | 'challenge'
    | 'licence'
    | 'ledger'
    | 'defects'
    | 'findings'
    | 'verdict'
    | 'resultCode'
    | CheckName
  readonly reported: string
  readonly found: string
}

/**
 * Why the ledger's part could not be judged again. `ledger-not-read`: the report itself says that its verifier
 * could not ask. `other-trust`: one of its verifier and the re-check pins a ledger, the other follows a registry.
 * `other-ledger`: the ledger asked is not the one reported on. Else what kept ledger or registry from answering.
 */
export type UndeterminedReason = 'ledger-not-read' | 'other-trust' | 'other-ledger' | LedgerUnavailableCode

/** `undetermined` says nothing for or against the report; a difference that is found outweighs it. */
export type RecheckOutcome =
  | {
      readonly outcome: 'confirmed'
      /** Made with values that were not given again: as reported, unconfirmed. */
      readonly notRechecked: readonly CheckName[]
    }
  | { readonly outcome: 'differs'; readonly differences: readonly ReportDifference[] }
  | { readonly outcome: 'undetermined'; readonly reason: UndeterminedReason }

/**
 * Verifies what was presented once more, by the clock of the report and at its block, and compares. What no ledger knows,
 * the case number, the report's own number and the limit that its verifier held, is as the report says. Of an
 * attestation, first take the report by `verifyAttestation`: whose signature counts is the reader's decision.
 *
 * @throws {MalformedError} for submitted values or a challenge that no request could have held
 * @example
 * ```ts
 * const again = await recheckReport(report, { presented: request.presented }, { view, suite })
 * again.outcome // 'confirmed'
 * const other = await recheckReport({ ...report, verdict: 'rejected' }, { presented: request.presented }, { view, suite })
 * other.outcome // 'differs'
 * ```
 */
export async function recheckReport(
  report: VerificationReport,
  rechecked: RecheckedCase,
  options: RecheckOptions,
): Promise<RecheckOutcome> {
  const { suite, licenceTypes = LICENCE_TYPES } = options
  const read = readAsReported(report, rechecked, suite)
  const unlike = compareRequest(report, read, suite)
  if (unlike.length > 0) return { outcome: 'differs', differences: unlike }
  const refusals = createRefusals()
  const directory = asReported(directoryOf(options), report, refusals)
  const verifier = createVerifierOfThePast({ directory, suite, licenceTypes })
  const again = await verifier.verify(toRequest(report, read), report.checkedAt)
  const notRechecked = listNotRechecked(report, read, again)
  const reason = refusals.reason()
  const differences = [
    ...(reason === null ? difference('ledger', placeOf(report.ledger), placeOf(again.ledger)) : []),
    ...compareReports(report, again, notRechecked),
  ]
  if (differences.length > 0) return { outcome: 'differs', differences }
  return reason === null ? { outcome: 'confirmed', notRechecked } : { outcome: 'undetermined', reason }
}

/** What lies in a case file, as it was read; or as it is, if that is what the report is about. */
function readAsReported({ request }: VerificationReport, given: RecheckedCase, suite: Suite): RecheckedCase {
  if (suite.sha256Base64url(given.presented) === request.presented) return given
  return { ...given, presented: readPresented(given.presented) }
}

/** What must agree before a second verification means anything. */
function compareRequest(
  report: VerificationReport,
  { presented, submitted, challenge, rendition }: RecheckedCase,
  suite: Suite,
): readonly ReportDifference[] {
  const { request } = report
  return [
    ...compareDerived(report),
    ...difference('presented', request.presented, suite.sha256Base64url(presented)),
    ...(submitted === undefined
      ? []
      : difference('comparedFields', request.comparedFields, Object.keys(submitted))),
    ...(challenge === undefined
      ? []
      : difference('challenge', request.challenge, digestChallenge(challenge, suite))),
    ...(rendition === undefined ? [] : difference('rendition', request.rendition ?? null, rendition)),
    ...(isTimely(report) ? [] : difference('ledger', report.ledger, 'a block within its maxAge')),
    ...(isAnswerable(report) ? [] : difference('request', request, 'a request that can be answered')),
  ]
}

/** What a re-check reads again: how old the block might be, and how the nodes were, the report's verifier alone saw. */
function placeOf(ledger: ReportedLedger | null): Omit<ReportedLedger, 'maxAge' | 'nodes'> | null {
  if (ledger === null) return null
  const { maxAge: _limit, nodes: _nodes, ...place } = ledger
  return place
}

function difference(
  member: ReportDifference['member'],
  reported: unknown,
  found: unknown,
): readonly ReportDifference[] {
  const [one, two] = [JSON.stringify(reported), JSON.stringify(found)]
  return one === two ? [] : [{ member, reported: one, found: two }]
}

/**
 * Verdict, result code and statuses follow from the codes of the findings, and there is one of each check: of a text
 * {@link parseReport} has seen to that, and nobody of an object.
 */
function compareDerived(report: VerificationReport): readonly ReportDifference[] {
  const known = report.findings
    .filter(({ code }) => isFindingCode(code))
    .map(({ code, facts }) => finding(code, facts))
  const expected = checkNamesOf(report.request).map(
    (name) => known.find(({ check }) => check === name) ?? name,
  )
  const { verdict, resultCode } = createReport({ ...report, findings: known })
  return [
    ...difference('findings', report.findings.map(standingOf), expected.map(standingOf)),
    ...difference('verdict', report.verdict, verdict),
    ...difference('resultCode', report.resultCode, resultCode),
  ]
}

/** A check without a finding stands by its name. */
function standingOf(found: Finding | CheckName): string {
  return typeof found === 'string' ? found : `${found.check} ${found.code} ${found.status}`
}

/** No verifier goes by a block beyond the limit that it holds itself. */
function isTimely({ ledger, checkedAt }: VerificationReport): boolean {
  return ledger?.maxAge === undefined || ledger.blockTime >= checkedAt - ledger.maxAge
}

/** A report may be anybody's: no verifier answers about a region that does not exist, or a time to come. */
function isAnswerable(report: VerificationReport): boolean {
  try {
    assertRequest(toRequest(report, { presented: '' }), report.checkedAt)
    return true
  } catch (error) {
    if (error instanceof MalformedError) return false
    throw error
  }
}

function toRequest({ request }: VerificationReport, rechecked: RecheckedCase): VerificationRequest {
  const { receivingRegion, serviceItem, caseNo, asOf, comparedFields, rendition } = request
  const { presented, submitted = withoutValues(comparedFields), challenge } = rechecked
  return {
    presented,
    receivingRegion,
    ...(serviceItem === null ? {} : { serviceItem }),
    ...(caseNo === null ? {} : { caseNo }),
    ...(asOf === null ? {} : { asOf }),
    ...(submitted === undefined ? {} : { submitted }),
    ...(challenge === undefined ? {} : { challenge }),
    ...(rendition === undefined ? {} : { rendition }),
  }
}

/** No face holds it, and so no field that is shown is the same. */
const NO_VALUE = '\u0000'

/** Which fields were submitted stands in the report, and with that which of them could be compared. */
function withoutValues(names: readonly string[]): Readonly<Record<string, string>> | undefined {
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, NO_VALUE]))
}

/** Why the ledger could not be asked: of a verification only that it could not. */
interface Refusals {
  /** `null`: it was asked, or there was nothing to ask. */
  readonly reason: () => UndeterminedReason | null
  readonly refuse: (why: UndeterminedReason) => LedgerUnavailableError
  /** The answer to a question; that there is none is kept. */
  readonly ask: <Answer>(question: () => Promise<Answer>) => Promise<Answer>
}

function createRefusals(): Refusals {
  let reason: UndeterminedReason | null = null
  const refuse = (why: UndeterminedReason): LedgerUnavailableError => {
    reason = why
    return new LedgerUnavailableError('block-unavailable', 'read the ledger at the block of the report')
  }
  const ask: Refusals['ask'] = async (question) => {
    try {
      return await question()
    } catch (error) {
      throw error instanceof LedgerUnavailableError ? refuse(error.code) : error
    }
  }
  return { reason: () => reason, refuse, ask }
}

/** The ledgers as the registry had them at the report's block of it, each at the report's block and at no other. */
function asReported(
  directory: LedgerDirectory,
  report: VerificationReport,
  { refuse, ask }: Refusals,
): LedgerDirectory {
  return {
    list: async (query) => {
      const { ledger } = report
      if (ledger === null) throw refuse('ledger-not-read')
      const registryBlock = registryBlockOf(report)
      if (registryBlock !== null && !HASH.test(registryBlock)) throw refuse('block-unavailable')
      const at = registryBlock === null ? {} : { registryBlock: registryBlock as Hex }
      const ledgers = await ask(() => listLedgers(directory, { ...query, ...at }))
      for (const { registration } of ledgers) {
        if ((registration === null) !== (registryBlock === null)) throw refuse('other-trust')
        if (registration !== null && registration.block.hash !== registryBlock)
          throw refuse('block-unavailable')
      }
      return ledgers.map((trusted) => pinBlock(trusted, ledger, { refuse, ask }))
    },
  }
}

const HASH = /^0x[0-9a-f]{64}$/

/** The block of the registry that the reported verifier followed, as its finding on the anchor says; `null`: none. */
function registryBlockOf({ findings }: VerificationReport): string | null {
  const block = findings.find(({ check }) => check === 'anchor')?.facts['registryBlock']
  return block === undefined ? null : String(block)
}

/** A ledger at the report's block: one that answers from another block has not answered. */
function pinBlock(
  { view, registration }: TrustedLedger,
  reported: ReportedLedger,
  { refuse, ask }: Pick<Refusals, 'refuse' | 'ask'>,
): TrustedLedger {
  const block = { number: reported.blockNumber, hash: reported.blockHash }
  const lookup: LedgerView['lookup'] = async (query) => {
    if (!isSameLedger(view, reported)) throw refuse('other-ledger')
    const facts = await ask(() => askLedger(view, { ...query, block }))
    if (facts.block.hash !== block.hash) throw refuse('block-unavailable')
    return facts
  }
  return { view: { ledger: view.ledger, lookup }, registration }
}

function isSameLedger({ ledger }: LedgerView, { chainId, address }: ReportedLedger): boolean {
  return ledger.chainId === chainId && ledger.address === address
}

function listNotRechecked(
  report: VerificationReport,
  rechecked: RecheckedCase,
  again: VerificationReport,
): readonly CheckName[] {
  const { request } = report
  const isWithoutValues = request.comparedFields.length > 0 && rechecked.submitted === undefined
  return [
    ...(isWithoutValues || isDescribedOtherwise(report, again) ? (['comparison'] as const) : []),
    ...(request.challenge !== null && rechecked.challenge === undefined ? (['holderBinding'] as const) : []),
  ]
}

/** Whether the two verifiers describe the type otherwise, by what each says of the catalogue; what is silent says nothing. */
function isDescribedOtherwise(reported: VerificationReport, again: VerificationReport): boolean {
  if (reported.ledger === null || again.ledger === null) return false
  const [one, other] = [reported, again].map(({ findings }) => {
    const compared = findings.find(({ check }) => check === 'comparison')
    return compared?.code === 'comparison/other-description' ? String(compared.facts['described']) : null
  })
  return one !== other
}

/** Verdict and result code follow from the findings: {@link compareDerived} has seen to that. */
function compareReports(
  reported: VerificationReport,
  again: VerificationReport,
  notRechecked: readonly CheckName[],
): readonly ReportDifference[] {
  return [
    ...difference('licence', reported.licence, again.licence),
    ...difference('defects', reported.defects, again.defects),
    ...reported.findings.flatMap((finding, i) => {
      const found = again.findings[i]
      if (finding.check === 'comparison' && isDescribedOtherwise(reported, again)) return []
      const possible = notRechecked.includes(finding.check) && found && WITH_VALUES[found.code]
      if (possible)
        return isOneOf(possible, finding, found) ? [] : difference(finding.check, finding, possible)
      return bothUnread(reported, finding, found) ? [] : difference(finding.check, finding, found)
    }),
  ]
}

const ANSWERS: readonly FindingCode[] = [
  'holderBinding/bound',
  'holderBinding/other-audience',
  'holderBinding/other-nonce',
  'holderBinding/stale',
]

/**
 * What is found without the values or the challenge → what could have been found with them: a key binding
 * that is not there cannot have answered. What is not named here does not depend on them.
 */
const WITH_VALUES: Readonly<Partial<Record<FindingCode, readonly FindingCode[]>>> = {
  'comparison/different': [
    'comparison/same',
    'comparison/different',
    'comparison/not-disclosed',
    'comparison/unknown-field',
  ],
  'comparison/other-description': ['comparison/other-description'],
  'holderBinding/not-demanded': ['holderBinding/missing', 'holderBinding/no-holder-key'],
  'holderBinding/signed': ANSWERS,
  'holderBinding/copy-in-force': ANSWERS,
}

/** Its facts are those of the key binding, whatever it answered; those of a comparison name fields. */
function isOneOf(codes: readonly FindingCode[], { check, code, facts }: Finding, found: Finding): boolean {
  const isSound = check === 'comparison' || JSON.stringify(facts) === JSON.stringify(found.facts)
  return isSound && codes.includes(code)
}

/**
 * The ledger could not be asked now. What was reported stands open if its verifier had asked, or could not ask
 * either; a finding of the ledger in a report that names no ledger is false.
 */
function bothUnread(reported: VerificationReport, finding: Finding, found: Finding | undefined): boolean {
  if (found?.code !== `${finding.check}/ledger-unreachable`) return false
  return reported.ledger !== null || /\/ledger-(unreachable|stale|ahead)$/.test(finding.code)
}
