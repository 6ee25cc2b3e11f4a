import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createMemoryLedgerView,
  demandKey,
  dropDisclosures,
  encodeReport,
  FINDING_CODES,
  LedgerUnavailableError,
  type LedgerView,
  type MemoryNotice,
  type ResponsibleFact,
  sentenceOf,
  statusKey,
  suite,
} from '@hefu/protocol'
import { createLocalVerifier, renderSheet, type SheetLanguage, type Verification } from '@hefu/sdk'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { checkNamesOf } from '#internal/protocol/report/findings'
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
    accepted = await verify({ caseNo: '粤2025-1' })
  })

  it('stands in the README with the checks that it has today', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')
    const checksOf = (text: string) => text.match(/(?<=^ {2}[✔✘–?!] )[^：\n]+(?=：)/gmu)
    expect(checksOf(renderSheet(accepted, { language: 'both' }))).to.have.length(checkNamesOf({}).length)
    expect(checksOf(readme)).to.deep.equal(checksOf(renderSheet(accepted, { language: 'both' })))
    const sentences = new Set(FINDING_CODES.map(sentenceOf).map(({ zh, en }) => `${zh} · ${en}`))
    const said = readme.match(/(?<=^ {2}[✔✘–?!] [^：\n]+：).+$/gmu) ?? []
    expect(said.filter((sentence) => !sentences.has(sentence))).to.deep.equal([])
  })

  it('says the verdict first, then what to do, in Chinese', () => {
    const sheet = renderSheet(accepted, { language: 'zh' })
    expect(sheet.split('\n').slice(2, 5)).to.deep.equal([
      '✔ 核验通过',
      '  可免于提交纸质证照，请继续受理',
      '  核验结果代码：0 信息正确且有效',
    ])
    const digest = suite.sha256Base64url(encodeReport(accepted.report))
    for (const line of [
      '  证照类型：安管人员安全生产考核合格证书',
      '  颁发机构代码：11430000006122244L',
      '  链上登记名称：湖南省住房和城乡建设厅',
      '  受理地区：440000 广东省',
      '  办件编号：粤2025-1',
      '  数据截至：2025-06-15 23:05',
      '  数据时效：核验时已过 60 秒，限 300 秒',
      '  区块高度：5',
      '  核验时间：2025-06-15 23:06',
      `  报告校验值：${digest}`,
      `  核验单编号：20250615-${Buffer.from(digest, 'base64url').toString('hex').slice(0, 8).toUpperCase()}`,
    ])
      expect(sheet.split('\n')).to.include(line)
    expect(sheet).to.not.match(/Accepted|Licence/)
  })

  it('says of values that look alike once they are masked that they differ', async () => {
    const submitted = { holderName: '张样乙' }
    const sheet = renderSheet(await verify({ submitted }), { language: 'zh' })
    expect(sheet).to.include('姓名：申请人填报 张**；证照记载 张**；被遮盖的部分不一致')
    const seen = renderSheet(await verify({ submitted: { holderName: '李样例' } }), { language: 'zh' })
    expect(seen).to.include('姓名：申请人填报 李**；证照记载 张**\n')
  })

  it('of what held at a time that was asked about says so beside the verdict, and not to go on with the case', async () => {
    const past = renderSheet(await verify({ asOf: NOW - 60 }), { language: 'zh' })
    expect(past.split('\n').slice(2, 4)).to.deep.equal([
      '✔ 核验通过（2025-06-15 23:05时点）',
      '  以上是2025-06-15 23:05时点的情形，不代表现在有效；用于受理的，请不指定时点再核验一次',
    ])
    expect(past.split('\n')).to.include('  核验时点：2025-06-15 23:05')
  })

  it('of a face that does not say whose licence it is says not to go on with the case', async () => {
    const presented = dropDisclosures(sample.bundle, ['holderId'])
    const lines = renderSheet(await verify({ presented }), { language: 'zh' }).split('\n')
    expect(lines.slice(2, 4)).to.deep.equal([
      '✔ 核验通过',
      '  照面未出示持证主体名称，不能确认证照是谁的；请申请人补充出示后再受理',
    ])
    expect(lines.join()).to.include('未指明办理事项，未核对事项所需信息（未出示：姓名）')
    const named = await verify({ presented: dropDisclosures(sample.bundle, ['holderName']) })
    expect(renderSheet(named, { language: 'zh' })).to.include('请继续受理')
  })

  it('of a report that a service keeps names its number, its code, and where to look it up', () => {
    const number = '20250615-7K3M9QXA-000123-W'
    const kept = {
      ...accepted,
      report: { ...accepted.report, number },
      recheck: { page: 'https://verify.example/recheck', code: 'XKXK-RVRV-009Z-BPTP' },
    }
    const lines = renderSheet(kept, { language: 'zh' }).split('\n')
    for (const line of [
      `  核验单编号：${number}`,
      '  复核码：XKXK-RVRV-009Z-BPTP',
      '  复核网址：https://verify.example/recheck',
    ])
      expect(lines).to.include(line)
    expect(renderSheet(accepted, { language: 'zh' })).to.not.include('复核码')
  })

  it('says of how old data was too old, and what the limit is', async () => {
    const { block } = sample.memory
    const old = createMemoryLedgerView({ ...sample.memory, block: { ...block, time: NOW - 301 } })
    const sheet = renderSheet(await verifyOver(old), { language: 'zh' })
    expect(sheet).to.include('链上数据未及时同步，未核验（数据截至 2025-06-15 23:01；限 300 秒）')
    expect(sheet).to.include('  数据截至：未取得可用的链上数据').and.not.include('数据时效')
  })

  for (const [logsHeldBy, zh, en] of [
    ['header', '链上事件已凭区块头核对', 'events held against the header'],
    ['agreement', '链上事件凭各节点一致', 'events by agreement of nodes'],
    ['one-node', '链上事件仅凭一个节点', 'events by the word of one node'],
  ] as const) {
    it(`says how many nodes told the same, and how far behind the data is: ${en}`, async () => {
      const nodes = { needed: 2, agreeing: 3, newest: sample.memory.block.number + 4, logsHeldBy }
      const lookup: LedgerView['lookup'] = async (query) => ({ ...(await sample.view.lookup(query)), nodes })
      const told = await verifyOver({ ...sample.view, lookup })
      expect(told.report.ledger?.nodes).to.deep.equal(nodes)
      expect(renderSheet(told, { language: 'zh' }).split('\n')).to.include(
        `  节点核对：3 个节点一致，至少须 2 个；比最新区块少 4 个区块；${zh}`,
      )
      expect(renderSheet(told, { language: 'en' })).to.include(
        `Nodes: 3 agree, 2 needed; 4 blocks behind the newest; ${en}`,
      )
    })
  }

  it('says nothing of nodes where nothing was said, and of no block behind where none is', async () => {
    expect(renderSheet(accepted, { language: 'zh' })).to.not.include('节点')
    const nodes = { needed: 1, agreeing: 1, newest: null, logsHeldBy: 'one-node' } as const
    const lookup: LedgerView['lookup'] = async (query) => ({ ...(await sample.view.lookup(query)), nodes })
    const sheet = renderSheet(await verifyOver({ ...sample.view, lookup }), { language: 'zh' })
    expect(sheet).to.include('1 个节点一致，至少须 1 个；链上事件仅凭一个节点')
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
      .to.match(/^! 需人工复核：证照或其原证照有标注（查封、遗失声明、标注 99）$/m)
      .and.match(/^ {2}! 证照状态：.*（查封、遗失声明、标注 99）$/m)
    const over = afterActs(sample.memory, { act: 'suspend', effectiveAt: day, endsAt: day + 60 })
    expect(renderSheet(await verifyOver(over), { language: 'zh' })).to.include('期满日 2025年6月14日）')
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
    expect(await askedOf(null)).to.equal(`  核实请联系：${ISSUER_NAME} 11430000006122244L`)
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
    expect(renderSheet(await verifyOver(noted), { language: 'zh' })).to.include('（原证照有 抵押）')
    const out = createMemoryLedgerView({
      ...sample.memory,
      statuses: new Map([[SAMPLE_KEY, [{ act: 'transfer-out', effectiveAt: since, capacity: 'successor' }]]]),
      destinations: new Map([[SAMPLE_KEY, '1122000000000103MW']]),
    })
    expect(renderSheet(await verifyOver(out), { language: 'zh' })).to.include(
      '（自2025年6月14日起；由承继机构登记；转入机构 1122000000000103MW）',
    )
    const superseded = createMemoryLedgerView({
      ...sample.memory,
      statuses: new Map([[SAMPLE_KEY, [{ act: 'supersede', effectiveAt: since }]]]),
      successors: new Map([[SAMPLE_KEY, { issuer: ISSUER, statusIndex: 9, since }]]),
    })
    expect(renderSheet(await verifyOver(superseded), { language: 'zh' }))
      .to.include('新证照自2025年6月14日起接替；新证照颁发机构 11430000006122244L；新证照状态序号 9')
      .and.include('  请申请人出示2025年6月14日起接替本证的新证照')
    const decided = { effectiveAt: since, decisionNumber: '湘决〔2025〕1号' } as const
    const last = { effectiveAt: since, decisionNumber: '湘决〔2025〕2号' } as const
    const twofold = [
      [{ act: 'revoke' }, { act: 'deregister' }, '证照已被吊销，并已办理注销（注销依据 湘决〔2025〕2号；自'],
      [{ act: 'restrict' }, { act: 'suspend' }, '（暂扣依据 湘决〔2025〕2号；自'],
    ] as const
    for (const [first, second, says] of twofold) {
      const view = afterActs(sample.memory, { ...first, ...decided }, { ...second, ...last })
      expect(renderSheet(await verifyOver(view), { language: 'zh' })).to.include(says)
    }
    const annulled = afterActs(sample.memory, { act: 'annul', ...decided })
    expect(renderSheet(await verifyOver(annulled), { language: 'zh' })).to.include(
      '自始无效（湘决〔2025〕1号；决定生效日 2025年6月14日）',
    )
    const corrected = afterActs(
      sample.memory,
      { act: 'suspend', effectiveAt: since },
      { act: 'correct', status: 'revoked', effectiveAt: since, decisionNumber: '湘更〔2025〕1号' },
    )
    expect(renderSheet(await verifyOver(corrected), { language: 'zh' })).to.include(
      '（已更正；湘更〔2025〕1号；自2025年6月14日起）',
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
      expect(renderSheet(over, { language: 'zh' })).to.match(/✔ 事项所需信息：.*（超出所需：证件号码）/)
      const missing = await demanding(['employerName', 'holderName'])
      expect(renderSheet(missing, { language: 'zh' })).to.match(/! 事项所需信息：.*（未出示：企业名称）/)
      expect(missing.report.verdict).to.equal('refer')
    })
  })

  it('shows the identifier whole, and no resident number of a decision, a case or a service item', async () => {
    const number = '110105199003078811'
    const view: LedgerView = {
      ledger: sample.view.ledger,
      lookup: async (query) => ({
        ...(await sample.view.lookup(query)),
        status: 'suspended',
        acts: [{ act: 'suspend', effectiveAt: NOW - 90, decisionNumber: `关于张某${number}的决定` }],
      }),
    }
    const told = await createLocalVerifier({ view, clock: () => NOW }).verify({
      presented: sample.bundle,
      receivingRegion: '440000',
      caseNo: number,
      serviceItem: number,
    })
    expect(told.report.findings.find(({ check }) => check === 'status')?.facts).to.include({
      decisionNumber: '关于张某1101**********8811的决定',
    })
    const sheet = renderSheet(told, { language: 'both' })
    expect(sheet).to.not.include('19900307')
    expect(sheet).to.include('1101**********8811')
    expect(sheet).to.include(String(told.report.licence?.licenceId))
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
    expect(sheet).to.include('不一致项（已脱敏）\n  姓名：申请人填报 李**；证照记载 张**')
    expect(sheet).not.to.match(/李冒名|填报 1101/)
    expect(JSON.stringify(different.report)).not.to.match(/李/)
    expect(renderSheet(accepted, { language: 'zh' })).not.to.include('不一致项')
  })

  it('says by which rule the licence is recognised', () => {
    expect(renderSheet(accepted, { language: 'zh' })).to.include('跨区互认：此类证照已列入全国互认清单')
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
      /^上链存证：存证时该互认链不在开放期内.*互认链开放 2025-06-05 23:06；互认链关闭 2025-06-10 23:06/,
    )
    expect(line).to.include('存证时间 ')
    expect(renderSheet(accepted, { language: 'zh' })).to.not.include('互认链开放')
  })

  it('says of a refused licence why, whose it is, who issued it, and whom to ask', async () => {
    const revoked = afterActs(sample.memory, {
      act: 'revoke',
      effectiveAt: NOW - 86_400,
      decisionNumber: '湘建罚〔2025〕7号',
    })
    const verification = await verifyOver(revoked)
    const lines = renderSheet(verification, { language: 'zh' }).split('\n')
    expect(lines.slice(2, 5)).to.deep.equal([
      '✖ 不予认可：证照已被吊销（湘建罚〔2025〕7号；自2025年6月14日起）',
      `  不得据此受理；申请人有异议的，请向${ISSUER_NAME}核实`,
      '  核验结果代码：3 信息正确且证照已失效',
    ])
    expect(lines).to.include('  持证主体（已脱敏）：张**').and.include(`  链上登记名称：${ISSUER_NAME}`)
    expect(verification.holder).to.deep.equal({ name: 'holderName', value: FACE.holderName })
    expect(verification.faceData).to.deep.equal([])
  })

  it('names nobody as the holder whom the issuer did not sign for', async () => {
    for (const presented of [alter(sample.bundle), 'x']) {
      const verification = await verify({ presented })
      expect(verification.holder).to.equal(null)
      expect(renderSheet(verification, { language: 'zh' })).to.not.include('持证主体')
    }
  })

  it('says in words what the one code 4 stands for', async () => {
    const silent = {
      ledger: sample.view.ledger,
      lookup: () => Promise.reject(new LedgerUnavailableError('unreachable', 'x')),
    }
    const restricted = afterActs(sample.memory, { act: 'restrict', effectiveAt: NOW - 86_400 })
    const codes = await Promise.all(
      [silent, restricted].map(
        async (view) => renderSheet(await verifyOver(view), { language: 'zh' }).split('\n')[4],
      ),
    )
    expect(codes).to.deep.equal([
      '  核验结果代码：4 互认链暂时无法连接，未核验',
      '  核验结果代码：4 证照限定使用范围',
    ])
  })

  it('spells out the kind of a document, on the face and where it differs', () => {
    const faceData = [{ name: 'holderIdType', value: '111' }]
    const differences = [{ field: 'holderIdType', submitted: '414', shown: '111' }]
    const sheet = renderSheet({ ...accepted, faceData, differences }, { language: 'both' })
    expect(sheet)
      .to.include('居民身份证 · Resident identity card')
      .and.include('普通护照')
      .and.not.match(/：111/)
  })

  it('ticks nothing that rests on a signature which does not verify, and says whose word the licence is', async () => {
    const bundle = JSON.parse(sample.bundle) as { credential: string }
    const [jws = '', ...disclosures] = bundle.credential.split('~')
    const [header, payload = '', signature] = jws.split('.')
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), exp: 4_000_000_000 }
    const forgedPayload = Buffer.from(JSON.stringify(claims)).toString('base64url')
    const forged = [[header, forgedPayload, signature].join('.'), ...disclosures].join('~')
    const presented = JSON.stringify({ ...bundle, credential: forged })
    const lines = renderSheet(await verify({ presented }), { language: 'zh' }).split('\n')
    expect(lines).to.include('证照（文件自述，签名未核验通过）')
    expect(lines.filter((line) => line.startsWith('  ✔'))).to.deep.equal(['  ✔ 格式：格式正确'])
    expect(lines.join('\n')).to.match(/ {2}– 照面信息、.*：电子签名未核验通过，这些项目不作为依据/)
    const sound = renderSheet(accepted, { language: 'zh' })
    expect(sound).to.not.include('自述').and.not.include('不作为依据')
  })

  it('calls no wrong file, empty scan, identifier or reference forged, and says what to do', async () => {
    for (const [presented, step] of [
      ['', '没有读到内容，请重新扫码或选择文件'],
      ['\ufeff\r\n', '没有读到内容，请重新扫码或选择文件'],
      ['会议通知', '请核对所选文件，或重新扫码'],
      [
        `${accepted.report.licence?.licenceId}\t`,
        '只有电子证照标识不能核验，请申请人出示电子证照文件或二维码',
      ],
      ['HEFU1:P:eyJ', '二维码内容不完整，请重新扫码'],
    ] as const) {
      const sheet = renderSheet(await verify({ presented }), { language: 'zh' })
      expect(sheet.split('\n').slice(2, 4)).to.deep.equal(['? 无法核验：未识别到电子证照', `  ${step}`])
      expect(sheet).to.not.match(/篡改|改动|不予认可|格式问题/)
    }
  })

  it('shows every check with its mark', async () => {
    const refused = await verify({ presented: alter(sample.bundle) })
    for (const { report, ...rest } of [accepted, refused]) {
      const sheet = renderSheet({ report, ...rest }, { language: 'en' })
      const lines = sheet.split('\n').filter((line) => /^ {2}[✔!✖?–] /.test(line))
      expect(lines).to.have.lengthOf(checkNamesOf({}).length)
    }
    expect(renderSheet(refused, { language: 'zh' }))
      .to.match(/^✖ 不予认可：照面信息与颁发机构签发内容不一致，可能被篡改$/m)
      .and.match(/^ {2}✖ /m)
  })

  it('names the fields that differ, never their values', async () => {
    const sheet = renderSheet(await verify({ submitted: { holderName: '李样例' } }), { language: 'zh' })
    expect(sheet).to.match(/^! 需人工复核：申请人填报信息与照面信息不一致（姓名）$/m)
    expect(sheet).to.match(/信息比对：.*（姓名）/)
    expect(sheet).to.not.include('李样例').and.not.include(FACE.holderName)
  })

  it('lists the defects of what could not be read', async () => {
    const broken = await verify({ presented: sample.bundle.replace('"index":', '"place":') })
    expect(renderSheet(broken, { language: 'both' }))
      .to.include('格式问题 Defects')
      .and.match(/^ {2}bundle\.receipt: .*expected only chainId/m)
      .and.include('未取得可用的链上数据')
    const [, defects = ''] = /格式问题\n([\s\S]*?)\n\n/.exec(renderSheet(broken, { language: 'zh' })) ?? []
    expect(defects.split('\n')).to.include('  含有规定以外的内容')
    expect(defects).to.not.match(/[A-Za-z]/)
  })

  it('cannot be made to move the cursor or turn text around', async () => {
    const sheet = renderSheet(await verify({ presented: '{"mediaType":"\u001b[2J\u202e"}' }), {
      language: 'both',
    })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is tested
    expect(sheet).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  })
})
