/** Child processes of the sandbox: started, waited for, ended by their own id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'

/** A service that runs in a process of its own. */
export interface RunningProcess {
  readonly pid: number
  /** Asks it to end (SIGTERM), and insists after `patienceMs`. */
  stop(patienceMs?: number): Promise<void>
  /** Settles with the exit code or the signal, once it has ended. */
  readonly ended: Promise<string>
  /** Ends it at once, as a power cut would (SIGKILL). */
  kill(): Promise<void>
}

export interface ProcessOptions {
  readonly env?: NodeJS.ProcessEnv
  /** The account to run as, for programs that refuse to run as root. */
  readonly uid?: number
  readonly gid?: number
  readonly readyWithinMs?: number
}

const LAST_WORDS = 4000

/**
 * Starts a program and waits until `isReady` says so.
 *
 * @throws with the program's last words when it ends first or does not become ready in time
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
  { readyWithinMs = 30_000, ...options }: ProcessOptions = {},
): Promise<RunningProcess> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-LAST_WORDS)
    })
  }
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(String(signal ?? code))),
  )
  const failed = once(child, 'error').then(([error]) => Promise.reject(error))
  const exited = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${command} ended (${signal ?? code}) before it was ready:\n${said}`)
  })
  try {
    await Promise.race([failed, exited, waitFor(isReady, readyWithinMs, () => said)])
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  } finally {
    failed.catch(() => {})
    exited.catch(() => {})
  }
  return {
    pid: child.pid ?? 0,
    ended,
    stop: (patienceMs = 10_000) => end(child, 'SIGTERM', patienceMs),
    kill: () => end(child, 'SIGKILL', 10_000),
  }
}

async function waitFor(isReady: () => Promise<boolean>, withinMs: number, said: () => string): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await isReady().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`not ready within ${withinMs / 1000} s:\n${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals, patienceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await exited
  clearTimeout(insist)
}

/** Whether anything listens on a port of this machine. */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
