/** The life of a service's process, from its environment to its last answer. */
import type { Bilingual } from '@hefu/protocol'
import { ExplainedError } from './explained-error.ts'
import { listenForInterruption } from './interruption.ts'

export interface Service {
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Starts a service, says where it answers, and closes it when the process is told to stop. What keeps it from
 * starting is said in both languages, and the process ends with 1; any other error is thrown.
 */
export async function runService(title: Bilingual, start: () => Promise<Service>): Promise<void> {
  try {
    const { url, close } = await start()
    listenForInterruption().addEventListener('abort', () => void close(), { once: true })
    process.stdout.write(announcement(title, url))
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error
    process.stderr.write(`${error.says.zh}\n${error.says.en}\n`)
    process.exitCode = 1
  }
}

/** A line of the log, as all others are that stand on standard output. */
function announcement({ zh, en }: Bilingual, url: string): string {
  const msg = `${zh}已启动 ${en} answers at ${url} now`
  return `${JSON.stringify({ level: 30, time: Date.now(), pid: process.pid, msg, url })}\n`
}
