/** What stands in the dist of a package, beside what its sources give. */
import { globSync } from 'node:fs'
import { join } from 'node:path'

/** What the compiler writes of one source. */
const OUTPUTS = ['.js', '.js.map', '.d.ts', '.d.ts.map'] as const
/** What the compiler keeps for itself, and no package takes with it. */
const COMPILERS_OWN = '.tsbuildinfo'

/** Paths below dist. */
export interface BuiltFiles {
  /** Of no source, such as of one that was taken away since. */
  readonly foreign: readonly string[]
  /** Of a source, and not there. */
  readonly missing: readonly string[]
}

/** @param folder of the package */
export function compareBuilt(folder: string): BuiltFiles {
  const sources = globSync('**/*.ts', { cwd: join(folder, 'src') })
  const due = sources.flatMap((path) => OUTPUTS.map((end) => path.replace(/\.ts$/, end)))
  const built = filesOf(join(folder, 'dist'))
  return { foreign: without(built, new Set(due)), missing: without(due, new Set(built)) }
}

function without(paths: readonly string[], others: ReadonlySet<string>): readonly string[] {
  return paths.filter((path) => !others.has(path)).toSorted()
}

function filesOf(dist: string): readonly string[] {
  const entries = globSync('**/{*,.*}', { cwd: dist, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name !== COMPILERS_OWN)
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1))
}
