/** What the council, the keepers of its roles and the regions' admins do on the ledger and its rulebook. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { zeroAddress } from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { rulebookAbi } from '../abi/rulebook-abi.ts'
import type { Network } from '../network/network.ts'
import { answered, confirm, connectAccount, type LedgerAccount, submit } from './account.ts'
import { type Agreement, confirmAgreement } from './agreement.ts'
import { type CatalogueKeeper, catalogueKeeper } from './catalogue-keeper.ts'
import type { LedgerCall, RulebookCall, Write } from './contract-call.ts'
import { type Council, council } from './council.ts'
import { type EmergencyKeeper, emergencyKeeper } from './emergency-keeper.ts'
import { type Oversight, oversight } from './oversight.ts'
import { confirmProposal } from './proposals.ts'
import { type ProvinceAdmin, provinceAdmin } from './province-admin.ts'
import { assertPublic } from './public-text.ts'
import { type OwnAgencies, type OwnRegion, ownAgencies, ownRegion } from './region-admin.ts'
import { type Superior, superior } from './superior.ts'
import { type Vouching, vouching } from './vouching.ts'

/**
 * All that an administrator's account may do, whichever offices it holds: the ledger hears who holds them. Each
 * function submits and confirms.
 *
 * Every function throws `LedgerRefusedError` when the contract refuses, `LedgerUnavailableError` when the node cannot
 * be asked.
 */
export interface Administration
  extends Council,
    CatalogueKeeper,
    EmergencyKeeper,
    Superior,
    OwnRegion,
    OwnAgencies,
    Vouching,
    ProvinceAdmin,
    Oversight {
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
  const ledger = { address: network.ledger, abi: ledgerAbi }
  const write: Write<LedgerCall> = async (call) =>
    confirm(account, await submit(account, { ...ledger, ...call }))
  const agree: Write<LedgerCall, Agreement> = async (call) =>
    confirmAgreement(account, network, await submit(account, { ...ledger, ...call }))
  const rule: Write<RulebookCall> = async (call) => {
    assertPublic(call)
    const address = await findRulebook(account, network)
    return confirm(account, await submit(account, { address, abi: rulebookAbi, ...call }))
  }
  return {
    address: account.address,
    ...council(write, rule),
    ...catalogueKeeper(rule),
    ...emergencyKeeper(write),
    ...superior(write, rule),
    confirmProposal: (callData) => confirmProposal(account, network, callData),
    ...ownRegion(write, agree),
    ...ownAgencies(write, agree, rule),
    ...vouching(write, agree),
    ...provinceAdmin(rule),
    ...oversight(write, agree),
  }
}

/** The rulebook in force: the ledger names it, and the council may change it. */
async function findRulebook({ reader }: LedgerAccount, { ledger }: Network): Promise<Hex> {
  const rulebook = await answered(
    reader.readContract({ address: ledger, abi: ledgerAbi, functionName: 'rulebook' }),
  )
  if (rulebook !== zeroAddress) return rulebook
  throw new LedgerUnavailableError('no-contract', 'write to the rulebook: the ledger names none yet')
}
