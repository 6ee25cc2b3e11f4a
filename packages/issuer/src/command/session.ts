/** What one run of the command has from its surroundings, and how it speaks. */
import type { Bilingual } from '@hefu/protocol'
import type { PassphrasePrompt } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { fillIn } from '../texts/fill-in.ts'

export interface Session extends PassphrasePrompt {
  readonly stdout: NodeJS.WritableStream
  /** Also where questions are asked and progress is shown. */
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** Unix seconds. */
  readonly now: () => number
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal
}

/** Options of every command. */
export interface CommonOptions {
  readonly home?: string
  readonly json?: boolean
}

/** The agency's folder, from the option or the environment. */
export function homeOf({ home }: CommonOptions, { env }: Session): string {
  const folder = home ?? env['HEFU_ISSUER_HOME']
  if (folder !== undefined && folder !== '') return folder
  throw new IssuerError('usage', { reason: '--home or HEFU_ISSUER_HOME is needed' })
}

/** A text with its details, Chinese · English. */
export function sentence(text: Bilingual, details: Parameters<typeof fillIn>[1] = {}): string {
  const { zh, en } = fillIn(text, details)
  return `${zh} · ${en}`
}

/** The result of a command: a line for a person, or an object for a program. */
export function tell(
  session: Session,
  { json }: CommonOptions,
  event: object,
  lines: readonly string[],
): void {
  const text = json === true ? JSON.stringify(event) : lines.join('\n')
  session.stdout.write(`${text}\n`)
}
