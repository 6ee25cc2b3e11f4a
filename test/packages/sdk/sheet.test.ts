import {
  CHECK_NAMES,
  createMemoryLedgerView,
  demandKey,
  encodeReport,
  type LedgerView,
  type MemoryNotice,
  type ResponsibleFact,
  statusKey,
  suite,
} from '@hefu/protocol'
import { createLocalVerifier, renderSheet, type SheetLanguage, type Verification } from '@hefu/sdk'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import {
  afterActs,
  alter,
  createSample,
  FACE,
  ISSUER,
  ISSUER_NAME,
  NOW,
  SAMPLE_KEY,
  type Sample,
} from '../verifier/sample.ts'

const LANGUAGES: readonly SheetLanguage[] = ['zh', 'en', 'both']

describe('renderSheet', () => {
  let sample: Sample
  let accepted: Verification

  const verify = (members: object = {}) =>
    createLocalVerifier({ view: sample.view, clock: () => NOW }).verify({
      presented: sample.bundle,
      receivingRegion: '440000',
      ...members,
    })

  const verifyOver = (view: LedgerView) =>
    createLocalVerifier({ view, clock: () => NOW }).verify({
      presented: sample.bundle,
      receivingRegion: '440000',
    })

  before(async () => {
    sample = await createSample()
    accepted = await verify({ caseNo: '粤2025-1', asOf: NOW - 60 })
  })

  it('says the verdict first, then what to do, in Chinese', () => {
    const sheet = renderSheet(accepted, { language: 'zh' })
    expect(sheet.split('\n').slice(2, 5)).to.deep.equal([
      '✔ 核验通过',
      '  可免交原件，继续受理',
      '  结果代码：0 信息正确且有效',
    ])
    for (const line of [
      '  证照类型：安管人员安全生产考核合格证书',
      '  颁发机构代码：11430000006122244L',
      '  链上登记名称：湖南省住房和城乡建设厅',
      '  受理地区：440000 广东省',
      '  办件编号：粤2025-1',
      '  判断时点：2025-06-15 23:05',
      '  数据截至：2025-06-15 23:05 (区块 5)',
      '  核验时间：2025-06-15 23:06',
      `  报告摘要：${suite.sha256Base64url(encodeReport(accepted.report))}`,
    ])
      expect(sheet.split('\n')).to.include(line)
    expect(sheet).to.not.match(/Accepted|Licence/)
  })

  it('says the same in English, and in both with Chinese first', () => {
    const english = renderSheet(accepted, { language: 'en' })
    expect(english).to.include('✔ Accepted\n').and.include('Case: 粤2025-1')
    expect(english).to.not.include('核验')
    const both = renderSheet(accepted, { language: 'both' })
    expect(both).to.include('✔ 核验通过 · Accepted\n').and.include('办件编号 Case：粤2025-1')
  })

  it('shows the issuer by its code alone where the ledger has no name', async () => {
    const agencies = new Map([...sample.memory.agencies].map(([code, one]) => [code, { ...one, name: null }]))
    const nameless = createMemoryLedgerView({ ...sample.memory, agencies })
    const sheet = renderSheet(await verifyOver(nameless), { language: 'zh' })
    expect(sheet.split('\n')).to.include('  颁发机构代码：11430000006122244L')
    expect(sheet).to.not.include(ISSUER_NAME)
  })

  it('names what stands noted, and the end of a term that is over', async () => {
    const day = NOW - 86_400
    const standing: readonly MemoryNotice[] = [0, 3, 99].map((code) => ({
      code,
      term: { from: day, until: null },
    }))
    const noted = createMemoryLedgerView({ ...sample.memory, notices: new Map([[SAMPLE_KEY, standing]]) })
    const sheet = renderSheet(await verifyOver(noted), { language: 'zh' })
    expect(sheet)
      .to.match(/^! 需人工复核$/m)
      .and.include('(查封, 遗失声明, 标注 99)')
    const over = afterActs(sample.memory, { act: 'suspend', effectiveAt: day, endsAt: day + 60 })
    expect(renderSheet(await verifyOver(over), { language: 'zh' })).to.include('(期满日 2025-06-14)')
  })

  it('names whom to ask today: the agency, its successor, the region, or whom the council named', async () => {
    const name = { zh: '湖南样例自然资源局', en: '', contact: '样例电话' }
    const status = (responsible: ResponsibleFact | null): 'active' | 'retired' =>
      responsible === null || responsible.capacity === 'operator' ? 'active' : 'retired'
    const askedOf = async (responsible: ResponsibleFact | null) => {
      const named = new Map(responsible === null ? [] : [[ISSUER, responsible]])
      const agencies = new Map(
        [...sample.memory.agencies].map(([code, one]) => [
          code,
          { ...one, status: status(responsible), since: NOW - 60 },
        ]),
      )
      const view = createMemoryLedgerView({ ...sample.memory, agencies, responsible: named })
      const sheet = renderSheet(await verifyOver(view), { language: 'zh' })
      return sheet.split('\n').find((line) => line.startsWith('  核实请联系：'))
    }
    const region = '430000'
    expect(await askedOf({ capacity: 'successor', agency: '1143000000000104MF', region, name })).to.equal(
      '  核实请联系：湖南样例自然资源局 1143000000000104MF 样例电话',
    )
    expect(
      await askedOf({ capacity: 'custodian', agency: null, region, name: { ...name, zh: '湖南省' } }),
    ).to.equal('  核实请联系：湖南省 430000 样例电话')
    expect(await askedOf({ capacity: 'custodian', agency: null, region: null, name: null })).to.equal(
      '  核实请联系：理事会指定的机关',
    )
    expect(await askedOf(null)).to.equal('  核实请联系：11430000006122244L')
  })

  it('says what is noted on the licence before it, where a licence goes, and who entered an act', async () => {
    const since = NOW - 86_400
    const origin = statusKey(ISSUER, 4)
    const noted = createMemoryLedgerView({
      ...sample.memory,
      statuses: new Map([[origin, [{ act: 'supersede', effectiveAt: since }]]]),
      successors: new Map([[origin, { issuer: ISSUER, statusIndex: 5, since }]]),
      notices: new Map([[origin, [{ code: 1, term: { from: since, until: null } }]]]),
    })
    expect(renderSheet(await verifyOver(noted), { language: 'zh' })).to.include('(原证照 抵押)')
    const out = createMemoryLedgerView({
      ...sample.memory,
      statuses: new Map([[SAMPLE_KEY, [{ act: 'transfer-out', effectiveAt: since, capacity: 'successor' }]]]),
      destinations: new Map([[SAMPLE_KEY, '1122000000000103MW']]),
    })
    expect(renderSheet(await verifyOver(out), { language: 'zh' })).to.include(
      '(由承继机构登记, 转入机构 1122000000000103MW)',
    )
    const corrected = afterActs(
      sample.memory,
      { act: 'suspend', effectiveAt: since },
      { act: 'correct', status: 'revoked', effectiveAt: since, decisionNumber: '湘更〔2025〕1号' },
    )
    expect(renderSheet(await verifyOver(corrected), { language: 'zh' })).to.include(
      '(更正, 湘更〔2025〕1号, 2025-06-14)',
    )
  })

  describe('for a service item that demands the name alone', () => {
    const serviceItem = 'KSTB-008'
    const demanding = (fields: readonly string[], members: object = {}) =>
      createLocalVerifier({
        view: createMemoryLedgerView({
          ...sample.memory,
          demands: new Map([[demandKey(serviceItem, '11100000000013338W011'), [{ since: 1, fields }]]]),
        }),
        clock: () => NOW,
      }).verify({ presented: sample.bundle, receivingRegion: '440000', serviceItem, ...members })

    it('hands on and compares no other field', async () => {
      const submitted = { holderName: FACE.holderName, holderId: '110105194912310021' }
      const { report, faceData, differences } = await demanding(['holderName'], { submitted })
      expect(report.verdict).to.equal('accepted')
      expect(faceData).to.deep.equal([{ name: 'holderName', value: FACE.holderName }])
      expect(differences).to.deep.equal([])
    })

    it('says what was asked beyond it, and what of it was not shown', async () => {
      const over = await demanding(['holderName'], { submitted: { holderId: FACE.holderId } })
      expect(renderSheet(over, { language: 'zh' })).to.match(/✔ 事项所需信息：.*\(超出所需 证件号码\)/)
      const missing = await demanding(['employerName', 'holderName'])
      expect(renderSheet(missing, { language: 'zh' })).to.match(/! 事项所需信息：.*\(未出示 企业名称\)/)
      expect(missing.report.verdict).to.equal('refer')
    })
  })

  it('masks the face', () => {
    for (const language of LANGUAGES) {
      const sheet = renderSheet(accepted, { language })
      for (const value of Object.values(FACE)) expect(sheet).to.not.include(value)
      expect(sheet).to.include('张**').and.include('1101**********0029')
    }
  })

  it('hides whole what no licence type says how to mask', () => {
    const faceData = [{ name: 'nickname', value: '小张' }]
    expect(renderSheet({ ...accepted, faceData }, { language: 'both' }))
      .to.include('nickname')
      .and.not.include('小张')
  })

  it('shows which submitted values differ, both masked, and nothing of those that do not', async () => {
    const submitted = { ...FACE, holderName: '李冒名', holderId: FACE.holderId.toLowerCase() }
    const different = await verify({ submitted })
    expect(different.report.verdict).to.equal('refer')
    const sheet = renderSheet(different, { language: 'zh' })
    expect(sheet).to.include('比对差异（已遮蔽）\n  姓名：提交 李**; 照面 张**')
    expect(sheet).not.to.match(/李冒名|提交 1101/)
    expect(JSON.stringify(different.report)).not.to.match(/李/)
    expect(renderSheet(accepted, { language: 'zh' })).not.to.include('比对差异')
  })

  it('says by which rule the licence is recognised', () => {
    expect(renderSheet(accepted, { language: 'zh' })).to.include('跨区互认：全国互认清单包含此类证照')
  })

  it('says when a batch was anchored that does not count, and when its ledger was open', async () => {
    const block = { number: 1, hash: `0x${'01'.repeat(32)}`, time: NOW } as const
    const registration = { block, openedAt: NOW - 864_000, closedAt: NOW - 432_000 }
    const directory = { list: async () => [{ view: sample.view, registration }] }
    const refused = await createLocalVerifier({ directory, clock: () => NOW }).verify({
      presented: sample.bundle,
      receivingRegion: '440000',
    })
    const [, line = ''] = / (上链存证：.*)/.exec(renderSheet(refused, { language: 'zh' })) ?? []
    expect(line).to.match(
      /^上链存证：存证时该账本不在开放期内.*账本开放 2025-06-05 23:06, 账本关闭 2025-06-10 23:06/,
    )
    expect(line).to.include('存证时间 ')
    expect(renderSheet(accepted, { language: 'zh' })).to.not.include('账本开放')
  })

  it('shows every check with its mark', async () => {
    const refused = await verify({ presented: alter(sample.bundle) })
    for (const { report, ...rest } of [accepted, refused]) {
      const sheet = renderSheet({ report, ...rest }, { language: 'en' })
      const lines = sheet.split('\n').filter((line) => /^ {2}[✔!✖?–] /.test(line))
      expect(lines).to.have.lengthOf(CHECK_NAMES.length)
    }
    expect(renderSheet(refused, { language: 'zh' }))
      .to.match(/^✖ 不予认可$/m)
      .and.match(/^ {2}✖ /m)
  })

  it('names the fields that differ, never their values', async () => {
    const sheet = renderSheet(await verify({ submitted: { holderName: '李样例' } }), { language: 'zh' })
    expect(sheet).to.match(/^! 需人工复核$/m)
    expect(sheet).to.match(/智能比对：.*\(姓名\)/)
    expect(sheet).to.not.include('李样例').and.not.include(FACE.holderName)
  })

  it('lists the defects of what could not be read', async () => {
    const sheet = renderSheet(await verify({ presented: '{}' }), { language: 'both' })
    expect(sheet).to.include('格式问题 Defects').and.include('bundle.mediaType').and.include('未取得账本数据')
  })

  it('cannot be made to move the cursor or turn text around', async () => {
    const sheet = renderSheet(await verify({ presented: '{"mediaType":"\u001b[2J\u202e"}' }), {
      language: 'both',
    })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is tested
    expect(sheet).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  })
})
