/** Processes that a killed start left behind: they hold the ports and the chain's state, and are ended before a new start. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { StateFolder } from './state-folder.ts'

/** One line a process: its id, and a part of its command line by which it is known again. */
function recordOf(folder: StateFolder): string {
  return join(folder.path, 'processes')
}

/** Remembers a process that this start owns. */
export function recordProcess(folder: StateFolder, pid: number, marker: string): void {
  appendFileSync(recordOf(folder), `${pid} ${marker}\n`)
}

/** Forgets the processes of a start that has ended them itself. */
export function forgetProcesses(folder: StateFolder): void {
  rmSync(recordOf(folder), { force: true })
}

/** Ends what an earlier start recorded and did not end; ids that now belong to other programs are left alone. */
export async function endOrphans(folder: StateFolder): Promise<void> {
  if (!existsSync(recordOf(folder))) return
  for (const line of readFileSync(recordOf(folder), 'utf8').split('\n').filter(Boolean)) {
    const [pid, marker] = [Number.parseInt(line, 10), line.slice(line.indexOf(' ') + 1)]
    if (isAlive(pid) && commandLineOf(pid).includes(marker)) await end(pid)
  }
  forgetProcesses(folder)
}

function commandLineOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM')
  const deadline = performance.now() + 5000
  while (isAlive(pid) && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
}

/** Whether a process of this number exists. */
function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
