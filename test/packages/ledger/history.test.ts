/** Histories of licences without scanning logs, from nodes that tell the truth and from nodes that do not, on a real chain process. */
import { createRpcLedgerView, ledgerAbi } from '@hefu/ledger'
import type { LedgerFacts, LedgerQuery } from '@hefu/protocol'
import { expect } from 'chai'
import { Interface, type JsonFragment, type Result } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import { type Alteration, startRpcProxy } from '../../fixtures/rpc-proxy.ts'
import {
  type AnchoredSandbox,
  createAnchoredSandbox,
  DAY,
  decided,
  done,
  queryOf,
  refusalOf,
} from './fixtures/anchored-sandbox.ts'

interface Log {
  readonly blockNumber: string
  readonly logIndex: string
  readonly topics: readonly string[]
  readonly data: string
}
/** What a node answers in place of its logs. */
type Lie = (logs: readonly Log[]) => readonly Log[]

const HOUR = 3600
const LEDGER = new Interface(ledgerAbi as unknown as JsonFragment[])

/** Three licences of one word: the second has no act of its own between those of its neighbours. */
const [FIRST, SECOND, THIRD] = [0, 1, 2] as const
/** In another word: acts there are none of theirs. */
const ELSEWHERE = 48
const [NOTED, OTHER_NOTED] = [100, 101] as const
/** Re-made of licences that were restricted and suspended: of the one all was lifted since, the other is both still. */
const [LIFTED, STANDING] = [300, 348] as const

describe('the history of a licence', function () {
  this.timeout(120_000)
  let sandbox: AnchoredSandbox
  let beforeActs: number
  let end: number
  /** When what the re-made licences inherited was entered, ended and lifted, all of it past (Unix seconds). */
  const started = nowSeconds()
  const inherited = {
    restrictedAt: started - 20 * HOUR,
    suspendedAt: started - 19 * HOUR,
    remadeAt: started - 18 * HOUR,
    suspendedUntil: started - 14 * HOUR,
    reinstatedAt: started - 10 * HOUR,
    restrictedUntil: started - 6 * HOUR,
    liftedAt: started - 2 * HOUR,
  } as const

  before(async () => {
    sandbox = await createAnchoredSandbox()
    const { operator, agency } = sandbox
    const suspend = (indices: readonly number[], number: string) =>
      operator.submitAct(agency, { ...decided(number), act: 'suspend', indices })
    beforeActs = nowSeconds() - 3600
    end = nowSeconds() + DAY
    await done(operator, suspend([FIRST, ELSEWHERE], '暂扣1'))
    await inOneBlock([
      () => operator.submitAct(agency, { ...decided('发还1'), act: 'reinstate', indices: [FIRST] }),
      () => suspend([SECOND, THIRD], '暂扣2'),
      () =>
        operator.submitAct(agency, { ...decided('暂扣3'), act: 'suspend', indices: [FIRST], endsAt: end }),
    ])
    await done(operator, suspend([ELSEWHERE + 1], '暂扣4'))
    await done(
      operator,
      operator.submitAct(agency, { ...decided('吊销1'), act: 'revoke', indices: [SECOND] }),
    )
    const note = (code: number, indices: readonly number[]) =>
      operator.submitNotice(agency, { ...decided('标注1', nowSeconds() - 600), code, indices })
    await inOneBlock([() => note(0, [NOTED, OTHER_NOTED]), () => note(2, [NOTED])])
    const lifted = { ...decided('标注2', nowSeconds() - 60), code: 0, indices: [NOTED] }
    await done(operator, operator.submitNoticeLifted(agency, lifted))
    await remake()
  })
  after(() => sandbox?.stop())

  /** Licences re-made of restricted and suspended ones, what was inherited lifted from the first. */
  async function remake(): Promise<void> {
    const { operator, agency } = sandbox
    const { restrictedAt, suspendedAt, remadeAt, suspendedUntil, reinstatedAt, restrictedUntil, liftedAt } =
      inherited
    const [restricted, suspended] = [decided('限1', restrictedAt), decided('扣1', suspendedAt)]
    for (const successor of [LIFTED, STANDING]) {
      const indices = [successor + 100]
      await done(
        operator,
        operator.submitAct(agency, { ...restricted, act: 'restrict', indices, endsAt: restrictedUntil }),
      )
      await done(
        operator,
        operator.submitAct(agency, { ...suspended, act: 'suspend', indices, endsAt: suspendedUntil }),
      )
      const remade = { ...decided('换1', remadeAt), statusIndex: successor + 100, successor }
      await done(operator, operator.submitSupersession(agency, remade))
    }
    const [reinstated, lifted] = [decided('还1', reinstatedAt), decided('解1', liftedAt)]
    const indices = [LIFTED]
    await done(operator, operator.submitAct(agency, { ...reinstated, act: 'reinstate', indices }))
    await done(operator, operator.submitAct(agency, { ...lifted, act: 'lift', indices }))
  }

  /** All transactions in one block, in this order. */
  async function inOneBlock(submissions: readonly (() => Promise<unknown>)[]): Promise<void> {
    const { rpcUrl } = sandbox.chain
    await rpc(rpcUrl, 'evm_setIntervalMining', [3600])
    for (const submit of submissions) await submit()
    await rpc(rpcUrl, 'evm_mine', [])
    await rpc(rpcUrl, 'evm_setAutomine', [true])
  }

  /** What a view says over a node that alters what it is asked. */
  async function lookUp(query: LedgerQuery, alter: Alteration): Promise<LedgerFacts> {
    const proxy = await startRpcProxy(sandbox.chain.rpcUrl, alter)
    try {
      return await createRpcLedgerView({ ...sandbox.network, rpcUrl: proxy.rpcUrl }).lookup(query)
    } finally {
      await proxy.close()
    }
  }

  const overLogs =
    (lie: Lie): Alteration =>
    (method, _, result) =>
      method === 'eth_getLogs' ? lie(result as readonly Log[]) : undefined

  const truth = (query: LedgerQuery): Promise<LedgerFacts> => lookUp(query, () => undefined)
  const refused = (query: LedgerQuery, lie: Lie): Promise<string> => refusalOf(lookUp(query, overLogs(lie)))

  /** Every log that a view is shown for a query, in the order of its questions. */
  async function logsFor(query: LedgerQuery): Promise<readonly Log[]> {
    const shown: Log[] = []
    await lookUp(
      query,
      overLogs((logs) => {
        shown.push(...logs)
        return logs
      }),
    )
    return shown
  }

  const isSame = (one: Log, other: Log): boolean =>
    one.blockNumber === other.blockNumber && one.logIndex === other.logIndex

  /** The log with some of its values changed. */
  function withValues(log: Log, change: (values: Record<string, unknown>) => Record<string, unknown>): Log {
    const event = LEDGER.getEvent(log.topics[0] ?? '')
    if (event === null) throw new Error('a log of another contract')
    const values = LEDGER.decodeEventLog(event, log.data, log.topics).toObject()
    const changed = change(values)
    return {
      ...log,
      ...LEDGER.encodeEventLog(
        event,
        event.inputs.map(({ name }) => changed[name]),
      ),
    }
  }

  const first = () => queryOf(sandbox, FIRST)
  const second = () => queryOf(sandbox, SECOND)

  it('is told in the order of the ledger, without the acts on its neighbours', async () => {
    const { status, statusEndsAt, acts } = await truth(first())
    expect({ status, statusEndsAt }).to.deep.equal({ status: 'suspended', statusEndsAt: end })
    expect(acts.map(({ act, decisionNumber }) => `${act} ${decisionNumber}`)).to.deep.equal([
      'suspend 暂扣1',
      'reinstate 发还1',
      'suspend 暂扣3',
    ])
    expect(acts[0]).to.include({ capacity: 'operator', legalBasis: 'XZCFF-9-3' })
    expect(acts[2]).to.include({ endsAt: end })
    const revoked = await truth(second())
    expect(revoked.acts.map(({ act }) => act)).to.deep.equal(['suspend', 'revoke'])
    expect(await truth({ ...first(), at: beforeActs })).to.include({ status: 'valid', statusEndsAt: null })
  })

  it('is read from as many single blocks as the word’s acts lie in, and from none where there is no act', async () => {
    const asked: { fromBlock: string; toBlock: string }[] = []
    const count: Alteration = (method, params) => {
      if (method === 'eth_getLogs') asked.push(params[0] as (typeof asked)[number])
      return undefined
    }
    await lookUp(first(), count)
    expect(asked).to.have.length(3)
    expect(asked.every(({ fromBlock, toBlock }) => fromBlock === toBlock)).to.equal(true)
    asked.length = 0
    await lookUp(queryOf(sandbox, 500), count)
    await lookUp({ ...queryOf(sandbox, 500), at: beforeActs }, count)
    expect(asked).to.have.length(0)
  })

  it('is inconsistent when any one act on its word is hidden, also one on a neighbour alone', async () => {
    const logs = await logsFor(first())
    const own = logs.filter(({ data, topics }) =>
      LEDGER.decodeEventLog('StatusActed', data, topics)['indices'].some((index: bigint) => index < 48n),
    )
    expect(own).to.have.length(5)
    for (const hidden of own) {
      const hide: Lie = (shown) => shown.filter((log) => !isSame(log, hidden))
      expect(await refused(first(), hide), hidden.logIndex).to.equal('inconsistent')
      expect(await refused({ ...first(), at: beforeActs }, hide), 'of the past').to.equal('inconsistent')
    }
    expect(await refused(first(), () => [])).to.equal('inconsistent')
  })

  it('is inconsistent when an act is added, at the end of a block or before another', async () => {
    const [newest] = await logsFor(first())
    if (newest === undefined) throw new Error('a log')
    const { blockNumber } = newest
    for (const logIndex of ['0x7f', newest.logIndex]) {
      const add: Lie = (logs) =>
        logs.some((log) => log.blockNumber === blockNumber) ? [...logs, { ...newest, logIndex }] : logs
      expect(await refused(first(), add), logIndex).to.equal('inconsistent')
    }
  })

  it('is inconsistent when the acts of one block are told in another order', async () => {
    const reverse: Lie = (logs) =>
      logs.map((log, i) => ({ ...log, logIndex: logs[logs.length - 1 - i]?.logIndex ?? '0x0' }))
    expect(await refused(first(), reverse)).to.equal('inconsistent')
  })

  it('is inconsistent when an act names another block before it', async () => {
    const logs = await logsFor(first())
    for (const shifted of logs) {
      for (const block of [0n, 1n, BigInt(shifted.blockNumber), BigInt(shifted.blockNumber) + 1n]) {
        const shift = (values: Record<string, unknown>) => {
          const previous = [...(values['previousBlocks'] as Result)]
          return { ...values, previousBlocks: previous.map(() => block) }
        }
        const lie: Lie = (shown) => shown.map((log) => (isSame(log, shifted) ? withValues(log, shift) : log))
        const isTrue = withValues(shifted, shift).data === shifted.data
        const answer = await refused(first(), lie)
        expect(answer, `${shifted.logIndex} ${block}`).to.equal(isTrue ? 'done' : 'inconsistent')
      }
    }
  })

  it('is inconsistent when the acts lead to another status or another end than the state has', async () => {
    const alter = (change: Record<string, unknown>): Lie => {
      const altered = (log: Log): Log =>
        withValues(log, (values) => {
          const decision = (values['decision'] as Result).toObject()
          return 'endsAt' in change && decision['endsAt'] !== 0n
            ? { ...values, decision: { ...decision, ...change } }
            : 'act' in change && values['act'] === 2n
              ? { ...values, ...change }
              : values
        })
      return (logs) => logs.map(altered)
    }
    expect(await refused(second(), alter({ act: 6n })), 'withdrawn, not revoked').to.equal('inconsistent')
    expect(await refused(second(), alter({ act: 99n })), 'no act at all').to.equal('inconsistent')
    expect(await refused(first(), alter({ endsAt: end + 1 }))).to.equal('inconsistent')
    expect(await refused(first(), alter({ endsAt: 0 }))).to.equal('inconsistent')
  })

  it('is inconsistent when the word counts one act more or less, or names another block', async () => {
    const { blockNumber } = (await logsFor(second()))[0] ?? { blockNumber: '0x0' }
    const words = [
      [(count: number) => count + 1, (block: number) => block],
      [(count: number) => count - 1, (block: number) => block],
      [(count: number) => count, (block: number) => block + 1],
      [(count: number) => count, () => 0],
    ] as const
    for (const [count, block] of words) {
      const lie: Alteration = (method, _, result) => {
        if (method !== 'eth_call') return undefined
        const ended = Number(blockNumber).toString(16).padStart(10, '0')
        return String(result).replace(
          new RegExp(`([0-9a-f]{6})${ended}([0-9a-f]{48})`),
          (_all, head, places) => {
            const hex = (value: number, length: number) => value.toString(16).padStart(length, '0')
            return `${hex(count(Number.parseInt(head, 16)), 6)}${hex(block(Number(blockNumber)), 10)}${places}`
          },
        )
      }
      expect(await refusalOf(lookUp(second(), lie))).to.equal('inconsistent')
    }
  })

  it('tells of a past time the ends that a re-made licence inherited, in force and over', async () => {
    const { remadeAt, suspendedUntil, reinstatedAt, restrictedUntil, liftedAt } = inherited
    const both = { status: 'restricted-suspended', statusEndsAt: suspendedUntil }
    const restricted = { status: 'restricted', statusEndsAt: restrictedUntil }
    const free = { status: 'valid', statusEndsAt: null }
    for (const [at, expected] of [
      [remadeAt - 1, free],
      [remadeAt, both],
      [suspendedUntil - 1, both],
      [suspendedUntil, both],
      [reinstatedAt, restricted],
      [restrictedUntil - 1, restricted],
      [restrictedUntil, restricted],
      [liftedAt, free],
    ] as const) {
      expect(await truth({ ...queryOf(sandbox, LIFTED), at }), String(at)).to.include(expected)
    }
    expect(await truth(queryOf(sandbox, LIFTED))).to.include(free)
    for (const query of [queryOf(sandbox, STANDING), { ...queryOf(sandbox, STANDING), at: remadeAt }]) {
      expect(await truth(query)).to.include(both)
    }
  })

  const withEnd =
    (endsAt: number): Lie =>
    (shown) =>
      shown.map((log) =>
        withValues(log, (values) => ({
          ...values,
          decision: { ...(values['decision'] as Result).toObject(), endsAt },
        })),
      )

  it('is inconsistent when the end that it inherited is told otherwise, or one inheritance of two is hidden', async () => {
    const standing = queryOf(sandbox, STANDING)
    const { suspendedUntil, remadeAt } = inherited
    const own = (await logsFor(standing)).filter(({ data, topics }) =>
      LEDGER.decodeEventLog('StatusActed', data, topics)['indices'].includes(BigInt(STANDING)),
    )
    expect(own).to.have.length(2)
    for (const query of [standing, { ...standing, at: remadeAt }]) {
      for (const endsAt of [0, suspendedUntil - 1, suspendedUntil + 1]) {
        expect(await refused(query, withEnd(endsAt)), String(endsAt)).to.equal('inconsistent')
      }
      for (const hidden of own) {
        const hide: Lie = (shown) => shown.filter((log) => !isSame(log, hidden))
        expect(await refused(query, hide)).to.equal('inconsistent')
      }
    }
  })

  it('is never in force at a past time for an end that is told otherwise, once that can be compared no more', async () => {
    const { remadeAt, reinstatedAt } = inherited
    for (const endsAt of [0, remadeAt, nowSeconds()]) {
      for (const [at, status] of [
        [remadeAt, 'restricted-suspended'],
        [reinstatedAt, 'restricted'],
      ] as const) {
        const answer = await lookUp({ ...queryOf(sandbox, LIFTED), at }, overLogs(withEnd(endsAt)))
        expect(answer).to.include({ status, statusEndsAt: endsAt === 0 ? null : endsAt })
      }
    }
  })

  it('tells which notices stand from state alone, and which stood from their own chain of entries', async () => {
    const query = queryOf(sandbox, NOTED)
    let asked = 0
    const count: Alteration = (method) => {
      if (method === 'eth_getLogs') asked++
      return undefined
    }
    expect((await lookUp(query, count)).notices).to.deep.equal([2])
    expect(asked).to.equal(0)
    expect((await truth({ ...query, at: nowSeconds() - 300 })).notices).to.deep.equal([0, 2])
    expect((await truth({ ...query, at: beforeActs })).notices).to.deep.equal([])
    expect((await truth(queryOf(sandbox, OTHER_NOTED))).notices).to.deep.equal([0])
    expect(await truth(query)).to.include({ status: 'valid' })
  })

  it('is inconsistent when any one notice is hidden, added, or another', async () => {
    const query = { ...queryOf(sandbox, NOTED), at: nowSeconds() - 300 }
    const logs = await logsFor(query)
    expect(logs).to.have.length(3)
    for (const hidden of logs) {
      expect(
        await refused(query, (shown) => shown.filter((log) => !isSame(log, hidden))),
        hidden.logIndex,
      ).to.equal('inconsistent')
    }
    const twice: Lie = (shown) => shown.flatMap((log) => [log, { ...log, logIndex: '0x7f' }])
    expect(await refused(query, twice)).to.equal('inconsistent')
    const other: Lie = (shown) => shown.map((log) => withValues(log, (values) => ({ ...values, code: 5n })))
    expect(await refused(query, other)).to.equal('inconsistent')
  })
})
