/** The calls of every office as they would be sent, but not sent: what is about to be done can be looked at first. */
import type { Agreement } from '../write/agreement.ts'
import { type CatalogueKeeper, catalogueKeeper } from '../write/catalogue-keeper.ts'
import type { LedgerCall, RulebookCall, Write } from '../write/contract-call.ts'
import { type Council, council } from '../write/council.ts'
import { type EmergencyKeeper, emergencyKeeper } from '../write/emergency-keeper.ts'
import { type ProvinceAdmin, provinceAdmin } from '../write/province-admin.ts'
import { type OwnAgencies, type OwnRegion, ownAgencies, ownRegion } from '../write/region-admin.ts'
import { type Superior, superior } from '../write/superior.ts'
import { type Vouching, vouching } from '../write/vouching.ts'
import type { OfficeCall, OfficeContract } from './office-call.ts'

/** The functions of an administration, each of which answers its call. */
type Drafts<T> = {
  readonly [Name in keyof T]: T[Name] extends (...args: infer Args) => Promise<unknown>
    ? (...args: Args) => Promise<OfficeCall>
    : never
}

/** All that one key may do or propose beside acting on licences. */
export type OfficeDrafts = Drafts<
  Council &
    CatalogueKeeper &
    EmergencyKeeper &
    Omit<Superior, 'confirmProposal'> &
    OwnRegion &
    OwnAgencies &
    Vouching &
    ProvinceAdmin
>

const keep =
  (contract: OfficeContract) =>
  ({ functionName, args }: LedgerCall | RulebookCall): Promise<OfficeCall> =>
    Promise.resolve({ contract, functionName, args })

/** What sends is given what keeps: every function hands on what it gets from there, and looks at none of it. */
function createDrafts(): OfficeDrafts {
  const write = keep('ledger') as unknown as Write<LedgerCall>
  const agree = keep('ledger') as unknown as Write<LedgerCall, Agreement>
  const rule = keep('rulebook') as unknown as Write<RulebookCall>
  const functions = {
    ...council(write, rule),
    ...catalogueKeeper(rule),
    ...emergencyKeeper(write),
    ...superior(write, rule),
    ...ownRegion(write, agree),
    ...ownAgencies(write, agree, rule),
    ...vouching(write, agree),
    ...provinceAdmin(rule),
  }
  return functions as unknown as OfficeDrafts
}

export const drafts: OfficeDrafts = createDrafts()
