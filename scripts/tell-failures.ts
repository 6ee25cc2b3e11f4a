/** Tells, after `npm test`, what failed in either suite, and exits 1: the two ran side by side, and their lines are mixed. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SUITES = ['contracts', 'packages'] as const
export type Suite = (typeof SUITES)[number]

/** Where a suite's failures are kept. */
export function suiteFile(suite: Suite): string {
  return fileURLToPath(new URL(`../node_modules/.cache/hefu/failed-${suite}.txt`, import.meta.url))
}

if (import.meta.main) {
  for (const suite of SUITES) {
    const file = suiteFile(suite)
    if (existsSync(file)) process.stdout.write(`\nfailed in test:${suite}\n\n${readFileSync(file, 'utf8')}`)
  }
  process.exitCode = 1
}
