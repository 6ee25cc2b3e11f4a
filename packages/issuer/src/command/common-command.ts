/** What all commands take. */
import type { Command } from 'commander'
import { HELP_TEXTS } from '../texts/help-texts.ts'
import type { ExitCode } from './exit-code.ts'

/** Says how the command ended. */
export type Finish = (code: ExitCode) => void

export function common(command: Command): Command {
  return command.option('--home <folder>', HELP_TEXTS.home).option('--json', HELP_TEXTS.json)
}
