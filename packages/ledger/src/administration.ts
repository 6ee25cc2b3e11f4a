/** What the council, the keepers of its roles and the regions' admins do on the ledger and its rulebook. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { zeroAddress } from 'viem'
import {
  type Confirmation,
  type ContractCall,
  confirm,
  connectAccount,
  type LedgerAccount,
  submit,
} from './account.ts'
import type { LedgerCall, RulebookCall } from './contract-call.ts'
import { ledgerAbi } from './generated/ledger-abi.ts'
import { rulebookAbi } from './generated/rulebook-abi.ts'
import {
  type AgencyMembership,
  agencyMembership,
  type RegionMembership,
  regionMembership,
} from './membership.ts'
import type { Network } from './network.ts'
import { type Oversight, oversight } from './oversight.ts'
import { toLedgerError } from './refusal.ts'
import { type Ruling, ruling } from './ruling.ts'
import { type Vouching, vouching } from './vouching.ts'

/** Each function submits and confirms; errors as in `Operator`. */
export interface Administration extends RegionMembership, AgencyMembership, Vouching, Oversight, Ruling {
  readonly address: Hex
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
  const send = async (call: ContractCall): Promise<Confirmation> =>
    confirm(account, await submit(account, call))
  const write = (call: LedgerCall): Promise<Confirmation> =>
    send({ address: network.ledger, abi: ledgerAbi, ...call })
  const rule = async (call: RulebookCall): Promise<Confirmation> =>
    send({ address: await findRulebook(account, network), abi: rulebookAbi, ...call })
  return {
    address: account.address,
    ...regionMembership(write),
    ...agencyMembership(write),
    ...vouching(write),
    ...oversight(write),
    ...ruling(rule),
  }
}

/** The rulebook in force: the ledger names it, and the council may change it. */
async function findRulebook({ reader }: LedgerAccount, { ledger }: Network): Promise<Hex> {
  const rulebook = await readRulebook(reader, ledger)
  if (rulebook !== zeroAddress) return rulebook
  throw new LedgerUnavailableError('no-contract', 'write to the rulebook: the ledger names none yet')
}

async function readRulebook(reader: LedgerAccount['reader'], address: Hex): Promise<Hex> {
  try {
    return await reader.readContract({ address, abi: ledgerAbi, functionName: 'rulebook' })
  } catch (error) {
    throw toLedgerError(error)
  }
}
