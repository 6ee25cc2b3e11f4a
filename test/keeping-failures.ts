/**
 * Mocha's `spec`, and what failed is kept in a file for `scripts/tell-failures.ts`: of two suites that run side by side,
 * whichever ends last buries the failures of the other under its own lines.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Mocha from 'mocha'
import { type Suite, suiteFile } from '../scripts/tell-failures.ts'

class KeepingFailures extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options)
    const file = suiteFile(options.reporterOptions.suite as Suite)
    const failures: string[] = []
    // Of a run that is cut off nothing is told, rather than what an earlier one left.
    rmSync(file, { force: true })
    runner.on('fail', (test, error) => {
      failures.push(
        `${test.titlePath().join(' › ')}\n  ${test.file ?? ''}\n  ${error.stack ?? error.message}\n`,
      )
    })
    runner.once('end', () => {
      if (failures.length === 0) return
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, failures.join('\n'))
    })
  }
}

export { KeepingFailures as 'module.exports' }
