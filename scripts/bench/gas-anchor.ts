/** Gas of anchoring one batch with its whole authority check: operator, agency, region. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFoundedSandbox } from '../sandbox/founded-sandbox.ts'
import type { Figure } from './measure.ts'

export async function benchGasAnchor(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'hefu-bench-'))
  const sandbox = await createFoundedSandbox(folder)
  try {
    const { operator, agency, gasUsed } = sandbox
    // The first anchor of an agency warms nothing for the second: every transaction starts cold.
    const submission = await operator.submitAnchors(agency, [{ root: `0x${'a5'.repeat(32)}`, size: 4096 }])
    await operator.confirm(submission)
    return { name: 'gas-anchor', value: await gasUsed(submission.transactionHash), unit: 'gas' }
  } finally {
    await sandbox.stop()
    rmSync(folder, { recursive: true })
  }
}
