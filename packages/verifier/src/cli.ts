/** The process of `hefu-ledger`: its streams, its signals. */
import { listenForInterruption } from '@hefu/service'
import { run } from './command/program.ts'
import { readNetworkFile } from './network-file.ts'

// A reader that went away (`| head`) ends the output, not the work.
process.stdout.on('error', () => undefined)

process.exitCode = await run(
  {
    env: process.env,
    output: process.stderr,
    stdout: process.stdout,
    readNetwork: readNetworkFile,
    signal: listenForInterruption(),
  },
  process.argv.slice(2),
)
