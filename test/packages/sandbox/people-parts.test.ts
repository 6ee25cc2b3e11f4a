/** The parts that a sign-in stands on: one-time passwords, tries, and what is kept meanwhile. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { html, Markup } from '../../../scripts/sandbox/people/page-text.ts'
import { createProviderStore } from '../../../scripts/sandbox/people/provider-store.ts'
import { createSecondFactor } from '../../../scripts/sandbox/people/second-factor.ts'
import { createTries } from '../../../scripts/sandbox/people/tries.ts'

const START = 1_767_196_800_000

/** A clock that is set by hand, in seconds from the start. */
function createClock() {
  let seconds = 0
  const set = (to: number): void => {
    seconds = to
  }
  return { now: () => START + seconds * 1000, set }
}

describe('a one-time password (RFC 6238)', () => {
  it('is taken in its step and the ones beside it, once; later, earlier and elsewhere it is none', () => {
    const clock = createClock()
    const factor = createSecondFactor(['a', 'b'], clock.now)
    const code = factor.codeOf('a') ?? ''
    expect(code).to.match(/^\d{6}$/)
    expect(factor.take('b', code), 'of another person').to.equal(false)
    expect(factor.take('nobody', code)).to.equal(false)
    clock.set(90)
    expect(factor.take('a', code), 'expired').to.equal(false)
    clock.set(59)
    expect(factor.take('a', code), 'late by a step').to.equal(true)
    expect(factor.take('a', code), 'a second time').to.equal(false)
    clock.set(0)
    expect(factor.take('a', factor.codeOf('a') ?? ''), 'the next one').to.equal(true)
    expect(factor.codeOf('a'), 'all of the window were used').to.equal(null)
    clock.set(30)
    expect(factor.codeOf('a')).to.be.a('string')
  })

  it('shows no code of nobody', () => {
    expect(createSecondFactor(['a']).codeOf('nobody')).to.equal(null)
  })
})

describe('tries', () => {
  it('are bounded for each and for all, and free again after a minute', () => {
    const clock = createClock()
    const tries = createTries(['a', 'b'], { ofOne: 2, ofAll: 4 }, clock.now)
    expect(['a', 'a', 'a', 'b'].map(tries.take)).to.deep.equal([true, true, false, true])
    expect(['nobody', 'b', 'nobody'].map(tries.take)).to.deep.equal([true, false, false])
    clock.set(59)
    expect(tries.take('a')).to.equal(false)
    clock.set(60)
    expect(tries.take('a')).to.equal(true)
  })

  it('are as many as one likes for who is right', () => {
    const tries = createTries(['a'], { ofOne: 2, ofAll: 4 }, createClock().now)
    for (let times = 0; times < 9; times++) {
      expect(tries.take('a')).to.equal(true)
      tries.giveBack('a')
    }
    expect(['a', 'a', 'a'].map(tries.take)).to.deep.equal([true, true, false])
  })
})

describe('what the provider keeps', () => {
  it('is found until its end, by its own model alone, and gives way to what is newer', async () => {
    const clock = createClock()
    const store = createProviderStore(2, clock.now)
    const [sessions, grants] = [store('Session'), store('Grant')]
    await sessions.upsert('1', { uid: 'u1' }, 10)
    expect(await sessions.find('1')).to.deep.equal({ uid: 'u1' })
    expect(await sessions.findByUid('u1')).to.deep.equal({ uid: 'u1' })
    expect(await sessions.findByUid('u2')).to.equal(undefined)
    expect(await grants.find('1')).to.equal(undefined)
    expect(await store('Session').find('1'), 'the same model').to.deep.equal({ uid: 'u1' })
    await sessions.upsert('2', {}, 20)
    await sessions.upsert('1', { uid: 'u1' }, 10)
    await sessions.upsert('3', {}, 20)
    expect(await sessions.find('2'), 'the oldest gave way').to.equal(undefined)
    clock.set(10)
    expect([await sessions.find('1'), await sessions.findByUid('u1')]).to.deep.equal([undefined, undefined])
    expect(await sessions.find('3')).to.deep.equal({})
  })

  it('notes what was used, and forgets what was destroyed or revoked', async () => {
    const clock = createClock()
    const codes = createProviderStore(9, clock.now)('AuthorizationCode')
    for (const id of ['1', '2', '3']) await codes.upsert(id, { grantId: id === '3' ? 'h' : 'g' }, 60)
    await codes.consume('1')
    await codes.consume('nothing')
    expect((await codes.find('1'))?.consumed).to.equal(START / 1000)
    await codes.destroy('1')
    await codes.revokeByGrantId('g')
    expect([await codes.find('1'), await codes.find('2')]).to.deep.equal([undefined, undefined])
    expect(await codes.find('3')).to.deep.equal({ grantId: 'h' })
  })
})

describe('HTML', () => {
  it('is not broken out of by what is filled in', () => {
    const made = html`<p title="${`"><script>alert('1')</script>&`}">${[new Markup('<b>'), html`${'<i>'}`]}</p>`
    expect(made.html).to.equal(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;"><b>&lt;i&gt;</p>',
    )
  })
})
