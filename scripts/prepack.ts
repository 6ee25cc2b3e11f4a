/**
 * Before a package is packed, in whose folder it is run: what is built is what the sources give, neither more nor less. Of
 * what has no source any more the compiler says nothing, and `files` would take it along.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { compareBuilt } from './pack/built-files.ts'

const folder = process.cwd()
compile()
for (const path of compareBuilt(folder).foreign) rmSync(join(folder, 'dist', path))
// What the compiler believes to have written, it does not write again unless it is told to.
if (compareBuilt(folder).missing.length > 0) compile('--force')
const { missing } = compareBuilt(folder)
if (missing.length > 0) fail(`the compiler did not write dist/${missing[0]} (${missing.length} missing)`)

function compile(...options: readonly string[]): void {
  // Standard output is of who packs.
  const { status, error } = spawnSync('tsc', ['-b', ...options], { cwd: folder, stdio: ['ignore', 2, 2] })
  if (status !== 0) fail(error === undefined ? 'the compiler found errors' : `tsc: ${error.message}`)
}

function fail(reason: string): never {
  console.error(`Pack ${folder}: ${reason}; nothing was packed`)
  process.exit(1)
}
