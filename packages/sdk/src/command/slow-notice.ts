/** A line for who waits: silence looks like a command that is stuck. */

const SLOW_AFTER_MS = 1_000

/** The answer of a task; where it is not there after a second, a line on standard error says what is waited for. */
export async function tellWhenSlow<Answer>(task: Promise<Answer>): Promise<Answer> {
  const timer = setTimeout(() => {
    process.stderr.write('正在查询，请稍候… Asking, please wait…\n')
  }, SLOW_AFTER_MS)
  try {
    return await task
  } finally {
    clearTimeout(timer)
  }
}
