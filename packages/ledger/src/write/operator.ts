/** What an agency's operator does on the ledger: anchoring batches and recording legal acts. */
import type { Hex } from '@hefu/protocol'
import { encodeUscc } from '../abi/codes.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import type { Network } from '../network/network.ts'
import {
  type Confirmation,
  type ConfirmOptions,
  confirm,
  connectAccount,
  type Submission,
  submit,
} from './account.ts'
import {
  actCall,
  type Correction,
  correctionCall,
  type Dissolution,
  dissolutionCall,
  type LegalAct,
  lateActCall,
  liftNoticeCall,
  type Notice,
  noteCall,
  type Supersession,
  supersessionCall,
  type TransferIn,
  type TransferOut,
  transferInCall,
  transferOutCall,
} from './act-calls.ts'
import { type Agreement, confirmAgreement, type Proposed } from './agreement.ts'
import type { LedgerCall } from './contract-call.ts'
import { connectLedgerReading, type LedgerReading } from './ledger-reading.ts'
import { type AnchorEntry, anchorCall } from './operator-call.ts'
import { type Confirmer, findConfirmer } from './proposals.ts'

/**
 * Every function throws `LedgerRefusedError` when the contract refuses, `LedgerUnavailableError` when the
 * node cannot be asked.
 */
export interface Operator extends LedgerReading {
  readonly address: Hex
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
  /** By two keys: the same call proposes it, and carries it out when the superior of the proposer's region makes it. */
  submitCorrection(issuer: string, correction: Correction): Promise<Submission>
  /** An act of more than 31 days ago; by two keys. */
  submitLateAct(issuer: string, act: LegalAct): Promise<Submission>
  /** By two keys. */
  submitDissolution(dissolution: Dissolution): Promise<Submission>
  /** Takes the office of an agency's operator, to which its region's admin nominated this account. */
  submitAcceptance(agency: string): Promise<Submission>
  /** Lays the office of an agency's operator down, whoever put this account there. */
  submitResignation(agency: string): Promise<Submission>
  /** Agrees that `successor`, this account's agency, acts on the licences of an agency that is to be retired. */
  submitSuccessionAccepted(agency: string, successor: string): Promise<Submission>
  /** Takes back what this account proposed; `call`: the Keccak-256 of its call data, see {@link Proposed}. */
  submitWithdrawal(call: Hex): Promise<Submission>
  confirm(submission: Submission, options?: ConfirmOptions): Promise<Confirmation>
  /** As `confirm`, of what needs two keys: whether it was proposed or carried out. */
  confirmAgreement(submission: Submission, options?: ConfirmOptions): Promise<Agreement>
  /** Who confirms what was proposed; `null` when the ledger does not say, for it stands no more. */
  findConfirmer(proposed: Proposed): Promise<Confirmer | null>
}

/** An operator over a network's node. */
export function connectOperator({ network, privateKey }: { network: Network; privateKey: Hex }): Operator {
  const account = connectAccount(network, privateKey)
  const write = (call: LedgerCall): Promise<Submission> =>
    submit(account, { address: network.ledger, abi: ledgerAbi, ...call })
  return {
    address: account.address,
    ...connectLedgerReading(network, account.reader),
    submitAnchors: (issuer, firstIndex, entries) =>
      write(anchorCall(encodeUscc(issuer), firstIndex, entries)),
    submitPassOver: (issuer, firstIndex, size) =>
      write({ functionName: 'passOver', args: [encodeUscc(issuer), firstIndex, size] }),
    submitAct: (issuer, act) => write(actCall(issuer, act)),
    submitSupersession: (issuer, supersession) => write(supersessionCall(issuer, supersession)),
    submitTransferOut: (issuer, transfer) => write(transferOutCall(issuer, transfer)),
    submitTransferIn: (transfer) => write(transferInCall(transfer)),
    submitNotice: (issuer, notice) => write(noteCall(issuer, notice)),
    submitNoticeLifted: (issuer, notice) => write(liftNoticeCall(issuer, notice)),
    submitCorrection: (issuer, correction) => write(correctionCall(issuer, correction)),
    submitLateAct: (issuer, act) => write(lateActCall(issuer, act)),
    submitDissolution: (dissolution) => write(dissolutionCall(dissolution)),
    submitAcceptance: (agency) => write({ functionName: 'acceptOperator', args: [encodeUscc(agency)] }),
    submitResignation: (agency) => write({ functionName: 'resignAgency', args: [encodeUscc(agency)] }),
    submitSuccessionAccepted: (agency, successor) =>
      write({ functionName: 'acceptAgencySuccession', args: [encodeUscc(agency), encodeUscc(successor)] }),
    submitWithdrawal: (call) => write({ functionName: 'withdrawProposal', args: [call] }),
    confirm: (submission, options) => confirm(account, submission, options),
    confirmAgreement: (submission, options) => confirmAgreement(account, network, submission, options),
    findConfirmer: (proposed) => findConfirmer(account, network, proposed),
  }
}
