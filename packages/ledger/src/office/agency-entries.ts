/** What was entered for an agency: its keys and what it issues. Events tell which there are, the state how they stand. */
import { decodeHex, encodeBase64url, type Hex, type SignatureAlgorithm, type TermFact } from '@hefu/protocol'
import { getAbiItem, type PublicClient } from 'viem'
import { decodeTime, encodeUscc } from '../abi/codes.ts'
import { decodeKey } from '../abi/keys.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { rulebookAbi } from '../abi/rulebook-abi.ts'
import { textOf } from '../abi/text-bytes.ts'
import type { Network } from '../network/network.ts'
import { answered } from '../write/account.ts'
import { addressOf } from './contract-addresses.ts'
import { readEvents } from './event-pages.ts'

/** A signing key that was registered for an agency; times are Unix seconds. */
export interface AgencyKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string
  readonly algorithm: SignatureAlgorithm
  readonly validFrom: number
  /** `null`: no end. */
  readonly validUntil: number | null
  /** `null`: never reported. */
  readonly compromisedFrom: number | null
}

/** @throws {LedgerUnavailableError} */
export async function readKeys(
  reader: PublicClient,
  { ledger, deploymentBlock }: Network,
  code: string,
): Promise<readonly AgencyKey[]> {
  const agency = encodeUscc(code)
  const event = getAbiItem({ abi: ledgerAbi, name: 'KeyRegistered' })
  const told = await readEvents(reader, ledger, event, deploymentBlock, { agency })
  const keys: AgencyKey[] = []
  for (const { args } of told) {
    const asked = { address: ledger, abi: ledgerAbi, functionName: 'key', args: [agency, args.kid] } as const
    const found = decodeKey(await answered(reader.readContract(asked)), args.kid)
    if (found === null) continue
    const { publicJwk: _, ...facts } = found
    keys.push({ kid: encodeBase64url(decodeHex(args.kid)), ...facts })
  }
  return keys
}

/** A licence type that an agency issues. */
export interface AgencyResponsibility {
  /** GB/T 36903 code. */
  readonly licenceType: string
  /** Unix seconds, narrowed to what the regions above have; `until` is `null` for no end. */
  readonly term: TermFact
}

/**
 * Those that hold now or will, by the rulebook in force.
 *
 * @throws {LedgerUnavailableError}
 */
export async function readResponsibilities(
  reader: PublicClient,
  network: Network,
  code: string,
  now: number,
): Promise<readonly AgencyResponsibility[]> {
  const agency = encodeUscc(code)
  const at = { address: await addressOf(reader, network, 'rulebook'), abi: rulebookAbi } as const
  const event = getAbiItem({ abi: rulebookAbi, name: 'ResponsibilityAssigned' })
  const told = await readEvents(reader, at.address, event, network.deploymentBlock, { agency })
  // One that begins ahead is asked for at its beginning, all others as they stand now.
  const places = new Map<string, readonly [type: Hex, time: number]>()
  for (const { licenceType, from } of told.map(({ args }) => args)) {
    const time = Math.max(from, now)
    places.set(`${licenceType} ${time}`, [licenceType, time])
  }
  const found: AgencyResponsibility[] = []
  for (const [type, time] of places.values()) {
    const args = [agency, type, time] as const
    const asked = reader.readContract({ ...at, functionName: 'responsibilityAt', args })
    const { from, until } = await answered(asked)
    if (until === 0) continue
    found.push({ licenceType: textOf(type), term: { from, until: decodeTime(until) } })
  }
  return found
}
