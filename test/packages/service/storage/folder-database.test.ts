/** A database in a folder that does not open says in both languages what may be and what to do. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holdFolder, openFolderDatabase, StorageError } from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'

describe('a database in a folder', function () {
  this.timeout(60_000)

  it('of which files are damaged is refused in words, and not by PGlite’s alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hefu-folder-database-'))
    const held = await holdFolder(folder)
    try {
      // Of another version of PostgreSQL, and nothing else of it.
      mkdirSync(join(folder, 'kept', 'base'), { recursive: true })
      writeFileSync(join(folder, 'kept', 'PG_VERSION'), '9\n')
      const fault = await openFolderDatabase(held, 'kept').catch((error: unknown) => error)
      expect(fault).to.be.instanceOf(StorageError).with.property('code', 'database-unreachable')
      const { zh, en } = (fault as StorageError).says
      expect(zh).to.match(/损坏.*另一版本.*备份/)
      expect(en).to.match(/damaged.*another version.*backup/)
    } finally {
      await held.release()
      rmSync(folder, { recursive: true })
    }
  })
})
