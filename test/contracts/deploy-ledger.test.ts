import { expect } from 'chai'
import { HDNodeWallet, type JsonRpcProvider } from 'ethers'
import { network } from 'hardhat'
import { after, before, describe, it } from 'mocha'
import { type Deployment, DeploymentMismatchError, deployLedger } from '../../scripts/deploy/deploy-ledger.ts'
import type { DeploymentRecord } from '../../scripts/deploy/deployment-record.ts'
import { NodeProvider } from '../../scripts/deploy/node-provider.ts'
import { readRulebooks } from '../../scripts/deploy/rulebook-proof.ts'
import { startRpcProxy } from '../fixtures/rpc-proxy.ts'
import { rejection } from './rejection.ts'

const CHAIN_ID = 31_337
/** The access manager and the ledger's three parts come before it. */
const BLOCK_OF_LEDGER = 5
/** Those of the record, by which the chain is told where they are. */
const CONTRACTS = 10
/** One for each contract, and one that tells the ledger its rulebook. */
const TRANSACTIONS = CONTRACTS + 1
const deployer = HDNodeWallet.fromPhrase('test test test test test test test test test test test junk')

describe('deployment of the ledger', () => {
  let server: Awaited<ReturnType<typeof network.createServer>>
  let rpcUrl: string
  let provider: JsonRpcProvider
  let deployment: Deployment

  before(async () => {
    server = await network.createServer(undefined, '127.0.0.1', 0)
    const { address, port } = await server.listen()
    rpcUrl = `http://${address}:${port}`
    provider = new NodeProvider(rpcUrl, 20)
    deployment = await deployLedger({ rpcUrl, deployer })
  })

  after(async () => {
    provider.destroy()
    await server.close()
  })

  const redeploy = (recorded: Deployment): Promise<Deployment> => deployLedger({ rpcUrl, deployer, recorded })

  it('tells the chain, the addresses and the block of the ledger', async () => {
    expect(deployment.chainId).to.equal(CHAIN_ID)
    expect(deployment.deploymentBlock).to.equal(BLOCK_OF_LEDGER)
    expect(await provider.getCode(deployment.ledger, deployment.deploymentBlock)).not.to.equal('0x')
    expect(await provider.getCode(deployment.ledger, deployment.deploymentBlock - 1)).to.equal('0x')
  })

  it('finds a recorded deployment, however its addresses are spelt, and sends nothing', async () => {
    const sent = await provider.getTransactionCount(deployer.address)
    expect(await redeploy(deployment)).to.deep.equal(deployment)
    const lowerCase = {
      ...deployment,
      ledger: deployment.ledger.toLowerCase(),
      accessManager: deployment.accessManager.toLowerCase(),
    }
    expect(await redeploy(lowerCase)).to.deep.equal(lowerCase)
    expect(await provider.getTransactionCount(deployer.address)).to.equal(sent)
  })

  it('links the contracts it deploys', async () => {
    for (const name of [
      'ledger',
      'members',
      'remedies',
      'appointments',
      'rulebook',
      'accessManager',
      'lens',
      'seats',
      'council',
      'registry',
    ] as const) {
      expect(await provider.getCode(deployment[name]), name).not.to.equal('0x')
    }
    for (const [name, other] of [
      ['lens', 'seats'],
      ['council', 'lens'],
    ] as const) {
      const error = await rejection(redeploy({ ...deployment, [name]: deployment[other] }))
      expect(error).to.be.instanceOf(DeploymentMismatchError)
    }
  })

  it('resumes wherever it died: each contract is deployed once', async () => {
    for (let survived = 1; survived <= CONTRACTS; survived++) {
      const before = await provider.getTransactionCount(deployer.address)
      let saved: DeploymentRecord = {}
      let left = survived
      const dying = deployLedger({
        rpcUrl,
        deployer,
        record: (progress) => {
          if (left-- === 0) throw new Error('died')
          saved = progress
        },
      })
      if (survived < CONTRACTS) expect((await rejection(dying)).message).to.equal('died')
      else await dying
      const resumed = await deployLedger({ rpcUrl, deployer, recorded: saved })
      expect(resumed).to.include(saved)
      expect((await provider.getTransactionCount(deployer.address)) - before, String(survived)).to.equal(
        TRANSACTIONS,
      )
    }
  })

  it('sends again what was recorded but never sent', async () => {
    let saved: DeploymentRecord = {}
    const dying = deployLedger({
      rpcUrl,
      deployer,
      record: (progress) => {
        saved = progress
        if (progress.ledger !== undefined) throw new Error('died')
      },
    })
    expect((await rejection(dying)).message).to.equal('died')
    expect(await provider.getCode(String(saved.ledger))).to.equal('0x')
    expect(await deployLedger({ rpcUrl, deployer, recorded: saved })).to.include(saved)
  })

  it('waits for what a dead run told the ledger, and does not tell it twice', async () => {
    let saved: DeploymentRecord = {}
    let sent = 0
    const proxy = await startRpcProxy(rpcUrl, (method) => {
      if (method !== 'eth_sendRawTransaction') return undefined
      sent += 1
      if (sent === CONTRACTS) void provider.send('evm_setAutomine', [false])
      if (sent === TRANSACTIONS) throw new Error('died')
      return undefined
    })
    try {
      const record = (progress: DeploymentRecord): void => {
        saved = progress
      }
      expect((await rejection(deployLedger({ rpcUrl: proxy.rpcUrl, deployer, record }))).message).to.contain(
        'died',
      )
      expect(await readRulebooks(provider, String(saved.ledger))).to.have.length(0)
      const resumed = deployLedger({ rpcUrl, deployer, recorded: saved })
      setTimeout(() => void provider.send('evm_mine', []), 500)
      expect(await resumed).to.include(saved)
      expect(await readRulebooks(provider, String(saved.ledger))).to.have.length(1)
      expect(sent).to.equal(TRANSACTIONS)
    } finally {
      await provider.send('evm_setAutomine', [true])
      await proxy.close()
    }
  })

  it('refuses a record of another chain', async () => {
    const error = await rejection(redeploy({ ...deployment, chainId: 1 }))
    expect(error).to.be.instanceOf(DeploymentMismatchError)
    expect(error.message).to.equal('the chain is 31337, the record is of chain 1: check --rpc and --record')
  })

  it('refuses a record of addresses where nothing or something else stands', async () => {
    for (const recorded of [
      { ...deployment, ledger: deployer.address },
      { ...deployment, ledger: deployment.accessManager },
      { ...deployment, accessManager: deployment.ledger },
    ]) {
      expect(await rejection(redeploy(recorded))).to.be.instanceOf(DeploymentMismatchError)
    }
  })

  it('refuses a ledger that answers to another access manager', async () => {
    const other = await deployLedger({ rpcUrl, deployer })
    const error = await rejection(redeploy({ ...deployment, accessManager: other.accessManager }))
    expect(error).to.be.instanceOf(DeploymentMismatchError)
    expect(error.message).to.contain(`answers to ${deployment.accessManager}`)
  })
})
