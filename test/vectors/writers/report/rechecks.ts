/** Every re-check of a report. */
import type { RecheckVector } from '../../vector-lists.ts'
import { confirmed } from './confirmed-rechecks.ts'
import { forgedReports } from './forged-rechecks.ts'
import { otherCases } from './other-case-rechecks.ts'
import { recheckVector } from './recheck-vector.ts'
import { registered } from './registry-rechecks.ts'
import type { Scene } from './report-scene.ts'
import { undetermined } from './undetermined-rechecks.ts'

export async function recheckVectors(scene: Scene): Promise<readonly RecheckVector[]> {
  const lists = await Promise.all(
    [confirmed, otherCases, forgedReports, undetermined, registered].map((of) => of(scene)),
  )
  return Promise.all(lists.flat().map((one) => recheckVector(scene, one)))
}
