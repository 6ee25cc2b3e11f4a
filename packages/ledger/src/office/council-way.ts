/** What the council itself may do: a vote decides, and the council's own call is judged by its power and by the contract. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import type { PublicClient, StateOverride } from 'viem'
import { accessManagerAbi } from '../abi/access-manager-abi.ts'
import type { AllianceNetwork } from '../network/alliance-network.ts'
import { answered } from '../write/account.ts'
import { LedgerRefusedError } from '../write/refusal.ts'
import { abiOf, type OfficeCall } from './office-call.ts'

/** What an account may do at a contract by the roles that it holds. */
export interface Power {
  readonly isImmediate: boolean
  /** Seconds from its announcement to the call; zero where `isImmediate`, or where it may not at all. */
  readonly delay: number
}

/** @throws {LedgerUnavailableError} */
export async function readPower(
  reader: PublicClient,
  { accessManager }: AllianceNetwork,
  account: Hex,
  target: Hex,
  selector: Hex,
): Promise<Power> {
  const args = [account, target, selector] as const
  const asked = { address: accessManager, abi: accessManagerAbi, functionName: 'canCall', args } as const
  const [isImmediate, delay] = await answered(reader.readContract(asked))
  return { isImmediate, delay }
}

/** Whether the council may make a call once a vote is won: a vote that it may not carry out is lost time. */
export async function mayCouncil(
  reader: PublicClient,
  network: AllianceNetwork,
  target: Hex,
  selector: Hex,
): Promise<boolean> {
  const { isImmediate, delay } = await readPower(reader, network, network.council, target, selector)
  return isImmediate || delay > 0
}

/**
 * The role whose holders make a call, by its number in the access manager.
 *
 * @throws {LedgerUnavailableError}
 */
export async function readRole(
  reader: PublicClient,
  { accessManager }: AllianceNetwork,
  target: Hex,
  selector: Hex,
): Promise<number> {
  const at = { address: accessManager, abi: accessManagerAbi, args: [target, selector] } as const
  return Number(await answered(reader.readContract({ ...at, functionName: 'getTargetFunctionRole' })))
}

/** Answers whatever it is asked with (true, 0): an access manager that lets everybody do everything at once. */
const EVERYBODY_MAY = '0x600160005260406000f3'

/**
 * Why the contract would refuse the council's call if it were made now. `null`: it would take it, or the node does not
 * tell: the council's own delay is not over, so the call is tried under an access manager that has none, which not every
 * node does. Calls of the access manager itself are not tried.
 *
 * @throws {LedgerUnavailableError}
 */
export async function refusalOfCouncil(
  reader: PublicClient,
  { accessManager, council }: AllianceNetwork,
  target: Hex,
  { contract, functionName, args }: OfficeCall,
): Promise<LedgerRefusedError | null> {
  if (contract === 'accessManager') return null
  const stateOverride: StateOverride = [{ address: accessManager, code: EVERYBODY_MAY }]
  const call = { address: target, abi: abiOf(contract), functionName, args, account: council }
  try {
    await answered(reader.simulateContract({ ...call, stateOverride }))
    return null
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    if (!(error instanceof LedgerRefusedError)) throw error
    return isOfPower(error) ? null : error
  }
}

/** A node that knows no overrides tells of the delay alone. */
function isOfPower({ code }: LedgerRefusedError): boolean {
  return code.startsWith('AccessManage') || code === 'unknown error'
}
