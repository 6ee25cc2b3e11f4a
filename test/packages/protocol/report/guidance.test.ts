import {
  defectSentenceOf,
  FINDING_CODES,
  type Finding,
  type FindingCode,
  finding,
  formatChinaTime,
  meaningOf,
  nextStepOf,
  reasonOf,
  resultSentenceOf,
  sentenceOf,
  whomToAsk,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { CHECK_NAMES } from '#internal/protocol/report/findings'
import { STEPS_OF_VERDICTS } from '#internal/protocol/report/next-steps'
import { RESULT_SENTENCES } from '#internal/protocol/report/verdict'

const OFFICE = {
  issuer: '11430000006122244L',
  registeredName: '湖南省住房和城乡建设厅',
  capacity: 'operator',
  responsibleName: '湖南省住房和城乡建设厅',
  contact: '0731-00000000',
}
const AUTHORITY = finding('issuerAuthority/accredited', OFFICE)

const NOW = 1_768_147_200
/** Of each check what passes, or was not asked for. */
const ACCEPTED = CHECK_NAMES.map((name) =>
  finding(
    FINDING_CODES.find((code) => code.startsWith(`${name}/`) && meaningOf(code).status === 'pass') ??
      'comparison/not-requested',
  ),
)

/** Codes that can decide a verdict that is not accepted. */
const DECIDING = FINDING_CODES.filter((code) => !['pass', 'skipped'].includes(meaningOf(code).status))

const stepOf = (findings: readonly Finding[], asOf: number | null = null) =>
  nextStepOf({ findings, request: { asOf } })

function told(code: FindingCode, facts = {}): readonly Finding[] {
  return [...(code.startsWith('issuerAuthority/') ? [] : [AUTHORITY]), finding(code, facts)]
}

describe('what stands above the checks', () => {
  it('names the finding that decides as the reason, and none where nothing decides', () => {
    for (const code of DECIDING) expect(reasonOf(told(code))).to.deep.equal(sentenceOf(code))
    expect(reasonOf([AUTHORITY])).to.equal(null)
  })

  it('has a next step of its own for every finding that can decide', () => {
    const fallbacks = [stepOf([])].map(({ zh }) => zh)
    for (const code of DECIDING) {
      const { zh, en } = stepOf(told(code))
      expect(zh, code)
        .to.match(/\p{Script=Han}/u)
        .and.not.match(/[{}]/)
      expect(en, code)
        .to.match(/^[A-Z]/)
        .and.not.match(/[{}]|\p{Script=Han}{12}/u)
      const isSilence = /ledger-(unreachable|stale)$/.test(code)
      expect(fallbacks.includes(zh), code).to.equal(isSilence)
    }
  })

  it('tells a clerk what can be put right, and by whom', () => {
    const steps: readonly (readonly [FindingCode, RegExp])[] = [
      ['status/superseded', /出示新证照/],
      ['status/transferred-out', /转入地办理转入/],
      ['status/suspended', /联系湖南省住房和城乡建设厅（0731-00000000）办理解除暂扣/],
      ['status/revoked', /异议的，请向湖南省住房和城乡建设厅（0731-00000000）核实/],
      ['validity/expired', /延续.*请向湖南省住房和城乡建设厅（0731-00000000）核实/],
      ['recognition/negative-list', /不代表证照不真实.*纸质材料/],
      ['anchor/ledger-unreachable', /不代表证照有问题；请稍后重试/],
      ['anchor/ledger-ahead', /校准核验系统的时钟.*不代表证照有问题/],
      ['faceIssuer/ambiguous-name', /向该机构的上级机关核实/],
      ['faceIssuer/other-name', /向湖南省住房和城乡建设厅（0731-00000000）核实（以链上登记的为准/],
      ['holderBinding/other-nonce', /重新出示/],
      ['wellFormed/not-a-licence', /核对所选文件/],
    ]
    for (const [code, step] of steps) expect(stepOf(told(code)).zh, code).to.match(step)
  })

  it('says to go on with a case by what is accepted now, and shows whose it is', () => {
    const goOn = STEPS_OF_VERDICTS.accepted
    const found = (code: FindingCode, facts = {}) => [
      ...ACCEPTED.filter(({ check }) => !code.startsWith(`${check}/`)),
      finding(code, facts),
    ]
    const unnamed = { missing: ['holderName'] }
    expect(stepOf(ACCEPTED)).to.deep.equal(goOn)
    expect(stepOf(found('demand/met', { demanded: ['category'] }))).to.deep.equal(goOn)
    expect(stepOf(ACCEPTED, NOW).zh).to.include(formatChinaTime(NOW)).and.not.include('继续受理')
    for (const code of ['demand/not-asked', 'demand/no-demand'] as const) {
      expect(stepOf(found(code))).to.deep.equal(goOn)
      expect(stepOf(found(code, unnamed)).zh).to.match(/不能确认证照是谁的/)
      expect(stepOf(found(code, unnamed), NOW).zh).to.include('时点')
    }
    const revoked = found('status/revoked')
    expect(stepOf(revoked, NOW)).to.deep.equal(stepOf(revoked))
  })

  it('names what took a licence’s place by its agency and its day, once the ledger has both', () => {
    const facts = { successor: '11220000013544541J', successorSince: 1_767_283_200 }
    const superseded = stepOf(told('status/superseded', facts))
    expect(superseded.zh).to.equal(
      '请申请人出示2026年1月2日起接替本证的新证照（同一颁发机构）；持证人没有新证照的，请其向湖南省住房和城乡建设厅（0731-00000000）领取',
    )
    expect(superseded.en).to.match(/took its place on 2026-01-02.*\(0731-00000000\)/)
    const transferred = stepOf(told('status/transferred', facts))
    expect(transferred.zh).to.match(/2026年1月2日转入后由机构11220000013544541J颁发的新证照；/)
    for (const missing of Object.keys(facts)) {
      const { [missing]: _, ...others } = facts as Record<string, string | number>
      expect(stepOf(told('status/superseded', others)).zh).to.equal('请申请人出示新证照')
    }
    expect(stepOf(told('status/revoked', facts)).zh).to.not.match(/11220000013544541J/)
  })

  it('says of what is no licence what it is, and nothing of what it cannot know', () => {
    const steps = ['nothing', 'qr-whole', 'qr-reference', 'licence-id', 'other', 'toString'].map(
      (presented) => stepOf([finding('wellFormed/not-a-licence', { presented })]).zh,
    )
    expect(new Set(steps.slice(0, 5)).size).to.equal(5)
    expect(steps[5]).to.equal(steps[4])
    expect(steps[0]).to.match(/没有读到内容/)
    expect(steps[3]).to.match(/标识不能核验/)
  })

  it('speaks of tampering in two findings and no other', () => {
    const accused = FINDING_CODES.filter((code) => /篡改|改动|伪造/.test(sentenceOf(code).zh))
    expect(accused).to.deep.equal(['signature/mismatch', 'disclosures/not-signed'])
    const inEnglish = FINDING_CODES.filter((code) => /tamper|alter|forge/i.test(sentenceOf(code).en))
    expect(inEnglish).to.deep.equal(accused)
  })

  it('asks whoever acts today: by name, by code, by region, whom the council named, else the issuer', () => {
    const asked = (facts: object) => whomToAsk([finding('issuerAuthority/accredited', { ...facts })]).zh
    expect(asked(OFFICE)).to.equal('湖南省住房和城乡建设厅（0731-00000000）')
    expect(
      asked({ registeredName: '旧名', capacity: 'successor', responsible: '1143000000000104MF' }),
    ).to.equal('1143000000000104MF')
    expect(asked({ registeredName: '旧名', capacity: 'custodian', responsibleRegion: '430000' })).to.equal(
      '430000',
    )
    expect(asked({ registeredName: '旧名', capacity: 'custodian' })).to.equal('理事会指定的机关')
    expect(asked({ registeredName: '湖南省住房和城乡建设厅' })).to.equal('湖南省住房和城乡建设厅')
    expect(asked({})).to.equal('颁发机构')
    expect(whomToAsk([]).en).to.equal('the issuer')
  })

  it('gives code 4 the words of the share service only where something can still be shown', () => {
    const incomplete = DECIDING.filter(
      (code) =>
        meaningOf(code).resultCode === 4 && resultSentenceOf(told(code)).zh === RESULT_SENTENCES[4].zh,
    )
    expect(incomplete).to.deep.equal([
      'disclosures/none',
      'inclusion/no-receipt',
      'anchor/no-receipt',
      'issuerKey/issuance-time-unknown',
      'demand/missing',
      'comparison/not-disclosed',
      'holderBinding/missing',
    ])
    const words = (
      ['anchor/ledger-unreachable', 'recognition/negative-list', 'status/restricted'] as const
    ).map((code) => resultSentenceOf(told(code)).zh)
    expect(new Set(words).size).to.equal(3)
    expect(resultSentenceOf(told('status/suspended'))).to.deep.equal(RESULT_SENTENCES[2])
  })

  it('is said of no finding whose check is not of the table', () => {
    for (const code of DECIDING) expect(CHECK_NAMES).to.include(meaningOf(code).check)
  })

  it('has Chinese words for the defects of what cannot be read, those to come among them', () => {
    expect(defectSentenceOf('missing').zh).to.equal('缺少内容')
    for (const code of ['a-code-to-come', 'constructor'])
      expect(defectSentenceOf(code).zh).to.equal('不符合规定')
  })
})
