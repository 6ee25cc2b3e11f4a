/** Vectors of spec/report.md and spec/key-file.md: reports read and refused, signed, re-checked; keys at rest. */
import { attestations } from './report/attestations.ts'
import { keyFiles } from './report/key-files.ts'
import { malformedPresentations } from './report/malformed-presentations.ts'
import { otherThings } from './report/other-things.ts'
import { recheckVectors } from './report/rechecks.ts'
import { refusedReports } from './report/refused-reports.ts'
import { createScene } from './report/report-scene.ts'
import { readReports } from './report/reports.ts'
import type { VectorFile } from './vector-file.ts'

/** The content of report.json. */
export async function reportVectors(): Promise<VectorFile> {
  const scene = await createScene()
  return {
    spec: 'packages/protocol/spec/report.md',
    read: await readReports(scene),
    refused: await refusedReports(scene),
    malformed: await malformedPresentations(scene),
    notLicences: otherThings(scene),
    attested: await attestations(scene),
    rechecked: await recheckVectors(scene),
    keyFiles: await keyFiles(),
  }
}
