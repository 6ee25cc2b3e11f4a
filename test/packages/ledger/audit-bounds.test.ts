/** What an audit tells apart has a bound, beyond which it says so: it never passes over what it cannot hold. */
import { AuditRefusedError } from '@hefu/ledger/audit'
import type { LedgerEvent } from '@hefu/ledger/replica'
import { encodeHex } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { AuditTally } from '#internal/ledger/replica/audit/audit-tally'
import { distinctKeys, MOST_KEYS } from '#internal/ledger/replica/audit/distinct-keys'

const ISSUER = encodeHex(new TextEncoder().encode('11430000000000201H'))

/** Notices on so many licences, from the first on. */
function noted(first: number, count: number): LedgerEvent {
  const indices = Array.from({ length: count }, (_, place) => first + place)
  const decision = { effectiveAt: 1, endsAt: 0, legalBasis: '0x', number: '' }
  const args = { issuer: ISSUER, code: 1, indices, decision }
  return { contract: 'ledger', block: { number: 1, time: 1 }, name: 'Noted', args } as unknown as LedgerEvent
}

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof AuditRefusedError) return error.code
    throw error
  }
}

describe('The facts of one kind in an audit', () => {
  it('are told apart up to a bound, each once', () => {
    expect([...distinctKeys(['a', 'b', 'a'], 2)]).to.deep.equal(['a', 'b'])
    expect(codeOf(() => distinctKeys(['a', 'b', 'a', 'c'], 2))).to.equal('too-many')
  })

  it('are refused where events tell of more', () => {
    const tally = new AuditTally(3)
    expect(codeOf(() => tally.count(noted(0, 3)))).to.equal('done')
    expect(codeOf(() => tally.count(noted(0, 4)))).to.equal('done')
    expect(codeOf(() => tally.count(noted(4, 1)))).to.equal('too-many')
  })

  it('are fewer than JavaScript’s own maps and sets hold, by those of one event', () => {
    expect(MOST_KEYS).to.be.below(2 ** 24 - 2 ** 15)
  })
})
