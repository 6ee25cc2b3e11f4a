import { expect } from 'chai'
import { describe, it } from 'mocha'
import { SETTLE_MS, watchStrayScans, watchStrokes } from '#internal/console/verify/scanned-strokes'

/** Strokes so many milliseconds apart; the time of the last. */
function type(watch: { sign(at: number): void }, strokes: number, apart: number): number {
  for (let i = 1; i <= strokes; i++) watch.sign(i * apart)
  return strokes * apart
}

describe('keystrokes of a scanner gun', () => {
  it('are told from those of a hand by how fast they come', () => {
    const [gun, hand] = [watchStrokes(), watchStrokes()]
    expect(gun.isScanning(type(gun, 20, 4) + 4)).to.equal(true)
    expect(hand.isScanning(type(hand, 20, 110) + 110)).to.equal(false)
  })

  it('are no scan for a few keys that fingers hit together', () => {
    const watch = watchStrokes()
    expect(watch.isScanning(type(watch, 3, 4) + 4)).to.equal(false)
  })

  it('go on behind a line end that comes at once, and not behind one that a hand adds later', () => {
    const watch = watchStrokes()
    const last = type(watch, 20, 4)
    expect(watch.isScanning(last + SETTLE_MS)).to.equal(true)
    expect(watch.isScanning(last + SETTLE_MS + 1)).to.equal(false)
  })

  it('begin anew once they were given', () => {
    const watch = watchStrokes()
    const last = type(watch, 20, 4)
    watch.forget()
    expect(watch.isScanning(last + 4)).to.equal(false)
  })
})

describe('a scan into another field', () => {
  /** What is made of a text that comes into a field which holds `before`. */
  function scan(text: string, before: string, apart: number) {
    const watch = watchStrayScans()
    let [at, value] = [1_000, before]
    for (const sign of text) {
      at += apart
      const stray = watch.sign(sign, at, value)
      if (stray !== null) return stray
      value += sign
    }
    return null
  }

  it('is known by how a licence begins, and leaves the field as it was', () => {
    for (const text of ['HEFU1:P:eyJ', 'HEFU1:R:1.2', '{"mediaType"', '1.2.156.3005.2.', ']Q1HEFU1:R:']) {
      const stray = scan(text, '粤2026-1', 4)
      expect(stray?.before, text).to.equal('粤2026-1')
      expect(text.startsWith(stray?.text ?? '-'), text).to.equal(true)
    }
  })

  it('is no scan where it begins in the middle of what a hand typed, or is something else', () => {
    expect(scan('HEFU1:P:eyJ', '', 1_001)).to.equal(null)
    expect(scan('粤HEFU1:P:eyJ', '', 110)).to.equal(null)
    expect(scan('440000-2026-000001', '', 4)).to.equal(null)
  })
})
