import { expect } from 'chai'
import type { LogDescription } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import { type ActsOfBlock, honestNode, readHistory, type WordAct } from './history.ts'
import { LAW } from './law.ts'
import {
  type ActName,
  chain,
  decided,
  ethers,
  HUNAN_HOUSING,
  LEGAL_STATUSES,
  type Ledger,
  LegalStatus,
  STATUS_ACTS,
  StatusAct,
  type StatusName,
} from './ledger-fixture.ts'
import {
  correctByTwo,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  type Licences,
  transfer,
} from './licence-fixture.ts'
import { rejection } from './rejection.ts'

/** Status of a licence after the acts of its word, by the law as this folder has it. */
function statusAfter(history: readonly WordAct[], index: number): StatusName {
  let status: StatusName = 'Valid'
  for (const { act, to, indices } of history) {
    if (!indices.includes(index)) continue
    const name = STATUS_ACTS[act]
    if (name === undefined) throw new Error(`there is no act ${act}`)
    const next: StatusName | undefined =
      name === 'Correct' || name === 'Inherit' ? LEGAL_STATUSES[to] : LAW[name][status]
    if (next === undefined) throw new Error(`${name} is unlawful from ${status}`)
    status = next
  }
  return status
}

describe('The history of a licence', () => {
  let fixture: Licences
  let ledger: Ledger
  let asOperator: Ledger
  let asReceiver: Ledger
  let honest: ActsOfBlock

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
    asReceiver = ledger.connect(fixture.receiver)
    honest = honestNode(ledger)
  })

  const act = async (name: ActName, ...indices: number[]) =>
    await enter(asOperator, HUNAN_HOUSING, name, indices)

  /** Every kind of act on the words of licences 5 and 100, some on both, three in one block. */
  async function liveThrough(): Promise<void> {
    await act('Suspend', 5, 6, 100)
    await act('Reinstate', 6, 100)
    await correctByTwo(asOperator, ledger, HUNAN_HOUSING, [5], LegalStatus.Restricted)
    await asOperator.supersede(
      { issuer: HUNAN_HOUSING, index: 7 },
      { issuer: HUNAN_HOUSING, index: 5 },
      await decided('换2'),
    )
    await transfer(
      { as: asOperator, issuer: HUNAN_HOUSING, index: 100 },
      { as: asReceiver, issuer: GUANGDONG_HOUSING, index: 3 },
    )
    await actInOneBlock(['Annul', [8, 101]], ['Deregister', [8]], ['Lift', [7]])
    await act('Suspend', 200)
    await act('Annul', 5, 100)
  }

  async function actInOneBlock(...acts: [name: ActName, indices: number[]][]): Promise<void> {
    await ethers.provider.send('evm_setAutomine', [false])
    const decision = await decided()
    for (const [name, indices] of acts) {
      // Without an estimate, which would not know of the acts before.
      const data = ledger.interface.encodeFunctionData('act', [
        HUNAN_HOUSING,
        StatusAct[name],
        indices,
        decision,
      ])
      await fixture.operator.sendTransaction({ to: await ledger.getAddress(), data, gasLimit: 500_000 })
    }
    await chain.mine()
    await ethers.provider.send('evm_setAutomine', [true])
  }

  /** Blocks in which an act touched the word of a licence. */
  async function blocksOf(index: number): Promise<Set<number>> {
    const history = await readHistory(ledger, honest, HUNAN_HOUSING, index)
    return new Set(history.map(({ block }) => block))
  }

  it('is read by at most as many single-block queries as there were acts on its word', async () => {
    await liveThrough()
    for (const [index, acts] of [
      [5, 9],
      [100, 6],
      [200, 1],
      [300, 0],
    ] as const) {
      const asked: number[] = []
      const counting: ActsOfBlock = async (issuer, block) => {
        asked.push(block)
        return await honest(issuer, block)
      }
      const history = await readHistory(ledger, counting, HUNAN_HOUSING, index)
      expect(history, String(index)).to.have.length(acts)
      expect(asked.length).to.be.at.most(acts)
      expect(asked).to.deep.equal([...new Set(asked)].sort((one, other) => other - one))
    }
  })

  it('tells every act in its order, several of one block by their logs', async () => {
    await liveThrough()
    const history = await readHistory(ledger, honest, HUNAN_HOUSING, 5)
    expect(history.map(({ act: code, decisionNumber }) => [STATUS_ACTS[code], decisionNumber])).to.deep.equal(
      [
        ['Suspend', '湘建许决〔2025〕1号'],
        ['Reinstate', '湘建许决〔2025〕1号'],
        ['Correct', '湘建更〔2026〕1号'],
        ['Supersede', '换2'],
        ['Inherit', '换2'],
        ['Annul', '湘建许决〔2025〕1号'],
        ['Deregister', '湘建许决〔2025〕1号'],
        ['Lift', '湘建许决〔2025〕1号'],
        ['Annul', '湘建许决〔2025〕1号'],
      ],
    )
  })

  it('leads to the status that the word holds', async () => {
    await liveThrough()
    for (const index of [5, 6, 7, 8, 9, 100, 101, 102, 200, 300]) {
      const history = await readHistory(ledger, honest, HUNAN_HOUSING, index)
      const status = statusAfter(history, index)
      expect(await ledger.statusOf(HUNAN_HOUSING, index), `${index}: ${status}`).to.equal(LegalStatus[status])
    }
  })

  // Finding 12: withheld logs made a suspension at a past time invisible.
  it('shows that an act was withheld, whichever it was', async () => {
    await liveThrough()
    for (const index of [5, 100, 200]) {
      for (const block of await blocksOf(index)) {
        for (const [place, withheld] of (await honest(HUNAN_HOUSING, block)).entries()) {
          const hiding: ActsOfBlock = async (issuer, asked) => {
            const told = await honest(issuer, asked)
            return asked === block ? told.filter((_, other) => other !== place) : told
          }
          const read = readHistory(ledger, hiding, HUNAN_HOUSING, index)
          if (touchesWordOf(withheld, index)) {
            expect((await rejection(read)).message).to.match(/is missing|acts were told/)
          } else {
            expect((await read).length).to.be.greaterThan(0)
          }
        }
      }
    }
  })

  it('shows that a whole block was withheld, or all', async () => {
    await liveThrough()
    for (const hidden of await blocksOf(5)) {
      const hiding: ActsOfBlock = async (issuer, block) =>
        block === hidden ? [] : await honest(issuer, block)
      const error = await rejection(readHistory(ledger, hiding, HUNAN_HOUSING, 5))
      expect(error.message).to.equal(`an act of block ${hidden} is missing`)
    }
    const error = await rejection(readHistory(ledger, async () => [], HUNAN_HOUSING, 5))
    expect(error.message).to.match(/is missing/)
  })

  it('does not grow with what the agency did to others', async () => {
    await act('Suspend', 5)
    for (let word = 1; word <= 40; ++word) await act('Suspend', 48 * word)
    await act('Revoke', 5)
    expect(await readHistory(ledger, honest, HUNAN_HOUSING, 5)).to.have.length(2)
  })
})

function touchesWordOf({ args }: LogDescription, index: number): boolean {
  return (args['indices'] as bigint[]).some((one) => Math.floor(Number(one) / 48) === Math.floor(index / 48))
}
