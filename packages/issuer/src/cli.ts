/** The process of `hefu-issuer`: its streams, its clock, its signals. */
import { EXIT } from './command/exit-code.ts'
import { run } from './command/program.ts'

const controller = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The second one does not wait: every step is safe to be cut off.
  process.on(signal, () => (controller.signal.aborted ? process.exit(EXIT.interrupted) : controller.abort()))
}
// A reader that went away (`| head`) ends the output, not the work.
process.stdout.on('error', () => undefined)

process.exitCode = await run(
  {
    env: process.env,
    input: process.stdin,
    output: process.stderr,
    stdout: process.stdout,
    now: () => Math.floor(Date.now() / 1000),
    signal: controller.signal,
  },
  process.argv.slice(2),
)
