/** What the admin of a region does: the region itself, the regions in it, its agencies, and what these may issue. */
import type { Hex, OfficialName, TermFact } from '@hefu/protocol'
import { encodeUscc } from '../abi/codes.ts'
import { encodeLicenceType } from '../abi/rules.ts'
import type { Confirmation } from './account.ts'
import type { Agreement } from './agreement.ts'
import type { LedgerCall, RulebookCall, Write } from './contract-call.ts'
import { toPublicName } from './public-text.ts'
import { encodeTerm } from './terms.ts'

/** Regions by GB/T 2260 or 10114 code. */
export interface OwnRegion {
  /** A region inside `parent`, by the admin of `parent`. */
  accreditRegion(region: string, parent: string, admin: Hex, name: OfficialName): Promise<Confirmation>
  /** Also by the superior; `null` takes a nomination back. */
  nominateRegionAdmin(region: string, candidate: Hex | null): Promise<Confirmation>
  /** By the nominated account. */
  acceptRegionAdmin(region: string): Promise<Confirmation>
  /** Lays the office down: the region has no admin until somebody accepts. */
  resignRegion(region: string): Promise<Confirmation>
  /** By two keys, the admin's and its superior's; `null`: what it left is the parent's. */
  retireRegion(region: string, successor: string | null): Promise<Agreement>
  /** By the same two keys; closed for anchors until its superior opens it. */
  reinstateRegion(region: string): Promise<Agreement>
  /** By the admin of the successor. */
  acceptRegionSuccession(region: string, successor: string): Promise<Confirmation>
}

/** Agencies by USCC. */
export interface OwnAgencies {
  /** Where the code's third to eighth character name no region in this one, by two keys. */
  accreditAgency(agency: string, region: string, operator: Hex, name: OfficialName): Promise<Agreement>
  renameAgency(agency: string, name: OfficialName): Promise<Confirmation>
  suspendAgency(agency: string): Promise<Confirmation>
  resumeAgency(agency: string): Promise<Confirmation>
  /** `null` takes a nomination back. */
  nominateOperator(agency: string, candidate: Hex | null): Promise<Confirmation>
  /** Also by any admin above: for sixty days the operator is again from whom the office was taken. */
  returnAgency(agency: string): Promise<Confirmation>
  /** By two keys, the admin's and its superior's; `null`: its licences are the region's. */
  retireAgency(agency: string, successor: string | null): Promise<Agreement>
  /** By the same two keys; suspended until the region resumes it. */
  reinstateAgency(agency: string): Promise<Agreement>
  /** The agency may issue the type; a term begins at the earliest at the time of the block. */
  assignResponsibility(agency: string, licenceType: string, term: TermFact): Promise<Confirmation>
  /** Brings the end (Unix seconds) forward, at the earliest to the time of the block. */
  endResponsibility(agency: string, licenceType: string, until: number): Promise<Confirmation>
}

const NOBODY: Hex = `0x${'0'.repeat(40)}`
const NO_AGENCY: Hex = `0x${'0'.repeat(36)}`

export function ownRegion(write: Write<LedgerCall>, agree: Write<LedgerCall, Agreement>): OwnRegion {
  return {
    accreditRegion: (region, parent, admin, name) =>
      write({
        functionName: 'accreditRegion',
        args: [Number(region), Number(parent), admin, toPublicName(name)],
      }),
    nominateRegionAdmin: (region, candidate) =>
      write({ functionName: 'nominateRegionAdmin', args: [Number(region), candidate ?? NOBODY] }),
    acceptRegionAdmin: (region) => write({ functionName: 'acceptRegionAdmin', args: [Number(region)] }),
    resignRegion: (region) => write({ functionName: 'resignRegion', args: [Number(region)] }),
    retireRegion: (region, successor) =>
      agree({ functionName: 'retireRegion', args: [Number(region), Number(successor ?? 0)] }),
    reinstateRegion: (region) => agree({ functionName: 'reinstateRegion', args: [Number(region)] }),
    acceptRegionSuccession: (region, successor) =>
      write({ functionName: 'acceptRegionSuccession', args: [Number(region), Number(successor)] }),
  }
}

export function ownAgencies(
  write: Write<LedgerCall>,
  agree: Write<LedgerCall, Agreement>,
  rule: Write<RulebookCall>,
): OwnAgencies {
  return {
    accreditAgency: (agency, region, operator, name) =>
      agree({
        functionName: 'accreditAgency',
        args: [encodeUscc(agency), Number(region), operator, toPublicName(name)],
      }),
    renameAgency: (agency, name) =>
      write({ functionName: 'renameAgency', args: [encodeUscc(agency), toPublicName(name)] }),
    suspendAgency: (agency) => write({ functionName: 'suspendAgency', args: [encodeUscc(agency)] }),
    resumeAgency: (agency) => write({ functionName: 'resumeAgency', args: [encodeUscc(agency)] }),
    nominateOperator: (agency, candidate) =>
      write({ functionName: 'nominateOperator', args: [encodeUscc(agency), candidate ?? NOBODY] }),
    returnAgency: (agency) => write({ functionName: 'returnAgency', args: [encodeUscc(agency)] }),
    retireAgency: (agency, successor) => {
      const follows = successor === null ? NO_AGENCY : encodeUscc(successor)
      return agree({ functionName: 'retireAgency', args: [encodeUscc(agency), follows] })
    },
    reinstateAgency: (agency) => agree({ functionName: 'reinstateAgency', args: [encodeUscc(agency)] }),
    assignResponsibility: (agency, licenceType, term) => {
      const args = [encodeUscc(agency), encodeLicenceType(licenceType), ...encodeTerm(term)] as const
      return rule({ functionName: 'assignResponsibility', args })
    },
    endResponsibility: (agency, licenceType, until) => {
      const args = [encodeUscc(agency), encodeLicenceType(licenceType), until] as const
      return rule({ functionName: 'endResponsibility', args })
    },
  }
}
