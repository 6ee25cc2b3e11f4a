/** Whether a chain can carry the ledger: real chains of every kind that cannot, and nodes that do not say. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { HDNodeWallet } from 'ethers'
import { after, before, describe, it } from 'mocha'
import {
  type ChainFinding,
  checkChain,
  refuses,
  renderFinding,
  UnfitChainError,
} from '../../scripts/deploy/chain/chain-check.ts'
import { assertReachable, NoNodeError } from '../../scripts/deploy/chain/reachable.ts'
import { deployLedger } from '../../scripts/deploy/deploy-ledger.ts'
import { type RunningChain, rpc, SANDBOX_CHAIN_ID, startChain } from '../../scripts/sandbox/chain.ts'
import { type Alteration, startRpcProxy } from '../fixtures/rpc-proxy.ts'
import { rejection } from './rejection.ts'

const deployer = HDNodeWallet.fromPhrase('test test test test test test test test test test test junk')
const ROOT = join(import.meta.dirname, '../..')
const NAMES = [
  'chain-id',
  'time-unit',
  'push0',
  'mcopy',
  'code-size',
  'block-gas',
  'clock-skew',
  'finalized',
  'state-proof',
  'archive',
]

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** An anvil of its own, ended again after `work`. */
async function onChain(args: readonly string[], work: (chain: RunningChain) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hefu-chain-'))
  const chain = await startChain({ port: await freePort(), stateFile: join(folder, 'state.json'), args })
  try {
    await work(chain)
  } finally {
    await chain.stop()
    rmSync(folder, { recursive: true })
  }
}

const answerOf = (findings: readonly ChainFinding[], name: string): ChainFinding => {
  const found = findings.find((finding) => finding.name === name)
  if (found === undefined) throw new Error(`no finding ${name}`)
  return found
}
const refusedNames = (findings: readonly ChainFinding[]): readonly string[] =>
  findings.filter(refuses).map(({ name }) => name)

describe('Check of a chain', () => {
  let chain: RunningChain
  let folder: string

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-chain-'))
    chain = await startChain({ port: await freePort(), stateFile: join(folder, 'state.json') })
    await rpc(chain.rpcUrl, 'anvil_mine', ['0x500', '0x0'])
  })
  after(async () => {
    await chain.stop()
    rmSync(folder, { recursive: true })
  })

  const behind = async <Result>(
    alter: Alteration,
    work: (rpcUrl: string) => Promise<Result>,
  ): Promise<Result> => {
    const proxy = await startRpcProxy(chain.rpcUrl, alter)
    try {
      return await work(proxy.rpcUrl)
    } finally {
      await proxy.close()
    }
  }

  it('answers yes to all of it on a chain that can carry the ledger, in both languages, Chinese first', async () => {
    const findings = await checkChain(chain.rpcUrl, SANDBOX_CHAIN_ID)
    expect(findings.map(({ name }) => name)).to.deep.equal(NAMES)
    for (const finding of findings) {
      expect(finding.answer, renderFinding(finding)).to.equal('yes')
      expect(renderFinding(finding)).to.match(/^✔ [a-z0-9-]+ {2}.*\p{Script=Han}.* · [^\p{Script=Han}]+$/u)
    }
    await deployLedger({ rpcUrl: chain.rpcUrl, deployer, chainId: SANDBOX_CHAIN_ID })
  })

  for (const [what, args, names] of [
    ['knows no MCOPY', ['--hardfork', 'shanghai'], ['mcopy']],
    ['knows neither PUSH0 nor MCOPY', ['--hardfork', 'paris'], ['push0', 'mcopy']],
    ['counts milliseconds', ['--timestamp', String(Date.now())], ['time-unit']],
    ['is at the year 2200', ['--timestamp', '7258118400'], ['time-unit']],
    ['began in 1970 and made no block since', ['--timestamp', '1'], ['time-unit']],
    ['has small blocks', ['--gas-limit', '16777215'], ['block-gas']],
    ['has small contracts', ['--code-size-limit', '20000'], ['code-size']],
  ] as const) {
    it(`refuses, and so does the deployment, a chain that ${what}`, async () => {
      await onChain(args, async ({ rpcUrl }) => {
        expect(refusedNames(await checkChain(rpcUrl))).to.deep.equal(names)
        const error = await rejection(deployLedger({ rpcUrl, deployer }))
        expect(error).to.be.instanceOf(UnfitChainError)
        expect(error.message).to.contain(names[0])
        expect(await rpc(rpcUrl, 'eth_getTransactionCount', [deployer.address, 'latest'])).to.equal('0x0')
      })
    })
  }

  it('accepts a chain whose clock stands just before the year 2200', async () => {
    await onChain(['--timestamp', '7258110000'], async ({ rpcUrl }) => {
      const findings = await checkChain(rpcUrl)
      expect(refusedNames(findings)).to.deep.equal([])
      expect(answerOf(findings, 'clock-skew').answer).to.equal('no')
    })
  })

  it('refuses another chain than the one that is meant', async () => {
    expect(refusedNames(await checkChain(chain.rpcUrl, 1))).to.deep.equal(['chain-id'])
    const error = await rejection(deployLedger({ rpcUrl: chain.rpcUrl, deployer, chainId: 1 }))
    expect(error).to.be.instanceOf(UnfitChainError)
    expect(error.message).to.contain('the chain id is 31337, not 1')
  })

  it('sees milliseconds in contracts, whatever a gateway makes of the blocks’ times', async () => {
    await onChain(['--timestamp', String(Date.now())], async ({ rpcUrl: milliseconds }) => {
      const seconds = `0x${Math.floor(Date.now() / 1000).toString(16)}`
      const proxy = await startRpcProxy(milliseconds, (method, _, result) =>
        method === 'eth_getBlockByNumber' ? { ...(result as object), timestamp: seconds } : undefined,
      )
      try {
        expect(refusedNames(await checkChain(proxy.rpcUrl))).to.deep.equal(['time-unit'])
      } finally {
        await proxy.close()
      }
    })
  })

  const refuse = (refused: string): Alteration => {
    return (method) => {
      if (method === refused) throw new Error('the method is not available')
      return undefined
    }
  }
  const block = (tag: string, changes: object): Alteration => {
    return (method, [asked], result) =>
      method === 'eth_getBlockByNumber' && asked === tag ? { ...(result as object), ...changes } : undefined
  }
  const now = Math.floor(Date.now() / 1000)
  const quantity = (value: number): string => `0x${value.toString(16)}`

  for (const [what, alter, name, answer] of [
    ['has another chain id than its contracts see', chainIdOf('0x1'), 'chain-id', 'no'],
    ['has the chain id 0', chainIdOf('0x0'), 'chain-id', 'no'],
    ['tells no chain id', refuse('eth_chainId'), 'chain-id', 'unknown'],
    ['runs no program on trial (PUSH0)', refuse('eth_call'), 'push0', 'unknown'],
    ['runs no program on trial (MCOPY)', refuse('eth_call'), 'mcopy', 'unknown'],
    ['runs no program on trial (code size)', refuse('eth_call'), 'code-size', 'unknown'],
    ['answers every program alike', always('eth_call', `0x${'00'.repeat(32)}`), 'mcopy', 'unknown'],
    ['tells no block', refuse('eth_getBlockByNumber'), 'time-unit', 'unknown'],
    ['tells a time that is no number', block('latest', { timestamp: 'now' }), 'time-unit', 'unknown'],
    ['tells no gas limit', block('latest', { gasLimit: null }), 'block-gas', 'unknown'],
    ['has no finalized block', always('eth_getBlockByNumber finalized', null), 'finalized', 'no'],
    ['says that the future is final', block('finalized', { number: '0xffffff' }), 'finalized', 'no'],
    ['has no eth_getProof', refuse('eth_getProof'), 'state-proof', 'no'],
    ['proves another state', block('latest', { stateRoot: `0x${'12'.repeat(32)}` }), 'state-proof', 'no'],
    ['proves nothing', always('eth_getProof', { accountProof: [] }), 'state-proof', 'no'],
    ['prunes states by an error', pruned(), 'archive', 'no'],
    ['has no states at all', refuse('eth_getBalance'), 'archive', 'unknown'],
    ['is too young to tell', always('eth_blockNumber', '0x5'), 'archive', 'unknown'],
    ['is ahead of time', block('latest', { timestamp: quantity(now + 3600) }), 'clock-skew', 'no'],
    ['lags', block('latest', { timestamp: quantity(now - 3600) }), 'clock-skew', 'unknown'],
  ] as const) {
    it(`does not say yes to a node that ${what}`, async () => {
      const findings = await behind(alter, (rpcUrl) => checkChain(rpcUrl))
      const finding = answerOf(findings, name)
      expect(finding.answer, renderFinding(finding)).to.equal(answer)
    })
  }

  it('says how deep a pruned node is', async () => {
    const findings = await behind(pruned(), (rpcUrl) => checkChain(rpcUrl))
    expect(answerOf(findings, 'archive').en).to.contain('the last 128 blocks')
  })

  it('refuses what cannot be told as well: a node that runs no program, one that is not there', async () => {
    const error = await behind(refuse('eth_call'), (rpcUrl) => rejection(deployLedger({ rpcUrl, deployer })))
    expect(error).to.be.instanceOf(UnfitChainError)
    const nowhere = await checkChain(`http://127.0.0.1:${await freePort()}`)
    expect(nowhere.map(({ answer }) => answer)).to.deep.equal(NAMES.map(() => 'unknown'))
  })

  for (const [what, status, body] of [
    ['a gateway that wants a password', 401, { error: 'unauthorized' }],
    ['a gateway that explains itself', 403, { error: { message: 'forbidden' } }],
    ['a page', 200, '<html></html>'],
    ['nothing', 200, null],
    ['a list', 200, []],
  ] as const) {
    it(`takes ${what} for no node, and tells the status of its answer`, async () => {
      const server = createHttpServer((_, outgoing) => {
        outgoing.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
      }).listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))
      const rpcUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      try {
        const error = await rejection(assertReachable(rpcUrl))
        expect(error).to.be.instanceOf(NoNodeError)
        expect(error.message).to.contain(`(HTTP ${status})`)
        const findings = await checkChain(rpcUrl)
        expect(findings.map(({ answer }) => answer)).to.deep.equal(NAMES.map(() => 'unknown'))
      } finally {
        server.close()
      }
    })
  }

  it('takes a node that refuses the question for one', async () => {
    await behind(refuse('eth_chainId'), (rpcUrl) => assertReachable(rpcUrl))
  })

  it('says what to do: wait for a block, raise a limit, set a clock; and lengths of time in days', async () => {
    const old = String(now - 90 * 86_400)
    await onChain(
      ['--timestamp', old, '--gas-limit', '16777215', '--code-size-limit', '20000'],
      async (fresh) => {
        const findings = await checkChain(fresh.rpcUrl)
        expect(answerOf(findings, 'state-proof')).to.include({ answer: 'unknown' })
        expect(answerOf(findings, 'state-proof').zh).to.contain('请待链产生一个区块后再查')
        expect(answerOf(findings, 'code-size').en).to.contain('have who runs the chain raise the limits')
        expect(answerOf(findings, 'block-gas').zh).to.contain('请链的运维方调高')
        expect(answerOf(findings, 'clock-skew').zh).to.contain('最新区块已是 90 天前的')
        await rpc(fresh.rpcUrl, 'evm_mine', [])
        expect(answerOf(await checkChain(fresh.rpcUrl), 'state-proof').answer).to.equal('yes')
      },
    )
  })

  it('runs programs as overridden code where a node simulates no creation', async () => {
    const noCreations: Alteration = (method, [call]) => {
      if (method === 'eth_call' && !('to' in (call as object))) throw new Error('to is missing')
      return undefined
    }
    const findings = await behind(noCreations, (rpcUrl) => checkChain(rpcUrl))
    for (const name of ['push0', 'mcopy', 'time-unit', 'chain-id']) {
      expect(answerOf(findings, name).answer, name).to.equal('yes')
    }
    expect(answerOf(findings, 'code-size').answer).to.equal('unknown')
  })

  describe('by command', () => {
    const run = async (...args: string[]): Promise<{ code: number; stdout: string }> => {
      const all = ['scripts/deploy.ts', '--check', ...args]
      try {
        const { stdout } = await promisify(execFile)(process.execPath, all, { cwd: ROOT })
        return { code: 0, stdout }
      } catch (error) {
        const { code, stdout } = error as { code: number; stdout: string }
        return { code, stdout }
      }
    }

    it('prints a line a check and exits 0 when all is well', async () => {
      const { code, stdout } = await run('--rpc', chain.rpcUrl)
      expect(code, stdout).to.equal(0)
      expect(stdout.trim().split('\n')).to.have.length(NAMES.length)
    })

    it('exits 1 for what is missing or unknown, 2 for what is refused', async () => {
      const unproven = await behind(refuse('eth_getProof'), (rpcUrl) => run('--rpc', rpcUrl))
      expect(unproven.code).to.equal(1)
      expect(unproven.stdout).to.match(/^✘ state-proof/m)
      const { code, stdout } = await run('--rpc', chain.rpcUrl, '--chain-id', '1')
      expect(code).to.equal(2)
      expect(stdout).to.match(/^✘ chain-id/m)
      for (const args of [[], ['--rpc', 'nonsense'], ['--rpc', chain.rpcUrl, '--chain-id', 'x']]) {
        expect((await run(...args)).code, String(args)).to.equal(2)
      }
    })

    it('answers in JSON', async () => {
      const { stdout } = await run('--rpc', chain.rpcUrl, '--json', '--chain-id', '1')
      const { isRefused, findings } = JSON.parse(stdout)
      expect(isRefused).to.equal(true)
      expect(findings.map(({ name }: ChainFinding) => name)).to.deep.equal(NAMES)
      expect(findings[0]).to.include({ name: 'chain-id', answer: 'no', isRequired: true })
    })
  })

  function chainIdOf(told: string): Alteration {
    return (method) => (method === 'eth_chainId' ? told : undefined)
  }

  /** `method`, or `method tag`, is answered the same whatever else is asked. */
  function always(what: string, answer: unknown): Alteration {
    const [name, tag] = what.split(' ')
    return (method, [asked]) => {
      if (method !== name || (tag !== undefined && asked !== tag)) return undefined
      if (answer === null) throw new Error('unknown block')
      return answer
    }
  }

  /** States of the last 128 blocks alone. */
  function pruned(): Alteration {
    let latest = 0
    return (method, [, number], result) => {
      if (method === 'eth_blockNumber') latest = Number(result)
      if (method === 'eth_getBalance' && Number(number) <= latest - 128) throw new Error('missing trie node')
      return undefined
    }
  }
})
