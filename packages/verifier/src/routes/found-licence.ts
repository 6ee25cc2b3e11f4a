/** The text of a licence that is sought: of what is deposited here. */
import type { Deposits } from '../store/deposits.ts'
import { recorded } from './record-problem.ts'
import { retrievalProblem } from './retrieval-problem.ts'
import type { SoughtLicence } from './sought-licence.ts'

export interface Deposited {
  readonly deposits: Deposits
  /** Term of an agency's deposit. */
  readonly days: number
}

export interface FindingServices {
  /** `undefined`: nothing is taken in deposit. */
  readonly deposited?: Deposited | undefined
}

/** The service's clock (Unix seconds), and who hears why the store could not be used. */
interface Asking {
  readonly clock: () => number
  readonly onFault: (fault: unknown) => void
}

/**
 * What is deposited here; `null`: there is nothing.
 *
 * @throws {ProblemError} `records-unreachable`
 */
export async function findDeposited(
  { deposited, clock, onFault }: FindingServices & Asking,
  { licenceId, reference }: SoughtLicence,
): Promise<string | null> {
  if (deposited === undefined) return null
  const { deposits } = deposited
  return recorded(
    () =>
      reference === null
        ? deposits.findByLicenceId(licenceId, clock())
        : deposits.findByReference(reference, clock()),
    onFault,
  )
}

/** @throws {ProblemError} `no-deposits` */
export function assertDeposits({ deposited }: FindingServices): Deposited {
  if (deposited === undefined) throw retrievalProblem('no-deposits')
  return deposited
}
