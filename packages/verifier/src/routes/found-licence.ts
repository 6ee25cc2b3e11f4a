/** The text of a licence that is sought: of what is deposited here, or with another province's service. */
import type { Place, Step } from '@hefu/service'
import type { AskProvince } from '../provinces/ask-province.ts'
import { TurnedAwayError } from '../provinces/bulkhead.ts'
import { DepositAlteredError } from '../store/deposit-seal.ts'
import type { Deposits } from '../store/deposits.ts'
import type { FoundComparisons } from './found-comparisons.ts'
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
  /** `undefined`: no other service is asked. */
  readonly askProvince?: AskProvince | undefined
  /** Of what is found, and not shown by who asks. */
  readonly comparisons: FoundComparisons
}

/** The service's clock (Unix seconds), and who hears why the store could not be used. */
interface Asking {
  readonly clock: () => number
  readonly onFault: (fault: unknown) => void
}

/**
 * What is deposited here; `null`: there is nothing.
 *
 * @throws {ProblemError} `records-unreachable`, `deposit-altered`
 */
export async function findDeposited(
  { deposited, clock, onFault }: FindingServices & Asking,
  { licenceId, reference }: SoughtLicence,
): Promise<string | null> {
  if (deposited === undefined) return null
  const { deposits } = deposited
  const find = (): Promise<string | null> =>
    reference === null
      ? deposits.findByLicenceId(licenceId, clock())
      : deposits.findByReference(reference, clock())
  return recorded(async () => find().catch((error: unknown) => refuseAltered(error, onFault)), onFault)
}

function refuseAltered(error: unknown, onFault: (fault: unknown) => void): never {
  if (!(error instanceof DepositAlteredError)) throw error
  onFault(error)
  throw retrievalProblem('deposit-altered')
}

/** For which case, and for what: it is recorded there, too. */
interface SeekingFor {
  readonly place: Place
  readonly receivingRegion: string
  readonly caseNo: string
  readonly useCause: string
  readonly serviceItem?: string | undefined
}

/**
 * What is deposited here, or, where a service item says what of it may be seen, with the service of its issuer's
 * province; `null`: there is nothing.
 *
 * @throws {ProblemError} `records-unreachable`, `deposit-altered`, `province-unreachable`, `province-busy`, `abandoned`
 */
export async function findLicence(
  services: FindingServices & Asking,
  sought: SoughtLicence,
  { serviceItem, place, ...about }: SeekingFor,
): Promise<string | null> {
  const here = await findDeposited(services, sought)
  const { askProvince } = services
  if (here !== null || askProvince === undefined || serviceItem === undefined) return here
  place.signal.throwIfAborted()
  const { licenceId, issuer, text } = sought
  try {
    const question = { licence: text, licenceId, issuer, serviceItem, ...about }
    return await place.aside(() => askProvince(question, place.signal))
  } catch (error) {
    place.signal.throwIfAborted()
    const isBusy = error instanceof TurnedAwayError && error.why === 'busy'
    throw retrievalProblem(isBusy ? 'province-busy' : 'province-unreachable')
  }
}

/** Refuses where nothing is deposited. */
export function assertDeposits(services: FindingServices): Step<unknown, void> {
  return () => {
    depositedOf(services)
  }
}

/** @throws {ProblemError} `no-deposits` */
export function depositedOf({ deposited }: FindingServices): Deposited {
  if (deposited === undefined) throw retrievalProblem('no-deposits')
  return deposited
}
