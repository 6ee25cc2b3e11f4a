/** `npm start`: a sandbox alliance on a real chain, sample licences of every type, one of them verified in another province. */

import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LedgerRefusedError } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { ExplainedError, isOrigin } from '@hefu/service'
import { runSandbox } from './sandbox/sandbox.ts'
import { StartError } from './sandbox/start-error.ts'

const HELP = `合符 Hefu：一条命令，看一省颁发的电子证照如何在另一省核验
用法 · Usage: npm start [-- --once]

--once   出具核验结论后退出 · exit after the verdict
--help   显示本帮助 · this help

环境变量 · Environment
HEFU_HOME            状态目录 · state folder (default .hefu)
HEFU_CHAIN_PORT      区块链端口 · port of the chain (default 8545)
HEFU_VERIFIER_PORT   核验服务端口 · port of the verifier service (default 8470)
HEFU_IDENTITY_PORT   统一身份认证平台端口 · port of the identity provider (default 8490)
HEFU_ORIGINS         可从浏览器访问核验服务的页面来源，以逗号分隔 · origins whose pages may ask the verifier, with commas between them (default none)`

/** What ends a program whose terminal says so (128 and the number of SIGINT). */
const INTERRUPTED = 130
const STOPPED =
  '\n已停止；再次 npm start 从已保存的状态继续\nStopped; the next npm start goes on from what was saved'

try {
  const { values } = parseArgs({ options: { once: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help) console.log(HELP)
  else await start(values.once ?? false)
} catch (error) {
  process.exitCode = 1
  if (error instanceof StartError) console.error(`\n${error.message}`)
  else if (error instanceof ExplainedError) console.error(`\n${error.says.zh}\n${error.says.en}`)
  else if (error instanceof TypeError && 'code' in error) console.error(`${error.message}\n\n${HELP}`)
  else if (error instanceof LedgerUnavailableError || error instanceof LedgerRefusedError) {
    console.error(`
互认链没有应答或拒绝了一步（${error.message}）。请再运行一次 npm start；仍不行的，删除状态目录重新开始。
The ledger did not answer, or refused a step (${error.message}). Run npm start once more; if that does not help, delete the state folder to begin anew.`)
  } else throw error
}

async function start(once: boolean): Promise<void> {
  const ending = new AbortController()
  const asked = new Promise<undefined>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        ending.abort()
        done(undefined)
      })
  })
  const sandbox = await runSandbox({
    folder: resolve(process.env['HEFU_HOME'] ?? join(import.meta.dirname, '..', '.hefu')),
    chainPort: readPort('HEFU_CHAIN_PORT', 8545),
    verifierPort: readPort('HEFU_VERIFIER_PORT', 8470),
    identityPort: readPort('HEFU_IDENTITY_PORT', 8490),
    origins: readOrigins(),
    report: showLine,
    signal: ending.signal,
  }).catch((error: unknown) => {
    if (!ending.signal.aborted) throw error
    console.error(STOPPED)
    // Agencies that were issuing go on waiting for the chain that is stopped.
    process.exit(INTERRUPTED)
  })
  if (once) return sandbox.stop()
  for (const line of sandbox.signIn) showLine(line)
  console.log('\n按 Ctrl-C 停止；再次 npm start 从这里继续 · Ctrl-C stops; the next npm start resumes here')
  const failure = await Promise.race([asked, sandbox.failed])
  await sandbox.stop()
  if (failure !== undefined) throw failure
}

/** A line that begins with `…` is of a step that runs: on a terminal the next line takes its place. */
function showLine(line: string): void {
  const terminal = process.stdout.isTTY
  if (!line.startsWith('…')) process.stdout.write(terminal ? `\x1b[2K${line}\n` : `${line}\n`)
  else if (terminal) process.stdout.write(`${line}\r`)
}

function readPort(name: string, preset: number): number {
  const text = process.env[name]
  if (text === undefined) return preset
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new StartError(
    `环境变量 ${name} 应为 1–65535 的端口号，实为 ${JSON.stringify(text)}`,
    `The environment variable ${name} should be a port from 1 to 65535, not ${JSON.stringify(text)}`,
  )
}

/** As the service reads them, before anything is started. */
function readOrigins(): readonly string[] {
  const text = process.env['HEFU_ORIGINS'] ?? ''
  const origins = text.split(',').flatMap((origin) => origin.trim() || [])
  if (origins.every(isOrigin)) return origins
  throw new StartError(
    `环境变量 HEFU_ORIGINS 应为页面来源（如 http://localhost:5173，不含路径和末尾斜杠），实为 ${JSON.stringify(text)}`,
    `The environment variable HEFU_ORIGINS should be origins such as http://localhost:5173, without path or final slash, not ${JSON.stringify(text)}`,
  )
}
