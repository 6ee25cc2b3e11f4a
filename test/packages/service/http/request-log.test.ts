/** What the log says of a failure: enough to tell causes apart, and nothing of what was sent. */
import { describeFailure } from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const coded = (code: string, message = 'secret'): Error => Object.assign(new Error(message), { code })

describe('a failure in the log', () => {
  it('has the code of its cause, where what was asked over a network failed', async () => {
    for (const [failure, code] of [
      [new TypeError('fetch failed', { cause: coded('ECONNREFUSED') }), 'ECONNREFUSED'],
      [new TypeError('fetch failed', { cause: coded('CERT_HAS_EXPIRED') }), 'CERT_HAS_EXPIRED'],
      [new AggregateError([coded('ENOTFOUND')], 'secret'), 'ENOTFOUND'],
      [AbortSignal.abort(new DOMException('secret', 'TimeoutError')).reason, 'ETIMEDOUT'],
      [coded('deposit-key-missing'), 'deposit-key-missing'],
    ] as const) {
      const described = describeFailure(failure)
      expect(described.code).to.equal(code)
      expect({ ...described, at: [] }).to.not.have.property('message')
    }
  })

  it('has no code that is none, and ends where causes go in a circle', () => {
    const circle = new Error('a')
    circle.cause = new Error('b', { cause: circle })
    for (const failure of [circle, coded('张三 110105194912310029'), coded('a'.repeat(41)), 'text'])
      expect(describeFailure(failure)).to.not.have.property('code')
  })
})
