import { expect } from 'chai'
import { Contract, HDNodeWallet, JsonRpcProvider } from 'ethers'
import { network } from 'hardhat'
import { after, before, describe, it } from 'mocha'
import {
  type Deployment,
  DeploymentMismatchError,
  type DeploymentRecord,
  deployLedger,
} from '../../scripts/deploy/deploy-ledger.ts'
import { rejection } from './rejection.ts'

const CHAIN_ID = 31_337
const CONTRACTS = ['accessManager', 'members', 'remedies', 'ledger', 'seats', 'council'] as const
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
    provider = new JsonRpcProvider(rpcUrl, undefined, { cacheTimeout: -1 })
    deployment = await deployLedger({ rpcUrl, deployer })
  })

  after(async () => {
    provider.destroy()
    await server.close()
  })

  const redeploy = (recorded: Deployment): Promise<Deployment> => deployLedger({ rpcUrl, deployer, recorded })

  it('tells the chain, the addresses and the block of the ledger', async () => {
    expect(deployment.chainId).to.equal(CHAIN_ID)
    expect(deployment.deploymentBlock).to.equal(4)
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
    for (const name of CONTRACTS) {
      expect(await provider.getCode(deployment[name]), name).not.to.equal('0x')
    }
    const ledger = new Contract(
      deployment.ledger,
      ['function members() view returns (address)', 'function remedies() view returns (address)'],
      provider,
    )
    expect(await ledger.getFunction('members')()).to.equal(deployment.members)
    expect(await ledger.getFunction('remedies')()).to.equal(deployment.remedies)
  })

  it('refuses a record in which one contract stands for another', async () => {
    for (const [position, name] of CONTRACTS.entries()) {
      const other = CONTRACTS[(position + 1) % CONTRACTS.length] ?? name
      const error = await rejection(redeploy({ ...deployment, [name]: deployment[other] }))
      expect(error, name).to.be.instanceOf(DeploymentMismatchError)
      expect(error.message, name).to.contain(`the code at ${deployment[other]} is not that of`)
    }
  })

  it('resumes wherever it died: each contract is deployed once', async () => {
    for (const survived of CONTRACTS.map((_, position) => position + 1)) {
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
      if (survived < CONTRACTS.length) expect((await rejection(dying)).message).to.equal('died')
      else await dying
      const resumed = await deployLedger({ rpcUrl, deployer, recorded: saved })
      expect(resumed).to.include(saved)
      const sent = (await provider.getTransactionCount(deployer.address)) - before
      expect(sent, String(survived)).to.equal(CONTRACTS.length)
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

  it('refuses a record of another chain', async () => {
    const error = await rejection(redeploy({ ...deployment, chainId: 1 }))
    expect(error).to.be.instanceOf(DeploymentMismatchError)
    expect(error.message).to.equal('the chain is 31337, the record is of chain 1')
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

  it('refuses a ledger that works with other parts than the recorded', async () => {
    const other = await deployLedger({ rpcUrl, deployer })
    for (const part of ['members', 'remedies'] as const) {
      const error = await rejection(redeploy({ ...deployment, [part]: other[part] }))
      expect(error, part).to.be.instanceOf(DeploymentMismatchError)
      expect(error.message).to.equal(
        `the contract ${deployment.ledger} answers to ${deployment[part]} as its ${part}, not to ${other[part]}`,
      )
    }
  })

  it('refuses a ledger that names one part and delegates to another', async () => {
    const code = await provider.getCode(deployment.ledger)
    const members = deployment.members.slice(2).toLowerCase()
    const thief = deployer.address.slice(2).toLowerCase()
    expect(code.split(members).length - 1, 'places of the part in the code').to.be.greaterThan(1)
    for (const altered of [code.replace(members, thief), replaceLast(code, members, thief)]) {
      await provider.send('hardhat_setCode', [deployment.ledger, altered])
      const error = await rejection(redeploy(deployment))
      expect(error).to.be.instanceOf(DeploymentMismatchError)
      expect(error.message).to.contain('takes one immutable of contracts/Ledger.sol/Ledger.json for')
    }
    await provider.send('hardhat_setCode', [deployment.ledger, code])
    expect(await redeploy(deployment)).to.deep.equal(deployment)
  })
})

function replaceLast(text: string, found: string, by: string): string {
  const at = text.lastIndexOf(found)
  return text.slice(0, at) + by + text.slice(at + found.length)
}
