/** A type of an integrator's own: it decides wherever a field is judged, compared, named or masked. */
import {
  createVerifier,
  findLicenceType,
  type LicenceField,
  type LicenceType,
  recheckReport,
  suite,
  type VerificationRequest,
} from '@hefu/protocol'
import { createLocalVerifier, createRemoteVerifier, renderSheet, type Verification } from '@hefu/sdk'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createSample, FACE, NOW, type Sample } from '../verifier/sample.ts'
import { startTestService, type TestService } from '../verifier/service.ts'

const clock = () => NOW
const SUBMITTED = { holderName: '李样例', holderId: ` ${FACE.holderId} ` }

/** The sample's type as an integrator describes it. */
function ownType(): LicenceType {
  const known = findLicenceType('safety-manager')
  if (known === undefined) throw new Error('find the type of the sample')
  const field = (name: string, more: Partial<LicenceField>): LicenceField => ({
    ...(known.fields.find((one) => one.name === name) as LicenceField),
    ...more,
  })
  return {
    ...known,
    name: { zh: '自定证照', en: 'Own licence' },
    fields: [
      field('holderName', {
        label: { zh: '持有人', en: 'Bearer' },
        mask: 'open',
        rule: { kind: 'burden', words: ['样例'] },
      }),
      field('holderId', { label: { zh: '号码', en: 'Number' }, mask: 'number', format: 'text' }),
    ],
  }
}

describe('a licence type of an integrator’s own', () => {
  const licenceTypes = [ownType()]
  let sample: Sample
  let service: TestService
  let request: VerificationRequest

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view, { licenceTypes })
    request = { presented: sample.bundle, receivingRegion: '440000', submitted: SUBMITTED }
  })
  after(() => service.close())

  const verifyHere = (types?: readonly LicenceType[]): Promise<Verification> =>
    createLocalVerifier({ view: sample.view, clock, ...(types && { licenceTypes: types }) }).verify(request)
  /** By a verifier that has no description of the type. */
  const verifyUnknowing = async (): Promise<Verification> => {
    const verifier = createVerifier({ view: sample.view, suite, licenceTypes: [] })
    return {
      ...(await verifyHere()),
      report: await verifier.verify(request, NOW),
      differences: [],
      licenceType: null,
    }
  }
  const verifyThere = (): Promise<Verification> =>
    createRemoteVerifier({ url: service.url, verifierKey: service.verifierKey, clock, licenceTypes }).verify(
      request,
    )
  const codesOf = ({ report }: Verification): readonly string[] => report.findings.map(({ code }) => code)

  it('is what the face is judged by, here and by a service', async () => {
    for (const own of [await verifyHere(licenceTypes), await verifyThere()]) {
      expect(codesOf(own)).to.include('faceRules/burdened')
    }
    expect(codesOf(await verifyHere())).to.include('faceRules/nothing-noted')
    const { report } = await verifyUnknowing()
    expect(report.verdict).to.equal('refer')
    expect(report.findings.map(({ code }) => code)).to.include('faceRules/unknown-type')
  })

  it('stands beside those of this version, whose rules no other type takes away', async () => {
    const other = { ...ownType(), code: '11100000000013338W099' }
    expect(codesOf(await verifyHere([other]))).to.include('faceRules/nothing-noted')
    expect(codesOf(await verifyHere([]))).to.include('faceRules/nothing-noted')
    expect(codesOf(await verifyHere([other, ...licenceTypes]))).to.include('faceRules/burdened')
  })

  it('decides how differences are masked, here and beside a service’s report', async () => {
    for (const own of [await verifyHere(licenceTypes), await verifyThere()]) {
      expect(own.differences).to.deep.equal([{ field: 'holderName', submitted: '李**', shown: '张样例' }])
    }
    expect((await verifyHere()).differences).to.deep.equal([
      { field: 'holderName', submitted: '李**', shown: '张**' },
    ])
  })

  it('names and masks the fields of the sheet', async () => {
    for (const own of [await verifyHere(licenceTypes), await verifyThere()]) {
      const sheet = renderSheet(own, { language: 'zh' })
      for (const line of ['  证照类型：自定证照', '  持有人：张样例', `  号码：${'*'.repeat(14)}0029`]) {
        expect(sheet.split('\n')).to.include(line)
      }
    }
    const hidden = renderSheet(await verifyUnknowing(), { language: 'zh' })
    expect(hidden.split('\n')).to.include('  holderName：********')
    expect(hidden).not.to.include('张')
  })

  it('is needed again to re-check the report', async () => {
    const { report } = await verifyHere(licenceTypes)
    const rechecked = { presented: sample.bundle, submitted: SUBMITTED }
    const again = (types?: readonly LicenceType[]) =>
      recheckReport(report, rechecked, { view: sample.view, suite, ...(types && { licenceTypes: types }) })
    expect((await again(licenceTypes)).outcome).to.equal('confirmed')
    expect((await again()).outcome).to.equal('differs')
  })
})
