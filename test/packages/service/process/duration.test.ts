/** How long something takes, in words: exact, or without what nobody asks of so long a time. */
import { durationText, roughDurationText } from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'

describe('a duration in words', () => {
  for (const [seconds, zh, en] of [
    [0, '0 秒', '0 seconds'],
    [1, '1 秒', '1 second'],
    [86_400, '1 天', '1 day'],
    [172_800, '2 天', '2 days'],
    [90_061, '1 天 1 小时 1 分 1 秒', '1 day 1 hour 1 minute 1 second'],
  ] as const) {
    it(`${seconds} s is ${en}`, () => {
      expect(durationText(seconds)).to.deep.equal({ zh, en })
    })
  }

  it('is rough by less than a part in twenty of what is shown', () => {
    expect(roughDurationText(7_776_156).en).to.equal('90 days')
    expect(roughDurationText(3_456_018).zh).to.equal('40 天')
    expect(roughDurationText(3_725).en).to.equal('1 hour 2 minutes')
    expect(roughDurationText(901).en).to.equal('15 minutes 1 second')
  })
})
