/**
 * One process at a time in an agency's folder. Every process first puts up its own sign, a file named after
 * itself, then looks for others': of two that start together at least one sees the other, so never do both
 * go on. Signs of processes that are gone are taken down; no sign is ever reused, so that cannot hit a living one.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { open, readdir, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { reasonOf } from '../durable-file.ts'
import { IssuerError } from '../issuer-error.ts'

export interface HomeLock {
  release(): Promise<void>
}

interface Owner {
  readonly pid: number
  /** When the process began, in the kernel's ticks; `0` where the system does not tell. */
  readonly startedAt: string
  readonly host: string
}

// in-use.<pid>.<startedAt>.<host as hexadecimal>.<random>
const SIGN = /^in-use\.([0-9]+)\.([0-9]+)\.([0-9a-f]*)\.[0-9a-f]{16}$/

/**
 * @throws {IssuerError} `journal-in-use` while another process, or another journal of this one, is at work;
 *   `journal-unreachable` when the folder cannot be written to
 */
export async function acquireHomeLock(home: string): Promise<HomeLock> {
  const own = signOf({ pid: process.pid, startedAt: startOf(process.pid) ?? '0', host: hostname() })
  const path = join(home, own)
  await putUp(path)
  const release = (): Promise<void> => unlink(path).catch(() => undefined)
  try {
    for (const name of await readdir(home)) {
      const owner = name === own ? null : ownerOf(name)
      if (owner === null) continue
      if (isAlive(owner)) throw new IssuerError('journal-in-use', { pid: owner.pid, host: owner.host })
      await unlink(join(home, name)).catch(() => undefined)
    }
    return { release }
  } catch (error) {
    await release()
    throw error
  }
}

async function putUp(sign: string): Promise<void> {
  try {
    await (await open(sign, 'wx')).close()
  } catch (error) {
    throw new IssuerError('journal-unreachable', { reason: reasonOf(error) }, { cause: error })
  }
}

function signOf({ pid, startedAt, host }: Owner): string {
  return `in-use.${pid}.${startedAt}.${Buffer.from(host).toString('hex')}.${randomBytes(8).toString('hex')}`
}

function ownerOf(name: string): Owner | null {
  const parts = SIGN.exec(name)
  if (parts === null) return null
  const [, pid = '', startedAt = '', host = ''] = parts
  return { pid: Number(pid), startedAt, host: Buffer.from(host, 'hex').toString() }
}

/** A process of another machine cannot be asked after: it counts as alive. */
function isAlive({ pid, startedAt, host }: Owner): boolean {
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
