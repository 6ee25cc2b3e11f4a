/** An alliance of five provinces on a chain of its own, reached over RPC as scripts reach it. */
import { Contract, HDNodeWallet, type JsonRpcProvider } from 'ethers'
import { network } from 'hardhat'
import { readArtifact } from '../../scripts/deploy/artifact.ts'
import { type Deployment, deployLedger } from '../../scripts/deploy/deploy-ledger.ts'
import { NodeProvider } from '../../scripts/deploy/node-provider.ts'
import { passTime } from './pass-time.ts'
import { rejection } from './rejection.ts'

const PHRASE = 'test test test test test test test test test test test junk'
export const account = (index: number): HDNodeWallet =>
  HDNodeWallet.fromPhrase(PHRASE, '', `m/44'/60'/0'/0/${index}`)
export const deployer = account(0)
export const provinces = [
  { region: 430000, admin: account(1) },
  { region: 440000, admin: account(2) },
  { region: 420000, admin: account(3) },
  { region: 220000, admin: account(10) },
  { region: 510000, admin: account(11) },
] as const
export const keepers = {
  superior: account(12).address,
  catalogue: account(4).address,
  emergency: account(5).address,
}
/** Holds nothing. */
export const stranger = account(9)
export const DAY = 86_400
export const LEDGER = 'contracts/interfaces/ILedger.sol/ILedger.json'
export const NOBODY = `0x${'0'.repeat(40)}`

/** Also has the refusals that come from the access manager's side. */
const DEPLOYED_LEDGER = 'contracts/Ledger.sol/Ledger.json'
const MANAGER = '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json'

export interface Alliance {
  readonly rpcUrl: string
  readonly provider: JsonRpcProvider
  readonly deployment: Deployment
  readonly ledger: Contract
  readonly rulebook: Contract
  readonly council: Contract
  readonly seats: Contract
  readonly registry: Contract
  readonly manager: Contract
  /** Goes back to the state of the last call of `remember`, as often as it is asked. */
  forget(): Promise<void>
  remember(): Promise<void>
  close(): Promise<void>
}

/** Deployed, five provinces admitted, each seat taken; the deployer holds all powers still. */
export async function foundAlliance(): Promise<Alliance> {
  const server = await network.createServer(undefined, '127.0.0.1', 0)
  const { address, port } = await server.listen()
  const rpcUrl = `http://${address}:${port}`
  const provider = new NodeProvider(rpcUrl, 20)
  const deployment = await deployLedger({ rpcUrl, deployer })
  const at = (where: string, path: string): Contract => new Contract(where, readArtifact(path).abi, provider)
  let snapshot = ''
  const remember = async (): Promise<void> => {
    snapshot = await provider.send('evm_snapshot', [])
  }
  const alliance: Alliance = {
    rpcUrl,
    provider,
    deployment,
    ledger: at(deployment.ledger, LEDGER),
    rulebook: at(deployment.rulebook, 'contracts/Rulebook.sol/Rulebook.json'),
    council: at(deployment.council, 'contracts/governance/Council.sol/Council.json'),
    seats: at(deployment.seats, 'contracts/governance/Seats.sol/Seats.json'),
    registry: at(deployment.registry, 'contracts/governance/Registry.sol/Registry.json'),
    manager: at(deployment.accessManager, MANAGER),
    remember,
    forget: async () => {
      await provider.send('evm_revert', [snapshot])
      await remember()
    },
    close: async () => {
      provider.destroy()
      await server.close()
    },
  }
  for (const { region, admin } of provinces) {
    await send(as(alliance.ledger, deployer), 'admitRegion', region, admin.address, nameOf(region))
    await send(as(alliance.seats, admin), 'take', region)
  }
  await remember()
  return alliance
}

/** An official name that is no other province's. */
export function nameOf(region: number): { zh: string; en: string; contact: string } {
  return { zh: `样例省${region}`, en: '', contact: '' }
}

/** The contract as an account calls it. */
export function as(contract: Contract, who: HDNodeWallet): Contract {
  return contract.connect(who.connect(contract.runner?.provider ?? null)) as Contract
}

export async function send(contract: Contract, name: string, ...args: readonly unknown[]): Promise<void> {
  await (await contract.getFunction(name)(...args)).wait()
}

/** Lets time pass, in seconds. */
export async function pass({ provider }: Alliance, seconds: number): Promise<void> {
  await passTime(provider, seconds)
  await provider.send('evm_mine', [])
}

/** Name of the custom error a call is refused with. */
export async function refusal(
  contract: Contract,
  name: string,
  ...args: readonly unknown[]
): Promise<string> {
  const error = (await rejection(contract.getFunction(name).staticCall(...args))) as Error & { data?: string }
  const abis = [
    contract.interface,
    ...[LEDGER, DEPLOYED_LEDGER, MANAGER].map((path) => readArtifact(path).abi),
  ]
  return abis.map((abi) => abi.parseError(error.data ?? '0x')?.name).find((found) => found) ?? error.message
}
