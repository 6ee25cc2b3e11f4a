/** `hefu-council`: what the council decides, what its keepers do, and the seats and voices of the provinces. */
import { drafts, LedgerRefusedError, type OfficeCall, rulebookSelectors, type Vote } from '@hefu/ledger'
import { type Bilingual, fillIn } from '@hefu/protocol'
import type { Command } from 'commander'
import type { Finish } from '../command/common-command.ts'
import type { ExitCode } from '../command/exit-code.ts'
import type { Session } from '../command/session.ts'
import { type AddCall, addCall, maybe, NAME, needed, RULEBOOK, TERM } from './call-command.ts'
import { wordsOfVoted } from './call-words.ts'
import {
  carryOut,
  carryOutKnown,
  carryOutRestricted,
  type OfficeWork,
  type RestrictedWork,
} from './carry-out.ts'
import { castVote, voteOf } from './cast-vote.ts'
import { COUNCIL_COMMAND_TEXTS } from './command-texts.ts'
import { OfficeError } from './office-error.ts'
import { OFFICE_HELP } from './office-help.ts'
import {
  assertPublicText,
  licenceTypeRegistration,
  type NameOptions,
  parseAddress,
  parseAgencyCode,
  parseBeginning,
  parseCandidate,
  parseDemand,
  parseEnd,
  parseItem,
  parseKnownType,
  parseLastDay,
  parseName,
  parseNumber,
  parseRegion,
  parseRename,
  parseTerm,
  parseTypeCode,
  type TermOptions,
} from './office-inputs.ts'
import { asking, atWork, runOffice, sending } from './office-program.ts'
import { assertRulebook, type OfficeOptions } from './office-session.ts'
import { OFFICE_TEXTS } from './office-texts.ts'
import { parseRole, parseRulebookRole } from './role-texts.ts'
import { changeRulebook, rulebookLinesOf } from './rulebook-change.ts'
import { showAnnouncements, showSeats, showVotes, wordsOfVote } from './show-council.ts'

/** Runs `hefu-council`. */
export function runCouncil(session: Session, args: readonly string[]): Promise<ExitCode> {
  const texts = { name: 'hefu-council', description: OFFICE_HELP.council }
  return runOffice(session, args, { ...texts, add: addCouncilCommands })
}

type Spec = keyof typeof COUNCIL_COMMAND_TEXTS
type Add = AddCall<Spec>
/** Of every command that may come to a vote. */
type VoteOptions = OfficeOptions & { readonly reason?: string; readonly anyway?: boolean }

const VOTE = [maybe('--reason <text>', OFFICE_HELP.reason), maybe('--anyway', OFFICE_HELP.anyway)]

function addCouncilCommands(program: Command, session: Session, finish: Finish): void {
  const restricted: Add = <Options>(
    spec: Spec,
    draft: Parameters<typeof addCall<Options & VoteOptions>>[3]['draft'],
    ...options: Parameters<Add>[2][]
  ) =>
    addCall<Options & VoteOptions>(program, session, finish, {
      spec,
      texts: COUNCIL_COMMAND_TEXTS[spec],
      draft,
      options: [...options, ...VOTE],
      perform: (work, call) => carryOutRestricted(restrictedWork(work), call),
    })
  addProvinces(restricted)
  addRules(restricted)
  addRulebook(program, session, finish)
  addCatalogue(restricted)
  addRegistry(restricted)
  addKeepers(restricted)
  addSeats(program, session, finish)
  addVotes(program, session, finish)
  addAnnouncements(program, session, finish)
}

function restrictedWork(work: OfficeWork & { readonly options: VoteOptions }): RestrictedWork {
  const { reason, anyway: isAnyway = false } = work.options
  if (reason === undefined) return { ...work, isAnyway }
  assertPublicText(reason)
  return { ...work, isAnyway, reason }
}

function addProvinces(add: Add): void {
  add<NameOptions & { admin: string }>(
    'admit <region>',
    ([region = ''], { admin, ...name }) =>
      drafts.admitRegion(parseRegion(region), parseAddress(admin), parseName(name)),
    needed('--admin <address>', OFFICE_HELP.admin),
    ...NAME,
  )
  add('nominate-admin <region> <address>', ([region = '', account = '']) =>
    drafts.nominateRegionAdmin(parseRegion(region), parseCandidate(account)),
  )
  add<NameOptions>(
    'rename-region <region>',
    async ([region = ''], name, view) =>
      drafts.renameRegion(parseRegion(region), await parseRename(region, name, view)),
    ...NAME,
  )
  add('suspend-region <region>', ([region = '']) => drafts.suspendRegion(parseRegion(region)))
  add('resume-region <region>', ([region = '']) => drafts.resumeRegion(parseRegion(region)))
  add('close-region <region>', ([region = '']) => drafts.closeRegion(parseRegion(region)))
  add('reopen-region <region>', ([region = '']) => drafts.reopenRegion(parseRegion(region)))
  add('return-region <region>', ([region = '']) => drafts.returnRegion(parseRegion(region)))
}

function addRules(add: Add): void {
  add<TermOptions>(
    'set-baseline <type>',
    async ([type = ''], term, view) => drafts.setBaseline(parseTypeCode(type), await parseTerm(term, view)),
    ...TERM,
    RULEBOOK,
  )
  add<{ at: string }>(
    'end-baseline <type>',
    async ([type = ''], { at }, view) => drafts.endBaseline(parseTypeCode(type), await parseEnd(at, view)),
    needed('--at <day>', OFFICE_HELP.at),
    RULEBOOK,
  )
}

function addRulebook(program: Command, session: Session, finish: Finish): void {
  const spec = 'change-rulebook <address>'
  addCall<VoteOptions & { readonly fewer?: boolean }>(program, session, finish, {
    spec,
    texts: COUNCIL_COMMAND_TEXTS[spec],
    draft: ([rulebook = '']) => drafts.changeRulebook(parseAddress(rulebook)),
    options: [maybe('--fewer', OFFICE_HELP.fewer), ...VOTE],
    perform: (work, call) => changeRulebook(restrictedWork(work), call, work.options.fewer ?? false),
  })
}

function addCatalogue(add: Add): void {
  type Reviews = { reviewMonths?: string }
  const registrationOf = (type: string, { reviewMonths }: Reviews) =>
    licenceTypeRegistration(
      parseKnownType(type),
      reviewMonths === undefined ? null : parseNumber(reviewMonths),
    )
  const reviews = maybe('--review-months <n>', OFFICE_HELP.reviewMonths)
  add<Reviews>(
    'register-type <type>',
    ([type = ''], options) => drafts.registerLicenceType(registrationOf(type, options)),
    reviews,
    RULEBOOK,
  )
  add<Reviews>(
    'amend-type <type>',
    ([type = ''], options) => drafts.amendLicenceType(registrationOf(type, options)),
    reviews,
    RULEBOOK,
  )
  add('retire-type <type>', ([type = '']) => drafts.retireLicenceType(parseTypeCode(type)), RULEBOOK)
  const demand = needed('--demand <type=fields...>', OFFICE_HELP.demand)
  add<{ demand: string[] }>(
    'register-item <item>',
    ([item = ''], { demand: demands }) =>
      drafts.registerServiceItem(parseItem(item), demands.map(parseDemand)),
    demand,
    RULEBOOK,
  )
  add<{ demand: string[] }>(
    'amend-item <item>',
    ([item = ''], { demand: demands }) => drafts.amendServiceItem(parseItem(item), demands.map(parseDemand)),
    demand,
    RULEBOOK,
  )
  add('retire-item <item>', ([item = '']) => drafts.retireServiceItem(parseItem(item)), RULEBOOK)
}

function addRegistry(add: Add): void {
  const at = (functionName: string, ...args: readonly unknown[]): OfficeCall => ({
    contract: 'registry',
    functionName,
    args,
  })
  add<{ from: string }>(
    'register-ledger <chain-id> <address>',
    async ([chainId = '', ledger = ''], { from }, view) =>
      at('register', BigInt(parseNumber(chainId)), parseAddress(ledger), await parseBeginning(from, view)),
    needed('--from <day>', OFFICE_HELP.from),
  )
  add<{ at: string; successor?: string }>(
    'close-ledger <number>',
    async ([number = ''], { at: end, successor }, view) => {
      const next = successor === undefined ? 0 : parseNumber(successor)
      return at('close', parseNumber(number), await parseLastDay(end, view), next)
    },
    needed('--at <day>', OFFICE_HELP.at),
    maybe('--successor <number>', OFFICE_HELP.successor),
  )
  add('reopen-ledger <number>', async ([number = '']) => at('reopen', parseNumber(number)))
}

function addKeepers(add: Add): void {
  const roleCall = (functionName: string, ...args: readonly unknown[]): OfficeCall => ({
    contract: 'accessManager',
    functionName,
    args,
  })
  add('grant-role <role> <address>', async ([role = '', account = '']) => {
    const { id, delay } = parseRole(role)
    return roleCall('grantRole', id, parseAddress(account), delay)
  })
  add('revoke-role <role> <address>', async ([role = '', account = '']) =>
    roleCall('revokeRole', parseRole(role).id, parseAddress(account)),
  )
  add('assign-rulebook <address> <role>', async ([address = '', name = ''], _, view) => {
    const rulebook = parseAddress(address)
    await assertRulebook(view, rulebook)
    const { id, functions } = parseRulebookRole(name)
    return roleCall('setTargetFunctionRole', rulebook, rulebookSelectors(functions), id)
  })
  add('pause-region <region>', ([region = '']) => drafts.pauseRegion(parseRegion(region)))
  add('end-pause <region>', ([region = '']) => drafts.endPause(parseRegion(region)))
  add('pause-agency <agency>', ([agency = '']) => drafts.pauseAgency(parseAgencyCode(agency)))
  add('unpause-agency <agency>', ([agency = '']) => drafts.unpauseAgency(parseAgencyCode(agency)))
}

function described(program: Command, spec: Spec): Command {
  const { zh, en } = COUNCIL_COMMAND_TEXTS[spec]
  return program.command(spec).description(`${zh} · ${en}`)
}

function addSeats(program: Command, session: Session, finish: Finish): void {
  const seat = (functionName: string, ...args: readonly unknown[]): OfficeCall => ({
    contract: 'seats',
    functionName,
    args,
  })
  sending(described(program, 'take-seat <region>')).action(async (region: string, options: OfficeOptions) =>
    finish(
      await atWork(session, options, (work) => carryOut(work, seat('take', Number(parseRegion(region))))),
    ),
  )
  sending(described(program, 'vacate-seats')).action(async (options: OfficeOptions) =>
    finish(await atWork(session, options, (work) => carryOut(work, seat('syncAll')))),
  )
  asking(described(program, 'seats')).action(async (options: OfficeOptions) =>
    finish(await showSeats(session, options)),
  )
}

function addVotes(program: Command, session: Session, finish: Finish): void {
  asking(described(program, 'votes')).action(async (options: OfficeOptions) =>
    finish(await showVotes(session, options)),
  )
  sending(described(program, 'vote <number> <support>')).action(
    async (number: string, support: string, options: OfficeOptions) =>
      finish(await atWork(session, options, (work) => castVote(work, parseNumber(number), support))),
  )
  for (const name of ['queue', 'execute', 'withdraw'] as const) {
    sending(described(program, `${name} <number>`)).action(async (number: string, options: OfficeOptions) =>
      finish(await atWork(session, options, (work) => advance(work, parseNumber(number), name))),
    )
  }
  sending(described(program, 'extend-pause <region>'))
    .requiredOption('--vote <number>', OFFICE_HELP.vote)
    .action(async (region: string, options: OfficeOptions & { vote: string }) =>
      finish(await atWork(session, options, (work) => extendPause(work, parseRegion(region), options.vote))),
    )
}

/** What becomes of a vote beside the voices. */
const STEPS = {
  queue: OFFICE_TEXTS.queueing,
  execute: OFFICE_TEXTS.executing,
  withdraw: OFFICE_TEXTS.withdrawingVote,
} as const

async function advance(work: OfficeWork, number: number, step: keyof typeof STEPS): Promise<ExitCode> {
  const vote = await voteOf(work, number)
  const send = () => work.office[step](vote).catch((error) => explainPowerless(work, vote, error))
  const lines = await rulebookLinesOf(vote, work.office)
  return carryOutKnown(work, await voteWords(work, STEPS[step], vote), send, lines)
}

/** What the council may not do is no better put to another vote. */
async function explainPowerless({ office }: OfficeWork, { number }: Vote, error: unknown): Promise<never> {
  const isOfPower = error instanceof LedgerRefusedError && error.code === 'AccessManagedUnauthorized'
  if (!isOfPower) throw error
  const [caller] = error.args
  if (String(caller).toLowerCase() !== (await office.councilAddress())) throw error
  throw new OfficeError('vote-powerless', { number }, { cause: error })
}

async function voteWords({ office }: OfficeWork, text: Bilingual, vote: Vote): Promise<Bilingual> {
  return fillIn(text, { number: vote.number, words: await wordsOfVote(vote, office) })
}

/** While the council votes on the suspension of a province, by the description of that vote. */
async function extendPause(work: OfficeWork, region: string, number: string): Promise<ExitCode> {
  const { descriptionHash } = await voteOf(work, parseNumber(number))
  return carryOutRestricted(
    work,
    await drafts.extendPause(region, await work.office.councilAddress(), descriptionHash),
  )
}

function addAnnouncements(program: Command, session: Session, finish: Finish): void {
  asking(described(program, 'announcements')).action(async (options: OfficeOptions) =>
    finish(await showAnnouncements(session, options)),
  )
  sending(described(program, 'cancel <number>')).action(async (number: string, options: OfficeOptions) =>
    finish(await atWork(session, options, (work) => cancel(work, parseNumber(number)))),
  )
}

async function cancel(work: OfficeWork, number: number): Promise<ExitCode> {
  const announcement = (await work.office.announcements()).find((one) => one.number === number)
  if (announcement === undefined) throw new OfficeError('announcement-unknown', { number })
  const words = fillIn(OFFICE_TEXTS.cancelling, {
    number,
    words: await wordsOfVoted(announcement, work.office),
  })
  return carryOutKnown(work, words, () => work.office.cancel(announcement))
}
