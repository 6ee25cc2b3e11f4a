/** What the emergency keeper does: a province or an agency stands still, and nothing false is said. */
import type { Hex } from '@hefu/protocol'
import { encodeUscc } from '../abi/codes.ts'
import type { Confirmation } from './account.ts'
import type { LedgerCall, Write } from './contract-call.ts'

export interface EmergencyKeeper {
  /** A province, for 72 hours; not again within thirty days. */
  pauseRegion(region: string): Promise<Confirmation>
  /** While the council votes on the suspension, by the Keccak-256 of that proposal's description; at most 14 days in all. */
  extendPause(region: string, council: Hex, descriptionHash: Hex): Promise<Confirmation>
  endPause(region: string): Promise<Confirmation>
  pauseAgency(agency: string): Promise<Confirmation>
  /** Leaves the agency suspended, so that its region decides when it resumes. */
  unpauseAgency(agency: string): Promise<Confirmation>
}

export function emergencyKeeper(write: Write<LedgerCall>): EmergencyKeeper {
  return {
    pauseRegion: (region) => write({ functionName: 'pauseRegion', args: [Number(region)] }),
    extendPause: (region, council, descriptionHash) =>
      write({ functionName: 'extendPause', args: [Number(region), council, descriptionHash] }),
    endPause: (region) => write({ functionName: 'endPause', args: [Number(region)] }),
    pauseAgency: (agency) => write({ functionName: 'pauseAgency', args: [encodeUscc(agency)] }),
    unpauseAgency: (agency) => write({ functionName: 'unpauseAgency', args: [encodeUscc(agency)] }),
  }
}
