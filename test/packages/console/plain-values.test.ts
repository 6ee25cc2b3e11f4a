import { createLocalVerifier } from '@hefu/sdk'
import { createTestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { ServiceProblem } from '#internal/console/service/service-problem'
import { readGivenText } from '#internal/console/verify/given-licence'
import { createPlainValues, type PlainCase, type PlainPorts } from '#internal/console/verify/plain-values'
import type { ToldVerification } from '#internal/console/verify/told-verification'

const SAYS = { zh: '须以第二因素登录', en: 'a second factor is needed' }
const CASE: PlainCase = {
  receivingRegion: '440000',
  caseNo: '440000-2026-000001',
  useCause: '核对申请人身份',
  serviceItem: '11440300MB2C93018F4442111021001',
}

describe('plain values', () => {
  let told: ToldVerification
  let name: string
  let value: string

  before(async () => {
    const world = await createTestingWorld()
    const { request } = world.licences.accepted
    const verification = await createLocalVerifier({ view: world.view, clock: world.clock }).verify(request)
    const [field] = verification.faceData
    if (field === undefined) throw new Error('read the face: it shows nothing')
    ;({ name, value } = field)
    const given = readGivenText(request.presented)
    told = { place: 1, given, request, verification, foundFace: [], by: { who: 'service' } }
  })

  /** Over a service that answers so, one after another. */
  function ask(...answers: readonly (object | Error)[]) {
    const asked: { path: string; body: object }[] = []
    let [tick, windows] = [(): void => undefined, 0]
    const post: PlainPorts['post'] = async (path, body) => {
      const answer = answers[asked.length]
      asked.push({ path, body })
      if (answer instanceof Error) throw answer
      return answer as never
    }
    const plain = createPlainValues({
      post,
      signInBeside: () => {
        windows++
      },
      everySecond: (next) => {
        tick = next
        return () => {
          tick = () => undefined
        }
      },
    })
    return { plain, asked, second: () => tick(), windows: () => windows }
  }

  it('are asked for by name, for a case and a use, and shown for a minute', async () => {
    const { plain, asked, second } = ask({ values: { [name]: value } })
    plain.confirm(told)
    await plain.show(CASE, [name, 'post'])
    expect(asked).to.deep.equal([
      {
        path: '/v1/unmaskings',
        body: { presented: told.request.presented, fields: [name, 'post'], ...CASE },
      },
    ])
    expect(plain.state.value).to.include({ stage: 'shown', seconds: 60 })
    expect(plain.state.value).to.have.property('withheld').that.deep.equals(['post'])
    for (let s = 0; s < 59; s++) second()
    expect(plain.state.value).to.include({ stage: 'shown', seconds: 1 })
    second()
    expect(plain.state.value).to.deep.equal({ stage: 'hidden' })
  })

  it('are not asked for before somebody was told which', async () => {
    const { plain, asked } = ask({ values: {} })
    await plain.show(CASE, [name])
    expect(asked).to.have.length(0)
    expect(plain.state.value).to.deep.equal({ stage: 'hidden' })
  })

  it('wait for a second factor, and go on by themselves once somebody signed in', async () => {
    const { plain, asked, windows } = ask(new ServiceProblem(401, 'second-factor-missing', SAYS), {
      values: { [name]: value },
    })
    plain.confirm(told)
    await plain.signedIn()
    expect(asked).to.have.length(0)
    await plain.show(CASE, [name])
    expect([plain.state.value.stage, windows()]).to.deep.equal(['second-factor', 1])
    await plain.signedIn()
    expect(plain.state.value).to.include({ stage: 'shown' })
  })

  it('are hidden with the licence, also those that come late', async () => {
    const { plain } = ask({ values: { [name]: value } })
    plain.confirm(told)
    const late = plain.show(CASE, [name])
    plain.hide()
    await late
    expect(plain.state.value).to.deep.equal({ stage: 'hidden' })
  })

  it('are not counted down where there is none to show', async () => {
    const { plain } = ask({ values: {} })
    plain.confirm(told)
    await plain.show(CASE, [name])
    expect(plain.state.value.stage).to.equal('nothing')
  })

  it('are none that the licence at hand does not have', async () => {
    const { plain } = ask({ values: { [name]: `${value}甲` } })
    plain.confirm(told)
    await plain.show(CASE, [name])
    expect(plain.state.value).to.have.nested.property('failure.code', 'other-values')
  })

  it('are not shown where the service refuses, with its sentence', async () => {
    const { plain, windows } = ask(new ServiceProblem(403, 'scope-missing', SAYS))
    plain.confirm(told)
    await plain.show(CASE, [name])
    expect(plain.state.value).to.have.nested.property('failure.says', SAYS)
    expect(windows()).to.equal(0)
  })
})
