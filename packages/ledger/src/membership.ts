/** Who belongs to the alliance, and who holds its offices. */
import type { Hex } from '@hefu/protocol'
import type { Confirmation } from './account.ts'
import { encodeUscc } from './codes.ts'
import type { LedgerCall } from './contract-call.ts'

/** What a region or an agency is called, each line at most 96 bytes of UTF-8; `en` and `contact` may be empty. Public. */
export interface OfficialName {
  readonly zh: string
  readonly en: string
  /** Telephone number, address or page of the office. */
  readonly contact: string
}

/** Regions, by GB/T 2260 or 10114 code. A region's superior: the admin of its parent, above a province the council. */
export interface RegionMembership {
  /** By the council. */
  admitRegion(region: string, admin: Hex, name: OfficialName): Promise<Confirmation>
  /** By the admin of the parent. */
  accreditRegion(region: string, parent: string, admin: Hex, name: OfficialName): Promise<Confirmation>
  /** By the superior, as the next five. */
  renameRegion(region: string, name: OfficialName): Promise<Confirmation>
  suspendRegion(region: string): Promise<Confirmation>
  resumeRegion(region: string): Promise<Confirmation>
  /** No more anchors; acts go on. */
  closeRegion(region: string): Promise<Confirmation>
  reopenRegion(region: string): Promise<Confirmation>
  /** By the superior of both the region and where it goes. */
  moveRegion(region: string, to: string): Promise<Confirmation>
  /** By the admin or the superior; `null` takes a nomination back. */
  nominateRegionAdmin(region: string, candidate: Hex | null): Promise<Confirmation>
  /** By the nominated account. */
  acceptRegionAdmin(region: string): Promise<Confirmation>
  /** By two keys, the admin's and its superior's; `null`: what it left is the parent's. */
  retireRegion(region: string, successor: string | null): Promise<Confirmation>
  /** By the same two keys. */
  reinstateRegion(region: string): Promise<Confirmation>
  /** By the admin of the successor. */
  acceptRegionSuccession(region: string, successor: string): Promise<Confirmation>
  /** By the emergency keeper, as the next two: a province, for 72 hours. */
  pauseRegion(region: string): Promise<Confirmation>
  /** While the council votes on the suspension, by the digest of that proposal's description; at most 14 days in all. */
  extendPause(region: string, council: Hex, descriptionHash: Hex): Promise<Confirmation>
  endPause(region: string): Promise<Confirmation>
}

/** Agencies, by USCC. */
export interface AgencyMembership {
  /**
   * By the region's admin. Where the code's third to eighth character name no region in it, this proposes, and the
   * admin of a region that contains both confirms by the same call.
   */
  accreditAgency(agency: string, region: string, operator: Hex, name: OfficialName): Promise<Confirmation>
  /** By the region's admin, as the next four. */
  renameAgency(agency: string, name: OfficialName): Promise<Confirmation>
  suspendAgency(agency: string): Promise<Confirmation>
  resumeAgency(agency: string): Promise<Confirmation>
  /** `null` takes a nomination back. */
  nominateOperator(agency: string, candidate: Hex | null): Promise<Confirmation>
  /** By two keys, the admin's and its superior's; `null`: its licences are the region's. */
  retireAgency(agency: string, successor: string | null): Promise<Confirmation>
  /** By the same two keys. */
  reinstateAgency(agency: string): Promise<Confirmation>
  /** By the superior of both regions. */
  moveAgency(agency: string, to: string): Promise<Confirmation>
  /** By the emergency keeper, as the next. */
  pauseAgency(agency: string): Promise<Confirmation>
  unpauseAgency(agency: string): Promise<Confirmation>
}

/** A call that is submitted and confirmed. */
export type ConfirmedWrite<Call> = (call: Call) => Promise<Confirmation>

const NOBODY: Hex = `0x${'0'.repeat(40)}`
const NO_AGENCY: Hex = `0x${'0'.repeat(36)}`

export function regionMembership(write: ConfirmedWrite<LedgerCall>): RegionMembership {
  return {
    admitRegion: (region, admin, name) =>
      write({ functionName: 'admitRegion', args: [Number(region), admin, name] }),
    accreditRegion: (region, parent, admin, name) =>
      write({ functionName: 'accreditRegion', args: [Number(region), Number(parent), admin, name] }),
    renameRegion: (region, name) => write({ functionName: 'renameRegion', args: [Number(region), name] }),
    suspendRegion: (region) => write({ functionName: 'suspendRegion', args: [Number(region)] }),
    resumeRegion: (region) => write({ functionName: 'resumeRegion', args: [Number(region)] }),
    closeRegion: (region) => write({ functionName: 'closeRegion', args: [Number(region)] }),
    reopenRegion: (region) => write({ functionName: 'reopenRegion', args: [Number(region)] }),
    moveRegion: (region, to) => write({ functionName: 'moveRegion', args: [Number(region), Number(to)] }),
    nominateRegionAdmin: (region, candidate) =>
      write({ functionName: 'nominateRegionAdmin', args: [Number(region), candidate ?? NOBODY] }),
    acceptRegionAdmin: (region) => write({ functionName: 'acceptRegionAdmin', args: [Number(region)] }),
    retireRegion: (region, successor) =>
      write({ functionName: 'retireRegion', args: [Number(region), Number(successor ?? 0)] }),
    reinstateRegion: (region) => write({ functionName: 'reinstateRegion', args: [Number(region)] }),
    acceptRegionSuccession: (region, successor) =>
      write({ functionName: 'acceptRegionSuccession', args: [Number(region), Number(successor)] }),
    pauseRegion: (region) => write({ functionName: 'pauseRegion', args: [Number(region)] }),
    extendPause: (region, council, descriptionHash) =>
      write({ functionName: 'extendPause', args: [Number(region), council, descriptionHash] }),
    endPause: (region) => write({ functionName: 'endPause', args: [Number(region)] }),
  }
}

export function agencyMembership(write: ConfirmedWrite<LedgerCall>): AgencyMembership {
  return {
    accreditAgency: (agency, region, operator, name) =>
      write({ functionName: 'accreditAgency', args: [encodeUscc(agency), Number(region), operator, name] }),
    renameAgency: (agency, name) => write({ functionName: 'renameAgency', args: [encodeUscc(agency), name] }),
    suspendAgency: (agency) => write({ functionName: 'suspendAgency', args: [encodeUscc(agency)] }),
    resumeAgency: (agency) => write({ functionName: 'resumeAgency', args: [encodeUscc(agency)] }),
    nominateOperator: (agency, candidate) =>
      write({ functionName: 'nominateOperator', args: [encodeUscc(agency), candidate ?? NOBODY] }),
    retireAgency: (agency, successor) => {
      const follows = successor === null ? NO_AGENCY : encodeUscc(successor)
      return write({ functionName: 'retireAgency', args: [encodeUscc(agency), follows] })
    },
    reinstateAgency: (agency) => write({ functionName: 'reinstateAgency', args: [encodeUscc(agency)] }),
    moveAgency: (agency, to) => write({ functionName: 'moveAgency', args: [encodeUscc(agency), Number(to)] }),
    pauseAgency: (agency) => write({ functionName: 'pauseAgency', args: [encodeUscc(agency)] }),
    unpauseAgency: (agency) => write({ functionName: 'unpauseAgency', args: [encodeUscc(agency)] }),
  }
}
