/** The commands below `hefu-issuer act`: what they take, and which of them runs. */
import { type Deed, LEGAL_BASES } from '@hefu/ledger'
import { LEGAL_STATUSES, STATUS_ACTS, type StatusAct } from '@hefu/protocol'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { ACT_TEXTS } from '../texts/act-texts.ts'
import { HELP_TEXTS } from '../texts/help-texts.ts'
import type { LateActRequest } from '../workflow/act-late.ts'
import { MAX_NOTICE_CODE, NOTICE_NAMES, parseNoticeCode } from '../workflow/notice-code.ts'
import { SUCCESSION_DOUBTS } from '../workflow/succession.ts'
import { type ActOptions, act } from './act.ts'
import { type LateActOptions, lateAct } from './act-late.ts'
import { common, type Finish } from './common-command.ts'
import { type CorrectOptions, correct } from './correct.ts'
import { type DissolveOptions, dissolve } from './dissolve.ts'
import { liftNotice, type NoteOptions, note } from './note.ts'
import type { Session } from './session.ts'
import { type TransferInOptions, transferIn } from './transfer-in.ts'

/** Adds `act` with a command for each act, notice, correction and dissolution. */
export function addActs(program: Command, session: Session, finish: Finish): void {
  const group = program.command('act').description(HELP_TEXTS.act).addHelpText('after', HELP_TEXTS.bases)
  for (const name of STATUS_ACTS) addAct(group, name, session, finish)
  addTransferIn(group, session, finish)
  addNotices(group, session, finish)
  addCorrect(group, session, finish)
  addDissolve(group, session, finish)
}

function addAct(group: Command, name: StatusAct, session: Session, finish: Finish): void {
  const { zh, en } = ACT_TEXTS[name]
  const described = group.command(name).description(`${zh} · ${en}`)
  const command = name === 'supersede' ? ofLicences(described, name) : ofManyLicences(described, name)
  if (name === 'suspend' || name === 'restrict') command.option('--until <day>', HELP_TEXTS.until)
  if (name === 'transfer-out') command.requiredOption('--to <uscc>', HELP_TEXTS.to)
  if (name === 'supersede')
    command.requiredOption('--by <licence-id>', HELP_TEXTS.by).addOption(confirmOption())
  if (mayBeLate(name)) {
    command.option('--late', HELP_TEXTS.late)
    command.action(async (ids: string[], options: LateActOptions & { late?: boolean }) =>
      finish(await (options.late === true ? lateAct : act)(session, name, ids, options)),
    )
  } else {
    command.action(async (ids: string[], options: ActOptions) =>
      finish(await act(session, name, ids, options)),
    )
  }
}

/** An annulment is entered at any time by one key; what names another licence or agency is never entered late. */
function mayBeLate(name: StatusAct): name is LateActRequest['act'] {
  return name !== 'annul' && name !== 'supersede' && name !== 'transfer-out'
}

function addTransferIn(group: Command, session: Session, finish: Finish): void {
  withDecision(group.command('transfer-in').description(HELP_TEXTS.transferIn), 'transfer-in')
    .argument('<licence-id>', HELP_TEXTS.ownLicence)
    .requiredOption('--origin <file|uscc>', HELP_TEXTS.origin)
    .addOption(originIndexOption())
    .addOption(confirmOption())
    .action(async (id: string, options: TransferInOptions) => finish(await transferIn(session, id, options)))
}

function addNotices(group: Command, session: Session, finish: Finish): void {
  ofManyLicences(group.command('note').description(HELP_TEXTS.note), 'notice')
    .addOption(noticeOption())
    .action(async (ids: string[], options: NoteOptions) => finish(await note(session, ids, options)))
  ofManyLicences(group.command('lift-notice').description(HELP_TEXTS.liftNotice), 'notice-lifted')
    .addOption(noticeOption())
    .action(async (ids: string[], options: NoteOptions) => finish(await liftNotice(session, ids, options)))
}

function addCorrect(group: Command, session: Session, finish: Finish): void {
  const statuses = LEGAL_STATUSES.filter((status) => status !== 'transferred-out')
  ofLicences(group.command('correct').description(HELP_TEXTS.correct), 'correction')
    .addOption(
      new Option('--to-status <status>', HELP_TEXTS.toStatus).choices(statuses).makeOptionMandatory(),
    )
    .action(async (ids: string[], options: CorrectOptions) => finish(await correct(session, ids, options)))
}

function addDissolve(group: Command, session: Session, finish: Finish): void {
  withDecision(group.command('dissolve').description(HELP_TEXTS.dissolve), 'dissolution')
    .argument('<licence-id>', HELP_TEXTS.successor)
    .option('--origin <licence-id|file|uscc>', HELP_TEXTS.dissolvedOrigin)
    .addOption(originIndexOption())
    .option('--rehearse', HELP_TEXTS.rehearse)
    .action(async (id: string, options: DissolveOptions) => finish(await dissolve(session, id, options)))
}

function confirmOption(): Option {
  return new Option('--confirm <what...>', HELP_TEXTS.confirmSuccession).choices([...SUCCESSION_DOUBTS])
}

function originIndexOption(): Option {
  return new Option('--origin-index <n>', HELP_TEXTS.originIndex).argParser(parseStatusIndex)
}

function ofLicences(command: Command, deed: Deed): Command {
  return withDecision(command, deed).argument('<licence-id...>', HELP_TEXTS.licences)
}

function ofManyLicences(command: Command, deed: Deed): Command {
  return withDecision(command, deed)
    .argument('[licence-id...]', HELP_TEXTS.licences)
    .option('--from <file>', HELP_TEXTS.from)
    .option('--rehearse', HELP_TEXTS.rehearse)
}

function withDecision(command: Command, deed: Deed): Command {
  const basis = LEGAL_BASES[deed]
  const leftOut = basis === null ? HELP_TEXTS.basisNeeded : `${HELP_TEXTS.basisLeftOut} ${basis}`
  return common(command)
    .requiredOption('--decision <number>', HELP_TEXTS.decision)
    .requiredOption('--effective <day>', HELP_TEXTS.effective)
    .option('--basis <code>', `${HELP_TEXTS.basis} (${leftOut})`)
}

function noticeOption(): Option {
  return new Option('--notice <kind>', `${HELP_TEXTS.notice}: ${NOTICE_NAMES.join(', ')}`)
    .argParser(parseNotice)
    .makeOptionMandatory()
}

function parseNotice(text: string): number {
  const code = parseNoticeCode(text)
  if (code !== null) return code
  const kinds = NOTICE_NAMES.join('、')
  throw new InvalidArgumentError(
    `应为 ${kinds} 或代码 0–${MAX_NOTICE_CODE} · one of these, or a code from 0 to ${MAX_NOTICE_CODE}`,
  )
}

/** Indices have 48 bits on the ledger. */
function parseStatusIndex(text: string): number {
  if (/^(0|[1-9][0-9]{0,14})$/.test(text) && Number(text) < 2 ** 48) return Number(text)
  throw new InvalidArgumentError('应为状态索引（非负整数） · a status index, an integer from 0 on')
}
