/** What the council and the regions' admins do on the ledger: who is in, and which keys vouch. */
import {
  type ApprovalFact,
  algorithmOf,
  encodeHex,
  type Hex,
  LedgerUnavailableError,
  type OfficialName,
  type PublicJwk,
  parseBase64url,
  type TermFact,
} from '@hefu/protocol'
import { zeroAddress } from 'viem'
import {
  type Confirmation,
  type ContractCall,
  confirm,
  connectAccount,
  type LedgerAccount,
  submit,
} from './account.ts'
import { encodeAlgorithm, encodeTime, encodeUscc } from './codes.ts'
import { ledgerAbi } from './generated/ledger-abi.ts'
import { rulebookAbi } from './generated/rulebook-abi.ts'
import type { Network } from './network.ts'
import { toLedgerError } from './refusal.ts'
import { encodeLicenceType, encodeServiceItem, encodeTermEnd } from './rules.ts'

/** A key and the half-open interval (Unix seconds) in which it may sign; `null`: no end. */
export interface KeyRegistration {
  readonly agency: string
  readonly publicJwk: PublicJwk
  readonly validFrom: number
  readonly validUntil: number | null
}

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

/** Each function submits and confirms; errors as in `Operator`. */
export interface Administration {
  readonly address: Hex
  /** By the council. */
  admitRegion(region: string, admin: Hex, name: OfficialName): Promise<Confirmation>
  /** By the catalogue role, as the next. */
  registerLicenceType(registration: LicenceTypeRegistration): Promise<Confirmation>
  retireLicenceType(code: string): Promise<Confirmation>
  registerServiceItem(item: string, demands: readonly Demand[]): Promise<Confirmation>
  /** By the baseline role. */
  setBaseline(licenceType: string, term: TermFact): Promise<Confirmation>
  /** By the region's admin, as all below. */
  accreditAgency(agency: string, region: string, operator: Hex, name: OfficialName): Promise<Confirmation>
  renameAgency(agency: string, name: OfficialName): Promise<Confirmation>
  suspendAgency(agency: string): Promise<Confirmation>
  resumeAgency(agency: string): Promise<Confirmation>
  registerKey(registration: KeyRegistration): Promise<Confirmation>
  /** The agency may issue the type; a term begins at the earliest at the time of the block. */
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
  /** The key must not be trusted for anything anchored from this time on. */
  reportKeyCompromised(agency: string, keyId: Hex, compromisedFrom: number): Promise<Confirmation>
  /** Narrows a report to a later time, or withdraws it (`null`); by two keys, the admin's and its superior's. */
  narrowKeyCompromise(agency: string, keyId: Hex, compromisedFrom: number | null): Promise<Confirmation>
}

/** An administrator's account over a network's node. */
export function connectAdministration({
  network,
  privateKey,
}: {
  network: Network
  privateKey: Hex
}): Administration {
  const account = connectAccount(network, privateKey)
  const send = async (call: ContractCall): Promise<Confirmation> =>
    confirm(account, await submit(account, call))
  const write = (functionName: string, args: readonly unknown[]): Promise<Confirmation> =>
    send({ address: network.ledger, abi: ledgerAbi, functionName, args })
  const rule = async (functionName: string, args: readonly unknown[]): Promise<Confirmation> =>
    send({ address: await findRulebook(account, network), abi: rulebookAbi, functionName, args })
  return {
    address: account.address,
    admitRegion: (region, admin, name) => write('admitRegion', [Number(region), admin, name]),
    accreditAgency: (agency, region, operator, name) =>
      write('accreditAgency', [encodeUscc(agency), Number(region), operator, name]),
    renameAgency: (agency, name) => write('renameAgency', [encodeUscc(agency), name]),
    suspendAgency: (agency) => write('suspendAgency', [encodeUscc(agency)]),
    resumeAgency: (agency) => write('resumeAgency', [encodeUscc(agency)]),
    registerKey: ({ agency, publicJwk, validFrom, validUntil }) =>
      write('registerKey', [
        encodeUscc(agency),
        encodeAlgorithm(algorithmOf(publicJwk)),
        encodeCoordinate(publicJwk.x),
        publicJwk.kty === 'EC' ? encodeCoordinate(publicJwk.y) : NO_COORDINATE,
        validFrom,
        encodeTime(validUntil),
      ]),
    reportKeyCompromised: (agency, keyId, compromisedFrom) =>
      write('reportKeyCompromised', [encodeUscc(agency), keyId, compromisedFrom]),
    narrowKeyCompromise: (agency, keyId, compromisedFrom) =>
      write('narrowKeyCompromise', [encodeUscc(agency), keyId, encodeTime(compromisedFrom)]),
    ...ruling(rule),
  }
}

const NO_COORDINATE: Hex = `0x${'0'.repeat(64)}`

function encodeCoordinate(text: string): Hex {
  return encodeHex(parseBase64url(text, 'publicJwk'))
}

/** The rulebook in force: the ledger names it, and the council may change it. */
async function findRulebook({ reader }: LedgerAccount, { ledger }: Network): Promise<Hex> {
  const rulebook = await readRulebook(reader, ledger)
  if (rulebook !== zeroAddress) return rulebook
  throw new LedgerUnavailableError('no-contract', 'write to the rulebook: the ledger names none yet')
}

async function readRulebook(reader: LedgerAccount['reader'], address: Hex): Promise<Hex> {
  try {
    return await reader.readContract({ address, abi: ledgerAbi, functionName: 'rulebook' })
  } catch (error) {
    throw toLedgerError(error)
  }
}

type Ruling =
  | 'registerLicenceType'
  | 'retireLicenceType'
  | 'registerServiceItem'
  | 'setBaseline'
  | 'assignResponsibility'
  | 'endResponsibility'
  | 'enterNegative'
  | 'proposeAgreement'
  | 'joinAgreement'
  | 'renewAgreement'

/** The rules of the alliance, which the rulebook keeps: what is in the catalogue, who issues it, who recognises it. */
function ruling(
  write: (functionName: string, args: readonly unknown[]) => Promise<Confirmation>,
): Pick<Administration, Ruling> {
  return {
    registerLicenceType: ({ code, schemaDigest, holders, validityMonths, reviewMonths }) => {
      const months = { validityMonths: validityMonths ?? 0, reviewMonths: reviewMonths ?? 0 }
      const rules = { schemaDigest, holderClass: HOLDERS.indexOf(holders), ...months }
      return write('registerLicenceType', [encodeLicenceType(code), rules])
    },
    retireLicenceType: (code) => write('retireLicenceType', [encodeLicenceType(code)]),
    registerServiceItem: (item, demands) =>
      write('registerServiceItem', [encodeServiceItem(item), demands.map(encodeDemand)]),
    setBaseline: (licenceType, term) =>
      write('setBaseline', [encodeLicenceType(licenceType), ...encodeTerm(term)]),
    assignResponsibility: (agency, licenceType, term) =>
      write('assignResponsibility', [
        encodeUscc(agency),
        encodeLicenceType(licenceType),
        ...encodeTerm(term),
      ]),
    endResponsibility: (agency, licenceType, until) =>
      write('endResponsibility', [encodeUscc(agency), encodeLicenceType(licenceType), until]),
    enterNegative: (receiving, { issuing, licenceType, serviceItem, term, approval }) => {
      const entry = {
        issuing: Number(issuing ?? 0),
        licenceType: encodeLicenceType(licenceType),
        item: encodeServiceItem(serviceItem),
      }
      return write('enterNegative', [Number(receiving), entry, ...encodeTerm(term), approval])
    },
    proposeAgreement: (proposer, { partners, licenceTypes, term, noticeSeconds }) => {
      const draft = {
        partners: partners.map(Number),
        licenceTypes: licenceTypes.map(encodeLicenceType),
        from: term.from,
        until: encodeTermEnd(term.until),
        noticeSeconds,
      }
      return write('proposeAgreement', [Number(proposer), draft])
    },
    joinAgreement: (agreement, region) => write('joinAgreement', [agreement, Number(region)]),
    renewAgreement: (agreement, region, partner, licenceType) =>
      write('renewAgreement', [agreement, Number(region), Number(partner), encodeLicenceType(licenceType)]),
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
