/** What the rulebook keeps: what is in the catalogue, who issues it, who recognises it. */
import { type ApprovalFact, encodeHex, type Hex, type TermFact } from '@hefu/protocol'
import type { Confirmation } from './account.ts'
import { encodeUscc } from './codes.ts'
import type { RulebookCall } from './contract-call.ts'
import type { ConfirmedWrite } from './membership.ts'
import { encodeLicenceType, encodeServiceItem, encodeTermEnd } from './rules.ts'

/** What the catalogue rules for a licence type. */
export interface LicenceTypeRegistration {
  /** 21 characters. */
  readonly code: string
  /** See `schemaDigest` of the protocol. */
  readonly schemaDigest: Hex
  readonly holders: 'person' | 'organisation' | 'person-or-organisation'
  /** Months a licence is valid for; `null`: no end. */
  readonly validityMonths: number | null
  /** Months between reviews; `null`: none. */
  readonly reviewMonths: number | null
}

/** What a service item 事项 demands of a licence type. */
export interface Demand {
  readonly licenceType: string
  /** Names of fields, of visible ASCII; together, one a line, at most 1024 bytes. */
  readonly fields: readonly string[]
}

/** What a province refuses 负面清单. */
export interface NegativeEntry {
  /** GB/T 2260 code of a province; `null`: all others. */
  readonly issuing: string | null
  readonly licenceType: string
  /** `null`: all items. */
  readonly serviceItem: string | null
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

/** The order of `HolderClass`; 0 is none. */
const HOLDERS: readonly (LicenceTypeRegistration['holders'] | null)[] = [
  null,
  'person',
  'organisation',
  'person-or-organisation',
]

/** The rules of the alliance. */
export interface Ruling {
  /** By the catalogue role, as the next two. */
  registerLicenceType(registration: LicenceTypeRegistration): Promise<Confirmation>
  retireLicenceType(code: string): Promise<Confirmation>
  registerServiceItem(item: string, demands: readonly Demand[]): Promise<Confirmation>
  /** By the baseline role. */
  setBaseline(licenceType: string, term: TermFact): Promise<Confirmation>
  /** By the region's admin, as all below. The agency may issue the type; a term begins at the earliest at the time of the block. */
  assignResponsibility(agency: string, licenceType: string, term: TermFact): Promise<Confirmation>
  endResponsibility(agency: string, licenceType: string, until: number): Promise<Confirmation>
  enterNegative(receiving: string, entry: NegativeEntry): Promise<Confirmation>
  proposeAgreement(proposer: string, proposal: AgreementProposal): Promise<Confirmation>
  joinAgreement(agreement: number, region: string): Promise<Confirmation>
  /** Makes a standing agreement that eight newer ones stand before the newest with a partner for a type. */
  renewAgreement(
    agreement: number,
    region: string,
    partner: string,
    licenceType: string,
  ): Promise<Confirmation>
}

export function ruling(write: ConfirmedWrite<RulebookCall>): Ruling {
  return { ...catalogue(write), ...responsibilities(write), ...recognition(write) }
}

function catalogue(
  write: ConfirmedWrite<RulebookCall>,
): Pick<Ruling, 'registerLicenceType' | 'retireLicenceType' | 'registerServiceItem'> {
  return {
    registerLicenceType: ({ code, schemaDigest, holders, validityMonths, reviewMonths }) => {
      const months = { validityMonths: validityMonths ?? 0, reviewMonths: reviewMonths ?? 0 }
      const rules = { schemaDigest, holderClass: HOLDERS.indexOf(holders), ...months }
      return write({ functionName: 'registerLicenceType', args: [encodeLicenceType(code), rules] })
    },
    retireLicenceType: (code) =>
      write({ functionName: 'retireLicenceType', args: [encodeLicenceType(code)] }),
    registerServiceItem: (item, demands) =>
      write({
        functionName: 'registerServiceItem',
        args: [encodeServiceItem(item), demands.map(encodeDemand)],
      }),
  }
}

function responsibilities(
  write: ConfirmedWrite<RulebookCall>,
): Pick<Ruling, 'assignResponsibility' | 'endResponsibility'> {
  return {
    assignResponsibility: (agency, licenceType, term) =>
      write({
        functionName: 'assignResponsibility',
        args: [encodeUscc(agency), encodeLicenceType(licenceType), ...encodeTerm(term)],
      }),
    endResponsibility: (agency, licenceType, until) =>
      write({
        functionName: 'endResponsibility',
        args: [encodeUscc(agency), encodeLicenceType(licenceType), until],
      }),
  }
}

function recognition(
  write: ConfirmedWrite<RulebookCall>,
): Pick<Ruling, 'setBaseline' | 'enterNegative' | 'proposeAgreement' | 'joinAgreement' | 'renewAgreement'> {
  return {
    setBaseline: (licenceType, term) =>
      write({ functionName: 'setBaseline', args: [encodeLicenceType(licenceType), ...encodeTerm(term)] }),
    enterNegative: (receiving, { issuing, licenceType, serviceItem, term, approval }) => {
      const entry = {
        issuing: Number(issuing ?? 0),
        licenceType: encodeLicenceType(licenceType),
        item: encodeServiceItem(serviceItem),
      }
      const args = [Number(receiving), entry, ...encodeTerm(term), approval] as const
      return write({ functionName: 'enterNegative', args })
    },
    proposeAgreement: (proposer, { partners, licenceTypes, term, noticeSeconds }) => {
      const draft = {
        partners: partners.map(Number),
        licenceTypes: licenceTypes.map(encodeLicenceType),
        from: term.from,
        until: encodeTermEnd(term.until),
        noticeSeconds,
      }
      return write({ functionName: 'proposeAgreement', args: [Number(proposer), draft] })
    },
    joinAgreement: (agreement, region) =>
      write({ functionName: 'joinAgreement', args: [agreement, Number(region)] }),
    renewAgreement: (agreement, region, partner, licenceType) => {
      const args = [agreement, Number(region), Number(partner), encodeLicenceType(licenceType)] as const
      return write({ functionName: 'renewAgreement', args })
    },
  }
}

/** The ledger takes names in ascending order, by bytes, and each once. */
function encodeDemand({ licenceType, fields }: Demand): { licenceType: Hex; fields: Hex } {
  const text = [...new Set(fields)].toSorted().join('\n')
  return { licenceType: encodeLicenceType(licenceType), fields: encodeHex(new TextEncoder().encode(text)) }
}

function encodeTerm({ from, until }: TermFact): readonly [from: number, until: number] {
  return [from, encodeTermEnd(until)]
}
