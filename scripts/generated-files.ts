/** Files that are derived from others: written, or with `--check` only compared with what stands there. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Path below the repository → text that must stand there. */
export type GeneratedFiles = Readonly<Record<string, () => string>>

/** Writes each file that differs from its source; with `--check` names it, and the process ends with 1. */
export function settleGenerated(generated: GeneratedFiles): void {
  const check = process.argv.includes('--check')
  for (const [name, make] of Object.entries(generated)) {
    const path = join(root, name)
    const text = make()
    if (readOrEmpty(path) === text) continue
    if (check) {
      console.error(`${name} differs from its source: run npm run build and commit the file`)
      process.exitCode = 1
    } else {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
      console.log(`wrote ${name}`)
    }
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
