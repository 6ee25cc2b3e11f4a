/** A node that answers rubbish has not answered: what was written down before is kept. */
import { LedgerRefusedError } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { readingAnswers } from '#internal/issuer/home/read-answers'

const thrownBy = async (throwing: () => never): Promise<unknown> => {
  const { ask } = readingAnswers({ ask: async (): Promise<void> => throwing() })
  return ask().then(
    () => null,
    (error: unknown) => error,
  )
}

describe('an answer of a node', () => {
  for (const [what, throwing] of [
    ['nothing', () => BigInt(undefined as never)],
    ['no number', () => BigInt('0xzz')],
    ['no JSON', () => JSON.parse('{')],
    ['a number beyond all', () => (1).toFixed(101)],
  ] as const) {
    it(`that is ${what} is as good as none`, async () => {
      const error = await thrownBy(throwing as () => never)
      expect(error).to.be.instanceOf(LedgerUnavailableError).and.include({ code: 'inconsistent' })
    })
  }

  it('that refuses, and every other failure, is told as it is', async () => {
    for (const failure of [new LedgerRefusedError('AgencyNotActive', []), new Error('disk')])
      expect(
        await thrownBy(() => {
          throw failure
        }),
      ).to.equal(failure)
  })

  it('that is one is given on, and what is no function stays', async () => {
    const operator = readingAnswers({ address: '0xaa', add: async (a: number, b: number) => a + b })
    expect([operator.address, await operator.add(1, 2)]).to.deep.equal(['0xaa', 3])
  })
})
