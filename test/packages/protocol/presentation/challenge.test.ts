/** Challenges: what a verifier may demand of a holder. */
import { assertRequest, type Challenge, createChallenge, reportRequest, suite } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { MAX_CHALLENGE_AGE_SECONDS } from '#internal/protocol/presentation/challenge'
import { refusalOf } from '../../../fixtures/refusal.ts'
import { NOW, sampleRequest } from '../../../fixtures/sample-credential.ts'
import { CHALLENGE } from '../../../fixtures/sample-presentation.ts'

const refuse = (challenge: unknown): readonly string[] =>
  refusalOf(() => assertRequest({ ...sampleRequest('x'), challenge: challenge as Challenge }, NOW))

describe('challenge', () => {
  it('is fresh each time, with 128 random bits', () => {
    const made = Array.from({ length: 100 }, () => createChallenge('urn:hefu:region:440000', 300, suite))
    expect(new Set(made.map(({ nonce }) => nonce)).size).to.equal(100)
    for (const one of made) {
      expect(() => assertRequest({ ...sampleRequest('x'), challenge: one }, NOW)).to.not.throw()
      expect(one.nonce).to.have.lengthOf(22)
    }
  })

  it('is not made for an audience or an age that a request may not have', () => {
    expect(refusalOf(() => createChallenge('', 300, suite))).to.deep.equal(['wrong-value'])
    expect(refusalOf(() => createChallenge('a', 0, suite))).to.deep.equal(['wrong-value'])
  })

  for (const [is, challenge, code] of [
    ['a text', 'x', 'wrong-type'],
    ['null', null, 'wrong-type'],
    ['a member more', { ...CHALLENGE, note: '' }, 'unknown-member'],
    ['no nonce', { audience: 'a', maxAgeSeconds: 1 }, 'wrong-type'],
    ['a nonce of 21 characters', { ...CHALLENGE, nonce: 'A'.repeat(21) }, 'wrong-value'],
    ['a nonce of 129 characters', { ...CHALLENGE, nonce: 'A'.repeat(129) }, 'wrong-value'],
    ['a nonce that is no base64url', { ...CHALLENGE, nonce: '='.repeat(22) }, 'wrong-value'],
    ['no audience', { ...CHALLENGE, audience: '' }, 'wrong-value'],
    ['an audience with a space', { ...CHALLENGE, audience: 'a b' }, 'wrong-value'],
    ['an audience list', { ...CHALLENGE, audience: ['a'] }, 'wrong-type'],
    ['an age of 0', { ...CHALLENGE, maxAgeSeconds: 0 }, 'wrong-value'],
    ['an age beyond a day', { ...CHALLENGE, maxAgeSeconds: MAX_CHALLENGE_AGE_SECONDS + 1 }, 'wrong-value'],
    ['an age of NaN', { ...CHALLENGE, maxAgeSeconds: Number.NaN }, 'wrong-value'],
    ['an age of Infinity', { ...CHALLENGE, maxAgeSeconds: Number.POSITIVE_INFINITY }, 'wrong-value'],
  ] as const) {
    it(`is refused with ${is}: ${code}`, () => expect(refuse(challenge)).to.deep.equal([code]))
  }

  it('is in a report as a digest, the same for the same challenge in whatever order', () => {
    const digestOf = (challenge: Challenge): string | null =>
      reportRequest({ ...sampleRequest('x'), challenge }, suite).challenge
    const { nonce, audience, maxAgeSeconds } = CHALLENGE
    expect(digestOf({ maxAgeSeconds, audience, nonce })).to.equal(digestOf(CHALLENGE))
    expect(digestOf({ ...CHALLENGE, maxAgeSeconds: 301 })).to.not.equal(digestOf(CHALLENGE))
    expect(reportRequest(sampleRequest('x'), suite).challenge).to.equal(null)
  })
})
