/** What the members of an answer are made of: presence, type, range and grammar of each (spec/ledger-view.md). */
import { DIGEST, MAX_STATUS_INDEX, MAX_TIME } from '../credential/claims.ts'
import { isRegionCode } from '../identifiers/region-code.ts'
import { USCC_SHAPE } from '../identifiers/uscc.ts'
import { LOG_HOLDERS } from '../report/reported-nodes.ts'
import { SIGNATURE_ALGORITHMS } from '../suite/suite.ts'
import { type LedgerQuery, type LedgerView, MAX_ORIGINS, RECOGNITION_RULES } from './ledger-view.ts'
import { LEGAL_STATUSES, STATUS_CHANGES } from './legal-status.ts'

/**
 * Reads a value: a copy of it with the members of the form and no others, or the {@link Misfit}. Every member is read once,
 * so that what was judged is what is gone by, whatever a view's object answers when it is asked again.
 */
export type Form = (value: unknown) => unknown

/** Where a value is not of its form, as a path from it (`''`: the value itself). Quotes nothing. */
export class Misfit {
  readonly where: string

  constructor(where: string) {
    this.where = where
  }
}

const AT_ONCE = new Misfit('')

const HASH = /^0x[0-9a-f]{64}$/
const ADDRESS = /^0x[0-9a-f]{40}$/
const VISIBLE_ASCII = /^[!-~]{1,512}$/
const MAX_NUMBER = 2 ** 32 - 1
const MAX_BATCH = 2 ** 24
const MAX_NOTICE = 255
/** Longest history that is told: whoever answers more is not worth reading to the end. */
export const MAX_ACTS = 10_000
/** A demand has at most 512 bytes: no more than so many names of one character. */
const MAX_DEMANDED = 256
/** UTF-16 units of a line; the ledger bounds its bytes, which are never fewer. */
const MAX_LINE = 96
const MAX_PROVISION = 16
const MAX_LEDGERS = 1024

function when(isOf: (value: unknown) => boolean): Form {
  return (value) => (isOf(value) ? value : AT_ONCE)
}

function whole(min: number, max: number): Form {
  return when((value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max)
}

function oneOf(values: readonly unknown[]): Form {
  return when((value) => values.includes(value))
}

function matching(pattern: RegExp): Form {
  return when((value) => typeof value === 'string' && pattern.test(value))
}

function textOf(min: number, max: number): Form {
  return when((value) => typeof value === 'string' && value.length >= min && value.length <= max)
}

function orNull(form: Form): Form {
  return (value) => (value === null ? value : form(value))
}

function orAbsent(form: Form): Form {
  return (value) => (value === undefined ? value : form(value))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** All of these members; others are read by nobody. */
function objectOf(members: Readonly<Record<string, Form>>): Form {
  const forms = Object.entries(members)
  return (value) => {
    if (!isObject(value)) return AT_ONCE
    const copy: Record<string, unknown> = {}
    for (const [name, form] of forms) {
      const own = form(value[name])
      if (own instanceof Misfit) return new Misfit(`.${name}${own.where}`)
      if (own !== undefined) copy[name] = own
    }
    return copy
  }
}

/** By a member that names the kind: the form itself says again what it has to be, in case it is another when it is read. */
function oneOfKinds(name: string, kinds: ReadonlyMap<unknown, Form>, other: Form): Form {
  return (value) => (isObject(value) ? (kinds.get(value[name]) ?? other) : other)(value)
}

function listOf(form: Form, max: number): Form {
  return (value) => {
    if (!Array.isArray(value)) return AT_ONCE
    const { length } = value
    if (length > max) return AT_ONCE
    const copy: unknown[] = []
    for (let i = 0; i < length; i++) {
      const own = form(value[i])
      if (own instanceof Misfit) return new Misfit(`[${i}]${own.where}`)
      copy.push(own)
    }
    return copy
  }
}

/** Each once and in order. */
function ascending(list: Form): Form {
  return (value) => {
    const items = list(value)
    if (!Array.isArray(items)) return items
    return items.every((item, i) => i === 0 || item > items[i - 1]) ? items : AT_ONCE
  }
}

const TIME = whole(0, MAX_TIME)
const END = orNull(TIME)
const INDEX = whole(0, MAX_STATUS_INDEX)
const NUMBER = whole(1, MAX_NUMBER)
const USCC = matching(USCC_SHAPE)
/** GB/T 2260, or with three more digits the street of GB/T 10114. */
const REGION = when(
  (value) =>
    typeof value === 'string' &&
    isRegionCode(value.slice(0, 6)) &&
    (value.length === 6 || /^[0-9]{9}$/.test(value)),
)
const NAME = orNull(textOf(1, MAX_LINE))
const LINE = textOf(0, MAX_LINE)
const MEMBER_STATUS = oneOf(['active', 'suspended', 'retired'])
const LEGAL_STATUS = oneOf(LEGAL_STATUSES)
const NOTICES = ascending(listOf(whole(0, MAX_NOTICE), MAX_NOTICE + 1))
const TERM = orNull(objectOf({ from: TIME, until: END }))

const COUNT = whole(0, Number.MAX_SAFE_INTEGER)
/** A block of a ledger or a registry. */
const BLOCK = objectOf({ number: COUNT, hash: matching(HASH), time: TIME })
const NODES = objectOf({
  needed: whole(1, Number.MAX_SAFE_INTEGER),
  agreeing: COUNT,
  newest: orNull(COUNT),
  logsHeldBy: oneOf(LOG_HOLDERS),
})

const COORDINATE = matching(DIGEST)
const CURVE_KEY = objectOf({ kty: oneOf(['EC']), crv: oneOf(['P-256', 'SM2']), x: COORDINATE, y: COORDINATE })
const EDWARDS_KEY = objectOf({ kty: oneOf(['OKP']), crv: oneOf(['Ed25519']), x: COORDINATE })
const PUBLIC_JWK = oneOfKinds('kty', new Map([['OKP', EDWARDS_KEY]]), CURVE_KEY)

const SETS: readonly unknown[] = ['correct', 'inherit']
const ACT = {
  effectiveAt: TIME,
  endsAt: orAbsent(TIME),
  capacity: orAbsent(oneOf(['operator', 'successor', 'custodian', 'superior'])),
  decisionNumber: orAbsent(LINE),
  legalBasis: orAbsent(textOf(0, MAX_PROVISION)),
}
const SETTING = objectOf({ ...ACT, act: oneOf(SETS), status: LEGAL_STATUS })
const PLAIN = objectOf({
  ...ACT,
  act: oneOf(STATUS_CHANGES.filter((act) => !SETS.includes(act))),
  status: when((value) => value === undefined),
})
/** What names the status that it leads to, and no other, has one. */
const ENTRY = oneOfKinds('act', new Map(SETS.map((act) => [act, SETTING])), PLAIN)

const TRANSFER = { issuer: USCC, statusIndex: INDEX, since: TIME }
const OFFICE = objectOf({
  capacity: oneOf(['operator', 'successor', 'custodian']),
  agency: orNull(USCC),
  region: orNull(REGION),
  name: orNull(objectOf({ zh: textOf(1, MAX_LINE), en: LINE, contact: LINE })),
})

/** Of a whole answer. */
export const FACTS_FORM: Form = objectOf({
  block: BLOCK,
  nodes: orAbsent(NODES),
  agency: orNull(objectOf({ agency: USCC, region: REGION, status: MEMBER_STATUS, since: TIME, name: NAME })),
  region: orNull(objectOf({ region: REGION, status: MEMBER_STATUS, name: NAME })),
  key: orNull(
    objectOf({
      algorithm: oneOf(SIGNATURE_ALGORITHMS),
      publicJwk: PUBLIC_JWK,
      validFrom: TIME,
      validUntil: END,
      compromisedFrom: END,
    }),
  ),
  anchor: orNull(
    objectOf({
      anchoredAt: TIME,
      blockNumber: COUNT,
      firstIndex: INDEX,
      size: whole(1, MAX_BATCH),
    }),
  ),
  status: LEGAL_STATUS,
  statusEndsAt: END,
  acts: listOf(ENTRY, MAX_ACTS),
  notices: NOTICES,
  successor: orNull(objectOf(TRANSFER)),
  destination: orNull(USCC),
  origins: listOf(objectOf({ ...TRANSFER, status: LEGAL_STATUS, notices: NOTICES }), MAX_ORIGINS),
  responsible: orNull(OFFICE),
  licenceType: orNull(
    objectOf({
      schemaDigest: matching(HASH),
      version: NUMBER,
      status: oneOf(['active', 'retired']),
      since: TIME,
    }),
  ),
  responsibility: TERM,
  recognition: objectOf({
    recognised: oneOf([true, false]),
    rule: oneOf(RECOGNITION_RULES),
    issuingRegion: orNull(REGION),
    agreement: orNull(NUMBER),
    term: TERM,
    approval: orNull(objectOf({ number: textOf(1, MAX_LINE), documentDigest: matching(HASH) })),
  }),
  demandedFields: orNull(ascending(listOf(matching(VISIBLE_ASCII), MAX_DEMANDED))),
})

const LEDGER_VIEW = objectOf({
  ledger: objectOf({ chainId: whole(0, Number.MAX_SAFE_INTEGER), address: matching(ADDRESS) }),
  lookup: when((value) => typeof value === 'function'),
})
/** Its own `lookup` is asked, as its method. */
const VIEW: Form = (value) => {
  const read = LEDGER_VIEW(value)
  const view = value as LedgerView
  return read instanceof Misfit
    ? read
    : {
        ...(read as object),
        lookup: (query: LedgerQuery, signal?: AbortSignal) => view.lookup(query, signal),
      }
}
const REGISTRATION = objectOf({ block: BLOCK, openedAt: TIME, closedAt: END })

/** Of what a directory names. */
export const LEDGERS_FORM: Form = listOf(
  objectOf({ view: VIEW, registration: orNull(REGISTRATION) }),
  MAX_LEDGERS,
)
