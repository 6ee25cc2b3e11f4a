/** Who may know yes or no is told no agency, number, name, date or identifier, whatever was found. */
import {
  createMemoryLedgerView,
  createVerifier,
  FINDING_CODES,
  type FindingFacts,
  finding,
  formatChinaTime,
  nextStepOf,
  suite,
  type VerificationReport,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { createVerdictAnswer } from '#internal/verifier/routes/verdict-answer'
import { createSample, NOW, sampleRequest } from '../../fixtures/sample-credential.ts'
import type { Situation } from '../../fixtures/situation.ts'
import { SITUATIONS } from '../../fixtures/verification-situations.ts'
import { trustOf } from '../../vectors/recorded-registry.ts'

const NUMBER = '20260112-7K3M9QXA-000123-J'

async function verify(situation: Situation): Promise<VerificationReport> {
  const sample = await createSample(situation.sample)
  const { ledger = (memory) => memory, view = (same) => same, presented = ({ bundle }) => bundle } = situation
  const asked = view(createMemoryLedgerView(ledger(sample.memory)))
  const verifier = createVerifier({ ...trustOf(situation.registry ?? null, asked), suite })
  return verifier.verify({ ...sampleRequest(presented(sample)), ...situation.request }, situation.now ?? NOW)
}

/** What the next step says, without the time that the client itself asked about. */
function said(report: VerificationReport): string {
  const { nextStep, ...rest } = createVerdictAnswer(report, NUMBER)
  expect(Object.keys(rest)).to.deep.equal(['number', 'verdict', 'resultCode'])
  expect(rest.number).to.equal(NUMBER)
  const { asOf } = report.request
  const text = `${nextStep.zh} ${nextStep.en}`
  return asOf === null ? text : text.replaceAll(formatChinaTime(asOf), '')
}

describe('the answer to who may know yes or no', () => {
  const reports: VerificationReport[] = []
  before(async () => {
    for (const situation of SITUATIONS) reports.push(await verify(situation))
  })

  it('tells nothing that any situation of the vectors found: no digit, and no text of any fact', () => {
    expect(reports.length).to.be.greaterThan(100)
    let named = 0
    for (const report of reports) {
      const text = said(report)
      expect(text).to.not.match(/[0-9]/)
      const told = report.findings
        .flatMap(({ facts }) => Object.entries(facts))
        .filter(([name]) => name !== 'presented')
        .flatMap(([, fact]) => (typeof fact === 'object' ? fact : [String(fact)]))
        // Kinds of acts and the like are words of this protocol, and stand in sentences too.
        .filter((fact) => fact.length > 1 && /[0-9\p{Script=Han}]/u.test(fact))
      for (const fact of told) expect(text).to.not.include(fact)
      const whole = nextStepOf(report)
      if (/[0-9]/.test(whole.zh) || told.some((fact) => whole.zh.includes(fact))) named += 1
    }
    expect(named, 'steps that a report would name something in').to.be.greaterThan(10)
  })

  it('tells none of its facts of any finding code, whatever they are', () => {
    const names = [
      ...new Set(reports.flatMap(({ findings }) => findings.flatMap(({ facts }) => Object.keys(facts)))),
    ]
    expect(names).to.include.members(['successor', 'successorSince', 'contact', 'registeredName'])
    const [accepted] = reports
    if (accepted === undefined) throw new Error('there are situations')
    for (const fact of ['金丝雀11440000006941372M', 1_768_147_200, ['金丝雀']] as FindingFacts[string][]) {
      const facts = Object.fromEntries(names.map((name) => [name, fact]))
      for (const code of FINDING_CODES) {
        const found = finding(code, facts)
        const others = accepted.findings.filter(({ check }) => check !== found.check)
        const about = others.map((other) => ({ ...other, facts }))
        const text = said({ ...accepted, findings: [found, ...about] })
        expect(text, code).to.not.match(/[0-9]|金丝雀/)
      }
    }
  })
})
