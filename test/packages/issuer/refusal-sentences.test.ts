/** Every refusal of the ledger that an agency's operator can meet has a sentence in both languages. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drafts, LedgerRefusedError, ledgerAbi, type RefusalCode, refusalInputs } from '@hefu/ledger'
import type { Bilingual } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { sentenceOf } from '#internal/issuer/command/error-sentence'
import { LEDGER_REFUSAL_TEXTS } from '#internal/issuer/texts/ledger-texts'
import { registryKeeperAbi } from '#internal/ledger/abi/registry-keeper-abi'
import { rulebookAbi } from '#internal/ledger/abi/rulebook-abi'
import { seatsAbi } from '#internal/ledger/abi/seats-abi'

const INTERFACES = join(import.meta.dirname, '../../../contracts/interfaces')

/** What `Operator` of @hefu/ledger calls. */
const OPERATOR_FUNCTIONS = [
  'anchor',
  'anchorMany',
  'passOver',
  'act',
  'supersede',
  'transferOut',
  'transferIn',
  'note',
  'liftNotice',
  'correct',
  'actLate',
  'dissolveSuccession',
  'withdrawProposal',
  'acceptOperator',
  'acceptAgencySuccession',
]

/** Refusals that the interfaces leave to `ITwoKeys`, which every call of two keys is held to. */
const OF_TWO_KEYS = [
  'CallerNotSuperior',
  'ConfirmerIsProposer',
  'ConfirmerAppointedByProposer',
  'ConfirmerTooNew',
  'ProposerTooNew',
  'AgencyMovedLately',
  'OperatorTooNew',
]

const ABIS: readonly (readonly { readonly type: string; readonly name?: string }[])[] = [
  ledgerAbi,
  rulebookAbi,
  registryKeeperAbi,
  seatsAbi,
]
const namesOf = (type: string): ReadonlySet<string> =>
  new Set(
    ABIS.flatMap((abi) =>
      abi.flatMap((entry) => (entry.type === type && entry.name !== undefined ? [entry.name] : [])),
    ),
  )
const errors = namesOf('error')
const functions = namesOf('function')

/** What is written in backquotes above each function of the interfaces. */
function namesAboveFunctions(): ReadonlyMap<string, readonly string[]> {
  const above = new Map<string, readonly string[]>()
  for (const file of globSync('I*.sol', { cwd: INTERFACES })) {
    const source = readFileSync(join(INTERFACES, file), 'utf8')
    for (const [, comment = '', name = ''] of source.matchAll(
      /((?:^ {4}\/\/\/.*\n)+) {4}function (\w+)\(/gm,
    )) {
      above.set(
        name,
        [...comment.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ''),
      )
    }
  }
  return above
}

/** The errors that the interfaces name for a function, and for those that it refers to. */
function errorsOf(start: readonly string[]): ReadonlySet<string> {
  const above = namesAboveFunctions()
  const [found, seen] = [new Set<string>(), new Set<string>()]
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    for (const word of above.get(name) ?? []) {
      if (errors.has(word)) found.add(word)
      else if (functions.has(word)) visit(word)
    }
  }
  for (const name of start) visit(name)
  return found
}

describe('sentences for the ledger’s refusals', () => {
  it('cover every error that the interfaces name for a function of the operator', () => {
    const reachable = [...errorsOf(OPERATOR_FUNCTIONS), ...OF_TWO_KEYS]
    expect(reachable.length).to.be.greaterThan(40)
    expect(reachable).to.include.members(['StatusTransitionUnlawful', 'TransferElsewhere', 'RegionClosed'])
    expect(reachable.filter((name) => !Object.hasOwn(LEDGER_REFUSAL_TEXTS, name))).to.deep.equal([])
  })

  it('cover every error that the interfaces name for a function of an office', () => {
    const called = Object.keys(drafts)
    expect(called.length).to.be.greaterThan(45)
    const reachable = [...errorsOf([...called, 'register', 'close', 'reopen', 'take'])]
    expect(reachable.length).to.be.greaterThan(70)
    expect(reachable).to.include.members([
      'RegionPausedLately',
      'TermOverlaps',
      'NameInUse',
      'DelegationExceeded',
    ])
    expect(reachable.filter((name) => !Object.hasOwn(LEDGER_REFUSAL_TEXTS, name))).to.deep.equal([])
  })

  it('are Chinese and English, fill in values of the error alone, and leave no place open', () => {
    for (const [name, { zh, en }] of Object.entries(LEDGER_REFUSAL_TEXTS) as [RefusalCode, Bilingual][]) {
      expect(zh, name).to.match(/\p{Script=Han}/u)
      expect(en, name).to.match(/^[\p{ASCII}’“”—]+$/u)
      const inputs = refusalInputs(name)
      const args = inputs.map(({ type }) => sampleOf(type))
      const { says, code } = sentenceOf(new LedgerRefusedError(name, args))
      expect(code).to.equal(name)
      expect(`${says.zh}${says.en}`, name).not.to.match(/[{}]|undefined|NaN/)
    }
  })

  it('say what was expected and what came, in words', () => {
    const usccOf = (text: string) => `0x${Buffer.from(text).toString('hex')}`
    const unlawful = [usccOf('11430000006122244L'), 7, 2, 1]
    const { says } = sentenceOf(new LedgerRefusedError('StatusTransitionUnlawful', unlawful))
    expect(says.zh).to.include('状态索引 7').and.include('“已吊销”').and.include('“解除暂扣（发还）”')
    expect(says.en).to.include('is revoked').and.include('“reinstate”')
    const elsewhere = [usccOf('1144000000000101MG'), usccOf('11430000006122244L')]
    expect(sentenceOf(new LedgerRefusedError('TransferElsewhere', elsewhere)).says.zh).to.include(
      '原证照转往 1144000000000101MG，不是 11430000006122244L',
    )
    const early = sentenceOf(new LedgerRefusedError('StatusEffectiveTooEarly', [0, 1_767_196_800n]))
    expect(early.says.zh).to.include('1970-01-01 08:00').and.include('2026-01-01 00:00').and.include('--late')
    const huge = sentenceOf(new LedgerRefusedError('StatusEffectiveTooEarly', [0, 2n ** 255n]))
    expect(huge.says.en).to.include(String(2n ** 255n))
  })

  it('name who has a name, how long something waits, and that there is no term', () => {
    const inUse = (holder: string) => sentenceOf(new LedgerRefusedError('NameInUse', ['湖南省', holder])).says
    expect(inUse(`0x${(430000).toString(16).padStart(64, '0')}`).zh).to.include('430000 湖南省')
    expect(inUse(`0x${(430102).toString(16).padStart(64, '0')}`).en).to.include('in use by 430102:')
    const uscc = Buffer.from('11430000006122244L').toString('hex').padEnd(64, '0')
    expect(inUse(`0x${uscc}`).zh).to.include('11430000006122244L')
    const waits = sentenceOf(new LedgerRefusedError('AccessManagedRequiredDelay', ['0x12', 172_800]))
    expect(waits.says.zh).to.include('须先公告 2 天').and.not.include('172800')
    const none = sentenceOf(new LedgerRefusedError('TermEndUnlawful', [0, 1_767_196_800])).says
    expect(none.zh).to.include('止于 无').and.not.include('1970')
  })

  it('say who does what a superior alone does, and nothing of a proposal that nobody made', () => {
    const says = (region: number) =>
      sentenceOf(new LedgerRefusedError('CallerNotSuperior', [region, '0x12'])).says
    expect(says(430000).zh).to.include('只能由上级（430000）').and.not.include('已经提出')
    expect(says(0).zh).to.include('只能由上级（联盟理事会所指定的省级以上确认人）')
    expect(says(0).en).to.include('(whom the council named above the provinces)')
  })

  it('say so when the ledger refuses with what this version does not know', () => {
    const { says } = sentenceOf(new LedgerRefusedError('unknown error', []))
    expect(says.zh).to.include('上链未成功').and.include('合约版本不同')
  })
})

function sampleOf(type: string): unknown {
  if (type.startsWith('bytes')) return `0x${'31'.repeat(Number(type.slice(5)))}`
  if (type === 'address') return `0x${'12'.repeat(20)}`
  if (type === 'bool') return true
  return type === 'string' ? 'x' : 1n
}
