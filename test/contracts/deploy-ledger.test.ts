import { expect } from 'chai'
import { Contract, HDNodeWallet, JsonRpcProvider } from 'ethers'
import { network } from 'hardhat'
import { after, before, describe, it } from 'mocha'
import { encodeDeployment, readArtifact } from '../../scripts/deploy/artifact.ts'
import {
  type Deployment,
  DeploymentMismatchError,
  type DeploymentRecord,
  deployLedger,
} from '../../scripts/deploy/deploy-ledger.ts'
import { rejection } from './rejection.ts'
import { startRpcProxy } from './rpc-proxy.ts'

const CHAIN_ID = 31_337
const RULEBOOK = 'contracts/Rulebook.sol/Rulebook.json'
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

  it('tells the chain, the two addresses and the block of the ledger', async () => {
    expect(deployment.chainId).to.equal(CHAIN_ID)
    expect(deployment.deploymentBlock).to.equal(2)
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
      'accessManager',
      'rulebook',
      'lens',
      'seats',
      'council',
      'registry',
    ] as const) {
      expect(await provider.getCode(deployment[name]), name).not.to.equal('0x')
    }
    for (const [name, other] of [
      ['rulebook', 'ledger'],
      ['lens', 'seats'],
      ['council', 'lens'],
    ] as const) {
      const error = await rejection(redeploy({ ...deployment, [name]: deployment[other] }))
      expect(error).to.be.instanceOf(DeploymentMismatchError)
    }
  })

  it('resumes wherever it died: each contract is deployed once', async () => {
    for (const survived of [1, 2, 3, 4, 5, 6, 7]) {
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
      if (survived < 7) expect((await rejection(dying)).message).to.equal('died')
      else await dying
      const resumed = await deployLedger({ rpcUrl, deployer, recorded: saved })
      expect(resumed).to.include(saved)
      expect((await provider.getTransactionCount(deployer.address)) - before, String(survived)).to.equal(8)
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

  const choiceOf = (ledger: string): Contract =>
    new Contract(ledger, readArtifact('contracts/Ledger.sol/Ledger.json').abi, deployer.connect(provider))

  it('tells the ledger its first rulebook, and no other by a record that lost it', async () => {
    const choice = choiceOf(deployment.ledger)
    expect(await choice.getFunction('rulebook')()).to.equal(deployment.rulebook)
    expect(await choice.getFunction('rulebooks')()).to.have.lengthOf(1)
    const { rulebook, ...recorded } = deployment
    const error = await rejection(deployLedger({ rpcUrl, deployer, recorded }))
    expect(error).to.be.instanceOf(DeploymentMismatchError)
    expect(error.message).to.contain(
      `the ledger ${deployment.ledger} began with the rulebook ${rulebook}, not`,
    )
    expect(await choice.getFunction('rulebooks')(), 'left as it was').to.have.lengthOf(1)
  })

  it('tells the ledger its first rulebook once, wherever it died', async () => {
    const { selector = '' } = choiceOf(deployment.ledger).interface.getFunction('rulebooks') ?? {}
    let saved: DeploymentRecord = {}
    const record = (progress: DeploymentRecord): void => {
      saved = progress
    }
    const dying = await startRpcProxy(rpcUrl, (method, [call]) => {
      const isAsked = method === 'eth_call' && (call as { data: string }).data === selector
      if (isAsked) throw new Error('died before it told')
      return undefined
    })
    await rejection(deployLedger({ rpcUrl: dying.rpcUrl, deployer, record }))
    await dying.close()
    const choice = choiceOf(String(saved.ledger))
    expect(await choice.getFunction('rulebooks')()).to.have.lengthOf(0)

    let noteWait = (): void => {}
    const isWaiting = new Promise<void>((resolve) => {
      noteWait = resolve
    })
    const watched = await startRpcProxy(rpcUrl, (method, [, tag]) => {
      if (method === 'eth_getTransactionCount' && tag === 'pending') noteWait()
      return undefined
    })
    try {
      await provider.send('evm_setAutomine', [false])
      await choice.getFunction('changeRulebook')(saved.rulebook)
      const resuming = deployLedger({ rpcUrl: watched.rpcUrl, deployer, recorded: saved })
      await isWaiting
      await provider.send('evm_mine', [])
      await provider.send('evm_setAutomine', [true])
      expect(await resuming).to.include(saved)
    } finally {
      await watched.close()
    }
    expect(await choice.getFunction('rulebooks')(), 'told by the one that died').to.have.lengthOf(1)
  })

  it('leaves a ledger alone whose rulebook the council changed', async () => {
    const fresh = await deployLedger({ rpcUrl, deployer })
    const sent = await deployer
      .connect(provider)
      .sendTransaction({ data: await encodeDeployment(RULEBOOK, [fresh.accessManager, fresh.ledger]) })
    const other = (await sent.wait())?.contractAddress
    await (await choiceOf(fresh.ledger).getFunction('changeRulebook')(other)).wait()
    expect(await redeploy(fresh)).to.deep.equal(fresh)
    expect(await choiceOf(fresh.ledger).getFunction('rulebook')()).to.equal(other)
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
})
