/** The sandbox's ledger: deployed once, and recorded in the network file that every service reads. */
import { existsSync, readFileSync } from 'node:fs'
import { type Network, parseNetwork } from '@hefu/ledger'
import { MalformedError } from '@hefu/protocol'
import { writeDurably } from '@hefu/service'
import { Wallet } from 'ethers'
import { type Deployment, DeploymentMismatchError, deployLedger } from '../deploy/deploy-ledger.ts'
import { encodeRecord } from '../deploy/deployment-record.ts'
import type { Account } from './accounts.ts'
import { StartError } from './start-error.ts'
import type { StateFolder } from './state-folder.ts'

/** One node, whose newest block nothing replaces: there is nothing to wait for. */
const OWN_CHAIN = 0

/**
 * Deploys the ledger with the council's account, or finds the one of an earlier start.
 *
 * @throws {StartError} when the record and the chain do not belong together
 */
export async function deployNetwork(folder: StateFolder, rpcUrl: string, council: Account): Promise<Network> {
  try {
    const recorded = readRecord(folder)
    const deployment = await deployLedger({ rpcUrl, deployer: new Wallet(council.privateKey), recorded })
    const record = encodeRecord({ rpcUrl, ...deployment, finality: OWN_CHAIN })
    await writeDurably(folder.network, record)
    return parseNetwork(record)
  } catch (error) {
    if (!(error instanceof DeploymentMismatchError || error instanceof MalformedError)) throw error
    throw new StartError(
      `${folder.network} 与区块链状态不一致。请一并恢复整个状态目录的备份；若只是试用，删除该目录即可重新开始。`,
      `${folder.network} and the chain’s state do not belong together. Restore the whole state folder from one backup; for a mere trial, delete it to begin anew.`,
      { cause: error },
    )
  }
}

function readRecord(folder: StateFolder): Deployment | undefined {
  if (!existsSync(folder.network)) return undefined
  const text = readFileSync(folder.network, 'utf8')
  parseNetwork(text)
  return JSON.parse(text) as Deployment
}
