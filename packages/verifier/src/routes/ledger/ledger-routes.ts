/** `GET /v1/ledger…`: what the ledger says, by the replica that follows it, for consoles and auditors. */
import { CursorUndoneError, type Page } from '@hefu/ledger/replica'
import { LedgerUnavailableError, MalformedError } from '@hefu/protocol'
import {
  type Admitted,
  answerJson,
  assertJsonAcceptable,
  badParameter,
  createGate,
  type Handler,
  httpProblem,
  parseParameters,
  type Route,
  type RouteDescription,
  type RouteTable,
  type Step,
} from '@hefu/service'
import { LEDGER_READ } from '../../access/scope.ts'
import type { VerifierClient } from '../../access/verifier-client.ts'
import type { LedgerReader } from '../../ledger/ledger-reader.ts'
import { problem } from '../problem.ts'
import { isKnown, tagAnswer, tagOf } from './block-tag.ts'
import { AS_OF, PRESET_ITEMS } from './ledger-parameters.ts'
import { ledgerProblem } from './ledger-problem.ts'
import type { LedgerReading, ReadLedger } from './ledger-reading.ts'
import { answerOf, pageOf } from './ledger-schemas.ts'
import { LICENCE_READINGS } from './licence-readings.ts'
import { MEMBER_READINGS } from './member-readings.ts'
import { NETWORK_READINGS } from './network-readings.ts'
import { RULE_READINGS } from './rule-readings.ts'
import type { CursorSeal } from './sealed-cursor.ts'
import { VOTE_READINGS } from './vote-readings.ts'
import { WAIT_READINGS } from './wait-readings.ts'

/** What a service with a replica lists. */
export interface LedgerListing {
  readonly reader: LedgerReader
  readonly cursors: CursorSeal
}

export interface LedgerReadingServices {
  /** Absent: the service has no replica. */
  readonly listing?: LedgerListing | undefined
  /** Unix seconds. */
  readonly clock: () => number
}

/** Each may hold a page until it is taken, a hundred kilobytes or so. */
const MOST_READING = 128

const READINGS: readonly LedgerReading[] = [
  ...NETWORK_READINGS,
  ...MEMBER_READINGS,
  ...LICENCE_READINGS,
  ...RULE_READINGS,
  ...WAIT_READINGS,
  ...VOTE_READINGS,
]

/** The table with the routes that read the ledger behind its own. */
export function ledgerRoutes(
  table: RouteTable<VerifierClient>,
  services: LedgerReadingServices,
): RouteTable<VerifierClient> {
  const gate = createGate(MOST_READING)
  return READINGS.reduce(
    (routes, reading) =>
      routes.guarded(
        LEDGER_READ,
        'GET',
        reading.path,
        readingRoute(reading, services, gate),
        describeReading(reading),
      ),
    table,
  )
}

function describeReading({ kind, operationId, says, parameters, item }: LedgerReading): RouteDescription {
  const isList = kind === 'list'
  return {
    operationId,
    says,
    parameters,
    answer: { says, schema: (isList ? pageOf(item) : answerOf(item)).meta({ id: typeOf(operationId) }) },
    ...(kind === 'present' ? {} : { tag: { zh: '所依据的区块', en: 'The block that it stands on' } }),
    problems: [
      'no-replica',
      'not-on-ledger',
      ...(isList ? ['bad-cursor', 'cursor-undone'] : []),
      'ledger-behind',
      'ledger-unreachable',
      'busy',
    ],
  }
}

/** What programs that are made from the description call the answer. */
function typeOf(operationId: string): string {
  return `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Answer`
}

function readingRoute(
  reading: LedgerReading,
  { listing, clock }: LedgerReadingServices,
  gate: Step<unknown, void>,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  return (admitted) =>
    admitted
      .assert(assertJsonAcceptable)
      .assert(gate)
      .find(parseParameters(reading.parameters))
      .find(() => openLedger(listing))
      .answer(answerReading(reading, clock))
}

type Asked = OpenLedger & { readonly parameters: Values }

function answerReading(reading: LedgerReading, clock: () => number): Step<Asked, void> {
  return (ctx, { parameters, ledger, cursors }) => {
    const { block } = ledger.queries
    const tag = reading.kind === 'present' ? null : tagOf(ctx, block)
    if (tag !== null && isKnown(ctx, tag)) {
      ctx.status = 304
      tagAnswer(ctx, tag)
      return
    }
    const found = readFrom(reading, ledger, parameters, cursors)
    const named = { ...block, age: Math.max(0, clock() - block.time) }
    if (found === null) throw ledgerProblem('not-on-ledger', [], { about: { block: named } })
    if (tag === null) ctx.set('Cache-Control', 'no-store')
    else tagAnswer(ctx, tag)
    answerJson(ctx, { block: named, ...found })
  }
}

/** @throws {ProblemError} `no-replica`, `ledger-behind`, `ledger-unreachable` */
function openLedger(listing: LedgerListing | undefined): OpenLedger {
  if (listing === undefined) throw ledgerProblem('no-replica')
  const { reader, cursors } = listing
  try {
    const queries = reader.queries()
    return { ledger: { queries, agreement: reader.agreement(queries.block.hash) }, cursors }
  } catch (error) {
    if (!(error instanceof LedgerUnavailableError)) throw error
    throw problem(error.code === 'unreachable' ? 'ledger-behind' : 'ledger-unreachable')
  }
}

interface OpenLedger {
  readonly ledger: ReadLedger
  readonly cursors: CursorSeal
}

type Values = Readonly<Record<string, unknown>>

/** What is answered beside the block; `null`: the ledger has nothing of that name. */
function readFrom(
  reading: LedgerReading,
  ledger: ReadLedger,
  values: Values,
  cursors: CursorSeal,
): object | null {
  const { asOf } = values
  if (typeof asOf === 'number' && asOf > ledger.queries.block.time)
    throw httpProblem('bad-parameters', [badParameter('asOf', AS_OF.expected)])
  if (reading.kind !== 'list') {
    const item = reading.read(ledger, values)
    return item === null ? null : { item }
  }
  const { limit = PRESET_ITEMS, after, ...others } = values
  const list = JSON.stringify([reading.path, others])
  const cursor = after === undefined ? undefined : cursors.open(list, String(after))
  if (cursor === null) throw ledgerProblem('bad-cursor')
  const page = pageFrom(() =>
    reading.read(ledger, others, { most: Number(limit), cursor, at: asOf as number | undefined }),
  )
  return page && { items: page.items, next: page.next === null ? null : cursors.seal(list, page.next) }
}

/** A cursor that this list gave, and that it takes no more, is of what was replaced: also where it was of another rulebook. */
function pageFrom(read: () => Page<unknown> | null): Page<unknown> | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof CursorUndoneError || error instanceof MalformedError)
      throw ledgerProblem('cursor-undone')
    throw error
  }
}
