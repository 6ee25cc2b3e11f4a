/** What the superior of a region does: the admin of its parent, above the provinces the council or whom it named. */
import type { Hex, OfficialName, TermFact } from '@hefu/protocol'
import { encodeUscc } from '../abi/codes.ts'
import { encodeLicenceType } from '../abi/rules.ts'
import type { Confirmation } from './account.ts'
import type { Agreement } from './agreement.ts'
import type { LedgerCall, RulebookCall, Write } from './contract-call.ts'
import { toPublicName } from './public-text.ts'
import { encodeTerm } from './terms.ts'

/** Regions by GB/T 2260 or 10114 code, agencies by USCC. */
export interface Superior {
  renameRegion(region: string, name: OfficialName): Promise<Confirmation>
  suspendRegion(region: string): Promise<Confirmation>
  resumeRegion(region: string): Promise<Confirmation>
  /** No more anchors; acts go on. */
  closeRegion(region: string): Promise<Confirmation>
  reopenRegion(region: string): Promise<Confirmation>
  /** For sixty days the admin is again from whom the office was taken; no word of theirs is needed. */
  returnRegion(region: string): Promise<Confirmation>
  /** By whom both the region and where it goes lie under, as the next. */
  moveRegion(region: string, to: string): Promise<Confirmation>
  moveAgency(agency: string, to: string): Promise<Confirmation>
  /** The region may make its agencies responsible for the type. */
  delegateType(region: string, licenceType: string, term: TermFact): Promise<Confirmation>
  /** Brings the end (Unix seconds) forward, at the earliest to the time of the block. */
  endTypeDelegation(region: string, licenceType: string, until: number): Promise<Confirmation>
  /**
   * Makes a call of two keys that was proposed, by its call data: see `Proposed`.
   *
   * @throws {RangeError} for no call of two keys, or one that is proposed no more: nothing was sent
   */
  confirmProposal(callData: Hex): Promise<Agreement>
}

export function superior(
  write: Write<LedgerCall>,
  rule: Write<RulebookCall>,
): Omit<Superior, 'confirmProposal'> {
  return {
    renameRegion: (region, name) =>
      write({ functionName: 'renameRegion', args: [Number(region), toPublicName(name)] }),
    suspendRegion: (region) => write({ functionName: 'suspendRegion', args: [Number(region)] }),
    resumeRegion: (region) => write({ functionName: 'resumeRegion', args: [Number(region)] }),
    closeRegion: (region) => write({ functionName: 'closeRegion', args: [Number(region)] }),
    reopenRegion: (region) => write({ functionName: 'reopenRegion', args: [Number(region)] }),
    returnRegion: (region) => write({ functionName: 'returnRegion', args: [Number(region)] }),
    moveRegion: (region, to) => write({ functionName: 'moveRegion', args: [Number(region), Number(to)] }),
    moveAgency: (agency, to) => write({ functionName: 'moveAgency', args: [encodeUscc(agency), Number(to)] }),
    delegateType: (region, licenceType, term) => {
      const args = [Number(region), encodeLicenceType(licenceType), ...encodeTerm(term)] as const
      return rule({ functionName: 'delegateType', args })
    },
    endTypeDelegation: (region, licenceType, until) => {
      const args = [Number(region), encodeLicenceType(licenceType), until] as const
      return rule({ functionName: 'endTypeDelegation', args })
    },
  }
}
