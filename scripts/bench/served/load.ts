/** Requests to a server of another process: as fast as it answers, or as fast as they come. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import type { ProcessUse, Served } from './child-report.ts'

export interface ServedProcess extends Served {
  /** Asks for a verification; its status. */
  ask(): Promise<number>
  askLive(): Promise<number>
  use(): Promise<ProcessUse>
  stop(): Promise<void>
}

/** Connections of a generator: more than can be under way, so that who is turned away does not keep others waiting. */
const CONNECTIONS = 256

/** @param name of a file of this folder; `bodies`: what it is sent, where it brings none */
export async function startServed(name: string, bodies?: readonly string[]): Promise<ServedProcess> {
  const child = fork(fileURLToPath(new URL(name, import.meta.url)))
  const [served] = (await once(child, 'message')) as [Served]
  const { url, live, authorization } = served
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 })
  const sent = bodies ?? served.bodies
  const headers = { 'content-type': 'application/json', authorization }
  let next = 0
  return {
    ...served,
    bodies: sent,
    ask: async () => {
      next = (next + 1) % sent.length
      const answer = await pool.request({ path: pathname, method: 'POST', headers, body: sent[next] ?? null })
      await answer.body.dump()
      return answer.statusCode
    },
    askLive: async () => {
      const answer = await pool.request({ path: new URL(live).pathname, method: 'GET' })
      await answer.body.dump()
      return answer.statusCode
    },
    use: () => useOf(child),
    stop: async () => {
      await pool.destroy()
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function useOf(child: ChildProcess): Promise<ProcessUse> {
  const answered = once(child, 'message')
  child.send('use')
  const [use] = await answered
  return use as ProcessUse
}

/** One answer: when it was due, from the beginning of the load, and how long it took since then. */
export interface Answer {
  readonly status: number
  readonly dueMs: number
  readonly tookMs: number
}

/** `concurrency` askers, each of which asks as soon as it is answered. */
export async function loadClosed(
  ask: () => Promise<number>,
  concurrency: number,
  forMs: number,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const beganAt = performance.now()
  const askOn = async (): Promise<void> => {
    for (let at = performance.now(); at - beganAt < forMs; at = performance.now()) {
      const status = await ask()
      answers.push({ status, dueMs: at - beganAt, tookMs: performance.now() - at })
    }
  }
  await Promise.all(Array.from({ length: concurrency }, askOn))
  return answers
}

/**
 * So many a second, however slowly they are answered. Each is timed from when it was due, not from when it could be
 * sent: what a slow server keeps from being sent would not be measured otherwise. 0: no answer came.
 */
export async function loadOpen(
  ask: () => Promise<number>,
  perSecond: number,
  forMs: number,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const underWay: Promise<void>[] = []
  const beganAt = performance.now()
  const send = async (dueMs: number): Promise<void> => {
    const status = await ask().catch(() => 0)
    answers.push({ status, dueMs, tookMs: performance.now() - beganAt - dueMs })
  }
  for (let now = 0; now < forMs; now = performance.now() - beganAt) {
    const due = Math.floor((now / 1_000) * perSecond)
    while (underWay.length < due) underWay.push(send((underWay.length / perSecond) * 1_000))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(underWay)
  return answers
}
