/** Which licence may take the place of another without a person's word. */
import { IssuerError } from '@hefu/issuer'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  assertSucceeds,
  type LicenceSubject,
  type SuccessionDoubt,
} from '#internal/issuer/workflow/succession'

const TITLE = 'urn:hefu:licence-type:11100000MB03271699022'
const MANAGER = 'urn:hefu:licence-type:11100000000013338W011'
const HOLDER = '11010519491231002X'

const refusalOf = (
  successor: LicenceSubject | null,
  earlier: LicenceSubject | null,
  ...confirmed: readonly SuccessionDoubt[]
): string | null => {
  try {
    assertSucceeds(successor, earlier, new Set(confirmed))
    return null
  } catch (error) {
    if (error instanceof IssuerError) return error.code
    throw error
  }
}

describe('a licence takes the place of another', () => {
  it('of its type and holder, however the number is written', () => {
    const own = { type: MANAGER, holderId: HOLDER }
    for (const holderId of [HOLDER, '11010519491231002x', '110105 19491231 002X', '110105491231002'])
      expect(refusalOf(own, { type: MANAGER, holderId }), holderId).to.equal(null)
  })

  it('of another type only on a person’s word', () => {
    const [own, earlier] = [
      { type: MANAGER, holderId: HOLDER },
      { type: TITLE, holderId: HOLDER },
    ]
    expect(refusalOf(own, earlier)).to.equal('successor-other-type')
    expect(refusalOf(own, earlier, 'holder')).to.equal('successor-other-type')
    expect(refusalOf(own, earlier, 'type')).to.equal(null)
  })

  it('of another holder only on a person’s word, who is quoted nowhere', () => {
    const [own, earlier] = [
      { type: TITLE, holderId: HOLDER },
      { type: TITLE, holderId: '430000197809041918' },
    ]
    expect(refusalOf(own, earlier)).to.equal('successor-other-holder')
    expect(refusalOf(own, earlier, 'type')).to.equal('successor-other-holder')
    expect(refusalOf(own, earlier, 'holder')).to.equal(null)
    expect(new IssuerError('successor-other-holder').message).not.to.match(/\d{6}/)
  })

  it('of which nothing is known, or not whose it is', () => {
    expect(refusalOf({ type: TITLE, holderId: HOLDER }, null)).to.equal(null)
    expect(refusalOf(null, { type: TITLE })).to.equal(null)
    expect(refusalOf({ type: TITLE, holderId: HOLDER }, { type: TITLE })).to.equal(null)
  })
})
