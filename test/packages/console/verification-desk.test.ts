import { createLocalVerifier } from '@hefu/sdk'
import { RemoteVerifierError, type Verification } from '@hefu/sdk/remote'
import { createTestingWorld, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { ServiceProblem } from '#internal/console/service/service-problem'
import { type GivenLicence, readGivenText } from '#internal/console/verify/given-licence'
import type { ToldVerification } from '#internal/console/verify/told-verification'
import {
  createVerificationDesk,
  type DeskPorts,
  type DeskState,
} from '#internal/console/verify/verification-desk'

const SAYS = { zh: '繁忙', en: 'busy' }
const REGION = '440000'

describe('the desk', () => {
  let world: TestingWorld
  let accepted: GivenLicence
  let revoked: GivenLicence

  before(async () => {
    world = await createTestingWorld()
    accepted = readGivenText(world.licences.accepted.request.presented)
    revoked = readGivenText(world.licences.revoked.request.presented)
  })

  /** Over the testing world, verified as the page does it itself; what is given here takes the place of a part. */
  function open(ports: Partial<DeskPorts> = {}) {
    const verifier = createLocalVerifier({ view: world.view, clock: world.clock })
    const told: ToldVerification[] = []
    const reached: boolean[] = []
    let tick = (): void => undefined
    const desk = createVerificationDesk({
      faults: () => [],
      requestOf: ({ asked }) => ({ ...asked, receivingRegion: REGION }),
      canFind: () => true,
      isAway: () => false,
      onReach: (isReached) => void reached.push(isReached),
      askService: (request) => verifier.verify(request),
      askForFound: async (request) => ({ verification: await verifier.verify(request), face: [] }),
      verifyHere: async (request) => ({
        verification: await verifier.verify(request),
        nodes: ['127.0.0.1:8545'],
      }),
      onTold: (one) => void told.push(one),
      everySecond: (next) => {
        tick = next
        return () => {
          tick = () => undefined
        }
      },
      ...ports,
    })
    return { desk, told, reached, second: () => tick() }
  }

  function toldIn(state: DeskState): Verification {
    if (state.stage !== 'told') throw new Error(`look at the desk: it is ${state.stage}`)
    return state.told.verification
  }

  /** Until the desk has come to what is waited for. */
  async function until(isThere: () => boolean): Promise<void> {
    while (!isThere()) await new Promise((resolve) => setImmediate(resolve))
  }

  it('tells what the service found, good or bad, and keeps it', async () => {
    const { desk, told, reached } = open()
    await desk.give(accepted)
    expect(toldIn(desk.state.value).report.verdict).to.equal('accepted')
    await desk.give(revoked)
    expect(toldIn(desk.state.value).report.verdict).to.equal('rejected')
    expect(told.map(({ place, by }) => [place, by.who])).to.deep.equal([
      [1, 'service'],
      [2, 'service'],
    ])
    expect(reached).to.deep.equal([true, true])
  })

  it('asks for what the case lacks before it asks anybody', async () => {
    let isComplete = false
    let asked = 0
    const { desk } = open({
      faults: () => (isComplete ? [] : [{ field: 'caseNo', says: SAYS }]),
      requestOf: (given) => {
        asked++
        return { ...given.asked, receivingRegion: REGION }
      },
    })
    await desk.give(accepted)
    expect([desk.state.value.stage, asked]).to.deep.equal(['lacking', 0])
    isComplete = true
    await desk.again()
    expect([desk.state.value.stage, asked]).to.deep.equal(['told', 1])
  })

  it('lets the next licence take the place of one under way, says so, and never tells of that one', async () => {
    let answerFirst = (_: Verification): void => undefined
    const late = new Promise<Verification>((resolve) => {
      answerFirst = resolve
    })
    const verifier = createLocalVerifier({ view: world.view, clock: world.clock })
    const signals: AbortSignal[] = []
    const { desk, told } = open({
      askService: (request, signal) => {
        signals.push(signal)
        return signals.length === 1 ? late : verifier.verify(request)
      },
    })
    const first = desk.give(accepted)
    await until(() => signals.length === 1)
    const second = desk.give(revoked)
    await until(() => desk.state.value.stage === 'asking')
    expect(desk.state.value).to.have.property('isReplacing', true)
    expect(signals[0]?.aborted).to.equal(true)
    answerFirst(await verifier.verify({ ...accepted.asked, receivingRegion: REGION }))
    await Promise.all([first, second])
    expect(told.map(({ verification }) => verification.report.verdict)).to.deep.equal(['rejected'])
  })

  it('is cancelled without a verdict; what is shown already stays', async () => {
    const { desk, told } = open({ askService: () => new Promise(() => undefined) })
    void desk.give(accepted)
    await until(() => desk.state.value.stage === 'asking')
    desk.cancel()
    expect([desk.state.value.stage, told.length]).to.deep.equal(['cancelled', 0])
    const other = open()
    await other.desk.give(accepted)
    other.desk.cancel()
    expect(other.desk.state.value.stage).to.equal('told')
  })

  it('never makes a verdict of an error', async () => {
    for (const [error, kind] of [
      [new ServiceProblem(403, 'region-not-permitted', SAYS), 'refused'],
      [new ServiceProblem(401, 'session-locked', SAYS), 'session'],
      [new RemoteVerifierError('bad-attestation'), 'untrusted'],
      [new RemoteVerifierError('other-request'), 'untrusted'],
      [new TypeError('a fault of the page'), 'page'],
    ] as const) {
      const { desk, told } = open({ askService: () => Promise.reject(error) })
      await desk.give(accepted)
      expect(desk.state.value).to.have.property('stage', 'failed')
      expect(desk.state.value).to.have.nested.property('failure.kind', kind)
      expect(told).to.have.length(0)
    }
  })

  it('asks again by itself as the service said, second by second', async () => {
    let asked = 0
    const { desk, second } = open({
      askService: (request) =>
        ++asked === 1
          ? Promise.reject(new ServiceProblem(503, 'busy', SAYS, 3))
          : createLocalVerifier({ view: world.view, clock: world.clock }).verify(request),
    })
    await desk.give(accepted)
    expect(desk.state.value).to.include({ stage: 'waiting', seconds: 3 })
    second()
    expect(desk.state.value).to.include({ stage: 'waiting', seconds: 2 })
    second()
    second()
    await until(() => desk.state.value.stage === 'told')
    expect(asked).to.equal(2)
  })

  it('gives up waiting after five times, and waits for nobody who asks for hours', async () => {
    const { desk, second } = open({
      askService: () => Promise.reject(new ServiceProblem(429, 'too-many-requests', SAYS, 1)),
    })
    await desk.give(accepted)
    for (let time = 0; time < 5; time++) {
      expect(desk.state.value.stage).to.equal('waiting')
      second()
      await until(() => desk.state.value.stage !== 'asking')
    }
    expect(desk.state.value.stage).to.equal('failed')
    const hours = open({
      askService: () => Promise.reject(new ServiceProblem(429, 'too-many-comparisons', SAYS, 40_000)),
    })
    await hours.desk.give(accepted)
    expect(hours.desk.state.value.stage).to.equal('failed')
  })

  it('asks the ledger itself where the service is away, and says of whom', async () => {
    for (const error of [
      new RemoteVerifierError('unreachable'),
      new ServiceProblem(502, 'bad-answer', SAYS),
      new ServiceProblem(0, 'unreachable', SAYS),
    ]) {
      const { desk, told, reached } = open({ askService: () => Promise.reject(error) })
      await desk.give(accepted)
      expect(told[0]?.by).to.deep.equal({ who: 'page', nodes: ['127.0.0.1:8545'] })
      expect(told[0]?.verification.attestation).to.equal(null)
      expect(reached).to.deep.equal([false])
    }
  })

  it('says that nobody answers where that fails, too', async () => {
    const { desk, told } = open({
      isAway: () => true,
      verifyHere: () => Promise.reject(new TypeError('away')),
    })
    await desk.give(accepted)
    expect(desk.state.value).to.have.nested.property('failure.kind', 'nothing')
    expect(told).to.have.length(0)
  })

  it('has what is named found only by who may have it found', async () => {
    const given = readGivenText(world.licences['identifier-alone'].request.presented)
    for (const canFind of [true, false]) {
      const ways: string[] = []
      const verifier = createLocalVerifier({ view: world.view, clock: world.clock })
      const { desk } = open({
        canFind: () => canFind,
        askForFound: async (request) => {
          ways.push('found')
          return { verification: await verifier.verify(request), face: [] }
        },
        askService: (request) => {
          ways.push('asked')
          return verifier.verify(request)
        },
      })
      await desk.give(given)
      expect(ways).to.deep.equal([canFind ? 'found' : 'asked'])
    }
  })

  it('says of a file that cannot be read why, and of one that is overtaken nothing', async () => {
    const { desk } = open()
    await desk.give(
      Promise.reject(Object.assign(new Error('no-qr'), { name: 'CarrierError', code: 'no-qr', says: SAYS })),
    )
    expect(desk.state.value).to.have.nested.property('failure.kind', 'unread')
    const slow = desk.give(new Promise((resolve) => setImmediate(() => resolve(revoked))))
    await desk.give(accepted)
    await slow
    expect(toldIn(desk.state.value).report.verdict).to.equal('accepted')
  })

  it('opens an earlier one again, and forgets what it has', async () => {
    const { desk, told } = open()
    await desk.give(accepted)
    await desk.give(revoked)
    desk.reopen(told[0] as ToldVerification)
    expect(desk.state.value).to.include({ stage: 'told', isReopened: true })
    desk.forget()
    expect(desk.state.value).to.deep.equal({ stage: 'empty' })
    await desk.again()
    expect(desk.state.value).to.deep.equal({ stage: 'empty' })
  })
})
