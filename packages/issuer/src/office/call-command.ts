/** A command that makes one call: what it takes, and the call that comes of it. */
import type { OfficeCall, OfficeView } from '@hefu/ledger'
import type { Bilingual } from '@hefu/protocol'
import { type Command, Option } from 'commander'
import type { Finish } from '../command/common-command.ts'
import type { ExitCode } from '../command/exit-code.ts'
import type { Session } from '../command/session.ts'
import type { OfficeWork } from './carry-out.ts'
import { OFFICE_HELP } from './office-help.ts'
import { atWork, sending } from './office-program.ts'
import type { OfficeOptions } from './office-session.ts'

/** A call from what was typed: arguments in their order, then the options. */
export type Draft<Options> = (
  args: readonly string[],
  options: Options,
  view: OfficeView,
) => Promise<OfficeCall>

/** Adds a command by its name and arguments. */
export type AddCall<Spec extends string> = <Options>(
  spec: Spec,
  draft: Draft<Options & OfficeOptions>,
  ...options: readonly Option[]
) => void

interface CallCommand<Options> {
  readonly spec: string
  readonly texts: Bilingual
  readonly draft: Draft<Options>
  readonly options: readonly Option[]
  /** How the call comes about. */
  readonly perform: (work: OfficeWork & { readonly options: Options }, call: OfficeCall) => Promise<ExitCode>
}

export function addCall<Options extends OfficeOptions>(
  program: Command,
  session: Session,
  finish: Finish,
  { spec, texts, draft, options, perform }: CallCommand<Options>,
): void {
  const command = sending(program.command(spec).description(`${texts.zh} · ${texts.en}`))
  for (const option of options) command.addOption(option)
  command.action(async (...given: unknown[]) => {
    // Commander hands over the arguments, then the options, then itself.
    const args = given.slice(0, -2) as readonly string[]
    const chosen = given.at(-2) as Options
    finish(
      await atWork(session, chosen, async (work) => perform(work, await draft(args, chosen, work.office))),
    )
  })
}

export function needed(flags: string, text: string): Option {
  return new Option(flags, text).makeOptionMandatory()
}

export function maybe(flags: string, text: string): Option {
  return new Option(flags, text)
}

export const NAME: readonly Option[] = [
  needed('--name <text>', OFFICE_HELP.name),
  maybe('--name-en <text>', OFFICE_HELP.nameEn),
  maybe('--contact <text>', OFFICE_HELP.contact),
]

export const TERM: readonly Option[] = [
  maybe('--from <day>', OFFICE_HELP.from),
  maybe('--until <day>', OFFICE_HELP.until),
]

/** Of a call that goes to the rulebook. */
export const RULEBOOK: Option = maybe('--rulebook <address>', OFFICE_HELP.rulebook)

export const AT: Option = maybe('--at <day>', OFFICE_HELP.at).default('now')
