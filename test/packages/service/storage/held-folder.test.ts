import { readdir, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { holdFolder, StorageError } from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof StorageError ? error.code : error),
  )

const signOf = (pid: number, startedAt: string, host = hostname()) =>
  `${pid}.${startedAt}.${Buffer.from(host).toString('hex')}.0123456789abcdef`

/** Above every process number of Linux. */
const NOBODY = 2 ** 22 + 1

describe('holdFolder', () => {
  it('holds a folder once, also within one process, until it is released', async () => {
    const folder = temporaryFolder()
    const held = await holdFolder(folder)
    expect(await codeOf(holdFolder(folder))).to.equal('folder-in-use')
    await held.release()
    await (await holdFolder(folder)).release()
    expect(await readdir(folder)).to.deep.equal([])
  })

  it('takes over from a process that is gone, and from an earlier one with a living one’s number', async () => {
    const folder = temporaryFolder()
    await writeFile(join(folder, `in-use.${signOf(NOBODY, '1')}`), '')
    await writeFile(join(folder, `in-use.${signOf(process.pid, '1')}`), '')
    await (await holdFolder(folder)).release()
    expect(await readdir(folder)).to.deep.equal([])
  })

  it('does not take over from another machine', async () => {
    const folder = temporaryFolder()
    const sign = `in-use.${signOf(NOBODY, '1', 'elsewhere')}`
    await writeFile(join(folder, sign), '')
    expect(await codeOf(holdFolder(folder))).to.equal('folder-in-use')
    expect(await readdir(folder)).to.deep.equal([sign])
  })

  it('says that a folder cannot be written to', async () => {
    expect(await codeOf(holdFolder(join(temporaryFolder(), 'none')))).to.equal('folder-unwritable')
  })

  it('takes away what killed processes had not finished, and nothing of those that run', async () => {
    const folder = temporaryFolder()
    const kept = ['agency.json', `a.json.${signOf(NOBODY, '1', 'elsewhere')}.tmp`, 'b.json.1.tmp', 'x.tmp']
    const left = [`a.json.${signOf(NOBODY, '1')}.tmp`, `home.${signOf(NOBODY, '1')}.tmpAbCd12`]
    for (const name of [...kept, ...left]) await writeFile(join(folder, name), '')
    await (await holdFolder(folder)).release()
    expect((await readdir(folder)).toSorted()).to.deep.equal(kept.toSorted())
  })
})
