import { fillIn, inBoth, joinTexts, withRemark } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'

describe('filling in', () => {
  const text = { zh: '请{who}到{where}', en: '{who}, go to {where}' }

  it('puts the same into both languages, or each its own', () => {
    expect(fillIn(text, { who: 1, where: { zh: '窗口', en: 'the window' } })).to.deep.equal({
      zh: '请1到窗口',
      en: '1, go to the window',
    })
  })

  it('leaves a place that has no detail, and takes none from what every object has', () => {
    expect(fillIn(text, { who: 'a' }).zh).to.equal('请a到{where}')
    expect(fillIn({ zh: '{toString}', en: '{toString}' }, {}).zh).to.equal('{toString}')
  })

  it('fills in once: a detail that looks like a place stays as it is', () => {
    expect(fillIn(text, { who: '{where}', where: 'b' }).zh).to.equal('请{where}到b')
  })
})

describe('joining', () => {
  const notices = [
    { zh: '查封', en: 'seizure' },
    { zh: '抵押', en: 'mortgage' },
  ]

  it('uses the marks of each language', () => {
    expect(joinTexts(notices, 'list')).to.deep.equal({ zh: '查封、抵押', en: 'seizure, mortgage' })
    expect(joinTexts(notices, 'remark')).to.deep.equal({ zh: '查封；抵押', en: 'seizure; mortgage' })
    expect(withRemark(inBoth('a'), inBoth('b'))).to.deep.equal({ zh: 'a（b）', en: 'a (b)' })
  })

  it('puts no brackets around nothing', () => {
    expect(withRemark(inBoth('a'), joinTexts([], 'remark'))).to.deep.equal({ zh: 'a', en: 'a' })
  })
})
