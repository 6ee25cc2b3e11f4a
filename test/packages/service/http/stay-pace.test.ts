/** Who would make all others stay long is turned away, though the thread has time. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createStayPace } from '#internal/service/http/stay-pace'

describe('how many may be under way, by how long they stay', () => {
  const learnt = (most = 128, usualMs = 10) => {
    const pace = createStayPace(most)
    for (let stays = 0; stays < 120; stays++) pace.hear(usualMs, 1)
    return pace
  }
  const hearMany = (
    pace: ReturnType<typeof createStayPace>,
    times: number,
    ms: number,
    among: number,
  ): void => {
    for (let stays = 0; stays < times; stays++) pace.hear(ms, among)
  }

  it('as many as may be, where nobody stays longer than is usual', () => {
    const pace = learnt()
    hearMany(pace, 1_200, 25, 100)
    expect(pace.bound()).to.equal(128)
  })

  it('fewer and fewer while those who leave stayed too long, and never fewer than thirty-two', () => {
    const pace = learnt()
    const bounds = Array.from({ length: 7 }, () => {
      hearMany(pace, 12, 26, 100)
      return pace.bound()
    })
    expect(bounds).to.deep.equal([96, 72, 54, 40, 32, 32, 32])
    expect(learnt(4).bound()).to.equal(4)
  })

  it('one more for each twelve who did not', () => {
    const pace = learnt()
    hearMany(pace, 96, 26, 100)
    expect(pace.bound()).to.equal(32)
    hearMany(pace, 36, 20, 100)
    expect(pace.bound()).to.equal(35)
  })

  it('settles where stays are as long as they may be, in a store that answers each after all before it', () => {
    const pace = learnt()
    for (let round = 0; round < 2_000; round++) pace.hear(10 + pace.bound() / 4, pace.bound())
    expect(pace.bound()).to.be.within(44, 62)
  })

  it('learns anew what is usual where a store has become slower, from those who come among few', () => {
    const pace = learnt()
    hearMany(pace, 1_000, 100, 32)
    expect(pace.bound()).to.equal(32)
    hearMany(pace, 200, 100, 12)
    hearMany(pace, 1_200, 100, 32)
    expect(pace.bound()).to.equal(128)
  })

  it('takes the stay of a process that has just started for nothing usual', () => {
    const pace = createStayPace(128)
    hearMany(pace, 1, 2_000, 1)
    hearMany(pace, 31, 10, 1)
    hearMany(pace, 96, 100, 100)
    expect(pace.bound()).to.equal(32)
  })

  it('says nothing before it knows what is usual', () => {
    const pace = createStayPace(128)
    hearMany(pace, 1_000, 5_000, 100)
    expect(pace.bound()).to.equal(128)
  })
})
