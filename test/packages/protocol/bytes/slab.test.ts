/** Bytes cut from blocks are nobody else's. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { takeBytes } from '../../../../packages/protocol/dist/bytes/slab.js'

describe('bytes from a slab', () => {
  it('are of the length asked for, zero, and stay what was written to them', () => {
    const lengths = [0, 1, 640, 1024, 32, 16_384, 16_385, 16_383, 2, 640]
    const taken = Array.from({ length: 100 }, (_, i) => {
      const bytes = takeBytes(lengths[i % lengths.length] ?? 0)
      expect(bytes.length).to.equal(lengths[i % lengths.length])
      expect(bytes.every((byte) => byte === 0)).to.equal(true)
      return bytes.fill(1 + i)
    })
    taken.forEach((bytes, i) => {
      expect(bytes.every((byte) => byte === 1 + i)).to.equal(true)
    })
  })
})
