/** `GET /v1/ledger…`: what the ledger says, by the replica that follows it, for consoles and auditors. */
import { CursorUndoneError, type Page } from '@hefu/ledger/replica'
import { MalformedError } from '@hefu/protocol'
import {
  type Admitted,
  answerJson,
  assertJsonAcceptable,
  badParameter,
  createGate,
  type Gate,
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
import type { NamedLedger } from '../../ledger/listed-ledgers.ts'
import { isKnown, tagAnswer, tagOf } from './block-tag.ts'
import { AS_OF, PRESET_ITEMS } from './ledger-parameters.ts'
import { ledgerProblem } from './ledger-problem.ts'
import type { LedgerReading, ReadLedger } from './ledger-reading.ts'
import { answerOf, pageOf } from './ledger-schemas.ts'
import { LICENCE_READINGS } from './licence-readings.ts'
import { MEMBER_READINGS } from './member-readings.ts'
import { NETWORK_READINGS } from './network-readings.ts'
import { type LedgerListing, type OpenLedger, openLedger } from './open-ledger.ts'
import { RULE_READINGS } from './rule-readings.ts'
import type { CursorSeal } from './sealed-cursor.ts'
import { VOTE_READINGS } from './vote-readings.ts'
import { WAIT_READINGS } from './wait-readings.ts'

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
      'ledger-not-listed',
      'not-on-ledger',
      ...(isList ? ['bad-cursor', 'cursor-undone'] : []),
      'ledger-behind',
      'ledger-unreachable',
      'registry-unreachable',
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
  gate: Gate,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  return (admitted) =>
    admitted
      .assert(assertJsonAcceptable)
      .within(gate)
      .find(parseParameters(reading.parameters))
      .find((_, { parameters: { ledger } }) => openLedger(listing, ledger as NamedLedger | undefined))
      .answer(answerReading(reading, clock))
}

type Asked = OpenLedger & { readonly parameters: Values }

function answerReading(reading: LedgerReading, clock: () => number): Step<Asked, void> {
  return (ctx, { parameters, ledger, cursors }) => {
    const { block, ledger: of } = ledger.queries
    const tag = reading.kind === 'present' ? null : tagOf(ctx, ledger.queries)
    if (tag !== null && isKnown(ctx, tag)) {
      ctx.status = 304
      tagAnswer(ctx, tag)
      return
    }
    const found = readFrom(reading, ledger, parameters, cursors)
    const named = {
      ledger: { chainId: of.chainId, address: of.address },
      block: { ...block, age: Math.max(0, clock() - block.time) },
    }
    if (found === null) throw ledgerProblem('not-on-ledger', [], { about: named })
    if (tag === null) ctx.set('Cache-Control', 'no-store')
    else tagAnswer(ctx, tag)
    answerJson(ctx, { ...named, ...found })
  }
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
  const { limit = PRESET_ITEMS, after, ledger: _named, ...others } = values
  // Of the ledger that is read, also where none was named: another may be the one that is open at the next page.
  const { chainId, address } = ledger.queries.ledger
  const list = JSON.stringify([reading.path, others, chainId, address])
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
