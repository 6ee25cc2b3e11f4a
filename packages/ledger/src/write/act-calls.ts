/** Legal acts, notices and links between credentials as the ledger takes them. */
import type { Hex, LegalStatus, StatusAct } from '@hefu/protocol'
import { encodeLegalBasis, encodeLegalStatus, encodeStatusAct, encodeUscc } from '../abi/codes.ts'
import type { LedgerCall } from './contract-call.ts'
import { type Deed, LEGAL_BASES } from './legal-bases.ts'

/** The decision behind an act; public. */
export interface ActDecision {
  /** Unix seconds; not in the future, and at most 31 days back unless it is an annulment. */
  readonly effectiveAt: number
  /**
   * Code of the provision the decision rests on, 1–16 visible ASCII characters; absent: that of {@link LEGAL_BASES}, and
   * where it has none the ledger refuses with `StatusLegalBasisMissing`.
   */
  readonly legalBasis?: string
  /** Number of the decision 决定书文号, 1–96 bytes of UTF-8. */
  readonly decisionNumber: string
}

/** One legal act on credentials of one issuer; those that name another credential have functions of their own. */
export interface LegalAct extends ActDecision {
  readonly act: Exclude<StatusAct, 'supersede' | 'transfer-out'>
  /** Status indexes; repeats are refused. */
  readonly indices: readonly number[]
  /** When a suspension or restriction ends (Unix seconds). */
  readonly endsAt?: number
}

/** A credential by its place in its issuer's status list. */
export interface CredentialPlace {
  /** USCC. */
  readonly issuer: string
  readonly statusIndex: number
}

/** A credential takes the place of another of the same issuer 换证、补证、变更、延续. */
export interface Supersession extends ActDecision {
  readonly statusIndex: number
  readonly successor: number
}

/** Credentials may be taken in by the destination, and by nobody else 转出. */
export interface TransferOut extends ActDecision {
  readonly indices: readonly number[]
  /** USCC. */
  readonly destination: string
}

/** A credential of this agency takes the place of one that another agency transferred out to it 转入. */
export interface TransferIn extends ActDecision {
  readonly successor: CredentialPlace
  readonly origin: CredentialPlace
}

/** A notice 标注 beside the status of credentials. */
export interface Notice extends ActDecision {
  /** 0 查封, 1 抵押, 2 异议, 3 遗失声明, 4 复审未过; at most 111. */
  readonly code: number
  readonly indices: readonly number[]
}

/** What a decision that was quashed, or entered wrongly, should have said 更正. */
export interface Correction extends ActDecision {
  readonly indices: readonly number[]
  /** The status from `effectiveAt` on; `superseded` and `transferred` only back to what an existing link says. */
  readonly status: Exclude<LegalStatus, 'transferred-out'>
}

/** A supersession or a transfer-in that was entered wrongly: the two credentials are linked no more. */
export interface Dissolution extends ActDecision {
  readonly successor: CredentialPlace
  readonly origin: CredentialPlace
}

export function actCall(issuer: string, act: LegalAct): LedgerCall {
  return { functionName: 'act', args: actArguments(issuer, act) }
}

export function lateActCall(issuer: string, act: LegalAct): LedgerCall {
  return { functionName: 'actLate', args: actArguments(issuer, act) }
}

function actArguments(issuer: string, { act, indices, endsAt, ...decision }: LegalAct) {
  return [
    encodeUscc(issuer),
    encodeStatusAct(act),
    ascending(indices),
    encodeDecision(act, decision, endsAt),
  ] as const
}

export function supersessionCall(issuer: string, supersession: Supersession): LedgerCall {
  const { statusIndex, successor, ...decision } = supersession
  return {
    functionName: 'supersede',
    args: placeTaken('supersede', { issuer, statusIndex: successor }, { issuer, statusIndex }, decision),
  }
}

export function transferOutCall(
  issuer: string,
  { indices, destination, ...decision }: TransferOut,
): LedgerCall {
  return {
    functionName: 'transferOut',
    args: [
      encodeUscc(issuer),
      ascending(indices),
      encodeUscc(destination),
      encodeDecision('transfer-out', decision),
    ],
  }
}

export function transferInCall({ successor, origin, ...decision }: TransferIn): LedgerCall {
  return { functionName: 'transferIn', args: placeTaken('transfer-in', successor, origin, decision) }
}

export function noteCall(issuer: string, notice: Notice): LedgerCall {
  return { functionName: 'note', args: noticeArguments('notice', issuer, notice) }
}

export function liftNoticeCall(issuer: string, notice: Notice): LedgerCall {
  return { functionName: 'liftNotice', args: noticeArguments('notice-lifted', issuer, notice) }
}

function noticeArguments(deed: Deed, issuer: string, { code, indices, ...decision }: Notice) {
  return [encodeUscc(issuer), code, ascending(indices), encodeDecision(deed, decision)] as const
}

export function correctionCall(issuer: string, { indices, status, ...decision }: Correction): LedgerCall {
  return {
    functionName: 'correct',
    args: [
      encodeUscc(issuer),
      ascending(indices),
      encodeLegalStatus(status),
      encodeDecision('correction', decision),
    ],
  }
}

export function dissolutionCall({ successor, origin, ...decision }: Dissolution): LedgerCall {
  return { functionName: 'dissolveSuccession', args: placeTaken('dissolution', successor, origin, decision) }
}

/** Which credential took the place of which, by what decision. */
function placeTaken(deed: Deed, successor: CredentialPlace, origin: CredentialPlace, decision: ActDecision) {
  return [toReference(successor), toReference(origin), encodeDecision(deed, decision)] as const
}

function toReference({ issuer, statusIndex }: CredentialPlace) {
  return { issuer: encodeUscc(issuer), index: statusIndex }
}

/** `Decision` of contracts/types/Status.sol; no end: zero. */
function encodeDecision(
  deed: Deed,
  { effectiveAt, legalBasis = LEGAL_BASES[deed] ?? undefined, decisionNumber }: ActDecision,
  endsAt = 0,
) {
  const basis = legalBasis === undefined ? NO_BASIS : encodeLegalBasis(legalBasis)
  return { effectiveAt, endsAt, legalBasis: basis, number: decisionNumber }
}

/** What the ledger takes for a basis that is missing. */
const NO_BASIS: Hex = `0x${'00'.repeat(16)}`

function ascending(indices: readonly number[]): readonly bigint[] {
  return indices.toSorted((a, b) => a - b).map(BigInt)
}
