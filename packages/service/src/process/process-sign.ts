/**
 * Signs that a process leaves in names of files: from a sign others tell whether its process still runs. No sign is
 * ever used twice, so what bears the sign of a process that is gone can be taken away without hitting a living one.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Who left a sign. */
export interface SignOwner {
  readonly pid: number
  /** When the process began, in the kernel's ticks; `0` where the system does not tell. */
  readonly startedAt: string
  readonly host: string
}

/** `<pid>.<startedAt>.<host as hexadecimal>.<random>`, for expressions over file names. */
export const SIGN: string = String.raw`([0-9]+)\.([0-9]+)\.([0-9a-f]*)\.[0-9a-f]{16}`

/** A new sign of this process. */
export function createSign(): string {
  const host = Buffer.from(hostname()).toString('hex')
  return `${process.pid}.${startOf(process.pid) ?? '0'}.${host}.${randomBytes(8).toString('hex')}`
}

/** The owner in a file's name; `pattern` holds {@link SIGN} once and no group of its own. */
export function readSignOwner(name: string, pattern: RegExp): SignOwner | null {
  const parts = pattern.exec(name)
  if (parts === null) return null
  const [, pid = '', startedAt = '', host = ''] = parts
  return { pid: Number(pid), startedAt, host: Buffer.from(host, 'hex').toString() }
}

/** Whether the process still runs. One of another machine cannot be asked after: it counts as running. */
export function isRunning({ pid, startedAt, host }: SignOwner): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const start = startOf(pid)
  return start === null || startedAt === '0' || start === startedAt
}

/** The start of a running process (Linux; elsewhere `null`): tells it from a later one with its number. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? null)
  } catch {
    return null
  }
}
