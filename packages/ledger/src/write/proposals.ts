/** Proposals that wait for their second key: who confirms one, and confirming it. */
import type { Hex, OfficialName } from '@hefu/protocol'
import { keccak256, zeroAddress } from 'viem'
import { decodeName } from '../abi/codes.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { STANDS_SECONDS } from '../abi/longest-wait.ts'
import type { Network } from '../network/network.ts'
import { answered, type ContractCall, type LedgerAccount, submit } from './account.ts'
import { type Agreement, confirmAgreement, type Proposed } from './agreement.ts'
import { LedgerRefusedError } from './refusal.ts'
import { parseTwoKeyCall } from './two-key-call.ts'

/** Who is to make the call that was proposed. */
export interface Confirmer {
  /** The region whose admin confirms; `null`: above the provinces, whom the council named. */
  readonly region: string | null
  readonly name: OfficialName | null
  /** Its admin today; `null` above the provinces. */
  readonly admin: Hex | null
}

/**
 * Who confirms a proposal, by the ledger's word: it refuses the call of anybody else with the region in question.
 * `null` when it gives another reason, as it does once the proposal stands no more.
 *
 * @throws {LedgerUnavailableError}
 */
export async function findConfirmer(
  { reader }: Pick<LedgerAccount, 'reader'>,
  network: Network,
  { callData, blockTime }: Pick<Proposed, 'callData' | 'blockTime'>,
): Promise<Confirmer | null> {
  const region = await refusingRegion(reader, network, callData)
  if (region === null) return null
  if (region === 0) return { region: null, name: null, admin: null }
  const ledger = { address: network.ledger, abi: ledgerAbi }
  const [{ admin }, lines] = await answered(
    Promise.all([
      reader.readContract({ ...ledger, functionName: 'region', args: [region] }),
      reader.readContract({ ...ledger, functionName: 'regionNameAt', args: [region, blockTime] }),
    ]),
  )
  return { region: String(region), name: decodeName(lines), admin: admin.toLowerCase() as Hex }
}

/**
 * The region whose admin is to confirm; zero for whom the council named. Asked as the zero address: no office is ever its,
 * so that the ledger refuses it before all else, where the account of who asks may be the one that confirms.
 */
async function refusingRegion(
  reader: LedgerAccount['reader'],
  { ledger }: Network,
  callData: Hex,
): Promise<number | null> {
  const call: ContractCall = { address: ledger, abi: ledgerAbi, ...parseTwoKeyCall(callData) }
  try {
    await answered(reader.simulateContract({ ...call, account: zeroAddress, blockTag: 'pending' }))
    return null
  } catch (error) {
    if (!(error instanceof LedgerRefusedError)) throw error
    return error.code === 'CallerNotSuperior' ? Number(error.args[0]) : null
  }
}

/**
 * Makes the call that another key proposed.
 *
 * @param callData as {@link Proposed} has it
 * @throws {RangeError} for no call of two keys, or one that is proposed no more: nothing was sent
 * @throws {LedgerRefusedError} when this account is not who confirms it
 * @throws {LedgerUnavailableError}
 */
export async function confirmProposal(
  account: LedgerAccount,
  network: Network,
  callData: Hex,
): Promise<Agreement> {
  const call = parseTwoKeyCall(callData)
  await assertStands(account, network, keccak256(callData))
  const ledger = { address: network.ledger, abi: ledgerAbi }
  return confirmAgreement(account, network, await submit(account, { ...ledger, ...call }))
}

/** Made again, a call that stands no more would be a proposal, or be refused as one. */
async function assertStands({ reader }: LedgerAccount, { ledger }: Network, call: Hex): Promise<void> {
  const [{ proposedAt }, { timestamp }] = await answered(
    Promise.all([
      reader.readContract({ address: ledger, abi: ledgerAbi, functionName: 'proposal', args: [call] }),
      reader.getBlock(),
    ]),
  )
  if (proposedAt === 0) {
    throw new RangeError(`confirm the proposal ${call}: the ledger has none of this call data`)
  }
  if (proposedAt + STANDS_SECONDS <= Number(timestamp)) {
    throw new RangeError(`confirm the proposal ${call}: it was made at ${proposedAt}, thirty days ago`)
  }
}
