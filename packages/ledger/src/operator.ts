/** What an agency's operator does on the ledger: anchoring batches and recording legal acts. */
import type { AnchorFact, Hex, LegalStatus, StatusAct } from '@hefu/protocol'
import {
  type Confirmation,
  type ConfirmOptions,
  confirm,
  connectAccount,
  type Submission,
  submit,
} from './account.ts'
import { encodeLegalBasis, encodeLegalStatus, encodeStatusAct, encodeUscc } from './codes.ts'
import { ledgerAbi } from './generated/ledger-abi.ts'
import type { Network } from './network.ts'
import { toLedgerError } from './refusal.ts'

/** A batch as the ledger takes it. */
export interface AnchorEntry {
  readonly root: Hex
  /** Leaves, at most 2^24. */
  readonly size: number
}

/** The decision behind an act; public. */
export interface ActDecision {
  /** Unix seconds; not in the future, and at most 31 days back unless it is an annulment. */
  readonly effectiveAt: number
  /** Code of the provision the decision rests on, 1–16 visible ASCII characters; absent: 行政处罚法 art. 9 (3). */
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
  /** The status from `effectiveAt` on. */
  readonly status: Exclude<LegalStatus, 'superseded' | 'transferred-out' | 'transferred'>
}

/**
 * Every function throws `LedgerRefusedError` when the contract refuses, `LedgerUnavailableError` when the
 * node cannot be asked.
 */
export interface Operator {
  readonly address: Hex
  /** The anchor of a root under an issuer's name, or `null` when the ledger has none. */
  findAnchor(issuer: string, root: Hex): Promise<AnchorFact | null>
  /** The status index at which the issuer's next batch begins. */
  nextIndex(issuer: string): Promise<number>
  /** One batch behind the other, the first beginning at `firstIndex`. */
  submitAnchors(issuer: string, firstIndex: number, entries: readonly AnchorEntry[]): Promise<Submission>
  /** Gives up the indices of a batch that was signed and will not be anchored. */
  submitPassOver(issuer: string, firstIndex: number, size: number): Promise<Submission>
  submitAct(issuer: string, act: LegalAct): Promise<Submission>
  submitSupersession(issuer: string, supersession: Supersession): Promise<Submission>
  submitTransferOut(issuer: string, transfer: TransferOut): Promise<Submission>
  submitTransferIn(transfer: TransferIn): Promise<Submission>
  submitNotice(issuer: string, notice: Notice): Promise<Submission>
  submitNoticeLifted(issuer: string, notice: Notice): Promise<Submission>
  /** By two keys: the same call proposes it, and carries it out when the superior of the region makes it. */
  submitCorrection(issuer: string, correction: Correction): Promise<Submission>
  /** An act of more than 31 days ago; by two keys. */
  submitLateAct(issuer: string, act: LegalAct): Promise<Submission>
  confirm(submission: Submission, options?: ConfirmOptions): Promise<Confirmation>
}

/** An operator over a network's node. */
export function connectOperator({ network, privateKey }: { network: Network; privateKey: Hex }): Operator {
  const account = connectAccount(network, privateKey)
  const ledger = { address: network.ledger, abi: ledgerAbi }
  const write = (functionName: string, args: readonly unknown[]): Promise<Submission> =>
    submit(account, { ...ledger, functionName, args })
  const read = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked
    } catch (error) {
      throw toLedgerError(error)
    }
  }
  return {
    address: account.address,
    findAnchor: async (issuer, root) => {
      const args = [encodeUscc(issuer), root] as const
      const asked = account.reader.readContract({ ...ledger, functionName: 'anchorOf', args })
      const { anchoredAt, blockNumber, size, firstIndex } = await read(asked)
      return anchoredAt === 0 ? null : { anchoredAt, blockNumber, size, firstIndex }
    },
    nextIndex: async (issuer) => {
      const args = [encodeUscc(issuer)] as const
      const asked = account.reader.readContract({ ...ledger, functionName: 'agency', args })
      return (await read(asked)).indexCount
    },
    submitAnchors: (issuer, firstIndex, entries) => {
      // One batch costs less by the call that is made for one.
      const [first] = entries
      const isOne = first !== undefined && entries.length === 1
      return isOne
        ? write('anchor', [encodeUscc(issuer), firstIndex, first])
        : write('anchorMany', [encodeUscc(issuer), firstIndex, entries])
    },
    submitPassOver: (issuer, firstIndex, size) => write('passOver', [encodeUscc(issuer), firstIndex, size]),
    ...acting(write),
    confirm: (submission, options) => confirm(account, submission, options),
  }
}

type Acting = Exclude<
  keyof Operator,
  'address' | 'findAnchor' | 'nextIndex' | 'submitAnchors' | 'submitPassOver' | 'confirm'
>

/** Legal acts, and what stands beside them. */
function acting(
  write: (functionName: string, args: readonly unknown[]) => Promise<Submission>,
): Pick<Operator, Acting> {
  const act = (functionName: string, issuer: string, legalAct: LegalAct): Promise<Submission> =>
    write(functionName, [
      encodeUscc(issuer),
      encodeStatusAct(legalAct.act),
      ascending(legalAct.indices),
      encodeDecision(legalAct, legalAct.endsAt),
    ])
  const note = (functionName: string, issuer: string, notice: Notice): Promise<Submission> =>
    write(functionName, [encodeUscc(issuer), notice.code, ascending(notice.indices), encodeDecision(notice)])
  return {
    submitAct: (issuer, legalAct) => act('act', issuer, legalAct),
    submitLateAct: (issuer, legalAct) => act('actLate', issuer, legalAct),
    submitSupersession: (issuer, supersession) =>
      write('supersede', [
        encodeUscc(issuer),
        [BigInt(supersession.statusIndex)],
        [BigInt(supersession.successor)],
        encodeDecision(supersession),
      ]),
    submitTransferOut: (issuer, transfer) =>
      write('transferOut', [
        encodeUscc(issuer),
        ascending(transfer.indices),
        encodeUscc(transfer.destination),
        encodeDecision(transfer),
      ]),
    submitTransferIn: ({ successor, origin, ...decision }) =>
      write('transferIn', [
        { issuer: encodeUscc(successor.issuer), index: successor.statusIndex },
        encodeUscc(origin.issuer),
        [BigInt(origin.statusIndex)],
        encodeDecision(decision),
      ]),
    submitNotice: (issuer, notice) => note('note', issuer, notice),
    submitNoticeLifted: (issuer, notice) => note('liftNotice', issuer, notice),
    submitCorrection: (issuer, correction) =>
      write('correct', [
        encodeUscc(issuer),
        ascending(correction.indices),
        encodeLegalStatus(correction.status),
        encodeDecision(correction),
      ]),
  }
}

/** `Decision` of contracts/types/Status.sol; no end: zero. */
function encodeDecision({ effectiveAt, legalBasis, decisionNumber }: ActDecision, endsAt = 0) {
  return { effectiveAt, endsAt, legalBasis: encodeLegalBasis(legalBasis), number: decisionNumber }
}

function ascending(indices: readonly number[]): readonly bigint[] {
  return indices.toSorted((a, b) => a - b).map(BigInt)
}
