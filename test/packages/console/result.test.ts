import { dayOf, parsePresented, type StatusEntry } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { agenciesIn, toldChecks } from '@hefu/sdk/display'
import { createTestingWorld, type TestingState, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { LEGAL_BASIS_LABELS, RESULT_TEXTS } from '#internal/console/texts/result-texts'
import { CASE_TEXTS } from '#internal/console/texts/verify-texts'
import { toldActs, toldNotices } from '#internal/console/verify/act-history'
import { bringIntoView } from '#internal/console/verify/answer-in-view'
import { isComparable, offeredFields, submittedOf } from '#internal/console/verify/applicant-values'
import { ageOfOldAnswer, ageText, dataAgeOf, isStale } from '#internal/console/verify/data-freshness'
import { comparedFields } from '#internal/console/verify/face-comparison'
import { demandsText, plainFaultOf } from '#internal/console/verify/service-items'
import { reasonTold } from '#internal/console/verify/told-verification'
import { visibleText } from '#internal/console/verify/visible-text'
import { LEGAL_BASES } from '#internal/ledger/write/legal-bases'

describe('what is shown of a verification', () => {
  let world: TestingWorld

  before(async () => {
    world = await createTestingWorld()
  })

  async function verify(state: TestingState, beside: object = {}) {
    const { request, view } = world.licences[state]
    return createLocalVerifier({ view, clock: world.clock }).verify({ ...request, ...beside })
  }

  describe('the face beside what the applicant stated', () => {
    it('says of each field whether the two are the same, and both masked', async () => {
      const { faceData } = await verify('accepted')
      const holder = faceData.find(({ name }) => name === 'holderName')?.value ?? ''
      const submitted = {
        holderName: '李冒名',
        holderId: faceData.find(({ name }) => name === 'holderId')?.value ?? '',
      }
      const rows = comparedFields(await verify('accepted', { submitted }), [], submitted)
      const of = (name: string) => rows.find((row) => row.name === name)
      expect(of('holderName')).to.deep.include({
        comparison: 'different',
        stated: { zh: '李**', en: '李**' },
      })
      expect(of('holderName')?.shown?.zh).not.to.equal(holder)
      expect(of('holderId')).to.deep.include({ comparison: 'same', stated: null })
      expect(of('issuerName')?.comparison).to.equal('none')
    })

    it('tells a difference where both are masked', async () => {
      const { faceData } = await verify('accepted')
      const number = faceData.find(({ name }) => name === 'holderId')?.value ?? ''
      const submitted = { holderId: `${number.slice(0, 8)}0101${number.slice(12)}` }
      const rows = comparedFields(await verify('accepted', { submitted }), [], submitted)
      expect(rows.find(({ name }) => name === 'holderId')).to.include({
        comparison: 'different',
        isHidden: true,
      })
    })

    it('goes by the report where the face is not at hand', async () => {
      const submitted = { holderName: '李冒名' }
      const verification = { ...(await verify('accepted', { submitted })), faceData: [], differences: [] }
      const face = [{ name: 'holderName', label: { zh: '姓名', en: 'Name' }, value: '张**' }]
      expect(comparedFields(verification, face, submitted)).to.have.length(1)
      expect(comparedFields(verification, face, submitted)[0]).to.deep.include({
        comparison: 'different',
        shown: { zh: '张**', en: '张**' },
      })
    })

    it('holds nothing that was stated beside a face that nobody sees', async () => {
      const submitted = { holderName: '样例甲' }
      for (const state of ['revoked', 'altered'] as const)
        expect(comparedFields(await verify(state, { submitted }), [], submitted), state).to.deep.equal([])
      const accepted = comparedFields(await verify('accepted', { submitted }), [], submitted)
      expect(accepted.find(({ name }) => name === 'holderName')?.comparison).to.equal('same')
    })

    it('sends of what was stated what the licence’s type has, and nothing that is empty or cannot be compared', async () => {
      const { licenceType } = await verify('accepted')
      const values = {
        holderName: ' 张样例 ',
        post: '',
        scope: '另一类证照的项目',
        holderId: '1'.repeat(2_049),
      }
      expect(submittedOf(licenceType, values)).to.deep.equal({ holderName: '张样例' })
      expect(submittedOf(null, values)).to.deep.equal({})
      expect(isComparable(`a${'\u0301'.repeat(31)}`)).to.equal(false)
      expect(isComparable('𬭎䶮')).to.equal(true)
    })

    it('offers the fields that the item demands, and all where it says nothing', async () => {
      const { licenceType } = await verify('accepted')
      expect(offeredFields(licenceType, ['holderName']).map(({ name }) => name)).to.deep.equal(['holderName'])
      expect(offeredFields(licenceType, null)).to.equal(licenceType?.fields)
      expect(offeredFields(null, null)).to.deep.equal([])
    })
  })

  describe('the history of legal acts', () => {
    const DAY = 86_400
    const acts: readonly StatusEntry[] = [
      {
        act: 'suspend',
        effectiveAt: 100 * DAY,
        endsAt: 190 * DAY,
        decisionNumber: '湘暂1号',
        capacity: 'superior',
      },
      { act: 'reinstate', effectiveAt: 120 * DAY },
      { act: 'revoke', effectiveAt: 130 * DAY, legalBasis: 'art. 69' },
      { act: 'correct', status: 'valid', effectiveAt: 130 * DAY, decisionNumber: '湘复1号' },
      { act: 'suspend', effectiveAt: 140 * DAY },
    ]

    it('tells each act with its day, decision, term, basis and who entered it', () => {
      const [suspended, , revoked] = toldActs(acts)
      expect(suspended?.day).to.deep.equal(dayOf(100 * DAY))
      expect(suspended?.details.map(({ zh }) => zh)).to.deep.equal([
        '决定文号 湘暂1号',
        `至 ${dayOf(190 * DAY - 1).zh}`,
        '由上级机关登记',
      ])
      expect(revoked?.details.map(({ zh }) => zh)).to.deep.equal(['依据 art. 69'])
    })

    it('has the provision in words, for every code that is entered by itself; any other is told as it is', () => {
      for (const code of new Set(Object.values(LEGAL_BASES)))
        if (code !== null) expect(Object.keys(LEGAL_BASIS_LABELS)).to.include(code)
      const [revoked] = toldActs([{ act: 'revoke', effectiveAt: 0, legalBasis: 'XZCFF-9-3' }])
      expect(revoked?.details.map(({ zh }) => zh)).to.deep.equal(['依据 行政处罚法第九条第三项（XZCFF-9-3）'])
      const [other] = toldActs([{ act: 'revoke', effectiveAt: 0, legalBasis: 'toString' }])
      expect(other?.details.map(({ zh }) => zh)).to.deep.equal(['依据 toString'])
    })

    it('says of a restriction that what it restricts is not entered', () => {
      const [restricted, lifted] = toldActs([
        { act: 'restrict', effectiveAt: 0 },
        { act: 'lift', effectiveAt: 1 },
      ])
      expect([restricted?.details, lifted?.details]).to.deep.equal([[RESULT_TEXTS.restrictedHow], []])
    })

    it('says which notices stood when it was checked, for no act lists them', async () => {
      const { report } = await verify('noted')
      expect(toldNotices(report).map(({ zh }) => zh)).to.have.lengthOf(1)
      expect(toldNotices(report)[0]?.zh).to.match(/^核验时标注：/)
      expect(toldNotices((await verify('accepted')).report)).to.deep.equal([])
    })

    it('calls the day of the anchor by what it is: a licence may have been issued long before', () => {
      expect(RESULT_TEXTS.anchored.zh).to.include('上链存证').and.include('不是颁发日期')
    })

    it('keeps what was corrected to be seen, and strikes nothing before or after the correction', () => {
      expect(toldActs(acts).map(({ isCorrected }) => isCorrected)).to.deep.equal([
        false,
        false,
        true,
        false,
        false,
      ])
      expect(toldActs(acts)[3]?.act.zh).to.equal('更正为“正常”')
    })
  })

  describe('an agency that the report has by its code', () => {
    it('is told by its registered name and code, where the name is known; else by its code', async () => {
      const CODE = '11430100006122244L'
      for (const fact of ['destination', 'successor'] as const) {
        const { report, ...beside } = await verify('transferred-out')
        const findings = report.findings.map((found) =>
          found.check === 'status' ? { ...found, facts: { ...found.facts, [fact]: CODE } } : found,
        )
        const verification = { ...beside, report: { ...report, findings } }
        expect(agenciesIn(findings)).to.deep.equal([CODE])
        const said = (known?: ReadonlyMap<string, string>): string =>
          [reasonTold(verification, known), ...toldChecks(verification, known).map(({ says }) => says)]
            .map((text) => text?.zh)
            .join()
        const named = said(new Map([[CODE, '长沙市住房和城乡建设局']]))
        expect(named.split(`长沙市住房和城乡建设局（${CODE}）`), fact).to.have.lengthOf(3)
        expect(said(), fact).to.include(CODE).and.not.include('长沙市')
      }
      expect(agenciesIn((await verify('accepted')).report.findings)).to.deep.equal([])
    })
  })

  describe('a name that led nowhere', () => {
    it('is said to be that by the service, and by the page that it can look for none', async () => {
      const { request, view } = world.licences.accepted
      const { jti } = parsePresented(request.presented).credential.claims
      const here = await createLocalVerifier({ view, clock: world.clock }).verify({
        ...request,
        presented: jti,
      })
      expect(reasonTold(here)).to.equal(RESULT_TEXTS.notLookedFor)
      expect(reasonTold({ ...here, attestation: 'e.y.J' })).to.equal(RESULT_TEXTS.nothingFound)
      expect(reasonTold(await verify('accepted'))).to.equal(null)
    })
  })

  describe('a service item', () => {
    const TYPE = '11100000000013338W011'
    const items = [
      { serviceItem: 'ONE', demands: [{ licenceType: TYPE, fields: ['holderName', 'post'] }] },
      { serviceItem: 'OTHER', demands: [{ licenceType: 'another', fields: ['holderName'] }] },
      { serviceItem: 'NONE', demands: [] },
    ]

    it('that is not registered, or demands nothing of this licence, is said to be that before a second factor is asked for', () => {
      expect(plainFaultOf(items, 'ONE', TYPE, ['holderName'])).to.equal(null)
      expect(plainFaultOf(items, 'ONE', TYPE, []), 'not at hand').to.equal(null)
      expect(plainFaultOf(items, 'XX', TYPE, [])).to.equal(CASE_TEXTS.unknownItemPlain)
      expect(plainFaultOf(items, 'OTHER', TYPE, [])?.zh).to.include('不需要')
      expect(plainFaultOf(items, 'NONE', TYPE, [])?.zh).to.include('不需要')
      expect(plainFaultOf(items, 'ONE', TYPE, ['holderId'])).to.equal(CASE_TEXTS.demandedNotShown)
    })

    it('of which nothing is known is held against nobody', () => {
      expect(plainFaultOf(null, 'XX', TYPE, [])).to.equal(null)
      expect(plainFaultOf(items, '', TYPE, [])).to.equal(null)
    })

    it('is offered with what it demands', () => {
      expect(items.map((item) => demandsText(item).zh)[0]).to.match(/：姓名、/)
      expect(demandsText({ serviceItem: 'NONE', demands: [] })).to.equal(CASE_TEXTS.demandsNothing)
    })
  })

  describe('what was answered', () => {
    it('comes into view at once, and moves nothing where the whole of it is seen', () => {
      const scrolled = (top: number, bottom: number): readonly unknown[] => {
        const asked: unknown[] = []
        bringIntoView(
          {
            getBoundingClientRect: () => ({ top, bottom }),
            scrollIntoView: (options) => void asked.push(options),
          },
          600,
        )
        return asked
      }
      expect(scrolled(20, 220)).to.deep.equal([])
      for (const [top, bottom] of [
        [-277, -77],
        [-1, 199],
        [500, 700],
        [900, 1_100],
      ] as const)
        expect(scrolled(top, bottom)).to.deep.equal([{ block: 'start', behavior: 'instant' }])
    })
  })

  describe('how old the data is', () => {
    it('is told, and warned of where it is too old', async () => {
      const [fresh, stale] = [await verify('accepted'), await verify('stale-ledger')]
      expect(dataAgeOf(fresh.report)).to.be.at.least(0)
      expect([isStale(fresh.report), isStale(stale.report)]).to.deep.equal([false, true])
      expect(dataAgeOf({ ...fresh.report, ledger: null })).to.equal(null)
    })

    it('is told of the answer, too, once that is old', async () => {
      const { report } = await verify('accepted')
      expect(ageOfOldAnswer(report, report.checkedAt + 599)).to.equal(null)
      expect(ageOfOldAnswer(report, report.checkedAt + 600)).to.equal(600)
    })

    it('is in the unit that fits', () => {
      expect([0, 119, 120, 7_199, 7_200].map((age) => ageText(age).en)).to.deep.equal([
        '0 s',
        '119 s',
        '2 min',
        '119 min',
        '2 h',
      ])
    })
  })

  describe('a text of strangers', () => {
    it('stands as it is where all of it can be seen', () => {
      for (const text of ['张样例', '𬭎䶮', '<img src=x onerror=alert(1)>', '{{7*7}}', 'é'])
        expect(visibleText(text)).to.equal(text)
    })

    it('has its code points where something cannot be seen or turns the writing, and drops nothing', () => {
      expect(visibleText('a\u202eb\u0000c\u200bd\ue000')).to.equal('a[U+202E]b[U+0000]c[U+200B]d[U+E000]')
    })

    it('covers no other line, and is no longer than anybody reads', () => {
      expect(visibleText(`a${'\u0334'.repeat(500)}`)).to.have.length(6)
      expect(visibleText('长'.repeat(65_536))).to.have.length(8_193)
    })
  })
})
