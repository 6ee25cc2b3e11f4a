/** Presentations through the façade: a challenge goes with the request, an annotated copy is read where it is. */
import {
  createMemoryLedgerView,
  type FindingCode,
  formatChinaTime,
  reportRequest,
  suite,
} from '@hefu/protocol'
import {
  type Challenge,
  createChallenge,
  createLocalVerifier,
  createRemoteVerifier,
  RemoteVerifierError,
  renderSheet,
  type Verification,
} from '@hefu/sdk'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createSample, NOW, type Sample, sampleRequest } from '../../fixtures/sample-credential.ts'
import { boundSample, CHALLENGE, COPY, presentSample } from '../../fixtures/sample-presentation.ts'
import * as remoteSample from '../verifier/sample.ts'
import { startTestService, type TestService } from '../verifier/service.ts'

const { expiresAt: exp, ...copy } = COPY

const holderBindingOf = ({ report }: Verification): FindingCode | undefined =>
  report.findings.find(({ check }) => check === 'holderBinding')?.code

describe('a presentation, verified locally', () => {
  let sample: Sample
  const verify = (presented: string, challenge?: Challenge): Promise<Verification> =>
    createLocalVerifier({ view: createMemoryLedgerView(sample.memory), clock: () => NOW }).verify({
      ...sampleRequest(presented),
      ...(challenge === undefined ? {} : { challenge }),
    })

  before(async () => {
    sample = await createSample(boundSample())
  })

  it('answers the challenge, and shows the face', async () => {
    const verification = await verify(presentSample(sample), CHALLENGE)
    expect(verification.report.verdict).to.equal('accepted')
    expect(holderBindingOf(verification)).to.equal('holderBinding/bound')
    expect(verification.faceData).to.have.length.above(0)
    expect(verification.annotatedCopy).to.equal(null)
  })

  it('is refused when it answers another challenge, and shows nothing', async () => {
    const verification = await verify(presentSample(sample), createChallenge(CHALLENGE.audience))
    expect(holderBindingOf(verification)).to.equal('holderBinding/other-nonce')
    expect(verification).to.deep.include({ faceData: [], annotatedCopy: null })
  })

  it('as an annotated copy: the sheet says what it is for, by whom, and until when', async () => {
    const verification = await verify(presentSample(sample, { claims: { exp, copy } }))
    const { audience } = CHALLENGE
    expect(verification.annotatedCopy).to.deep.equal({ ...COPY, audience, madeAt: NOW - 10 })
    const sheet = renderSheet(verification, { language: 'zh' })
    expect(sheet).to.include('加注件\n').and.include(`用证事由：${COPY.cause}`)
    expect(sheet)
      .to.include(`期限至：${formatChinaTime(exp)}`)
      .and.include('提供给：440000 广东省')
    expect(sheet).to.match(
      /^✔ 核验通过\n {2}加注件只用于其载明的事由：请核对用证事由与本次办理一致后继续受理$/m,
    )
    expect(renderSheet(verification, { language: 'en' })).to.include(`Use: ${COPY.cause}`)
    expect(JSON.stringify(verification.report)).to.not.include(COPY.cause)
  })

  it('as an annotated copy: its maker is masked like the holder, unless it is an organisation', async () => {
    const makerIn = async (maker: string): Promise<string> => {
      const presented = presentSample(sample, { claims: { exp, copy: { ...copy, maker } } })
      const sheet = renderSheet(await verify(presented), { language: 'zh' })
      return /加注件制作者：(.*)/.exec(sheet)?.[1] ?? ''
    }
    expect(await makerIn('张样例丁')).to.equal('张***')
    for (const maker of ['王小会', '司马小会']) expect(await makerIn(maker)).to.match(/^.\*+$/)
    expect(await makerIn('买买提·阿不都社')).to.match(/^.\*+$/)
    expect(await makerIn('湖南样例建筑有限公司')).to.equal('湖南样例建筑有限公司')
  })

  it('as an annotated copy that has ended: refused, with the sentence that it has, and no use is shown', async () => {
    const verification = await verify(presentSample(sample, { claims: { exp: NOW, copy } }))
    const sheet = renderSheet(verification, { language: 'zh' })
    expect(sheet)
      .to.match(/^✖ 不予认可：加注件已超过使用期限/m)
      .and.include('✖ 持证人验证：加注件已超过使用期限')
    expect(sheet).to.not.include(COPY.cause)
  })
})

describe('a challenge, sent to a service', () => {
  let sample: remoteSample.Sample
  let service: TestService
  const challenge = createChallenge('urn:hefu:region:440000', 60)
  const connect = (fetch?: typeof globalThis.fetch) =>
    createRemoteVerifier({
      url: service.url,
      verifierKey: service.verifierKey,
      clock: () => remoteSample.NOW,
      ...(fetch === undefined ? {} : { fetch }),
    })

  before(async () => {
    sample = await remoteSample.createSample()
    service = await startTestService(sample.view)
  })
  after(() => service.close())

  it('is demanded there, and stands in the report as its digest', async () => {
    const request = { presented: sample.bundle, receivingRegion: '440000', challenge }
    const verification = await connect().verify(request)
    expect(holderBindingOf(verification)).to.equal('holderBinding/no-holder-key')
    expect(verification.report.verdict).to.equal('refer')
    expect(verification.report.request.challenge).to.equal(reportRequest(request, suite).challenge)
  })

  it('cannot be taken out on the way', async () => {
    const strip: typeof globalThis.fetch = (input, init) => {
      const { challenge: _taken, ...rest } = JSON.parse(String(init?.body))
      return globalThis.fetch(input, { ...init, body: JSON.stringify(rest) })
    }
    const request = { presented: sample.bundle, receivingRegion: '440000', challenge }
    const error = await connect(strip)
      .verify(request)
      .catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(RemoteVerifierError).with.property('code', 'other-request')
  })
})
