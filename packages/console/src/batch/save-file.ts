/** A file for the one who sits at the machine. Its name says when, and nothing of whom or what. */
import { formatChinaTime } from '@hefu/protocol'

/** `hefu-<what>-<day>-<time>.<ending>`, by the clock of China. @param now Unix seconds */
export function fileName(what: string, ending: string, now: number): string {
  const time = formatChinaTime(now).slice(0, 16).replaceAll(/[-:]/g, '').replace(' ', '-')
  return `hefu-${what}-${time}.${ending}`
}

export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
