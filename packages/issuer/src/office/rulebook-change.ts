/** `hefu-council change-rulebook`: what the rulebook to come holds beside the one in force, before it is named. */
import type { OfficeCall, OfficeView, RulebookContents, Vote } from '@hefu/ledger'
import { type Bilingual, fillIn, type Hex, inBoth, joinTexts } from '@hefu/protocol'
import type { ExitCode } from '../command/exit-code.ts'
import { sentence } from '../command/session.ts'
import { typeText } from './call-words.ts'
import { carryOutRestricted, type RestrictedWork } from './carry-out.ts'
import { OfficeError } from './office-error.ts'
import { assertRulebook } from './office-session.ts'
import { OFFICE_TEXTS, RULEBOOK_TEXTS } from './office-texts.ts'

/**
 * Names another rulebook. One that holds less than the one in force only where that is said to be meant.
 *
 * @throws {OfficeError} as `assertRulebook`; `rulebook-in-force`, `rulebook-lacks`, and as `carryOutRestricted`
 */
export async function changeRulebook(
  work: RestrictedWork,
  call: OfficeCall,
  isFewerMeant: boolean,
): Promise<ExitCode> {
  const { office, session } = work
  const address = String(call.args[0]) as Hex
  await assertRulebook(office, address)
  if (address.toLowerCase() === (await office.rulebookAddress()))
    throw new OfficeError('rulebook-in-force', { address })
  return carryOutRestricted(work, call, async () => {
    const compared = await compare(address, office)
    // Nothing is named that was not compared.
    if (compared === null) throw new OfficeError('rulebook-foreign', { address })
    if (compared.lacking.length === 0 || isFewerMeant) return linesOf(compared)
    for (const line of linesOf(compared)) session.output.write(`${line}\n`)
    throw new OfficeError('rulebook-lacks', { address })
  })
}

const OPEN: ReadonlySet<Vote['state']> = new Set<Vote['state']>(['pending', 'active', 'succeeded', 'queued'])

/** Of a vote that is open and would name a rulebook: what that one holds. */
export async function rulebookLinesOf({ calls, state }: Vote, view: OfficeView): Promise<readonly string[]> {
  if (!OPEN.has(state)) return []
  const lines: string[] = []
  for (const { call } of calls) {
    if (call?.functionName !== 'changeRulebook') continue
    lines.push(...linesOf(await compare(String(call.args[0]).toLowerCase() as Hex, view)))
  }
  return lines
}

interface Comparison {
  readonly counts: readonly string[]
  /** What the rulebook to come has less of. */
  readonly lacking: readonly string[]
}

function linesOf(compared: Comparison | null): readonly string[] {
  return compared === null ? [] : [...compared.counts, ...compared.lacking]
}

/** `null`: there is no rulebook of this ledger at the address, which the ledger refuses. */
async function compare(rulebook: Hex, view: OfficeView): Promise<Comparison | null> {
  const current = await view.rulebookAddress()
  const [held, next] = [await view.rulebookContents(current), await view.rulebookContents(rulebook)]
  if (held === null || next === null) return null
  return {
    counts: [
      sentence(OFFICE_TEXTS.rulebookHeld, { rulebook: current, holds: countsOf(held) }),
      sentence(OFFICE_TEXTS.rulebookNext, { rulebook, holds: countsOf(next) }),
      ...(held.codeHash === next.codeHash ? [] : [sentence(OFFICE_TEXTS.rulebookForeignCode)]),
    ],
    lacking: [...missingIn(held, next), ...fewerIn(held, next), ...unassignedIn(held, next)],
  }
}

const LISTED = ['licenceTypes', 'serviceItems', 'baseline'] as const
const COUNTED = ['responsibilities', 'delegations', 'negatives', 'agreements'] as const

function countsOf(contents: RulebookContents): Bilingual {
  const listed = LISTED.map((kind) => [kind, contents[kind].length])
  const counted = COUNTED.map((kind) => [kind, contents[kind]])
  return fillIn(OFFICE_TEXTS.rulebookHolds, Object.fromEntries([...listed, ...counted]))
}

function missingIn(held: RulebookContents, next: RulebookContents): readonly string[] {
  return LISTED.flatMap((kind) => {
    const missing = held[kind].filter((code) => !next[kind].includes(code))
    if (missing.length === 0) return []
    const named = joinTexts(missing.map(typeText), 'list')
    return [sentence(OFFICE_TEXTS.rulebookLacking, { what: RULEBOOK_TEXTS[kind], missing: named })]
  })
}

function fewerIn(held: RulebookContents, next: RulebookContents): readonly string[] {
  return COUNTED.filter((kind) => next[kind] < held[kind]).map((kind) =>
    sentence(OFFICE_TEXTS.rulebookFewer, {
      what: RULEBOOK_TEXTS[kind],
      count: next[kind],
      held: held[kind],
    }),
  )
}

function unassignedIn(held: RulebookContents, next: RulebookContents): readonly string[] {
  const functions = [...held.roles].filter(([name, role]) => next.roles.get(name) !== role)
  if (functions.length === 0) return []
  const named = joinTexts(
    functions.map(([name]) => inBoth(name)),
    'list',
  )
  return [sentence(OFFICE_TEXTS.rulebookUnassigned, { functions: named })]
}
