import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { forgetTyped } from '#internal/console/session/typed-work'
import {
  asOfDay,
  beginCase,
  type CaseDetails,
  caseDetails,
  faultsOf,
  lacksOf,
  liesIn,
  presetRegion,
  todayOf,
} from '#internal/console/verify/case-details'

/** 2026-06-01, 12:00 in China. */
const NOON = 1_780_286_400
const WHOLE: CaseDetails = {
  region: '440300',
  serviceItem: '11440300MB2C93018F4442111021001',
  caseNo: '440300-2026-000001',
  useCause: '建筑业企业资质跨省办理',
  day: '2026-05-31',
}

function fieldsOf(details: Partial<CaseDetails>, own: string | null = '440000'): readonly string[] {
  return faultsOf({ ...WHOLE, ...details }, own, NOON).map(({ field }) => field)
}

describe('the case', () => {
  beforeEach(forgetTyped)

  it('is in the person’s own region, or in one that lies in it', () => {
    expect(fieldsOf({})).to.deep.equal([])
    expect(fieldsOf({ region: '440000' })).to.deep.equal([])
    expect(fieldsOf({ region: '430000' })).to.deep.equal(['region'])
    expect(fieldsOf({ region: '430000' }, null)).to.deep.equal([])
    expect(fieldsOf({ region: '440305' }, '440300')).to.deep.equal([])
    expect(fieldsOf({ region: '440100' }, '440300')).to.deep.equal(['region'])
    expect(fieldsOf({ region: '990000' }, null)).to.deep.equal(['region'])
  })

  it('lies in a region by its code', () => {
    expect(liesIn('440305', '440305')).to.equal(true)
    expect(liesIn('440306', '440305')).to.equal(false)
  })

  it('is asked with texts that a service takes, and with nobody’s number', () => {
    expect(fieldsOf({ serviceItem: '', caseNo: '', useCause: '', day: '' })).to.deep.equal([])
    expect(fieldsOf({ serviceItem: '事项' })).to.deep.equal(['serviceItem'])
    expect(fieldsOf({ caseNo: 'A-11010519491231002X' })).to.deep.equal(['caseNo'])
    expect(fieldsOf({ caseNo: '办件\u202e1' })).to.deep.equal(['caseNo'])
    expect(fieldsOf({ useCause: '事'.repeat(200) })).to.deep.equal([])
    expect(fieldsOf({ useCause: '事'.repeat(201) })).to.deep.equal(['useCause'])
  })

  it('was accepted on a day, until its end in China and not after now', () => {
    expect(fieldsOf({ day: '2026-06-01' })).to.deep.equal([])
    expect(fieldsOf({ day: '2026-06-02' })).to.deep.equal(['day'])
    expect(fieldsOf({ day: '2026-02-30' })).to.deep.equal(['day'])
    expect(asOfDay('2026-05-31', NOON)).to.equal(NOON - 12 * 3_600 - 1)
    expect(asOfDay('2026-06-01', NOON)).to.equal(undefined)
    expect(asOfDay('', NOON)).to.equal(undefined)
    expect(todayOf(NOON + 12 * 3_600)).to.equal('2026-06-02')
  })

  it('names all that it lacks for what is asked, and no more', () => {
    const lacks = lacksOf({ ...WHOLE, caseNo: '', day: '' }, ['caseNo', 'useCause'])
    expect(lacks.map(({ field }) => field)).to.deep.equal(['caseNo'])
  })

  it('keeps its region for the next, and nothing else', () => {
    Object.assign(caseDetails, WHOLE)
    beginCase()
    expect(caseDetails).to.deep.equal({
      region: '440300',
      serviceItem: '',
      caseNo: '',
      useCause: '',
      day: '',
    })
  })

  it('begins in the region of who is signed in, unless another was typed; and is gone with them', () => {
    presetRegion('440000')
    presetRegion('440300')
    presetRegion(null)
    expect(caseDetails.region).to.equal('440000')
    forgetTyped()
    expect(caseDetails.region).to.equal('')
  })
})
