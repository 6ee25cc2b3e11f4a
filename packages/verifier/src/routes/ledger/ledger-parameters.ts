/** What the addresses of the reading routes are made of. */
import type { VoteState, WaitState } from '@hefu/ledger/replica'
import { type Hex, isUscc, parseInstant } from '@hefu/protocol'
import type { RouteParameter } from '@hefu/service'
import type { NamedLedger } from '../../ledger/listed-ledgers.ts'

/** Items of a page, unless the reader says how many. */
export const PRESET_ITEMS = 100
/** Items of a page at most: a few hundred bytes each. */
export const MOST_ITEMS = 200

type Place = RouteParameter<unknown>['in']
type PlacedAt<P extends Place, Value> = RouteParameter<Value> & { readonly in: P }

/** A text of one form. */
function form<P extends Place, Value extends string = string>(
  place: P,
  pattern: RegExp,
  expected: RouteParameter<Value>['expected'],
  example?: string,
): PlacedAt<P, Value> {
  return {
    in: place,
    expected,
    parse: (text) => (pattern.test(text) ? (text as Value) : null),
    schema: { type: 'string', pattern: pattern.source },
    ...(example === undefined ? {} : { example }),
  }
}

/** A whole number in decimal digits, written in one way. */
function count<P extends Place>(
  place: P,
  [least, most]: readonly [number, number],
  expected: RouteParameter<number>['expected'],
  example?: number,
  further: { readonly default?: number } = {},
): PlacedAt<P, number> {
  return {
    in: place,
    expected,
    parse: (text) => {
      const value = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN
      return value >= least && value <= most ? value : null
    },
    schema: { type: 'integer', format: 'int64', minimum: least, maximum: most, ...further },
    ...(example === undefined ? {} : { example }),
  }
}

/** As the ledger has them: six digits, of a street nine. */
const REGION = /^[1-9]\d{5}(\d{3})?$/
const REGION_CODE = { zh: '六位或九位行政区划代码', en: 'a region’s code of six or nine digits' }
/** 湖南. */
const REGION_EXAMPLE = '430000'
const DIGEST = /^0x[0-9a-f]{64}$/
/** A status index is a `uint48`, the number of an agreement a `uint32`. */
const MOST_INDEX = 2 ** 48 - 1
const MOST_NUMBER = 2 ** 32 - 1
/** `uint40`: the times of the ledger. */
const MOST_TIME = 2 ** 40 - 1

export const REGION_PART: PlacedAt<'path', string> = form('path', REGION, REGION_CODE, REGION_EXAMPLE)

export const WITHIN: PlacedAt<'query', string> = form(
  'query',
  REGION,
  {
    zh: '六位或九位行政区划代码：只列该地区以内的',
    en: 'a region’s code of six or nine digits: what lies in it, at whatever depth',
  },
  REGION_EXAMPLE,
)

export const OF_REGION: PlacedAt<'query', string> = form('query', REGION, REGION_CODE, REGION_EXAMPLE)

const USCC = { zh: '颁发机构的统一社会信用代码', en: 'an agency’s USCC' }

/** 湖南省住房和城乡建设厅. */
const AGENCY_EXAMPLE = '11430000006122244L'

function agency<P extends Place>(place: P): PlacedAt<P, string> {
  return {
    in: place,
    expected: USCC,
    parse: (text) => (isUscc(text) ? text : null),
    schema: { type: 'string', pattern: '^[0-9A-HJ-NP-RTUWXY]{18}$' },
    example: AGENCY_EXAMPLE,
  }
}

export const AGENCY_PART: PlacedAt<'path', string> = agency('path')
export const OF_AGENCY: PlacedAt<'query', string> = agency('query')

const LEDGER_NAME = /^(?:([1-9]\d{0,15})\/)?(0x[0-9a-f]{40})$/

export const LEDGER: PlacedAt<'query', NamedLedger> = {
  in: 'query',
  expected: {
    zh: '互认链合约地址（0x 和 40 位小写十六进制数字），前面可加链号和“/”；不填的，取开放中的互认链',
    en: 'a ledger’s address (0x and 40 small hexadecimal digits), its chain’s number and a slash before it where one likes; left out: the ledger that is open',
  },
  parse: (text) => {
    const [, chainId, address] = LEDGER_NAME.exec(text) ?? []
    if (address === undefined) return null
    return { chainId: chainId === undefined ? null : Number(chainId), address }
  },
  schema: { type: 'string', pattern: LEDGER_NAME.source },
}

export const KEY_PART: PlacedAt<'path', Hex> = form<'path', Hex>('path', DIGEST, {
  zh: '公钥标识（0x 和 64 位小写十六进制数字）',
  en: 'a key’s identifier: 0x and 64 small hexadecimal digits',
})

export const ROOT_PART: PlacedAt<'path', Hex> = form<'path', Hex>('path', DIGEST, {
  zh: '批次根（0x 和 64 位小写十六进制数字）',
  en: 'a batch’s root: 0x and 64 small hexadecimal digits',
})

export const STATUS_INDEX_PART: PlacedAt<'path', number> = count(
  'path',
  [0, MOST_INDEX],
  { zh: '证照的状态序号', en: 'a licence’s status index' },
  0,
)

export const LICENCE_TYPE_PART: PlacedAt<'path', string> = form(
  'path',
  /^[0-9A-Z]{21}$/,
  { zh: '21 位证照类型代码', en: 'a licence type’s code of 21 characters' },
  '11100000000013338W011',
)

export const AGREEMENT_PART: PlacedAt<'path', number> = count(
  'path',
  [1, MOST_NUMBER],
  { zh: '互认协议的序号', en: 'an agreement’s number' },
  1,
)

/** As they are numbered, within the ten digits of their keys. */
export const WAIT_PART: PlacedAt<'path', number> = count(
  'path',
  [1, MOST_NUMBER],
  { zh: '提议的序号', en: 'a proposal’s number' },
  1,
)

export const VOTE_PART: PlacedAt<'path', number> = count(
  'path',
  [1, MOST_NUMBER],
  { zh: '表决的序号', en: 'a vote’s number' },
  1,
)

/** All states there are, which the compiler counts. */
export const WAIT_STATES = Object.keys({
  waiting: 0,
  expired: 0,
  met: 0,
  'taken-back': 0,
  replaced: 0,
  void: 0,
} satisfies Readonly<Record<WaitState, 0>>) as readonly WaitState[]

export const OF_WAIT_STATE: PlacedAt<'query', WaitState> = stateAmong(WAIT_STATES, 'waiting')

/** All states there are, which the compiler counts. */
export const VOTE_STATES = Object.keys({
  pending: 0,
  active: 0,
  over: 0,
  queued: 0,
  executed: 0,
  canceled: 0,
} satisfies Readonly<Record<VoteState, 0>>) as readonly VoteState[]

export const OF_VOTE_STATE: PlacedAt<'query', VoteState> = stateAmong(VOTE_STATES, 'active')

function stateAmong<State extends string>(
  states: readonly State[],
  example: State,
): PlacedAt<'query', State> {
  const expected = { zh: `状态，为 ${states.join('、')} 之一`, en: `one of ${states.join(', ')}` }
  return form<'query', State>('query', new RegExp(`^(${states.join('|')})$`), expected, example)
}

export const LIMIT: PlacedAt<'query', number> = count(
  'query',
  [1, MOST_ITEMS],
  { zh: `每页至多几条（1 至 ${MOST_ITEMS}）`, en: `how many items at most, from 1 to ${MOST_ITEMS}` },
  PRESET_ITEMS,
  { default: PRESET_ITEMS },
)

export const AFTER: PlacedAt<'query', string> = {
  in: 'query',
  expected: { zh: '上一页的 next', en: 'next of the page before' },
  // Whether it is one is for the seal to say.
  parse: (text) => text,
  schema: { type: 'string', maxLength: 600 },
}

export const AS_OF: PlacedAt<'query', number> = {
  in: 'query',
  expected: {
    zh: '不晚于所依据区块的时间（Unix 秒，或带时区的 RFC 3339 文本）：列当时有效的',
    en: 'a time not after the block’s, in Unix seconds or as RFC 3339 with its offset: what was in force then',
  },
  parse: (text) => {
    const seconds = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : parseInstant(text)
    return seconds !== null && seconds >= 0 && seconds <= MOST_TIME ? seconds : null
  },
  schema: { type: 'string', pattern: '^(\\d+|\\d{4}-\\d{2}-\\d{2}[Tt].+)$' },
}
