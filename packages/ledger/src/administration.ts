/** What the council and the regions' admins do on the ledger: who is in, and which keys vouch. */
import {
  algorithmOf,
  canonicalJwk,
  encodeHex,
  type Hex,
  keyIdOf,
  type PublicJwk,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { type Confirmation, confirm, connectAccount, submit } from './account.ts'
import { encodeAlgorithm, encodeTime, encodeUscc } from './codes.ts'
import { ledgerAbi } from './generated/ledger-abi.ts'
import type { Network } from './network.ts'

/** A key and the half-open interval (Unix seconds) in which it may sign; `null`: no end. */
export interface KeyRegistration {
  readonly agency: string
  readonly publicJwk: PublicJwk
  readonly validFrom: number
  readonly validUntil: number | null
}

/** Each function submits and confirms; errors as in `Operator`. */
export interface Administration {
  readonly address: Hex
  /** By the council. */
  admitRegion(region: string, admin: Hex): Promise<Confirmation>
  /** By the region's admin, as all below. */
  accreditAgency(agency: string, region: string, operator: Hex): Promise<Confirmation>
  suspendAgency(agency: string): Promise<Confirmation>
  resumeAgency(agency: string): Promise<Confirmation>
  registerKey(registration: KeyRegistration): Promise<Confirmation>
  /** The key must not be trusted for anything anchored from this time on. */
  reportKeyCompromised(keyId: Hex, compromisedFrom: number): Promise<Confirmation>
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
  const write = async (functionName: string, args: readonly unknown[]): Promise<Confirmation> =>
    confirm(account, await submit(account, { address: network.ledger, abi: ledgerAbi, functionName, args }))
  return {
    address: account.address,
    admitRegion: (region, admin) => write('admitRegion', [Number(region), admin]),
    accreditAgency: (agency, region, operator) =>
      write('accreditAgency', [encodeUscc(agency), Number(region), operator]),
    suspendAgency: (agency) => write('suspendAgency', [encodeUscc(agency)]),
    resumeAgency: (agency) => write('resumeAgency', [encodeUscc(agency)]),
    registerKey: ({ agency, publicJwk, validFrom, validUntil }) =>
      write('registerKey', [
        encodeUscc(agency),
        keyIdOf(thumbprint(publicJwk, suite)),
        encodeAlgorithm(algorithmOf(publicJwk)),
        validFrom,
        encodeTime(validUntil),
        encodeHex(new TextEncoder().encode(canonicalJwk(publicJwk))),
      ]),
    reportKeyCompromised: (keyId, compromisedFrom) => write('reportKeyCompromised', [keyId, compromisedFrom]),
  }
}
