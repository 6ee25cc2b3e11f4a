/** The process of `hefu-verifier`: its streams, its signals. */
import { listenForInterruption } from '@hefu/service'
import { runVerifierProgram } from './command/verifier-program.ts'
import { createOperations } from './operator.ts'

process.exitCode = await runVerifierProgram(
  {
    env: process.env,
    operations: createOperations(process.env),
    input: process.stdin,
    output: process.stderr,
    stdout: process.stdout,
    signal: listenForInterruption(),
  },
  process.argv.slice(2),
)
