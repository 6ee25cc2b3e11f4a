/** The values of a refusal as people read them. */
import { type LedgerRefusedError, refusalInputs } from '@hefu/ledger'
import {
  type Bilingual,
  encodeBase64url,
  formatChinaTime,
  LEGAL_STATUSES,
  PROVINCES,
  STATUS_CHANGES,
  type StatusChange,
  type TextDetails,
} from '@hefu/protocol'
import { durationText } from '@hefu/service'
import { ACT_TEXTS } from './act-texts.ts'
import { noticeText } from './notice-texts.ts'
import { STATUS_TEXTS } from './status-texts.ts'

/** The values by their names in the ABI; none for an error that it does not know. */
export function detailsOf({ code, args }: Pick<LedgerRefusedError, 'code' | 'args'>): TextDetails {
  // Whose words these are, nobody knows: they are quoted already.
  if (code === 'unknown error') return { said: String(args[0] ?? '""') }
  const inputs = refusalInputs(code)
  return Object.fromEntries(
    inputs.map(({ name = '', type }, i) => [name, readable(name, type, args[i])] as const),
  )
}

/** Every act that an event or a refusal may name. */
export const CHANGE_TEXTS: Readonly<Record<StatusChange, Bilingual>> = {
  ...ACT_TEXTS,
  'transfer-in': { zh: '转入', en: 'transfer in' },
  dissolve: { zh: '解除接替', en: 'dissolve a succession' },
  correct: { zh: '更正', en: 'correct' },
  inherit: { zh: '承继原证照状态', en: 'inherit' },
}

/** The end of the year 9999. */
const LAST_SECOND = 253_402_271_999

type Reader = (value: unknown) => Bilingual | string | undefined

const ofAct: Reader = (value) => textAt(STATUS_CHANGES, CHANGE_TEXTS, value)
const ofStatus: Reader = (value) => textAt(LEGAL_STATUSES, STATUS_TEXTS, value)
/** A node may answer any 256 bits: what no calendar has is shown as it is. */
const ofTime: Reader = (value) => {
  const seconds = Number(value)
  return seconds >= 0 && seconds <= LAST_SECOND ? formatChinaTime(seconds) : undefined
}

/** In seconds, of 32 bits at most. */
const ofDuration: Reader = (value) => durationText(Number(value))

/** A province lies in none: whom the council named stands above it. */
const ofRegion: Reader = (value) =>
  Number(value) === 0
    ? { zh: '联盟理事会所指定的省级以上确认人', en: 'whom the council named above the provinces' }
    : undefined

const BY_NAME: Readonly<Record<string, Reader>> = {
  act: ofAct,
  from: ofStatus,
  status: ofStatus,
  code: (value) => noticeText(Number(value)),
  stands: (value) =>
    value === true ? { zh: '已在标注中', en: 'stands already' } : { zh: '没有标注', en: 'does not stand' },
  effectiveAt: ofTime,
  endsAt: ofTime,
  blockTime: ofTime,
  heldSince: ofTime,
  nominatedAt: ofTime,
  pausedAt: ofTime,
  neededTimestamp: ofTime,
  delay: ofDuration,
  region: ofRegion,
  noticeSeconds: ofDuration,
}

function readable(name: string, type: string, value: unknown): Bilingual | string {
  if (type === 'bytes18' || type === 'bytes21') return asciiIn(String(value))
  if (type === 'bytes32' && name === 'item') return asciiIn(String(value))
  if (type === 'bytes32' && name === 'holder') return holderIn(String(value))
  if (type === 'bytes32' && name === 'kid') return encodeBase64url(Buffer.from(String(value).slice(2), 'hex'))
  if (name === 'currentUntil' && Number(value) === 0) return { zh: '无', en: 'none' }
  if (type === 'uint40') return timeIn(value)
  return BY_NAME[name]?.(value) ?? String(value)
}

function textAt<T extends string>(
  values: readonly T[],
  texts: Readonly<Record<T, Bilingual>>,
  code: unknown,
): Bilingual | undefined {
  const value = values[Number(code)]
  return value && texts[value]
}

const NO_END: Bilingual = { zh: '不限期', en: 'no end' }
/** `type(uint40).max` */
const NEVER = 0xff_ffff_ffff

function timeIn(value: unknown): Bilingual | string {
  return Number(value) === NEVER ? NO_END : (ofTime(value) ?? String(value))
}

/** Whoever has a name: an agency by its code, left-aligned, a region by its number. */
function holderIn(hex: string): string {
  const number = /^0x0{55}([0-9a-f]{9})$/i.exec(hex)?.[1]
  if (number === undefined) return asciiIn(hex)
  const code = String(Number.parseInt(number, 16))
  return code in PROVINCES ? `${code} ${PROVINCES[code]}` : code
}

/** Any bytes may stand there: what is no visible ASCII, padded with zeros, is shown as it is. */
function asciiIn(hex: string): string {
  const text = Buffer.from(hex.slice(2), 'hex').toString('latin1').replace(/\0+$/, '')
  return /^[!-~]+$/.test(text) ? text : hex
}
