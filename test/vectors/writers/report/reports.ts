/** Reports that are read, whatever they say. */
import {
  createMemoryLedgerView,
  encodeReport,
  encodeReportNumber,
  numberReport,
  type ReportedNodes,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import { withActs, withAgency } from '../../../fixtures/altered-ledger.ts'
import { FACE_DATA, NOW } from '../../../fixtures/sample-credential.ts'
import { CHALLENGE } from '../../../fixtures/sample-presentation.ts'
import type { Named } from './named.ts'
import { BROKEN, type Scene, silentView, withFacts } from './report-scene.ts'

/** SHA-256 of a file. */
export const RENDITION = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg'

const LONG = { day: '2026-01-12', series: '00000000', count: 1_000_000 }

export async function readReports({ sample, presented, verify }: Scene): Promise<readonly object[]> {
  const { memory } = sample
  const report = await verify()
  const everything: VerificationRequest = {
    presented,
    receivingRegion: '440100',
    serviceItem: '440100-0001',
    caseNo: '粤2026-0001',
    asOf: NOW - 60,
    submitted: FACE_DATA,
    challenge: CHALLENGE,
  }
  const suspended = createMemoryLedgerView(withAgency({ status: 'suspended' })(memory))
  const old = createMemoryLedgerView({ ...memory, block: { ...memory.block, time: NOW - 301 } })
  const revoked = createMemoryLedgerView(withActs({ act: 'revoke', effectiveAt: NOW - 5 })(memory))
  const malformed = await verify({ request: { presented: BROKEN } })
  const defect = { code: 'a-code-to-come' as never, where: '', expected: '', found: '' }
  const { ledger } = report
  if (ledger === null) throw new Error('write vectors: a report with a ledger is needed')
  const { maxAge: _limit, ...unlimited } = ledger
  const nodes = { needed: 2, agreeing: 3, newest: ledger.blockNumber + 1, logsHeldBy: 'header' } as const
  const told: readonly ReportedNodes[] = [
    nodes,
    { ...nodes, agreeing: 0, newest: null, logsHeldBy: 'agreement' },
    { ...nodes, needed: 1, logsHeldBy: 'one-node' },
  ]
  const reports: Named<VerificationReport> = [
    ['accepted', report],
    ['kept under a number', numberReport(report, '20260112-7K3M9QXA-000123-J')],
    ['kept under a number of a long series', numberReport(report, encodeReportNumber(LONG))],
    ['no limit to the age of the block', { ...report, ledger: unlimited }],
    ...told.map(
      (nodes) =>
        [`the nodes’ word, by ${nodes.logsHeldBy}`, { ...report, ledger: { ...ledger, nodes } }] as const,
    ),
    ['the nodes’ word without a limit', { ...report, ledger: { ...unlimited, nodes } }],
    ['undetermined: the block is too old', await verify({ view: old })],
    ['with all that can be asked', await verify({ request: everything })],
    ['in a rendition that nobody bound', await verify({ request: { rendition: RENDITION } })],
    ['refer: the agency is suspended', await verify({ view: suspended })],
    ['rejected: revoked', await verify({ view: revoked })],
    ['a bare credential, without receipt', await verify({ request: { presented: sample.compact } })],
    ['undetermined: the ledger was not reached', await verify({ view: silentView(memory, 'unreachable') })],
    ['undetermined: a licence that cannot be read', malformed],
    ['undetermined: no licence', await verify({ request: { presented: 'x' } })],
    ['no verifier’s, but read: facts that the check does not give', withFacts(report, { a: ['b'], c: -1 })],
    [
      'no verifier’s, but read: a region that does not exist, and a time after the clock',
      { ...report, request: { ...report.request, receivingRegion: '999999', asOf: NOW + 1 } },
    ],
    [
      'no verifier’s, but read: a defect with another code',
      { ...malformed, defects: malformed.defects.map(() => defect) },
    ],
  ]
  return reports.map(([is, value]) => ({ is, text: encodeReport(value), report: value }))
}
