/** What the catalogue keeper does: which licence types and service items there are. */
import { encodeHex, type Hex } from '@hefu/protocol'
import { encodeLicenceType, encodeServiceItem } from '../abi/rules.ts'
import type { Confirmation } from './account.ts'
import type { RulebookCall, Write } from './contract-call.ts'

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
  /** Names of fields, of visible ASCII; together, one a line, at most 512 bytes. */
  readonly fields: readonly string[]
}

export interface CatalogueKeeper {
  registerLicenceType(registration: LicenceTypeRegistration): Promise<Confirmation>
  /** A new version of its rules. */
  amendLicenceType(registration: LicenceTypeRegistration): Promise<Confirmation>
  /** Until it is registered anew, by its next version; licences of it stay what they are. */
  retireLicenceType(code: string): Promise<Confirmation>
  registerServiceItem(item: string, demands: readonly Demand[]): Promise<Confirmation>
  /** These demands replace those of the version before. */
  amendServiceItem(item: string, demands: readonly Demand[]): Promise<Confirmation>
  /** Until it is registered anew, by its next version. */
  retireServiceItem(item: string): Promise<Confirmation>
}

/** The order of `HolderClass`; 0 is none. */
const HOLDERS: readonly (LicenceTypeRegistration['holders'] | null)[] = [
  null,
  'person',
  'organisation',
  'person-or-organisation',
]

export function catalogueKeeper(rule: Write<RulebookCall>): CatalogueKeeper {
  return {
    registerLicenceType: (registration) =>
      rule({ functionName: 'registerLicenceType', args: encodeRegistration(registration) }),
    amendLicenceType: (registration) =>
      rule({ functionName: 'amendLicenceType', args: encodeRegistration(registration) }),
    retireLicenceType: (code) => rule({ functionName: 'retireLicenceType', args: [encodeLicenceType(code)] }),
    registerServiceItem: (item, demands) =>
      rule({
        functionName: 'registerServiceItem',
        args: [encodeServiceItem(item), demands.map(encodeDemand)],
      }),
    amendServiceItem: (item, demands) =>
      rule({ functionName: 'amendServiceItem', args: [encodeServiceItem(item), demands.map(encodeDemand)] }),
    retireServiceItem: (item) => rule({ functionName: 'retireServiceItem', args: [encodeServiceItem(item)] }),
  }
}

function encodeRegistration(registration: LicenceTypeRegistration) {
  const { code, schemaDigest, holders, validityMonths, reviewMonths } = registration
  const months = { validityMonths: validityMonths ?? 0, reviewMonths: reviewMonths ?? 0 }
  return [
    encodeLicenceType(code),
    { schemaDigest, holderClass: HOLDERS.indexOf(holders), ...months },
  ] as const
}

/** The ledger takes names in ascending order, by bytes, and each once. */
function encodeDemand({ licenceType, fields }: Demand): { licenceType: Hex; fields: Hex } {
  const text = [...new Set(fields)].toSorted().join('\n')
  return { licenceType: encodeLicenceType(licenceType), fields: encodeHex(new TextEncoder().encode(text)) }
}
