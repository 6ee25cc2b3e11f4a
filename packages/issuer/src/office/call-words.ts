/** A call in words: its arguments as people read them, with the names that the ledger has for codes. */
import {
  type AgreementRecord,
  argumentsOf,
  type FormerHolder,
  type NamedArgument,
  type OfficeCall,
  type OfficeView,
  registeredKid,
  rulebookFunction,
  type Vote,
  type VotedCall,
} from '@hefu/ledger'
import {
  type Bilingual,
  encodeBase64url,
  fillIn,
  findLicenceType,
  formatChinaTime,
  type Hex,
  inBoth,
  joinTexts,
  LEGAL_STATUSES,
  STATUS_CHANGES,
  type TermFact,
  type TextDetails,
} from '@hefu/protocol'
import { durationText } from '@hefu/service'
import { CHANGE_TEXTS } from '../texts/refusal-details.ts'
import { STATUS_TEXTS } from '../texts/status-texts.ts'
import { CALL_TEXTS, COMPARED_TEXTS, NOBODY_TEXTS } from './call-texts.ts'
import { OFFICE_TEXTS } from './office-texts.ts'
import { ROLE_TEXTS } from './role-texts.ts'

/** `type(uint40).max` */
const NO_END = 0xff_ffff_ffff
const ZERO_ADDRESS = `0x${'0'.repeat(40)}`
const NONE: Bilingual = { zh: '无', en: 'none' }
const ALL: Bilingual = { zh: '全部', en: 'all' }
const FROM_NOW: Bilingual = { zh: '即时', en: 'now' }
const SINCE_JOINED: Bilingual = { zh: '各方加入之时', en: 'when they join' }
const OPEN: Bilingual = { zh: '不限期', en: 'no end' }

/**
 * The call in words; what this version has no words for is shown by its function's name and its bytes.
 *
 * @param earliest when the call may be made at the earliest (Unix seconds); by default now
 */
export async function wordsOf(call: OfficeCall, view: OfficeView, earliest?: number): Promise<Bilingual> {
  const text = textOf(call)
  if (text === undefined) return inBoth(`${call.contract}.${call.functionName}(${call.args.join(', ')})`)
  const details = await detailsOf(call, view)
  const words = fillIn(text, { ...details, ...(await pastIn(call, view, earliest)) })
  const isElsewhere = call.contract === 'rulebook' && (view.otherRulebook ?? null) !== null
  return isElsewhere ? inRulebook(String(view.otherRulebook), words) : words
}

/** What is entered in a rulebook that is not in force holds nowhere yet. */
function inRulebook(rulebook: string, words: Bilingual): Bilingual {
  return fillIn(OFFICE_TEXTS.inOtherRulebook, { rulebook, words })
}

/** Which time a function takes to be that of its block, where it lies before it. */
const NOT_FOR_THE_PAST: Readonly<Record<string, string>> = {
  assignResponsibility: 'from',
  delegateType: 'from',
  setBaseline: 'from',
  enterNegative: 'from',
  endResponsibility: 'until',
  endTypeDelegation: 'until',
  endBaseline: 'until',
  endNegative: 'until',
  endKey: 'validUntil',
}

/** A day that will be past is not shown as what will hold: the contract enters the time of its block. */
async function pastIn(call: OfficeCall, view: OfficeView, earliest?: number): Promise<TextDetails> {
  const name = NOT_FOR_THE_PAST[call.functionName]
  const time = Number(argumentsOf(call).find((argument) => argument.name === name)?.value ?? 0)
  if (name === undefined || time === 0 || time > (earliest ?? (await view.now()))) return {}
  return { [name]: fillIn(OFFICE_TEXTS.notForThePast, { day: formatChinaTime(time) }) }
}

/** When what is voted on is carried out at the earliest (Unix seconds), as far as that is known. */
export function decidedAt({ executableAt, endsAt }: Pick<Vote, 'executableAt' | 'endsAt'>): number {
  return executableAt ?? endsAt
}

/** What is to be compared before the call is sent; `null` where nothing came in a file. */
export async function comparedIn(call: OfficeCall, view: OfficeView): Promise<Bilingual | null> {
  const text = COMPARED_TEXTS[call.functionName]
  return text === undefined ? null : fillIn(text, await detailsOf(call, view))
}

function textOf(call: OfficeCall): Bilingual | undefined {
  const { functionName } = call
  const isNobody = argumentsOf(call).some(
    ({ name, value }) => (name === 'candidate' || name === 'successor') && Number(value) === 0,
  )
  return (isNobody ? NOBODY_TEXTS[functionName] : undefined) ?? CALL_TEXTS[functionName]
}

async function detailsOf(call: OfficeCall, view: OfficeView): Promise<TextDetails> {
  const details: Record<string, Bilingual> = {}
  for (const argument of argumentsOf(call)) details[argument.name] = await readable(argument, call, view)
  if (call.functionName === 'registerKey') details['kid'] = kidText(registeredKid(call))
  const agreement = argumentsOf(call).find(({ name }) => name === 'agreement')
  if (agreement !== undefined) details['terms'] = await termsOf(Number(agreement.value), view)
  if (call.functionName in FORMER) details['former'] = await formerIn(call, view)
  return details
}

async function termsOf(number: number, view: OfficeView): Promise<Bilingual> {
  const agreement = await view.agreement(number)
  return agreement === null ? OFFICE_TEXTS.noAgreement : agreementText(agreement, view)
}

/** What an agreement says: whoever joins or leaves it does not read that in its number. */
export async function agreementText(
  { members, licenceTypes, term, noticeSeconds }: AgreementRecord,
  view: OfficeView,
): Promise<Bilingual> {
  const named: Bilingual[] = []
  for (const { region, bound } of members) {
    const code = await namedCode(region, view)
    named.push(bound === null ? fillIn(OFFICE_TEXTS.notJoined, { region: code }) : code)
  }
  return fillIn(OFFICE_TEXTS.agreementTerms, {
    members: joinTexts(named, 'list'),
    licenceTypes: joinTexts(licenceTypes.map(typeText), 'list'),
    ...termTexts(term),
    // The contract keeps no beginning of one that was to begin at once.
    ...(term.from === 0 ? { from: SINCE_JOINED } : {}),
    notice: durationText(noticeSeconds),
  })
}

function kidText(kid: string | null): Bilingual {
  return kid === null ? NONE : inBoth(kid)
}

/** Whose office returns, by the function that returns it. */
const FORMER: Readonly<Record<string, (subject: unknown, view: OfficeView) => Promise<FormerHolder | null>>> =
  {
    returnRegion: async (region, view) => (await view.region(String(region))).former,
    returnAgency: async (agency, view) => (await view.agency(asciiOf(agency as Hex))).former,
  }

async function formerIn({ functionName, args: [subject] }: OfficeCall, view: OfficeView): Promise<Bilingual> {
  const former = await FORMER[functionName]?.(subject, view)
  return former === undefined || former === null ? NONE : inBoth(former.account)
}

/** What a vote would do, call by call. */
export async function wordsOfVoted(
  { call, target, data }: VotedCall,
  view: OfficeView,
  earliest?: number,
): Promise<Bilingual> {
  if (call !== null) {
    const words = await wordsOf(call, view, earliest)
    if (call.contract !== 'rulebook') return words
    const rulebook = target.toLowerCase()
    return rulebook === (await view.rulebookAddress()) ? words : inRulebook(rulebook, words)
  }
  return {
    zh: `本版本不认识的调用：合约 ${target}，数据 ${data}`,
    en: `a call that this version does not know, to ${target}, of ${data}`,
  }
}

/** A code with the name that is registered for it. */
export async function namedCode(code: string, view: OfficeView): Promise<Bilingual> {
  const name = await view.nameOf(code)
  if (name === null) return inBoth(code)
  return { zh: `${code} ${name.zh}`, en: `${code} ${name.en === '' ? name.zh : name.en}` }
}

/** Names of `uint32` that are no region. */
const COUNTED: ReadonlySet<string> = new Set(['agreement', 'noticeSeconds', 'executionDelay'])

async function readable(argument: NamedArgument, call: OfficeCall, view: OfficeView): Promise<Bilingual> {
  const { name, type, value } = argument
  if (type.endsWith('[]')) return readableList(argument, call, view)
  if (type === 'uint32') return readableUint32(name, Number(value), call, view)
  if (type === 'bytes18') {
    const code = asciiOf(value as Hex)
    return code === '' ? NONE : namedCode(code, view)
  }
  return readableAlone(argument)
}

async function readableList(
  { name, type, value }: NamedArgument,
  call: OfficeCall,
  view: OfficeView,
): Promise<Bilingual> {
  const items: Bilingual[] = []
  for (const one of value as readonly unknown[]) {
    items.push(
      type === 'tuple[]'
        ? demanded(one as { licenceType: Hex; fields: Hex })
        : await readable({ name, type: type.slice(0, -2), value: one }, call, view),
    )
  }
  return items.length === 0 ? NONE : joinTexts(items, 'list')
}

function demanded({ licenceType, fields }: { licenceType: Hex; fields: Hex }): Bilingual {
  const { zh, en } = typeText(asciiOf(licenceType))
  const names = asciiOf(fields).split('\n').join(', ')
  return { zh: `${zh}（${names}）`, en: `${en} (${names})` }
}

async function readableUint32(
  name: string,
  value: number,
  { contract }: OfficeCall,
  view: OfficeView,
): Promise<Bilingual> {
  if (name === 'noticeSeconds' || name === 'executionDelay') return durationText(value)
  if (contract === 'registry' || COUNTED.has(name)) return inBoth(value)
  if (value === 0) return name === 'issuing' ? ALL : NONE
  return namedCode(String(value), view)
}

const HOLDER_CLASSES: readonly Bilingual[] = [
  NONE,
  { zh: '自然人', en: 'persons' },
  { zh: '法人或其他组织', en: 'organisations' },
  { zh: '自然人、法人或其他组织', en: 'persons and organisations' },
]
const ALGORITHMS = ['', 'ES256', 'EdDSA', 'SM2']

function readableAlone({ name, type, value }: NamedArgument): Bilingual {
  if (type === 'uint40') return timeText(name, Number(value))
  if (type === 'bytes21') return typeText(asciiOf(value as Hex))
  if (type === 'address') return addressText(String(value))
  if (name === 'kid') return inBoth(encodeBase64url(Buffer.from(String(value).slice(2), 'hex')))
  if (name === 'item') return asciiOf(value as Hex) === '' ? ALL : inBoth(asciiOf(value as Hex))
  if (name === 'selectors') return inBoth(rulebookFunction(String(value)) ?? String(value))
  if (name === 'act') return textAt(STATUS_CHANGES, CHANGE_TEXTS, value)
  if (name === 'status') return textAt(LEGAL_STATUSES, STATUS_TEXTS, value)
  if (name === 'roleId') return ROLE_TEXTS.get(Number(value)) ?? inBoth(String(value))
  if (name === 'holderClass') return HOLDER_CLASSES[Number(value)] ?? inBoth(String(value))
  if (name === 'algorithm') return inBoth(ALGORITHMS[Number(value)] ?? String(value))
  return value === '' ? NONE : inBoth(String(value))
}

function timeText(name: string, seconds: number): Bilingual {
  if (seconds === NO_END) return OPEN
  if (seconds === 0 && name === 'from') return FROM_NOW
  return inBoth(formatChinaTime(seconds))
}

function addressText(address: string): Bilingual {
  return address === ZERO_ADDRESS ? NONE : inBoth(address.toLowerCase())
}

/** A term in words (Unix seconds; `null`: no end). */
export function termTexts({ from, until }: TermFact): {
  readonly from: Bilingual
  readonly until: Bilingual
} {
  return {
    from: inBoth(formatChinaTime(from)),
    until: until === null ? OPEN : inBoth(formatChinaTime(until)),
  }
}

/** A licence type, named by its code. */
export function typeText(text: string): Bilingual {
  const type = findLicenceType(text)
  return type === undefined ? inBoth(text) : { zh: `${type.name.zh} ${text}`, en: `${type.name.en} ${text}` }
}

function textAt<T extends string>(
  values: readonly T[],
  texts: Readonly<Record<T, Bilingual>>,
  code: unknown,
): Bilingual {
  const value = values[Number(code)]
  return value === undefined ? inBoth(String(code)) : texts[value]
}

/** The characters of bytes that are padded with zeros; bytes that are no visible text as they are. */
function asciiOf(hex: Hex): string {
  const text = Buffer.from(hex.slice(2), 'hex').toString('latin1').replace(/\0+$/, '')
  return /^[!-~\n]*$/.test(text) ? text : hex
}
