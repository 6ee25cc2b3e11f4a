/** `hefu attach`: what it writes is verified, and what it must not write it does not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { digestOf } from '../../fixtures/carried.ts'
import { createSample, sampleClaims } from '../../fixtures/sample-credential.ts'
import { createOfd } from '../../fixtures/sample-ofd.ts'
import { createPdf } from '../../fixtures/sample-pdf.ts'

const BIN = fileURLToPath(new URL('../../../packages/sdk/bin/hefu.js', import.meta.url))

describe('hefu attach', () => {
  let folder: string
  let bundle: string
  const file = (name: string): string => join(folder, name)

  async function attach(
    ...args: readonly string[]
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, [BIN, 'attach', ...args], { cwd: folder, env: {} })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text) => {
      stdout += text
    })
    child.stderr.on('data', (text) => {
      stderr += text
    })
    child.stdin.on('error', () => {})
    child.stdin.end(bundle)
    const [code] = await once(child, 'close')
    return { code, stdout, stderr }
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-attach-'))
    bundle = (await createSample()).bundle
    const pdf = await createPdf()
    const renditions = [{ mediaType: 'application/pdf', digest: digestOf(pdf) }]
    const bound = await createSample({ claims: { ...sampleClaims(), renditions } })
    await writeFile(file('licence.json'), `${bundle}\n`)
    await writeFile(file('bound.json'), bound.bundle)
    await writeFile(file('licence.pdf'), pdf)
    await writeFile(file('licence.ofd'), createOfd())
    await writeFile(file('other.pdf'), await createPdf({ text: 'another' }))
    await writeFile(file('list.txt'), '身份证')
  })
  after(() => rm(folder, { recursive: true }))

  it('0: writes PDF and OFD, and leaves the rendition as it is', async () => {
    for (const kind of ['pdf', 'ofd'] as const) {
      const original = await readFile(file(`licence.${kind}`))
      const { code, stdout, stderr } = await attach('licence.json', `licence.${kind}`, '-o', `out.${kind}`)
      expect([code, stderr]).to.deep.equal([0, ''])
      expect(stdout).to.match(
        /^已将电子证照附加到.*\nThe licence is attached to the (PDF|OFD): out\.(pdf|ofd) .*\n$/,
      )
      expect(await readFile(file(`licence.${kind}`))).to.deep.equal(original)
      const { asked, isAsAttached } = await openCarrier(await readFile(file(`out.${kind}`)))
      expect(asked).to.deep.equal({ presented: bundle, rendition: digestOf(original) })
      expect(isAsAttached).to.equal(true)
    }
  })

  it('0: from standard input, with --json', async () => {
    const { code, stdout } = await attach('-', 'licence.pdf', '--out', 'piped.pdf', '--json')
    expect(code).to.equal(0)
    const bytes = (await readFile(file('piped.pdf'))).length
    const rendition = digestOf(await readFile(file('licence.pdf')))
    expect(JSON.parse(stdout)).to.deep.equal({
      kind: 'pdf',
      out: 'piped.pdf',
      bytes,
      rendition,
      isBound: false,
    })
  })

  it('0: says that the rendition is the one that its issuer bound', async () => {
    const { stdout } = await attach('bound.json', 'licence.pdf', '-o', 'bound.pdf')
    expect(stdout).to.include('颁发机构绑定的版式文件').and.include('that its issuer bound')
  })

  it('2: refuses, in both languages, and writes nothing', async () => {
    for (const [args, sentence] of [
      [['bound.json', 'other.pdf'], /not the rendition that its issuer bound/],
      [['bound.json', 'licence.ofd'], /not the rendition that its issuer bound/],
      [['licence.json', 'list.txt'], /only a PDF or an OFD/],
      [['list.txt', 'licence.pdf'], /cannot be read/],
      [['absent.json', 'licence.pdf'], /there is none/],
      [['licence.json', 'absent.pdf'], /there is none/],
      [['licence.json'], /missing required argument/],
    ] as const) {
      const { code, stdout, stderr } = await attach(...args, '-o', 'refused.out')
      expect(code, args.join(' ')).to.equal(2)
      expect(stdout).to.equal('')
      expect(stderr)
        .to.match(/^[^\n]*[\u4e00-\u9fff][^\n]*\n/)
        .and.match(sentence)
      expect(await readFile(file('refused.out')).catch(() => null)).to.equal(null)
    }
    const { stderr } = await attach('licence.json', 'licence.pdf')
    expect(stderr)
      .to.match(/缺少必填选项 --out[^\n]*\n[^\n]*--out/)
      .and.not.include('--region')
    expect((await attach('licence.json', 'licence.pdf', '-o', join('no', 'folder.pdf'))).stderr).to.match(
      /not writable/,
    )
  })

  it('2: overwrites nothing', async () => {
    await writeFile(file('there.pdf'), 'as it was')
    const { code, stderr } = await attach('licence.json', 'licence.pdf', '-o', 'there.pdf')
    expect(code).to.equal(2)
    expect(stderr)
      .to.match(/已存在/)
      .and.match(/stays as it is/)
    expect(await readFile(file('there.pdf'), 'utf8')).to.equal('as it was')
  })

  it('--help documents the exit codes', async () => {
    const { code, stdout } = await attach('--help')
    expect(code).to.equal(0)
    for (const exitCode of ['0', '2', '1']) expect(stdout).to.include(`\n  ${exitCode}   `)
  })
})
