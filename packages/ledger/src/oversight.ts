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
} from './act-calls.ts'
import type { LedgerCall } from './contract-call.ts'
import type { ConfirmedWrite } from './membership.ts'

/** What needs two keys is proposed by one call and carried out by the same call of the other. */
export interface Oversight {
  /** By the custodian; an annulment also by the superior, in the agency's stead. */
  act(issuer: string, act: LegalAct): Promise<Confirmation>
  /** By the custodian, as the next. */
  note(issuer: string, notice: Notice): Promise<Confirmation>
  liftNotice(issuer: string, notice: Notice): Promise<Confirmation>
  /** By two keys, as the next two: who acts on the licences proposes, the superior confirms. */
  correct(issuer: string, correction: Correction): Promise<Confirmation>
  actLate(issuer: string, act: LegalAct): Promise<Confirmation>
  dissolve(dissolution: Dissolution): Promise<Confirmation>
  /** By its proposer; `call`: the Keccak-256 of its call data, as the event `Proposed` names it. */
  withdrawProposal(call: Hex): Promise<Confirmation>
}

export function oversight(write: ConfirmedWrite<LedgerCall>): Oversight {
  return {
    act: (issuer, act) => write(actCall(issuer, act)),
    note: (issuer, notice) => write(noteCall(issuer, notice)),
    liftNotice: (issuer, notice) => write(liftNoticeCall(issuer, notice)),
    correct: (issuer, correction) => write(correctionCall(issuer, correction)),
    actLate: (issuer, act) => write(lateActCall(issuer, act)),
    dissolve: (dissolution) => write(dissolutionCall(dissolution)),
    withdrawProposal: (call) => write({ functionName: 'withdrawProposal', args: [call] }),
  }
}
