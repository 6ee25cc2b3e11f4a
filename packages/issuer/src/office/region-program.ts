/** `hefu-region`: what the admin of a region, its superior and an agency's operator-to-be do on the ledger. */
import { drafts, type OfficeCall } from '@hefu/ledger'
import type { Command } from 'commander'
import type { Finish } from '../command/common-command.ts'
import type { ExitCode } from '../command/exit-code.ts'
import type { Session } from '../command/session.ts'
import { type AddCall, AT, addCall, maybe, NAME, needed, RULEBOOK, TERM } from './call-command.ts'
import { carryOut } from './carry-out.ts'
import { REGION_COMMAND_TEXTS } from './command-texts.ts'
import { OFFICE_HELP } from './office-help.ts'
import {
  assertPublicText,
  digestOfFile,
  type NameOptions,
  parseAddress,
  parseAgencyCode,
  parseBeginning,
  parseCandidate,
  parseEnd,
  parseItem,
  parseKid,
  parseMember,
  parseName,
  parseNumber,
  parseRegion,
  parseRename,
  parseTerm,
  parseTypeCode,
  readProvenRegistration,
  type TermOptions,
} from './office-inputs.ts'
import { asking, atWork, runOffice, sending } from './office-program.ts'
import type { OfficeOptions } from './office-session.ts'
import { confirmWaiting, withdrawWaiting } from './second-key-commands.ts'
import { showMember, showProposals } from './show.ts'

/** Runs `hefu-region`. */
export function runRegion(session: Session, args: readonly string[]): Promise<ExitCode> {
  const texts = { name: 'hefu-region', description: OFFICE_HELP.region }
  return runOffice(session, args, { ...texts, add: addRegionCommands })
}

function addRegionCommands(program: Command, session: Session, finish: Finish): void {
  const add: Add = (spec, draft, ...options) =>
    addCall(program, session, finish, {
      spec,
      texts: REGION_COMMAND_TEXTS[spec],
      draft,
      options,
      perform: carryOut,
    })
  addRegions(add)
  addAgencies(add)
  addKeys(add)
  addRules(add)
  addAgreements(add)
  addTwoKeys(program, session, finish)
}

type Add = AddCall<keyof typeof REGION_COMMAND_TEXTS>

const SUCCESSOR = maybe('--successor <code>', OFFICE_HELP.successor)

function addRegions(add: Add): void {
  add<NameOptions & { in: string; admin: string }>(
    'accredit-region <region>',
    ([region = ''], { in: parent, admin, ...name }) =>
      drafts.accreditRegion(parseRegion(region), parseRegion(parent), parseAddress(admin), parseName(name)),
    needed('--in <region>', OFFICE_HELP.in),
    needed('--admin <address>', OFFICE_HELP.admin),
    ...NAME,
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
  add<{ to: string }>(
    'move-region <region>',
    ([region = ''], { to }) => drafts.moveRegion(parseRegion(region), parseRegion(to)),
    needed('--to <region>', OFFICE_HELP.to),
  )
  add('nominate-admin <region> <address>', ([region = '', account = '']) =>
    drafts.nominateRegionAdmin(parseRegion(region), parseCandidate(account)),
  )
  add('resign-region <region>', ([region = '']) => drafts.resignRegion(parseRegion(region)))
  add('return-region <region>', ([region = '']) => drafts.returnRegion(parseRegion(region)))
  add<{ successor?: string }>(
    'retire-region <region>',
    ([region = ''], { successor }) =>
      drafts.retireRegion(parseRegion(region), successor === undefined ? null : parseRegion(successor)),
    SUCCESSOR,
  )
  add('reinstate-region <region>', ([region = '']) => drafts.reinstateRegion(parseRegion(region)))
}

function addAgencies(add: Add): void {
  add<NameOptions>(
    'accredit-agency <registration>',
    async ([file = ''], name) => {
      const { agency, region, operator } = await readProvenRegistration(file)
      return drafts.accreditAgency(agency, region, operator, parseName(name))
    },
    ...NAME,
  )
  add<NameOptions>(
    'rename-agency <agency>',
    async ([agency = ''], name, view) =>
      drafts.renameAgency(parseAgencyCode(agency), await parseRename(agency, name, view)),
    ...NAME,
  )
  add('suspend-agency <agency>', ([agency = '']) => drafts.suspendAgency(parseAgencyCode(agency)))
  add('resume-agency <agency>', ([agency = '']) => drafts.resumeAgency(parseAgencyCode(agency)))
  add('return-agency <agency>', ([agency = '']) => drafts.returnAgency(parseAgencyCode(agency)))
  add<{ to: string }>(
    'move-agency <agency>',
    ([agency = ''], { to }) => drafts.moveAgency(parseAgencyCode(agency), parseRegion(to)),
    needed('--to <region>', OFFICE_HELP.to),
  )
  add('nominate-operator <agency> <address>', ([agency = '', account = '']) =>
    drafts.nominateOperator(parseAgencyCode(agency), parseCandidate(account)),
  )
  add<{ successor?: string }>(
    'retire-agency <agency>',
    ([agency = ''], { successor }) =>
      drafts.retireAgency(
        parseAgencyCode(agency),
        successor === undefined ? null : parseAgencyCode(successor),
      ),
    SUCCESSOR,
  )
  add('reinstate-agency <agency>', ([agency = '']) => drafts.reinstateAgency(parseAgencyCode(agency)))
  add('accept <code>', async ([code = '']) => acceptance(parseMember(code)))
  add<{ successor: string }>(
    'accept-succession <code>',
    async ([code = ''], { successor }) => succession(parseMember(code), parseMember(successor)),
    needed('--successor <code>', OFFICE_HELP.own),
  )
}

/** Of a region by its admin-to-be, of an agency by its operator-to-be. */
async function acceptance(code: string): Promise<OfficeCall> {
  if (code.length !== 18) return drafts.acceptRegionAdmin(code)
  return { contract: 'ledger', functionName: 'acceptOperator', args: [hexOf(code)] }
}

async function succession(code: string, successor: string): Promise<OfficeCall> {
  if (code.length !== 18) return drafts.acceptRegionSuccession(parseRegion(code), parseRegion(successor))
  const args = [hexOf(code), hexOf(parseAgencyCode(successor))]
  return { contract: 'ledger', functionName: 'acceptAgencySuccession', args }
}

function hexOf(uscc: string): string {
  return `0x${Buffer.from(uscc, 'latin1').toString('hex')}`
}

function addKeys(add: Add): void {
  add<TermOptions>(
    'register-key <registration>',
    async ([file = ''], { from = 'now', until }, view) => {
      const { agency, publicJwk } = await readProvenRegistration(file)
      const validFrom = await parseBeginning(from, view)
      const validUntil = until === undefined ? null : await parseEnd(until, view)
      return drafts.registerKey({ agency, publicJwk, validFrom, validUntil })
    },
    ...TERM,
  )
  add<{ at: string }>(
    'end-key <agency> <kid>',
    async ([agency = '', kid = ''], { at }, view) =>
      drafts.endKey(parseAgencyCode(agency), parseKid(kid), await parseEnd(at, view)),
    AT,
  )
  add<{ since: string }>(
    'report-compromise <agency> <kid>',
    async ([agency = '', kid = ''], { since }, view) =>
      drafts.reportKeyCompromised(parseAgencyCode(agency), parseKid(kid), await parseBeginning(since, view)),
    needed('--since <day>', OFFICE_HELP.since),
  )
  add<{ since: string }>(
    'narrow-compromise <agency> <kid>',
    async ([agency = '', kid = ''], { since }, view) => {
      const from = since === 'never' ? null : await parseBeginning(since, view)
      return drafts.narrowKeyCompromise(parseAgencyCode(agency), parseKid(kid), from)
    },
    needed('--since <day>', OFFICE_HELP.sinceOrNever),
  )
}

interface RefusalOptions {
  readonly issuing?: string
  readonly item?: string
}

function addRules(add: Add): void {
  add<TermOptions>(
    'assign <agency> <type>',
    async ([agency = '', type = ''], term, view) =>
      drafts.assignResponsibility(parseAgencyCode(agency), parseTypeCode(type), await parseTerm(term, view)),
    ...TERM,
    RULEBOOK,
  )
  add<{ at: string }>(
    'end-responsibility <agency> <type>',
    async ([agency = '', type = ''], { at }, view) =>
      drafts.endResponsibility(parseAgencyCode(agency), parseTypeCode(type), await parseEnd(at, view)),
    AT,
    RULEBOOK,
  )
  add<TermOptions>(
    'delegate <region> <type>',
    async ([region = '', type = ''], term, view) =>
      drafts.delegateType(parseRegion(region), parseTypeCode(type), await parseTerm(term, view)),
    ...TERM,
    RULEBOOK,
  )
  add<{ at: string }>(
    'end-delegation <region> <type>',
    async ([region = '', type = ''], { at }, view) =>
      drafts.endTypeDelegation(parseRegion(region), parseTypeCode(type), await parseEnd(at, view)),
    AT,
    RULEBOOK,
  )
  const refusal = [maybe('--issuing <region>', OFFICE_HELP.issuing), maybe('--item <code>', OFFICE_HELP.item)]
  add<RefusalOptions & TermOptions & { approval: string; document: string }>(
    'refuse <region> <type>',
    async ([region = '', type = ''], { approval: number, document, ...options }, view) => {
      assertPublicText(number)
      const approval = { number, documentDigest: await digestOfFile(document) }
      const entry = { ...refusedOf(type, options), term: await parseTerm(options, view), approval }
      return drafts.enterNegative(parseRegion(region), entry)
    },
    ...refusal,
    ...TERM,
    needed('--approval <reference>', OFFICE_HELP.approval),
    needed('--document <file>', OFFICE_HELP.document),
    RULEBOOK,
  )
  add<RefusalOptions & { at: string }>(
    'end-refusal <region> <type>',
    async ([region = '', type = ''], { at, ...options }, view) =>
      drafts.endNegative(parseRegion(region), refusedOf(type, options), await parseEnd(at, view)),
    ...refusal,
    AT,
    RULEBOOK,
  )
}

function refusedOf(type: string, { issuing, item }: RefusalOptions) {
  return {
    licenceType: parseTypeCode(type),
    issuing: issuing === undefined ? null : parseRegion(issuing),
    serviceItem: item === undefined ? null : parseItem(item),
  }
}

const SECONDS_A_DAY = 86_400

function addAgreements(add: Add): void {
  add<TermOptions & { with: string[]; types: string[]; noticeDays: string }>(
    'propose-agreement <region>',
    async ([region = ''], { with: partners, types, noticeDays, ...term }, view) =>
      drafts.proposeAgreement(parseRegion(region), {
        partners: partners.map(parseRegion),
        licenceTypes: types.map(parseTypeCode),
        term: await parseTerm(term, view),
        noticeSeconds: SECONDS_A_DAY * parseNumber(noticeDays),
      }),
    needed('--with <region...>', OFFICE_HELP.with),
    needed('--types <type...>', OFFICE_HELP.types),
    needed('--notice-days <n>', OFFICE_HELP.noticeDays),
    ...TERM,
    RULEBOOK,
  )
  add(
    'join-agreement <number> <region>',
    ([number = '', region = '']) => drafts.joinAgreement(parseNumber(number), parseRegion(region)),
    RULEBOOK,
  )
  add<{ partner: string; type: string }>(
    'renew-agreement <number> <region>',
    ([number = '', region = ''], { partner, type }) =>
      drafts.renewAgreement(
        parseNumber(number),
        parseRegion(region),
        parseRegion(partner),
        parseTypeCode(type),
      ),
    needed('--partner <region>', OFFICE_HELP.partner),
    needed('--type <type>', OFFICE_HELP.type),
    RULEBOOK,
  )
  add(
    'leave-agreement <number> <region>',
    ([number = '', region = '']) => drafts.leaveAgreement(parseNumber(number), parseRegion(region)),
    RULEBOOK,
  )
}

function addTwoKeys(program: Command, session: Session, finish: Finish): void {
  const described = (spec: keyof typeof REGION_COMMAND_TEXTS): Command => {
    const { zh, en } = REGION_COMMAND_TEXTS[spec]
    return program.command(spec).description(`${zh} · ${en}`)
  }
  asking(described('show <code>')).action(async (code: string, options: OfficeOptions) =>
    finish(await showMember(session, code, options)),
  )
  asking(described('proposals')).action(async (options: OfficeOptions) =>
    finish(await showProposals(session, options)),
  )
  sending(described('confirm <number>')).action(async (number: string, options: OfficeOptions) =>
    finish(await atWork(session, options, (work) => confirmWaiting(work, parseNumber(number)))),
  )
  sending(described('withdraw <number>')).action(async (number: string, options: OfficeOptions) =>
    finish(await atWork(session, options, (work) => withdrawWaiting(work, parseNumber(number)))),
  )
}
