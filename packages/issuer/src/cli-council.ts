/** The process of `hefu-council`: its streams, its clock, its signals. */
import { listenForInterruption, readClock } from '@hefu/service'
import { runCouncil } from './office/council-program.ts'

// A reader that went away (`| head`) ends the output, not the work.
process.stdout.on('error', () => undefined)

process.exitCode = await runCouncil(
  {
    env: process.env,
    input: process.stdin,
    output: process.stderr,
    stdout: process.stdout,
    now: readClock,
    signal: listenForInterruption(),
  },
  process.argv.slice(2),
)
