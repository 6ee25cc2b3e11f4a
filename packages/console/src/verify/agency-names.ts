/** Registered names of agencies of which a report has the code alone: read after the verdict, and kept while somebody is signed in. */
import type { VerificationReport } from '@hefu/protocol'
import { agenciesIn } from '@hefu/sdk/display'
import { shallowReadonly, shallowRef } from 'vue'
import { onForget } from '../session/typed-work.ts'
import { readAgencyName } from './ledger-record.ts'

/** Of one report; more are told by their codes. */
const MOST_OF_REPORT = 4
const MOST_KEPT = 200

const kept = shallowRef<ReadonlyMap<string, string>>(new Map())

/** By their codes; those that could not be read are not in it. */
export const agencyNames = shallowReadonly(kept)

/** Reads those that are not known yet; without them codes stand where names would. */
export async function nameAgencies({ findings }: VerificationReport): Promise<void> {
  const unknown = agenciesIn(findings).filter((code) => !kept.value.has(code))
  const read = await Promise.all(
    unknown
      .slice(0, MOST_OF_REPORT)
      .map(async (code) => [code, await readAgencyName(code).catch(() => null)] as const),
  )
  const named = read.flatMap(([code, name]) => (name === null ? [] : [[code, name] as const]))
  if (named.length > 0) kept.value = new Map([...kept.value, ...named].slice(-MOST_KEPT))
}

onForget(() => {
  kept.value = new Map()
})
