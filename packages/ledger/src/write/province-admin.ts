/** What the admin of a province does between provinces: agreements, and the negative list. */
import type { ApprovalFact, TermFact } from '@hefu/protocol'
import { encodeLicenceType, encodeServiceItem, encodeTermEnd } from '../abi/rules.ts'
import type { Confirmation } from './account.ts'
import type { RulebookCall, Write } from './contract-call.ts'
import { encodeTerm } from './terms.ts'

/** What a province refuses 负面清单. */
export interface Refusal {
  /** GB/T 2260 code of a province; `null`: all others. */
  readonly issuing: string | null
  readonly licenceType: string
  /** `null`: all items. */
  readonly serviceItem: string | null
}

/** A refusal, when it holds, and why it may. */
export interface NegativeEntry extends Refusal {
  readonly term: TermFact
  /** The decision that approved it; its reference has 6–96 bytes of UTF-8, a digit and no white space; public. */
  readonly approval: ApprovalFact
}

/** What an agreement between provinces says. */
export interface AgreementProposal {
  readonly partners: readonly string[]
  readonly licenceTypes: readonly string[]
  readonly term: TermFact
  /** From a member's notice to its leaving. */
  readonly noticeSeconds: number
}

export interface ProvinceAdmin {
  enterNegative(receiving: string, entry: NegativeEntry): Promise<Confirmation>
  /** Brings the end (Unix seconds) forward, at the earliest to the time of the block. */
  endNegative(receiving: string, refusal: Refusal, until: number): Promise<Confirmation>
  proposeAgreement(proposer: string, proposal: AgreementProposal): Promise<Confirmation>
  joinAgreement(agreement: number, region: string): Promise<Confirmation>
  /** Makes a standing agreement that three newer ones stand before the newest with a partner for a type. */
  renewAgreement(
    agreement: number,
    region: string,
    partner: string,
    licenceType: string,
  ): Promise<Confirmation>
  /** Gives notice: bound until the notice period is over, and for good. */
  leaveAgreement(agreement: number, region: string): Promise<Confirmation>
}

export function provinceAdmin(rule: Write<RulebookCall>): ProvinceAdmin {
  return {
    enterNegative: (receiving, { term, approval, ...refusal }) => {
      const args = [Number(receiving), encodeRefusal(refusal), ...encodeTerm(term), approval] as const
      return rule({ functionName: 'enterNegative', args })
    },
    endNegative: (receiving, refusal, until) =>
      rule({ functionName: 'endNegative', args: [Number(receiving), encodeRefusal(refusal), until] }),
    proposeAgreement: (proposer, proposal) =>
      rule({ functionName: 'proposeAgreement', args: [Number(proposer), encodeProposal(proposal)] }),
    joinAgreement: (agreement, region) =>
      rule({ functionName: 'joinAgreement', args: [agreement, Number(region)] }),
    renewAgreement: (agreement, region, partner, licenceType) => {
      const args = [agreement, Number(region), Number(partner), encodeLicenceType(licenceType)] as const
      return rule({ functionName: 'renewAgreement', args })
    },
    leaveAgreement: (agreement, region) =>
      rule({ functionName: 'leaveAgreement', args: [agreement, Number(region)] }),
  }
}

function encodeRefusal({ issuing, licenceType, serviceItem }: Refusal) {
  return {
    issuing: Number(issuing ?? 0),
    licenceType: encodeLicenceType(licenceType),
    item: encodeServiceItem(serviceItem),
  }
}

function encodeProposal({ partners, licenceTypes, term, noticeSeconds }: AgreementProposal) {
  return {
    partners: partners.map(Number),
    licenceTypes: licenceTypes.map(encodeLicenceType),
    from: term.from,
    until: encodeTermEnd(term.until),
    noticeSeconds,
  }
}
