/** Which contract stands where: the rulebook in force is named by the ledger, all else by the record of the deployment. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { type PublicClient, zeroAddress } from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import type { AllianceNetwork } from '../network/alliance-network.ts'
import type { Network } from '../network/network.ts'
import { answered } from '../write/account.ts'
import type { OfficeContract } from './office-call.ts'

/** A ledger, and what stands around it as far as it is known. */
export type OfficeNetwork = Network & Partial<AllianceNetwork>

/** @throws {LedgerUnavailableError} when the node cannot be asked, or the network does not name the contract */
export async function addressOf(
  reader: PublicClient,
  network: OfficeNetwork,
  contract: OfficeContract,
): Promise<Hex> {
  const address = contract === 'rulebook' ? await rulebookOf(reader, network) : network[contract]
  if (address !== undefined && address !== zeroAddress) return address
  throw new LedgerUnavailableError('no-contract', `call the ${contract}: the network file names none`)
}

async function rulebookOf(reader: PublicClient, { ledger }: Network): Promise<Hex> {
  const asked = reader.readContract({ address: ledger, abi: ledgerAbi, functionName: 'rulebook' })
  return (await answered(asked)).toLowerCase() as Hex
}

/** The contract at an address; `null`: none of the alliance's. Every rulebook that was ever named is one. */
export async function contractAt(
  reader: PublicClient,
  network: OfficeNetwork,
  address: Hex,
): Promise<OfficeContract | null> {
  const wanted = address.toLowerCase()
  for (const contract of ['ledger', 'registry', 'accessManager', 'council', 'seats'] as const) {
    if (network[contract] === wanted) return contract
  }
  const asked = reader.readContract({ address: network.ledger, abi: ledgerAbi, functionName: 'rulebooks' })
  const rulebooks = await answered(asked)
  return rulebooks.some(({ rulebook }) => rulebook.toLowerCase() === wanted) ? 'rulebook' : null
}
