/** What a browser has to load of the console, after gzip, as it was built. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzippedBytes } from './browser-bundle.ts'
import type { Figure } from './measure.ts'

const DIST = join(import.meta.dirname, '../../packages/console/dist')
const MANIFEST = join(DIST, '.vite/manifest.json')
const FIRST = 'index.html'

/** As Vite writes it: a source, the file that was made of it, and what that needs before its first line runs. */
interface BuiltChunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
  readonly isDynamicEntry?: boolean
}
type Manifest = Readonly<Record<string, BuiltChunk>>

/** The page that a clerk sees first, with all that it needs at once. */
export async function benchConsoleSizeClerk(): Promise<Figure> {
  return { name: 'console-size-clerk', value: firstLoad(readManifest()).bytes, unit: 'bytes' }
}

/** The largest of what comes beside it: another page, or what is loaded when it is asked for. */
export async function benchConsoleSizeMore(): Promise<Figure> {
  const manifest = readManifest()
  const { files } = firstLoad(manifest)
  const beside = Object.entries(manifest)
    .filter(([, { isDynamicEntry }]) => isDynamicEntry === true)
    .map(([name]) => bytesOf([...filesOf(manifest, name)].filter((file) => !files.has(file))))
  return { name: 'console-size-more', value: Math.max(0, ...beside), unit: 'bytes' }
}

function readManifest(): Manifest {
  if (!existsSync(MANIFEST)) throw new Error(`${MANIFEST} is not there: npm run build makes it`)
  return JSON.parse(readFileSync(MANIFEST, 'utf8'))
}

function firstLoad(manifest: Manifest): { readonly bytes: number; readonly files: ReadonlySet<string> } {
  const files = filesOf(manifest, FIRST)
  return { files, bytes: bytesOf([FIRST, ...files]) }
}

/** A chunk's own file, its styles, and those of all that it imports. */
function filesOf(manifest: Manifest, name: string, found: Set<string> = new Set()): Set<string> {
  const chunk = manifest[name]
  if (chunk === undefined) throw new Error(`read the manifest of the console: there is no ${name}`)
  if (found.has(chunk.file)) return found
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file)
  for (const needed of chunk.imports ?? []) filesOf(manifest, needed, found)
  return found
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzippedBytes(readFileSync(join(DIST, file))), 0)
}
