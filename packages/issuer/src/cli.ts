/** The process of `hefu-issuer`: its streams, its clock, its signals. */
import { listenForInterruption, readClock } from '@hefu/service'
import { run } from './command/program.ts'

// A reader that went away (`| head`) ends the output, not the work.
process.stdout.on('error', () => undefined)

process.exitCode = await run(
  {
    env: process.env,
    input: process.stdin,
    output: process.stderr,
    stdout: process.stdout,
    now: readClock,
    // The second signal does not wait: every step is safe to be cut off.
    signal: listenForInterruption(),
  },
  process.argv.slice(2),
)
