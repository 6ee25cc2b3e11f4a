/** Re-checks that the ledger leaves without an answer. */
import { createMemoryLedgerView, type LedgerView } from '@hefu/protocol'
import { NOW } from '../../../fixtures/sample-credential.ts'
import type { Rechecked } from './recheck-vector.ts'
import { type Scene, silentView } from './report-scene.ts'

export async function undetermined({ sample, verify }: Scene): Promise<readonly Rechecked[]> {
  const { memory } = sample
  const report = await verify()
  const elsewhere = { ...memory.block, hash: `0x${'00'.repeat(32)}` } as const
  const later = { ...memory, block: { ...elsewhere, number: 1201 } }
  const { ledger, lookup } = createMemoryLedgerView({ ...memory, block: elsewhere })
  const heedless: LedgerView = { ledger, lookup: ({ block: _block, ...query }) => lookup(query) }
  const unreached = await verify({ view: silentView(memory, 'unreachable') })
  const stale = await verify({
    view: createMemoryLedgerView({ ...memory, block: { ...memory.block, time: NOW - 301 } }),
  })
  const address = `0x${'c6'.repeat(20)}` as const
  return [
    ...(['unreachable', 'wrong-chain', 'no-contract', 'inconsistent', 'refused'] as const).map((code) => ({
      is: `the ledger does not answer: ${code}`,
      report,
      view: silentView(memory, code),
    })),
    { is: 'the ledger knows no such block', report, memory: later },
    { is: 'the block of that number is another', report, memory: { ...memory, block: elsewhere } },
    { is: 'the answer is of another block than was asked for', report, view: heedless },
    { is: 'another chain', report, memory: { ...memory, ledger: { ...memory.ledger, chainId: 1 } } },
    { is: 'another ledger', report, memory: { ...memory, ledger: { ...memory.ledger, address } } },
    { is: 'its own verifier did not reach the ledger', report: unreached },
    { is: 'its own verifier found the ledger stale', report: stale },
  ]
}
