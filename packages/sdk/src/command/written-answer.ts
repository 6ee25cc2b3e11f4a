/** What the command writes beside sheets and tables: JSON for programs, sentences on standard error. */
import type { Bilingual } from '@hefu/protocol'

/** One document in one line. */
export function writeJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** One sentence in each language. Returns the exit code. */
export function complain({ zh, en }: Bilingual, exitCode: number): number {
  process.stderr.write(`${zh}\n${en}\n`)
  return exitCode
}
