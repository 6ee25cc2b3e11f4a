/** Whoever signs out while a batch goes on is asked once, of that batch. */
import { expect } from 'chai'
import { afterEach, describe, it } from 'mocha'
import {
  askToSignOut,
  isAskedToLeave,
  type WorkElsewhere,
  workElsewhere,
} from '#internal/console/session/leaving'

const WORK: WorkElsewhere = {
  title: { zh: '批次', en: 'a batch' },
  says: { zh: '仍在进行', en: 'it goes on' },
  cancel: async () => undefined,
}

describe('the question of what becomes of work that goes on', () => {
  afterEach(() => {
    workElsewhere.value = null
  })

  it('is asked while there is some, and goes with it: of the next nobody has asked', () => {
    workElsewhere.value = WORK
    expect(isAskedToLeave.value).to.equal(false)
    askToSignOut()
    expect(isAskedToLeave.value).to.equal(true)
    workElsewhere.value = null
    workElsewhere.value = { ...WORK }
    expect(isAskedToLeave.value).to.equal(false)
  })
})
