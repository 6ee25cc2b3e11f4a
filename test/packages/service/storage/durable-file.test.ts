import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openGrowingFile, placeFolder, removeUnfinished, SECRET_MODE, writeDurably } from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { startChild } from '../../../fixtures/child.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

describe('a durable file', () => {
  it('is the old or the new, whole, whenever its process is killed, and what was left is taken away', async () => {
    const folder = temporaryFolder()
    for (let i = 0; i < 4; i++) {
      const child = startChild(import.meta.resolve('../fixtures/write-for-ever.ts'), [folder])
      await child.saw('written')
      await wait(Math.random() * 60)
      await child.kill()
      const lines = (await readFile(join(folder, 'file'), 'utf8')).split('\n')
      expect(lines.pop()).to.equal('')
      expect(lines).to.have.lengthOf(100_000)
      expect(new Set(lines).size).to.equal(1)
    }
    await removeUnfinished(folder)
    expect(await readdir(folder)).to.deep.equal(['file'])
  })

  it('has the mode that was asked for, also over one that had another', async () => {
    const path = join(temporaryFolder(), 'key.json')
    await writeFile(path, 'old', { mode: 0o644 })
    await writeDurably(path, 'new', SECRET_MODE)
    expect((await stat(path)).mode & 0o777).to.equal(0o600)
    expect(await readFile(path, 'utf8')).to.equal('new')
  })

  it('that cannot get its name leaves nothing behind', async () => {
    const folder = temporaryFolder()
    await mkdir(join(folder, 'taken'))
    expect(await failureOf(writeDurably(join(folder, 'taken'), 'x'))).to.be.instanceOf(Error)
    expect(await readdir(folder)).to.deep.equal(['taken'])
  })
})

describe('a growing file', () => {
  it('has its name when it is placed, and none when it is dropped', async () => {
    const folder = temporaryFolder()
    const placed = openGrowingFile(join(folder, 'placed'))
    placed.append('a\n')
    placed.append('b\n')
    expect(await readdir(folder)).to.not.include('placed')
    placed.place()
    const dropped = openGrowingFile(join(folder, 'dropped'))
    dropped.append('a\n')
    dropped.drop()
    expect(await readdir(folder)).to.deep.equal(['placed'])
    expect(await readFile(join(folder, 'placed'), 'utf8')).to.equal('a\nb\n')
  })
})

describe('a growing file and its name', () => {
  it('is dropped in silence when it has its name, or could not get one', async () => {
    const folder = temporaryFolder()
    const placed = openGrowingFile(join(folder, 'placed'))
    placed.place()
    placed.drop()
    await mkdir(join(folder, 'taken'))
    const failed = openGrowingFile(join(folder, 'taken'))
    expect(() => failed.place()).to.throw()
    failed.drop()
    expect((await readdir(folder)).toSorted()).to.deep.equal(['placed', 'taken'])
  })

  it('never takes the name of another file when it is placed as a new one', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'file')
    const first = openGrowingFile(path)
    const second = openGrowingFile(path)
    first.append('first')
    first.placeNew()
    expect(() => second.placeNew())
      .to.throw()
      .with.property('code', 'EEXIST')
    second.drop()
    expect(await readdir(folder)).to.deep.equal(['file'])
    expect(await readFile(path, 'utf8')).to.equal('first')
  })

  it('has the mode that was asked for', async () => {
    const path = join(temporaryFolder(), 'file')
    const file = openGrowingFile(path, SECRET_MODE)
    file.place()
    expect((await stat(path)).mode & 0o777).to.equal(0o600)
  })
})

describe('a placed folder', () => {
  const fill = (staging: string) => writeFile(join(staging, 'inside'), '')

  it('is there whole, for its owner only', async () => {
    const path = join(temporaryFolder(), 'home')
    await placeFolder(path, fill)
    expect(await readdir(path)).to.deep.equal(['inside'])
    expect((await stat(path)).mode & 0o777).to.equal(0o700)
  })

  it('never takes the place of one that is not empty, and leaves nothing of what failed', async () => {
    const parent = temporaryFolder()
    const path = join(parent, 'home')
    await placeFolder(path, fill)
    expect(await failureOf(placeFolder(path, fill))).to.have.property('code', 'ENOTEMPTY')
    const failing = placeFolder(join(parent, 'other'), () => Promise.reject(new Error('no room')))
    expect(await failureOf(failing)).to.have.property('message', 'no room')
    expect(await readdir(parent)).to.deep.equal(['home'])
  })
})
