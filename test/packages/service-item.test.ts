/** A service item has one limit, 1 to 32 visible ASCII characters, wherever one is given, and each says so. */
import { assertRequest, MalformedError, SERVICE_ITEM } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { parseItem } from '#internal/issuer/office/office-inputs'
import { encodeServiceItem } from '#internal/ledger/abi/rules'
import { createSample, NOW, type Sample } from './verifier/sample.ts'
import { post, startTestService, type TestService } from './verifier/service.ts'

const LONGEST = 'A'.repeat(32)
const REFUSED = ['', 'A'.repeat(33), 'A'.repeat(65), 'A B', '事项']

describe('A service item', () => {
  let sample: Sample
  let service: TestService
  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view)
  })
  after(() => service.close())

  const requestOf = (serviceItem: string) => ({
    presented: sample.bundle,
    receivingRegion: '440000',
    serviceItem,
  })

  function refusalOf(serviceItem: string): string | null {
    try {
      assertRequest(requestOf(serviceItem), NOW)
      return null
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      return error.message
    }
  }

  it('of 32 characters is taken by requests, the ledger’s encoding, commands and services', async () => {
    expect(SERVICE_ITEM.test(LONGEST)).to.equal(true)
    expect(refusalOf(LONGEST)).to.equal(null)
    expect(encodeServiceItem(LONGEST)).to.have.lengthOf(66)
    expect((await post(service.url, requestOf(LONGEST))).status).to.equal(200)
    expect(parseItem(LONGEST)).to.equal(LONGEST)
  })

  it('of any other form is refused by all of them, and none speaks of another number', async () => {
    for (const item of REFUSED) {
      expect(SERVICE_ITEM.test(item), item).to.equal(false)
      expect(refusalOf(item), item).to.match(/1 to 32/)
      expect(() => encodeServiceItem(item), item).to.throw(RangeError, '1 to 32')
      const { status, text } = await post(service.url, requestOf(item))
      expect(status, item).to.equal(422)
      expect(text, item).to.include('1 to 32').and.not.include('1 to 64')
      expect(() => parseItem(item), item).to.throw('1 to 32')
    }
  })
})
