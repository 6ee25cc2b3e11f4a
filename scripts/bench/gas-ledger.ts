/** Gas of what issuers and verifiers do on the ledger, on a real chain process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ledgerAbi, type Submission } from '@hefu/ledger'
import { Interface, id, type JsonFragment, toUtf8Bytes } from 'ethers'
import { rpc } from '../sandbox/chain.ts'
import { createFoundedSandbox, type FoundedSandbox, nowSeconds } from '../sandbox/founded-sandbox.ts'
import type { Figure } from './measure.ts'

/** Beyond any index the sandbox uses: the words there are fresh. */
const FRESH_INDEX = 48 * 1000

/** One anchor with its whole authority check: operator, agency, region. */
export function benchGasAnchor(): Promise<Figure> {
  return measureEach('gas-anchor', 1, ({ operator, agency }) => operator.submitAnchors(agency, 0, batches(1)))
}

/** One of a hundred anchors in a call. */
export function benchGasAnchor100(): Promise<Figure> {
  return measureEach('gas-anchor-100', 100, ({ operator, agency }) =>
    operator.submitAnchors(agency, 0, batches(100)),
  )
}

/** A legal act on one of 64 neighbours in a fresh word. */
export function benchGasStatus64(): Promise<Figure> {
  return measureEach('gas-status-64', 64, (sandbox) => suspend(sandbox, 64, 1))
}

/** A legal act on one of a hundred credentials, each in a fresh word of its own. */
export function benchGasStatus100Scattered(): Promise<Figure> {
  return measureEach('gas-status-100-scattered', 100, (sandbox) => suspend(sandbox, 100, 7 * 48 + 1))
}

/** All facts for one verification; nobody pays it, nodes bound it. */
export function benchGasLookup(): Promise<Figure> {
  return withSandbox(async (sandbox) => {
    const { operator, agency, network, chain, issuingKey } = sandbox
    await operator.confirm(await operator.submitAnchors(agency, 0, batches(1)))
    const query = {
      issuer: toUtf8Bytes(agency),
      root: id('batch 0'),
      kid: `0x${Buffer.from(issuingKey.kid, 'base64url').toString('hex')}`,
      statusIndex: 0,
      licenceType: toUtf8Bytes('11100000000013338W011'),
      receiving: 440305,
      item: `0x${'00'.repeat(32)}`,
      recognisedAt: 0,
    }
    const data = new Interface(ledgerAbi as unknown as JsonFragment[]).encodeFunctionData('lookup', [query])
    const gas = await rpc(chain.rpcUrl, 'eth_estimateGas', [{ to: network.ledger, data }])
    return { name: 'gas-lookup', value: Number(gas), unit: 'gas' }
  })
}

async function suspend(
  { operator, agency }: FoundedSandbox,
  count: number,
  stride: number,
): Promise<Submission> {
  await operator.confirm(await operator.submitAnchors(agency, 0, batches(1)))
  const indices = Array.from({ length: count }, (_, i) => FRESH_INDEX + i * stride)
  const effectiveAt = nowSeconds() - 60
  return operator.submitAct(agency, {
    act: 'suspend',
    indices,
    effectiveAt,
    decisionNumber: '湘建许决〔2025〕1号',
  })
}

function batches(count: number): { root: `0x${string}`; size: number }[] {
  return Array.from({ length: count }, (_, i) => ({
    root: id(`batch ${i}`) as `0x${string}`,
    size: 1_000_000 + i,
  }))
}

/** Gas of one transaction, divided by the things it did. Every transaction starts cold. */
function measureEach(
  name: string,
  count: number,
  send: (sandbox: FoundedSandbox) => Promise<Submission>,
): Promise<Figure> {
  return withSandbox(async (sandbox) => {
    const submission = await send(sandbox)
    await sandbox.operator.confirm(submission)
    const gas = await sandbox.gasUsed(submission.transactionHash)
    return { name, value: Math.round(gas / count), unit: 'gas' }
  })
}

async function withSandbox(measure: (sandbox: FoundedSandbox) => Promise<Figure>): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'hefu-bench-'))
  const sandbox = await createFoundedSandbox(folder)
  try {
    return await measure(sandbox)
  } finally {
    await sandbox.stop()
    rmSync(folder, { recursive: true })
  }
}
