/** Re-checks where a registry names the ledgers. */
import { type Finding, finding, type VerificationReport } from '@hefu/protocol'
import { REGISTRY_BLOCK, registryOf, sampleEntry } from '../../../fixtures/registry-situations.ts'
import { ANCHORED_AT, LEDGER, NOW } from '../../../fixtures/sample-credential.ts'
import type { Rechecked } from './recheck-vector.ts'
import { replaceFinding, type Scene } from './report-scene.ts'

/** Where the verifier of the report, the re-check, or both follow a registry. */
export async function registered({ presented, verify }: Scene): Promise<readonly Rechecked[]> {
  const open = registryOf(sampleEntry(ANCHORED_AT, null))
  const closed = registryOf(sampleEntry(ANCHORED_AT, NOW))
  const notOpen = registryOf(sampleEntry(ANCHORED_AT + 1, null))
  const report = await verify({ registry: open })
  const refused = await verify({ registry: notOpen })
  const receipt = { chainId: LEDGER.chainId, ledger: `0x${'ab'.repeat(20)}` }
  const foreign = presented.replace(`"ledger":"${LEDGER.address}"`, `"ledger":"${receipt.ledger}"`)
  const other = { ...sampleEntry(ANCHORED_AT, null), chainId: 7 }
  const later = { ...open, block: { ...REGISTRY_BLOCK, hash: `0x${'7f'.repeat(32)}` } } as const
  return [
    { is: 'a registry followed: open', report, registry: open },
    { is: 'a registry followed: closed since', report: await verify({ registry: closed }), registry: closed },
    { is: 'a registry followed: not open when it was anchored', report: refused, registry: notOpen },
    {
      is: 'a registry followed: a receipt of another ledger',
      report: await verify({ registry: open, request: { presented: foreign } }),
      given: { presented: foreign },
      registry: open,
    },
    { is: 'open by the report, closed by its registry at its block', report, registry: closed },
    {
      is: 'found by the report, and not open',
      report: replaceFinding(refused, finding('anchor/found', anchorFactsOf(refused))),
      registry: notOpen,
    },
    { is: 'a registry followed, and the re-check pins the ledger', report },
    { is: 'the ledger pinned, and the re-check follows a registry', report: await verify(), registry: open },
    { is: 'the registry does not have the block', report, registry: later },
    { is: 'the registry cannot be reached', report, registry: { ...open, block: null } },
    { is: 'the registry does not name the ledger', report, registry: registryOf(other) },
    {
      is: 'a block of the registry that is no hash',
      report: replaceFinding(
        report,
        finding('anchor/found', { ...anchorFactsOf(report), registryBlock: 77 }),
      ),
      registry: open,
    },
  ]
}

function anchorFactsOf({ findings }: VerificationReport): Finding['facts'] {
  return findings.find(({ check }) => check === 'anchor')?.facts ?? {}
}
