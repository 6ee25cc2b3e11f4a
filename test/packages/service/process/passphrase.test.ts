import { execFileSync } from 'node:child_process'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import {
  ConfigurationError,
  KeyError,
  readPassphrase,
  requestNewPassphrase,
  requestPassphrase,
} from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    (value) => new Error(`expect a refusal, got ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  )
  if (error instanceof KeyError || error instanceof ConfigurationError) return error.code
  throw error
}

async function fileOf(content: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = join(temporaryFolder(), 'passphrase')
  await writeFile(path, content)
  await chmod(path, mode)
  return path
}

describe('readPassphrase', () => {
  it('takes a text as it is', async () => {
    expect(await readPassphrase({ text: ' one \n' })).to.equal(' one \n')
  })

  for (const [content, passphrase] of [
    ['a passphrase', 'a passphrase'],
    [' a passphrase \n', ' a passphrase '],
    ['a passphrase\r\n', 'a passphrase'],
    ['a passphrase\n\n', 'a passphrase\n'],
    ['口令 口令\n', '口令 口令'],
    ['x'.repeat(1024), 'x'.repeat(1024)],
  ] as const) {
    it(`of a file takes away one line end and nothing else: ${JSON.stringify(content.slice(0, 20))}`, async () => {
      expect(await readPassphrase({ path: await fileOf(content) })).to.equal(passphrase)
    })
  }

  for (const [what, content] of [
    ['nothing', ''],
    ['a line end alone', '\n'],
    ['more than 1024 bytes', 'x'.repeat(1025)],
    ['a byte-order mark', '\uFEFFa passphrase'],
    ['other bytes than UTF-8', Buffer.from([0xbf, 0xda, 0xc1, 0xee])],
  ] as const) {
    it(`refuses a file with ${what}`, async () => {
      expect(await codeOf(readPassphrase({ path: await fileOf(content) }))).to.equal('passphrase-malformed')
    })
  }

  it('takes a file that its owner, or a group, may read, and refuses one that is open to others', async () => {
    for (const mode of [0o400, 0o600, 0o640, 0o440]) {
      expect(await readPassphrase({ path: await fileOf('a passphrase', mode) })).to.equal('a passphrase')
    }
    for (const mode of [0o644, 0o604, 0o602, 0o620, 0o666]) {
      const path = await fileOf('a passphrase', mode)
      expect(await codeOf(readPassphrase({ path })), mode.toString(8)).to.equal('passphrase-exposed')
      const link = `${path}.link`
      await symlink(path, link)
      expect(await codeOf(readPassphrase({ path: link }))).to.equal('passphrase-exposed')
    }
  })

  it('refuses what is not there or no file, and is not held up by a source without end', async () => {
    const folder = temporaryFolder()
    expect(await codeOf(readPassphrase({ path: join(folder, 'none') }))).to.equal('passphrase-unreadable')
    await mkdir(join(folder, 'folder'), { mode: 0o700 })
    expect(await codeOf(readPassphrase({ path: join(folder, 'folder') }))).to.equal('passphrase-unreadable')
    const endless = join(folder, 'endless')
    execFileSync('mkfifo', ['-m', '600', endless])
    const { open } = await import('node:fs/promises')
    const reading = readPassphrase({ path: endless })
    const writer = await open(endless, 'w')
    await writer.write('x'.repeat(4096))
    expect(await codeOf(reading)).to.equal('passphrase-malformed')
    await writer.close()
  })
})

describe('requestPassphrase', () => {
  const promptOf = (env: Record<string, string>, isTTY: boolean) => ({
    env,
    input: Object.assign(new PassThrough(), { isTTY }),
    output: new PassThrough(),
  })

  it('comes from HEFU_PASSPHRASE or from the file of HEFU_PASSPHRASE_FILE, and never from both', async () => {
    const path = await fileOf('from the file\n')
    expect(await requestPassphrase(promptOf({ HEFU_PASSPHRASE: 'one' }, false))).to.equal('one')
    expect(await requestPassphrase(promptOf({ HEFU_PASSPHRASE_FILE: path }, false))).to.equal('from the file')
    const both = promptOf({ HEFU_PASSPHRASE: 'one', HEFU_PASSPHRASE_FILE: path }, true)
    expect(await codeOf(requestPassphrase(both))).to.equal('bad-configuration')
    const missing = promptOf({ HEFU_PASSPHRASE_FILE: `${path}x` }, true)
    expect(await codeOf(requestPassphrase(missing))).to.equal('passphrase-unreadable')
  })

  it('is not asked for without a terminal', async () => {
    expect(await codeOf(requestPassphrase(promptOf({}, false)))).to.equal('passphrase-missing')
  })

  it('is typed unseen on a terminal', async () => {
    const prompt = promptOf({}, true)
    const typed = requestPassphrase(prompt)
    prompt.input.write('secret words 1\n')
    expect(await typed).to.equal('secret words 1')
    expect(String(prompt.output.read())).to.equal('口令 / Passphrase: \n')
  })

  it('for new keys is typed twice, and both times the same', async () => {
    for (const [second, expected] of [
      ['secret words 1', 'secret words 1'],
      ['secret words 2', 'passphrase-differs'],
    ]) {
      const prompt = promptOf({}, true)
      const typed = requestNewPassphrase(prompt)
      prompt.input.write('secret words 1\n')
      await new Promise((resolve) => setTimeout(resolve, 20))
      prompt.input.write(`${second}\n`)
      expect(await typed.catch((error: KeyError) => error.code)).to.equal(expected)
    }
  })
})
