/** The case that is typed, as it is said for all items of a batch. */
import { asOfDay, type CaseDetails, type CaseFault, faultsOf, lacksOf } from '../verify/case-details.ts'
import type { ForAll } from './batch-lines.ts'
import { type Given, holdsList } from './given-files.ts'

/**
 * What has to be mended before a batch is begun: of a list the service looks for the licences, and records for which case.
 *
 * @param own region of whoever asks; `null`: any
 * @param now Unix seconds
 */
export function faultsForBatch(
  typed: CaseDetails,
  given: Given,
  own: string | null,
  now: number,
): readonly CaseFault[] {
  return [...faultsOf(typed, own, now), ...(holdsList(given) ? lacksOf(typed, ['caseNo', 'useCause']) : [])]
}

/** What is not stated is left out. @param now Unix seconds */
export function forAllOf(typed: CaseDetails, now: number): ForAll {
  const { region, serviceItem, caseNo, useCause, day } = typed
  const asOf = asOfDay(day, now)
  return {
    all: {
      receivingRegion: region,
      ...(serviceItem === '' ? {} : { serviceItem }),
      ...(caseNo === '' ? {} : { caseNo }),
      ...(useCause === '' ? {} : { useCause }),
    },
    ...(asOf === undefined ? {} : { asOf }),
  }
}
