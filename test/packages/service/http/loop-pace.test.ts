/** A thread that has no time left lets few in, and as many as may be once it has time again. */
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createPace } from '#internal/service/http/loop-pace'

describe('how many may be under way', () => {
  /** A pace whose thread is as busy as each number says, a window after the other. */
  function boundsOf(most: number, shares: readonly number[]): readonly number[] {
    let now = 0
    let share = 0
    const pace = createPace(
      most,
      () => share,
      () => now,
    )
    return shares.map((next) => {
      share = next
      now += 50
      return pace()
    })
  }

  it('twelve while the thread is saturated, twice as many for each window in which it is not, and never more than may be', () => {
    expect(boundsOf(128, [0, 0.5, 0.95, 1, 0.9, 0.2, 0, 0, 0, 1])).to.deep.equal([
      128, 128, 12, 12, 24, 48, 96, 128, 128, 12,
    ])
    expect(boundsOf(2, [0, 1, 1, 0])).to.deep.equal([2, 2, 2, 2])
  })

  it('looks no more often than every fifty milliseconds', () => {
    let looks = 0
    let now = 0
    const pace = createPace(
      128,
      () => {
        looks += 1
        return 1
      },
      () => now,
    )
    for (; now < 1_000; now += 1) pace()
    expect(looks).to.equal(19)
  })

  it('by how busy this thread is', async () => {
    const pace = createPace(128)
    pace()
    for (const until = performance.now() + 120; performance.now() < until; );
    expect(pace()).to.equal(12)
    // On a busy machine the thread may seem to work while it waits for its turn.
    let bound = 12
    for (let tries = 0; bound === 12 && tries < 50; tries++) {
      await pause(120)
      bound = pace()
    }
    expect(bound).to.equal(24)
  })
})
