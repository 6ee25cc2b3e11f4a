/** Which contract stands where: the rulebook in force is named by the ledger, all else by the record of the deployment. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { BaseError, type PublicClient, zeroAddress } from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { rulebookAbi } from '../abi/rulebook-abi.ts'
import type { AllianceNetwork } from '../network/alliance-network.ts'
import type { Network } from '../network/network.ts'
import { answered } from '../write/account.ts'
import { LedgerRefusedError, toLedgerError } from '../write/refusal.ts'
import type { OfficeContract } from './office-call.ts'

/** A ledger, and what stands around it as far as it is known. */
export type OfficeNetwork = Network &
  Partial<AllianceNetwork> & {
    /** Where calls of the rulebook go instead of the one in force: it is filled before it is named. */
    readonly otherRulebook?: Hex
  }

/** @throws {LedgerUnavailableError} when the node cannot be asked, or the network does not name the contract */
export async function addressOf(
  reader: PublicClient,
  network: OfficeNetwork,
  contract: OfficeContract,
): Promise<Hex> {
  const address = contract === 'rulebook' ? await rulebookFor(reader, network) : network[contract]
  if (address !== undefined && address !== zeroAddress) return address
  throw new LedgerUnavailableError('no-contract', `call the ${contract}: the network file names none`)
}

async function rulebookFor(reader: PublicClient, network: OfficeNetwork): Promise<Hex> {
  return network.otherRulebook ?? rulebookInForce(reader, network)
}

/** @throws {LedgerUnavailableError} when the node cannot be asked */
export async function rulebookInForce(reader: PublicClient, { ledger }: Network): Promise<Hex> {
  const asked = reader.readContract({ address: ledger, abi: ledgerAbi, functionName: 'rulebook' })
  return (await answered(asked)).toLowerCase() as Hex
}

/** The contract at an address; `null`: none of the alliance's. What says that it is a rulebook of the ledger is one, named or not. */
export async function contractAt(
  reader: PublicClient,
  network: OfficeNetwork,
  address: Hex,
): Promise<OfficeContract | null> {
  const wanted = address.toLowerCase()
  for (const contract of ['ledger', 'registry', 'accessManager', 'council', 'seats'] as const) {
    if (network[contract] === wanted) return contract
  }
  return (await isRulebookOf(reader, network, address)) ? 'rulebook' : null
}

/** A contract of another kind refuses the question, or answers what is none to it. */
function isOtherAnswer(error: unknown): boolean {
  if (toLedgerError(error) instanceof LedgerRefusedError) return true
  return (
    error instanceof BaseError && error.walk((cause) => OTHER_ANSWERS.has((cause as Error).name)) !== null
  )
}

const OTHER_ANSWERS: ReadonlySet<string> = new Set([
  'ContractFunctionZeroDataError',
  'AbiDecodingZeroDataError',
  'AbiDecodingDataSizeTooSmallError',
  'AbiDecodingDataSizeInvalidError',
  'PositionOutOfBoundsError',
])

/**
 * Whether a contract stands there that says that it is a rulebook of the ledger.
 *
 * @throws {LedgerUnavailableError} `unreachable`
 */
export async function isRulebookOf(
  reader: PublicClient,
  { ledger }: Network,
  address: Hex,
): Promise<boolean> {
  if ((await answered(reader.getCode({ address }))) === undefined) return false
  try {
    const asked = { address, abi: rulebookAbi, functionName: 'ledger' } as const
    return (await reader.readContract(asked)).toLowerCase() === ledger
  } catch (error) {
    if (isOtherAnswer(error)) return false
    throw toLedgerError(error)
  }
}
