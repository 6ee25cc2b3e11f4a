/** What the council does, or before the hand-over the account that deployed: who joins, and what binds all. */
import type { Hex, OfficialName, TermFact } from '@hefu/protocol'
import { encodeLicenceType } from '../abi/rules.ts'
import type { Confirmation } from './account.ts'
import type { LedgerCall, RulebookCall, Write } from './contract-call.ts'
import { toPublicName } from './public-text.ts'
import { encodeTerm } from './terms.ts'

export interface Council {
  /** A code of province level. */
  admitRegion(region: string, admin: Hex, name: OfficialName): Promise<Confirmation>
  /** Another rulebook is in force from the time of the block on. */
  changeRulebook(rulebook: Hex): Promise<Confirmation>
  /** All provinces recognise the type. */
  setBaseline(licenceType: string, term: TermFact): Promise<Confirmation>
  /** Brings the end (Unix seconds) forward, at the earliest to the time of the block. */
  endBaseline(licenceType: string, until: number): Promise<Confirmation>
}

export function council(write: Write<LedgerCall>, rule: Write<RulebookCall>): Council {
  return {
    admitRegion: (region, admin, name) =>
      write({ functionName: 'admitRegion', args: [Number(region), admin, toPublicName(name)] }),
    changeRulebook: (rulebook) => write({ functionName: 'changeRulebook', args: [rulebook] }),
    setBaseline: (licenceType, term) =>
      rule({ functionName: 'setBaseline', args: [encodeLicenceType(licenceType), ...encodeTerm(term)] }),
    endBaseline: (licenceType, until) =>
      rule({ functionName: 'endBaseline', args: [encodeLicenceType(licenceType), until] }),
  }
}
