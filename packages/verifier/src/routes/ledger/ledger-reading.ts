/** What a route reads of the ledger: a list, page by page, or one thing. */
import type { LedgerQueries, NodesAgreement, Page, RulePageRequest } from '@hefu/ledger/replica'
import type { Bilingual, LedgerRegistration } from '@hefu/protocol'
import type { ParameterValues, RouteParameters } from '@hefu/service'
import type { z } from 'zod'
import type { ListedLedger } from '../../ledger/listed-ledgers.ts'
import { AFTER, LEDGER, LIMIT } from './ledger-parameters.ts'

export interface ReadLedger {
  readonly queries: LedgerQueries
  readonly agreement: NodesAgreement
  /** `null`: it is pinned. */
  readonly registration: LedgerRegistration | null
  /** All ledgers that the service lists of, this one among them. */
  readonly all: readonly ListedLedger[]
}

/** How a route is called and described. */
interface ReadingRoute<Parameters extends RouteParameters> {
  readonly path: string
  readonly operationId: string
  readonly says: Bilingual
  /** Beside those of every list. */
  readonly parameters: Parameters
  /** The form of one item. */
  readonly item: z.ZodType
}

/** `null`: the ledger has nothing of that name. */
type ReadPage = (
  ledger: ReadLedger,
  values: Readonly<Record<string, unknown>>,
  page: RulePageRequest,
) => Page<unknown> | null
type ReadOne = (ledger: ReadLedger, values: Readonly<Record<string, unknown>>) => unknown

export type LedgerReading = ReadingRoute<RouteParameters> &
  (
    | { readonly kind: 'list'; readonly read: ReadPage }
    | { readonly kind: 'one' | 'present'; readonly read: ReadOne }
  )

/** A list; where it has the parameter `asOf`, of what was in force then. */
export function listReading<Parameters extends RouteParameters>(
  about: ReadingRoute<Parameters>,
  read: (
    ledger: ReadLedger,
    values: ParameterValues<Parameters>,
    page: RulePageRequest,
  ) => Page<unknown> | null,
): LedgerReading {
  const parameters = { ...about.parameters, limit: LIMIT, after: AFTER, ledger: LEDGER }
  // The values are those of the same parameters, which the compiler does not follow through a table.
  return { ...about, kind: 'list', parameters, read: read as ReadPage }
}

/** One thing, or `null`. */
export function oneReading<Parameters extends RouteParameters>(
  about: ReadingRoute<Parameters>,
  read: (ledger: ReadLedger, values: ParameterValues<Parameters>) => unknown,
): LedgerReading {
  return { ...about, kind: 'one', parameters: withLedger(about), read: read as ReadOne }
}

/** One thing as it is at present, whichever block is the newest. */
export function presentReading<Parameters extends RouteParameters>(
  about: ReadingRoute<Parameters>,
  read: (ledger: ReadLedger, values: ParameterValues<Parameters>) => unknown,
): LedgerReading {
  return { ...about, kind: 'present', parameters: withLedger(about), read: read as ReadOne }
}

function withLedger({ parameters }: Pick<ReadingRoute<RouteParameters>, 'parameters'>): RouteParameters {
  return { ...parameters, ledger: LEDGER }
}
