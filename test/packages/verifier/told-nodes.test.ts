/** Operators are told when a node stands apart, and when it no longer does: once for each, however it comes and goes. */
import type { NodeState } from '@hefu/ledger/replica'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createToldNodes } from '#internal/verifier/replica/told-nodes'

function node(name: string, state: NodeState['state'], fault: NodeState['fault'] = null): NodeState {
  return { node: name, state, newest: 5, since: 0, fault }
}

describe('What is told of nodes', () => {
  function follow(onceInMs?: number) {
    const told: string[] = []
    const tell = createToldNodes(
      ({ node: name, state, fault }) => told.push(`${name} ${state} ${fault}`),
      onceInMs,
    )
    return { told, tell }
  }

  it('is a change of kind, of each by itself, and none of blocks that one lags or leads by', () => {
    const { told, tell } = follow()
    tell([node('a', 'agrees'), node('b', 'behind')])
    tell([node('a', 'ahead'), node('b', 'agrees')])
    expect(told).to.deep.equal([])
    for (let times = 0; times < 3; times++) tell([node('a', 'silent'), node('b', 'set-aside', 'malformed')])
    expect(told).to.deep.equal(['a silent null', 'b set-aside malformed'])
    tell([node('a', 'agrees'), node('b', 'set-aside', 'wrong-logs')])
    expect(told.slice(2)).to.deep.equal(['a agrees null', 'b set-aside wrong-logs'])
  })

  it('is the same kind once in its time, though a node comes and goes at each step', () => {
    const { told, tell } = follow()
    for (let times = 0; times < 50; times++) {
      tell([node('a', 'silent')])
      tell([node('a', 'agrees')])
    }
    expect(told).to.deep.equal(['a silent null', 'a agrees null'])
  })

  it('is the same kind again once its time has come', () => {
    const { told, tell } = follow(0)
    tell([node('a', 'silent')])
    tell([node('a', 'agrees')])
    tell([node('a', 'silent')])
    expect(told).to.have.length(3)
  })
})
