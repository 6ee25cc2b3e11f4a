/** Readings of which no report is made: of one that was made before, and of a licence that was not found. */
import type { VerificationReport } from '@hefu/protocol'
import type { Admitted } from '@hefu/service'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { Evidence } from '../store/evidence.ts'
import type { Records } from '../store/records.ts'
import { recorded } from './record-problem.ts'
import { retrievalProblem } from './retrieval-problem.ts'

export interface ReadingServices {
  readonly records: Pick<Records, 'evidence'>
  /** Unix seconds. */
  readonly clock: () => number
  /** Hears why something could not be kept. */
  readonly onFault: (fault: unknown) => void
}

type Reading = Evidence['reading']

async function add({ records, onFault }: ReadingServices, reading: Reading): Promise<void> {
  await recorded(() => records.evidence.add({ reading, report: null, replay: null }), onFault)
}

/**
 * Records that a report was shown once more, before it is; `reader` `null`: to whoever has its code.
 *
 * @throws {ProblemError} `records-unreachable`
 */
export function recordShown(
  services: ReadingServices,
  { request, verdict }: VerificationReport,
  number: string,
  shown: 'report' | 'sheet',
  reader: Admitted<VerifierClient> | null,
): Promise<void> {
  return add(services, {
    at: services.clock(),
    kind: reader === null ? 'recheck' : 'report',
    client: reader?.client.id ?? null,
    person: reader?.grant.person ?? null,
    region: request.receivingRegion,
    case_no: request.caseNo,
    service_item: request.serviceItem,
    use_cause: null,
    // Known by the report: what was presented is kept nowhere.
    credential: null,
    shown,
    fields: '[]',
    verdict,
    report: number,
  })
}

/** Who sought a licence, and for which case. */
export interface Sought extends Admitted<VerifierClient> {
  readonly request: {
    readonly receivingRegion: string
    readonly caseNo: string
    readonly serviceItem?: string | undefined
  }
  readonly useCause: string
}

/**
 * Records that a licence was sought and not found, and says so. Which one stands nowhere: whoever guesses identifiers
 * is seen by how often.
 *
 * @throws {ProblemError} `licence-not-found`, `records-unreachable`
 */
export async function answerNotFound(
  services: ReadingServices,
  { client, grant, request, useCause }: Sought,
): Promise<never> {
  await add(services, {
    at: services.clock(),
    kind: 'sought',
    client: client.id,
    person: grant.person,
    region: request.receivingRegion,
    case_no: request.caseNo,
    service_item: request.serviceItem ?? null,
    use_cause: useCause,
    credential: null,
    shown: 'nothing',
    fields: '[]',
    verdict: null,
    report: null,
  })
  throw retrievalProblem('licence-not-found')
}
