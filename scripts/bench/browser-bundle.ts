/** Code as a browser gets it: bundled for the platform `browser`, nothing of Node within reach. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type BuildResult, build, type Metafile } from 'esbuild'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface BrowserBundle {
  /** File name → contents; the entry is `entry.js`, all others are its chunks. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Paths of all sources that went in. */
  readonly sources: readonly string[]
  /** Names of the files that load before the first line of the entry runs, the entry among them. */
  readonly eager: readonly string[]
}

/**
 * Bundles an entry written as source text that imports packages or files from the repository's root.
 *
 * @throws {Error} when anything cannot be resolved for a browser, a `node:` module for instance
 */
export async function bundleForBrowser(source: string): Promise<BrowserBundle> {
  const result = await build({
    stdin: { contents: source, resolveDir: ROOT, loader: 'ts', sourcefile: 'entry.ts' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    entryNames: 'entry',
    outdir: ROOT,
    absWorkingDir: ROOT,
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  return {
    files: filesOf(result),
    sources: Object.keys(result.metafile.inputs),
    eager: eagerFiles(result.metafile),
  }
}

function filesOf({ outputFiles = [] }: BuildResult): ReadonlyMap<string, Uint8Array> {
  return new Map(outputFiles.map(({ path, contents }) => [path.slice(ROOT.length), contents]))
}

/** The entry and what it imports statically, and so on. */
function eagerFiles({ outputs }: Metafile): readonly string[] {
  const found = new Set(['entry.js'])
  for (const name of found) {
    for (const { kind, path } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement') found.add(path)
    }
  }
  return [...found]
}

/** Bytes after gzip of everything that loads before the first line runs. */
export function eagerBytes({ files, eager }: BrowserBundle): number {
  return eager.reduce((sum, name) => sum + gzippedBytes(files.get(name)), 0)
}

/** Bytes of a file after gzip, as small as it makes them. */
export function gzippedBytes(contents: Uint8Array = new Uint8Array()): number {
  return gzipSync(contents, { level: 9 }).length
}
