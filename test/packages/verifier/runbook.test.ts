/** The runbook speaks of this program: each code, number, variable and log line in it is one, and both languages name the same. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createRegistry } from '@hefu/service'
import { VERIFIER_PROBLEMS } from '@hefu/verifier'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { VERIFIER_SETTINGS } from '#internal/verifier/configuration'
import { LEDGER_STATES, NODE_STATES, REPLICA_STATES } from '#internal/verifier/metrics'
import { createSample } from './sample.ts'
import { startTestService } from './service.ts'

const PACKAGE = new URL('../../../packages/verifier/', import.meta.url)
const SPAN = /`([^`]+)`/g
const ALARMS = 7
const PARTS = ['征兆 Sign', '含义 Meaning', '处理 What to do', '恢复 Over']
/** What is neither a code nor a number of this service: members of answers and lines, commands, addresses. */
const OTHERS: ReadonlySet<string> = new Set([
  '/metrics',
  '/health/ready',
  '/.well-known/openid-configuration',
  'nodeStates',
  'node',
  'state',
  'fault',
  'lag',
  'reason',
  'failure',
  'client',
  'requestsPerMinute',
  'unguarded',
  'Retry-After',
  'hefu_replica',
  'hefu-ledger audit',
  'hefu-verifier check',
  'pg_dump',
  'store-newer',
  'code',
  'freshness',
  'deploymentBlock',
  'deposit-key-missing',
  'verifier-key.ended.json',
  'verifier-keys.known.json',
  'hefu-verifier keys',
  'hefu-verifier end-key',
  // Of a ledger that cannot be asked (packages/sdk/README.md).
  'wrong-chain',
  'no-contract',
  'inconsistent',
])

describe('packages/verifier/RUNBOOK.md', () => {
  const text = readFileSync(new URL('RUNBOOK.md', PACKAGE), 'utf8')
  const sections = text.split(/^## /m).filter((section) => /^\d /.test(section))
  const spansOf = (part: string): string[] => [...part.matchAll(SPAN)].map(([, span = '']) => span)
  const rowsOf = (section: string): string[][] =>
    section
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .filter(([part = '']) => PARTS.includes(part))
  let known: ReadonlySet<string>
  let metrics: ReadonlySet<string>
  let logged: string

  before(async () => {
    const registry = createRegistry()
    const sample = await createSample()
    await (await startTestService(sample.view, { registry })).close()
    metrics = new Set(registry.getMetricsAsArray().map(({ name }) => name))
    const variables = Object.values(VERIFIER_SETTINGS).flatMap(({ variables }) => variables)
    const problems = Object.keys(VERIFIER_PROBLEMS)
    const states = [...LEDGER_STATES, ...NODE_STATES, ...REPLICA_STATES]
    known = new Set([...metrics, ...variables, ...problems, ...states, ...OTHERS])
    const sources = globSync('src/**/*.ts', { cwd: fileURLToPath(PACKAGE) })
    logged = sources.map((path) => readFileSync(new URL(path, PACKAGE), 'utf8')).join('\n')
  })

  it('has seven alarms, and of each its sign, what it means, what to do, and how it is over, in both languages', () => {
    expect(sections).to.have.length(ALARMS)
    for (const section of sections) {
      const rows = rowsOf(section)
      expect(rows.map(([part]) => part)).to.deep.equal(PARTS)
      for (const [part = '', zh = '', en = ''] of rows) {
        expect(zh, part).to.match(/\p{Script=Han}/u)
        expect(en, part).to.match(/^[^\p{Script=Han}]+$/u)
        expect(spansOf(en).toSorted(), part).to.deep.equal(spansOf(zh).toSorted())
      }
    }
  })

  it('names a number or a code, and nothing that the program does not say', () => {
    const isLogged = (span: string): boolean => span.includes(' ') && logged.includes(`'${span}'`)
    for (const span of spansOf(text.replace(/^```[\s\S]*?^```/gm, '')))
      expect(known.has(span) || isLogged(span), span).to.equal(true)
    for (const section of sections) {
      const [[, sign = ''] = []] = rowsOf(section)
      const said = spansOf(sign)
      expect(
        said.some((span) => metrics.has(span)),
        sign,
      ).to.equal(true)
      expect(
        said.some((span) => isLogged(span) || Object.hasOwn(VERIFIER_PROBLEMS, span)),
        sign,
      ).to.equal(true)
    }
  })
})
