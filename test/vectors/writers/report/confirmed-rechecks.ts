/** Re-checks that confirm a report. */
import {
  createMemoryLedgerView,
  type LedgerView,
  type MemoryLedger,
  type VerificationReport,
} from '@hefu/protocol'
import { withActs, withAgency } from '../../../fixtures/altered-ledger.ts'
import { NOW } from '../../../fixtures/sample-credential.ts'
import { CHALLENGE } from '../../../fixtures/sample-presentation.ts'
import { ITEM, type Rechecked, withDemand } from './recheck-vector.ts'
import { type Scene, SUBMITTED } from './report-scene.ts'
import { RENDITION } from './reports.ts'

/** A year later: another block, at which the licence is revoked; the view can still answer at the one before. */
function archiveOf(memory: MemoryLedger): LedgerView {
  const block = { number: 9000, hash: `0x${'9c'.repeat(32)}`, time: NOW + 31_536_000 } as const
  const revoked = withActs({ act: 'revoke', effectiveAt: NOW + 60 })({ ...memory, block })
  const [then, now] = [createMemoryLedgerView(memory), createMemoryLedgerView(revoked)]
  return {
    ledger: memory.ledger,
    lookup: (query) => (query.block?.hash === memory.block.hash ? then : now).lookup(query),
  }
}

/** A view that says what nodes are behind it. */
function toldByNodes(memory: MemoryLedger): LedgerView {
  const { ledger, lookup } = createMemoryLedgerView(memory)
  const nodes = { needed: 2, agreeing: 3, newest: memory.block.number, logsHeldBy: 'header' } as const
  return { ledger, lookup: async (query) => ({ ...(await lookup(query)), nodes }) }
}

export async function confirmed({ sample, verify }: Scene): Promise<readonly Rechecked[]> {
  const { memory } = sample
  const revoked = withActs({ act: 'revoke', effectiveAt: NOW - 5 })(memory)
  const suspended = withAgency({ status: 'suspended' })(memory)
  const on = (other: MemoryLedger): Promise<VerificationReport> =>
    verify({ view: createMemoryLedgerView(other) })
  const asked = { serviceItem: '440100-0001', caseNo: '粤2026-0001', asOf: NOW - 3600 }
  const given = { submitted: SUBMITTED, challenge: CHALLENGE }
  const demanding = withDemand(memory)
  const beyond = { serviceItem: ITEM, submitted: SUBMITTED }
  return [
    { is: 'accepted', report: await verify() },
    { is: 'rejected', report: await on(revoked), memory: revoked },
    { is: 'refer', report: await on(suspended), memory: suspended },
    { is: 'a case, a service item and a time asked about', report: await verify({ request: asked }) },
    { is: 'compared and challenged, all given again', report: await verify({ request: given }), given },
    { is: 'in a rendition', report: await verify({ request: { rendition: RENDITION } }) },
    {
      is: 'in a rendition, given again',
      report: await verify({ request: { rendition: RENDITION } }),
      given: { rendition: RENDITION },
    },
    { is: 'compared and challenged, nothing given again', report: await verify({ request: given }) },
    {
      is: 'compared and challenged, only the challenge given again',
      report: await verify({ request: given }),
      given: { challenge: CHALLENGE },
    },
    {
      is: 'values of a field demanded and beyond the demand, none given again',
      report: await verify({ request: beyond, view: createMemoryLedgerView(demanding) }),
      memory: demanding,
    },
    {
      is: 'a value of a field that is not shown, not given again',
      report: await verify({ request: { submitted: { height: '1.80' } } }),
    },
    { is: 'of nodes that only its verifier saw', report: await verify({ view: toldByNodes(memory) }) },
    { is: 'by a limit of its verifier’s own', report: await verify({ maxLedgerAgeSeconds: 7 }) },
    { is: 'a year later, revoked since', report: await verify(), view: archiveOf(memory) },
    {
      is: 'nothing could be read: the ledger is not asked',
      report: await verify({ request: { presented: 'x' } }),
      given: { presented: 'x' },
    },
  ]
}
