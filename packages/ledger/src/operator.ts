/** What an agency's operator does on the ledger: anchoring batches and recording legal acts. */
import type { AnchorFact, Hex, StatusAct } from '@hefu/protocol'
import {
  type Confirmation,
  type ConfirmOptions,
  confirm,
  connectAccount,
  type Submission,
  submit,
} from './account.ts'
import { encodeLegalBasis, encodeStatusAct, encodeUscc } from './codes.ts'
import { ledgerAbi } from './generated/ledger-abi.ts'
import type { Network } from './network.ts'
import { toLedgerError } from './refusal.ts'

/** A batch as the ledger takes it. */
export interface AnchorEntry {
  readonly root: Hex
  /** Leaves. */
  readonly size: number
}

/** One legal act on credentials of one issuer. */
export interface LegalAct {
  readonly act: StatusAct
  /** Status indexes; repeats are refused. */
  readonly indices: readonly number[]
  /** Unix seconds; not in the future, and at most 31 days back unless it is an annulment. */
  readonly effectiveAt: number
  /** Code of the provision the decision rests on, 1–16 visible ASCII characters; absent: 行政处罚法 art. 9 (3). */
  readonly legalBasis?: string
  /** Number of the decision 决定书文号, 1–96 bytes of UTF-8; public. */
  readonly decisionNumber: string
}

/** A credential by its place in its issuer's status list. */
export interface CredentialPlace {
  /** USCC. */
  readonly issuer: string
  readonly statusIndex: number
}

/** A credential of this agency takes the place of one that another agency transferred out 转入. */
export interface TransferIn {
  readonly successor: CredentialPlace
  readonly origin: CredentialPlace
  /** As in {@link LegalAct}. */
  readonly decisionNumber: string
}

/**
 * Every function throws `LedgerRefusedError` when the contract refuses, `LedgerUnavailableError` when the
 * node cannot be asked.
 */
export interface Operator {
  readonly address: Hex
  /** The anchor of a root under an issuer's name, or `null` when the ledger has none. */
  findAnchor(issuer: string, root: Hex): Promise<AnchorFact | null>
  submitAnchors(issuer: string, entries: readonly AnchorEntry[]): Promise<Submission>
  submitAct(issuer: string, act: LegalAct): Promise<Submission>
  submitTransferIn(transfer: TransferIn): Promise<Submission>
  confirm(submission: Submission, options?: ConfirmOptions): Promise<Confirmation>
}

/** An operator over a network's node. */
export function connectOperator({ network, privateKey }: { network: Network; privateKey: Hex }): Operator {
  const account = connectAccount(network, privateKey)
  const ledger = { address: network.ledger, abi: ledgerAbi }
  return {
    address: account.address,
    findAnchor: async (issuer, root) => {
      try {
        const args = [encodeUscc(issuer), root] as const
        const anchor = await account.reader.readContract({ ...ledger, functionName: 'anchorOf', args })
        if (anchor.anchoredAt === 0) return null
        return { anchoredAt: anchor.anchoredAt, blockNumber: anchor.blockNumber, size: Number(anchor.size) }
      } catch (error) {
        throw toLedgerError(error)
      }
    },
    submitAnchors: (issuer, entries) =>
      submit(account, { ...ledger, ...anchorCall(encodeUscc(issuer), entries) }),
    submitAct: (issuer, { act, indices, effectiveAt, legalBasis, decisionNumber }) =>
      submit(account, {
        ...ledger,
        functionName: 'act',
        args: [
          encodeUscc(issuer),
          encodeStatusAct(act),
          ascending(indices),
          effectiveAt,
          encodeLegalBasis(legalBasis),
          decisionNumber,
        ],
      }),
    submitTransferIn: ({ successor, origin, decisionNumber }) =>
      submit(account, {
        ...ledger,
        functionName: 'transferIn',
        args: [toRef(successor), toRef(origin), decisionNumber],
      }),
    confirm: (submission, options) => confirm(account, submission, options),
  }
}

/** One batch costs less by the call that is made for one. */
function anchorCall(
  issuer: Hex,
  entries: readonly AnchorEntry[],
): { functionName: string; args: readonly unknown[] } {
  const sized = entries.map(({ root, size }) => ({ root, size: BigInt(size) }))
  const [first] = sized
  if (first !== undefined && sized.length === 1) return { functionName: 'anchor', args: [issuer, first] }
  return { functionName: 'anchorMany', args: [issuer, sized] }
}

function toRef({ issuer, statusIndex }: CredentialPlace): { issuer: Hex; index: bigint } {
  return { issuer: encodeUscc(issuer), index: BigInt(statusIndex) }
}

function ascending(indices: readonly number[]): readonly bigint[] {
  return indices.toSorted((a, b) => a - b).map(BigInt)
}
