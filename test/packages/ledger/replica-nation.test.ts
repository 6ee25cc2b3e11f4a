/**
 * A tenth of a nation's ledger, and more acts than a map of JavaScript's has entries, in the memory of one machine: each
 * is found, none that there is not, and a fact takes no more bytes than the verifier's README says.
 */
import { CompactFacts } from '@hefu/ledger/replica'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { heldBytes } from '../../../scripts/bench/held-memory.ts'
import {
  actedLicence,
  acts,
  agencies,
  agencyOf,
  anchors,
  digestOf,
} from '../../../scripts/bench/simulated-nation.ts'
import { runs } from '../../fixtures/test-profile.ts'

const ANCHORS = runs(30_000, 300_000)
const ACTS = runs(100_000, 10_000_000)
/** JavaScript's maps end at 2^24 entries. */
const ACTS_BEYOND = runs(100_000, 2 ** 24 + 100_000)
const WORD = 48
const SAMPLES = 10_000
/** The README's figures, and what an index has that has just grown. */
const MOST_ANCHOR_BYTES = 64 + 16
const MOST_ACT_BYTES = 16 + 16
const MOST_DECISION_BYTES = 24 + 44
/** Where what it told of an agency lies. */
const MOST_EVENT_BYTES = 12

/** What an index and a log take that are nearly empty. */
const ROOM = 4 * 1024 * 1024

function fill(facts: CompactFacts, changes: Iterable<Parameters<CompactFacts['put']>[0]>): void {
  for (const change of changes) facts.put(change)
}

function expectActs(facts: CompactFacts, count: number, licencesADecision: number): void {
  for (let sample = 0; sample < SAMPLES; sample++) {
    const number = Math.floor((sample * count) / SAMPLES)
    const history = facts.history('acts', actedLicence(number, licencesADecision))
    const decision = Math.floor(number / licencesADecision)
    expect(history?.newest.decisionNumber).to.equal(`湘建罚〔2026〕${decision}号`)
    expect(history?.before).to.equal(null)
    const beyond = Math.ceil(count / licencesADecision) + 3_000 + decision
    expect(facts.history('acts', actedLicence(beyond * licencesADecision, licencesADecision))).to.equal(null)
  }
}

describe('A nation’s facts', function () {
  this.timeout(3_600_000)

  it(`are held and found: ${ANCHORS} anchors, and ${ACTS} acts by decisions on ${WORD} licences each`, () => {
    const facts = new CompactFacts()
    fill(facts, agencies())
    const empty = heldBytes()
    fill(facts, anchors(ANCHORS))
    const anchored = heldBytes()
    fill(facts, acts(ACTS, WORD))
    const acted = heldBytes()
    expect((anchored - empty) / ANCHORS, 'bytes of an anchor').to.be.below(
      MOST_ANCHOR_BYTES + MOST_EVENT_BYTES + ROOM / ANCHORS,
    )
    expect((acted - anchored) / ACTS, 'bytes of an act').to.be.below(
      MOST_ACT_BYTES + (MOST_DECISION_BYTES + MOST_EVENT_BYTES) / WORD + ROOM / ACTS,
    )
    expectActs(facts, ACTS, WORD)
    for (let sample = 0; sample < SAMPLES; sample++) {
      const number = Math.floor((sample * ANCHORS) / SAMPLES)
      expect(facts.find('anchors', `${agencyOf(number)}/${digestOf(number)}`)?.blockNumber).to.equal(number)
      expect(facts.find('anchors', `${agencyOf(number)}/${digestOf(number + ANCHORS)}`)).to.equal(null)
    }
  })

  it(`are held and found: ${ACTS_BEYOND} acts, each by a decision of its own`, () => {
    const facts = new CompactFacts()
    const empty = heldBytes()
    fill(facts, acts(ACTS_BEYOND, 1))
    const most = MOST_ACT_BYTES + MOST_DECISION_BYTES + MOST_EVENT_BYTES + ROOM / ACTS_BEYOND
    expect((heldBytes() - empty) / ACTS_BEYOND, 'bytes of an act').to.be.below(most)
    expectActs(facts, ACTS_BEYOND, 1)
  })
})
