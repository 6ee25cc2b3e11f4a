/** The printed sheet: what stands on it of a verification, and of a report that the service keeps. */
import { createLocalVerifier, type Verification } from '@hefu/sdk'
import { createTestingWorld, type TestingState, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { recheckAddress, recheckPage } from '#internal/console/sheet/recheck-address'
import { drawRecheckCode } from '#internal/console/sheet/recheck-code'
import {
  type KeptSheet,
  type SheetContents,
  sheetOfReport,
  sheetOfVerification,
} from '#internal/console/sheet/sheet-contents'
import { createPrintedVerifications } from '#internal/console/verify/printed-verifications'

const KEPT: KeptSheet = {
  number: '20260112-7K3M9QXA-000123-J',
  checkedAt: 1_768_200_000,
  verdict: 'rejected',
  resultCode: 3,
  says: {
    verdict: { zh: '不予认可', en: 'Not recognised' },
    reason: { zh: '证照已被吊销', en: 'Revoked' },
    result: { zh: '信息正确且证照已失效', en: 'Correct, and no longer in force' },
    nextStep: { zh: '不得据此受理', en: 'Do not rely on it' },
  },
  request: {
    receivingRegion: '440000',
    province: '广东省',
    serviceItem: null,
    caseNo: '粤2026-1',
    asOf: null,
  },
  licence: {
    licenceType: '11100000000013338W011',
    name: null,
    licenceId: '1.2.156.3005.2.11100000000013338W011.11430000006122244L.2023*.001.O',
    issuer: '11430000006122244L',
    issuerName: '湖南省住房和城乡建设厅',
    validFrom: 1_700_000_000,
    validUntil: null,
  },
  ledger: { blockNumber: 7, blockTime: 1_768_199_990 },
  checks: [{ status: 'fail', says: { zh: '证照已被吊销', en: 'Revoked' } }],
  reportDigest: 'a'.repeat(43),
  kid: 'k'.repeat(43),
}

/** Everything that is read on it, in Chinese. */
function textOf({ sections, asked, checks, ...sheet }: SheetContents): string {
  const lines = [...sections, ...asked].flatMap(({ title, lines }) => [
    title.zh,
    ...lines.map(({ label, value }) => `${label.zh}：${value.zh}`),
  ])
  return [
    sheet.says.zh,
    sheet.reason?.zh,
    sheet.nextStep.zh,
    ...lines,
    ...checks.map(({ says }) => says.zh),
  ].join('\n')
}

describe('the sheet', () => {
  let world: TestingWorld
  before(async () => {
    world = await createTestingWorld()
  })

  async function verified(state: TestingState): Promise<Verification> {
    const { request, view } = world.licences[state]
    return createLocalVerifier({ view, clock: world.clock }).verify({ ...request, caseNo: '粤2026-1' })
  }

  it('of a verification says verdict, face, checks, case and data, and no face value in full', async () => {
    const text = textOf(sheetOfVerification(await verified('accepted')))
    for (const part of ['核验通过', '照面信息（已脱敏）', '样**', '粤2026-1', '数据截至', '报告校验值'])
      expect(text, part).to.include(part)
    for (const value of ['样例甲', '11010519491231002X']) expect(text).to.not.include(value)
    expect(text, 'who checked signs by hand').to.not.include('核验人')
  })

  it('names what differs and why it is refused, and shows no face of what is refused', async () => {
    const different = sheetOfVerification(await verified('different-values'))
    expect(different.sections.map(({ title }) => title.zh)).to.include('不一致项（已脱敏）')
    const revoked = sheetOfVerification(await verified('revoked'))
    expect(revoked.reason?.zh).to.include('吊销')
    expect(revoked.sections.map(({ title }) => title.zh)).to.not.include('照面信息（已脱敏）')
  })

  it('is signed where a service signed the report, and has then what opens it again; else neither', async () => {
    const verification = await verified('accepted')
    const unsigned = sheetOfVerification(verification)
    expect([unsigned.isSigned, unsigned.recheck]).to.deep.equal([false, null])
    const recheck = { page: 'https://verifier.example/recheck', code: 'XXXX-XXXX-XXXX-XXXX' }
    const signed = sheetOfVerification({ ...verification, attestation: 'e.y.J', recheck })
    expect([signed.isSigned, signed.recheck]).to.deep.equal([true, { code: recheck.code }])
    // A code beside a report that nobody signed opens nothing.
    expect(sheetOfVerification({ ...verification, recheck }).recheck).to.equal(null)
  })

  it('has the use of the licence as the clerk typed it, masked, and says that the report does not', async () => {
    const verification = await verified('accepted')
    const printed = { useCause: '核对 11010519491231002X 的任职资格' }
    const text = textOf(sheetOfVerification(verification, printed))
    expect(text).to.match(/用证事由：核对 .+任职资格（由经办人填写，不在报告签名范围内）/)
    expect(text).to.not.include('11010519491231002X')
    expect(textOf(sheetOfVerification(verification))).to.not.include('用证事由')
  })

  it('of a kept report says the same without a face, and does not know the code', () => {
    const sheet = sheetOfReport(KEPT)
    const text = textOf(sheet)
    for (const part of [
      '不予认可',
      '证照已被吊销',
      '440000 广东省',
      '湖南省住房和城乡建设厅',
      '长期',
      '不含照面信息',
    ])
      expect(text, part).to.include(part)
    expect([sheet.isSigned, sheet.recheck]).to.deep.equal([true, { code: null }])
    const bare = sheetOfReport({ ...KEPT, licence: null, ledger: null })
    expect(textOf(bare)).to.include('未取得可用的链上数据').and.not.include('颁发机构代码')
  })
})

describe('what a sheet is opened of', () => {
  it('is what its button stood beside, whatever is opened before somebody comes back', async () => {
    const world = await createTestingWorld()
    const { request, view } = world.licences.accepted
    const verification = await createLocalVerifier({ view, clock: world.clock }).verify(request)
    const [counter, row] = [
      { verification, useCause: '柜台' },
      { verification: { ...verification }, useCause: '批量' },
    ]
    const printed = createPrintedVerifications()
    const first = printed.keep(counter)
    const second = printed.keep(row)
    expect([printed.find(first), printed.find(second)]).to.deep.equal([counter, row])
    expect(printed.find(first)?.verification).to.equal(counter.verification)
    for (const other of [undefined, '', '3', ['1'], '__proto__']) expect(printed.find(other)).to.equal(null)
    for (let more = 0; more < 50; more++) printed.keep(row)
    expect(printed.find(first), 'bounded').to.equal(null)
    printed.forget()
    expect(printed.find(second)).to.equal(null)
    expect(printed.keep(row), 'no old address leads to what another person opens').to.equal('53')
  })
})

describe('the QR code of a sheet', () => {
  it('leads to the page with the number behind the #, and never with the code', () => {
    const address = recheckAddress('https://verifier.example', KEPT.number)
    expect(address).to.equal(`https://verifier.example/recheck#n=${KEPT.number}`)
    expect(
      address.startsWith(`${recheckPage('https://verifier.example')}#`),
      'as it stands in words',
    ).to.equal(true)
    expect(new URL(recheckAddress('https://verifier.example', 'a&b#c=d')).hash).to.equal('#n=a%26b%23c%3Dd')
  })

  it('is squares with a quiet zone of four around them', () => {
    const { side, path } = drawRecheckCode(recheckAddress('https://verifier.example', KEPT.number))
    const places = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].flatMap(([, x, y]) => [Number(x), Number(y)])
    expect(places.length).to.be.greaterThan(400)
    expect(Math.min(...places)).to.equal(4)
    expect(Math.max(...places)).to.equal(side - 5)
  })
})
