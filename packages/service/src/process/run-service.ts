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
    process.stdout.write(`${title.zh}已启动 ${title.en} answers at ${url}\n`)
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error
    process.stderr.write(`${error.says.zh}\n${error.says.en}\n`)
    process.exitCode = 1
  }
}
