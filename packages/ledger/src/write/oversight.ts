/** What admins enter about licences: as custodians of a retired agency's, and as the superiors that confirm or annul. */
import type { Hex } from '@hefu/protocol'
import type { Confirmation } from './account.ts'
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
  type TransferOut,
  transferOutCall,
} from './act-calls.ts'
import type { Agreement } from './agreement.ts'
import type { LedgerCall, Write } from './contract-call.ts'

/** What needs two keys is proposed by one call and carried out by the same call of the other. */
export interface Oversight {
  /** By the custodian; an annulment also by the superior, in the agency's stead. */
  act(issuer: string, act: LegalAct): Promise<Confirmation>
  /** By the custodian, as the next two. */
  note(issuer: string, notice: Notice): Promise<Confirmation>
  liftNotice(issuer: string, notice: Notice): Promise<Confirmation>
  transferOut(issuer: string, transfer: TransferOut): Promise<Confirmation>
  /** By two keys, as the next two: who acts on the licences proposes, the superior confirms. */
  correct(issuer: string, correction: Correction): Promise<Agreement>
  actLate(issuer: string, act: LegalAct): Promise<Agreement>
  dissolveSuccession(dissolution: Dissolution): Promise<Agreement>
  /** By its proposer; `call`: the Keccak-256 of its call data, as the event `Proposed` names it. */
  withdrawProposal(call: Hex): Promise<Confirmation>
}

export function oversight(write: Write<LedgerCall>, agree: Write<LedgerCall, Agreement>): Oversight {
  return {
    act: (issuer, act) => write(actCall(issuer, act)),
    note: (issuer, notice) => write(noteCall(issuer, notice)),
    liftNotice: (issuer, notice) => write(liftNoticeCall(issuer, notice)),
    transferOut: (issuer, transfer) => write(transferOutCall(issuer, transfer)),
    correct: (issuer, correction) => agree(correctionCall(issuer, correction)),
    actLate: (issuer, act) => agree(lateActCall(issuer, act)),
    dissolveSuccession: (dissolution) => agree(dissolutionCall(dissolution)),
    withdrawProposal: (call) => write({ functionName: 'withdrawProposal', args: [call] }),
  }
}
