/** `hefu verify` of several files, folders and archives: every one is told, none opened before its turn, and nothing is a pass by itself. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyAttestation } from '@hefu/protocol'
import { attachLicence } from '@hefu/sdk/carriers'
import { createTestingWorld, type TestingState, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { after, before, beforeEach, describe, it } from 'mocha'
import { HEFU, runHefu } from '../../fixtures/hefu.ts'
import { createOfd } from '../../fixtures/sample-ofd.ts'
import { createPdf } from '../../fixtures/sample-pdf.ts'
import { createArchive } from '../../fixtures/zip-archive.ts'
import { startTestService, type TestService } from '../verifier/service.ts'

interface Told {
  readonly file: string
  readonly entry?: string
  readonly report?: { readonly verdict: string }
  readonly unread?: { readonly code: string }
}

describe('hefu verify of many', () => {
  let world: TestingWorld
  let service: TestService
  let folder: string
  let remote: readonly string[]
  let made = 0

  before(async () => {
    world = await createTestingWorld(Math.floor(Date.now() / 1000))
    service = await startTestService(world.view, { clock: () => Math.floor(Date.now() / 1000) })
    folder = await mkdtemp(join(tmpdir(), 'hefu-many-'))
    await writeFile(join(folder, 'key.json'), JSON.stringify(service.verifierKey))
    remote = ['--region', '440000', '--remote', service.url, '--verifier-key', 'key.json']
  })
  after(async () => {
    await service.close()
    await rm(folder, { recursive: true })
  })

  let place: string
  beforeEach(async () => {
    place = `run-${made++}`
    await mkdir(join(folder, place))
  })

  const textOf = (state: TestingState): string => world.licences[state].request.presented
  const put = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(join(folder, place, name, '..'), { recursive: true })
    await writeFile(join(folder, place, name), content)
  }
  const verify = (paths: readonly string[], ...options: readonly string[]) =>
    runHefu(folder, ['verify', ...paths, ...remote, ...options])

  // biome-ignore lint/suspicious/noExplicitAny: as it is printed
  const documentOf = (text: string): any => JSON.parse(text)
  // biome-ignore lint/suspicious/noExplicitAny: as it is printed
  const linesOf = (text: string): any[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))

  it('tells every file of a folder in the order of their names, with verdict, reason, type and identifier', async () => {
    await put('b/2.json', textOf('suspended'))
    await put('b/10.json', textOf('accepted'))
    await put('a.json', textOf('restricted'))
    await put('c.pdf', (await attachLicence(textOf('accepted'), await createPdf())).bytes)
    await put('d.txt', '会议通知')
    const { code, stdout, stderr } = await verify([place], '--lang', 'zh')
    expect([code, stderr]).to.deep.equal([11, ''])
    const [head = '', , ...lines] = stdout.split('\n')
    expect(head).to.match(/^文件 +核验结果 +原因 +证照类型 +电子证照标识$/)
    const wanted = [
      [/^run-\d+\/a\.json +! 需人工复核 +证照限定使用范围/, /安管人员.* 1\.2\.156\.3005\.2\..*2026000002/],
      [/^run-\d+\/b\/10\.json +✔ 核验通过 +– +/, /2026000001/],
      [/^run-\d+\/b\/2\.json +✖ 不予认可 +证照已被暂扣/, /2026000007/],
      [/^run-\d+\/c\.pdf +✔ 核验通过/, /2026000001/],
      [/^run-\d+\/d\.txt +\? 无法核验 +未识别到电子证照/, /–$/],
    ] as const
    for (const [i, [start, end]] of wanted.entries()) expect(lines[i]).to.match(start).and.match(end)
    expect(stdout).to.include(
      '共 5 个文件：核验通过 2，需人工复核 1，不予认可 1，无法核验 1，未能读取 0，未能核验 0',
    )
    expect(stdout).to.not.include('样例甲').and.not.include('11010519491231002X')
  })

  it('keeps its columns under one another by their width on a screen, and says all twice in both languages', async () => {
    await put('样例证照.json', textOf('accepted'))
    await put('abc.json', textOf('accepted'))
    const { stdout } = await verify([place])
    const wide = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0)
    const [head = '', , ...rest] = stdout.split('\n')
    const starts = rest
      .filter((line) => line.includes('✔'))
      .map((line) => wide(line.slice(0, line.indexOf('✔'))))
    expect(starts).to.deep.equal([0, 0].map(() => wide(head.slice(0, head.indexOf('核验结果')))))
    expect(stdout).to.include('✔ 核验通过 · Accepted').and.include('2 files: 2 accepted')
  })

  it('gives the worst of their codes: 11, 1, 2, 12, 10, 0', async () => {
    await put('0.json', textOf('accepted'))
    await put('10.json', textOf('restricted'))
    await put('11.json', textOf('revoked'))
    await put('12.json', textOf('without-receipt'))
    await put('2.gif', 'GIF89a')
    const codeOf = async (...names: readonly string[]): Promise<number> =>
      (await verify(names.map((name) => join(place, name)))).code
    expect(await codeOf('0.json', '10.json')).to.equal(10)
    expect(await codeOf('0.json', '12.json', '10.json')).to.equal(12)
    expect(await codeOf('12.json', '2.gif', '10.json')).to.equal(2)
    expect(await codeOf('2.gif', '11.json', '0.json')).to.equal(11)
    const away = ['--remote', 'http://127.0.0.1:9', '--verifier-key', 'key.json', '--region', '440000']
    const failed = await runHefu(folder, [
      'verify',
      join(place, '0.json'),
      join(place, '2.gif'),
      ...away,
      '--lang',
      'zh',
    ])
    expect(failed.code).to.equal(1)
    expect(failed.stdout).to.include('? 未能核验  无法连接核验服务；这不表示证照有问题')
  })

  it('2: an empty folder, an empty archive and one of folders alone are no pass, beside what is accepted too', async () => {
    await mkdir(join(folder, place, 'empty'))
    await put('empty.zip', createArchive([]))
    await put('folders.zip', createArchive([{ name: 'a/', content: '' }]))
    await put('good.json', textOf('accepted'))
    const names = ['empty', 'empty.zip', 'folders.zip'].map((name) => join(place, name))
    const alone = await verify([join(place, 'empty')], '--lang', 'zh')
    expect(alone.code).to.equal(2)
    expect(alone.stdout).to.include('其中没有可核验的文件')
    const { code, stdout } = await verify([...names, join(place, 'good.json')], '--json')
    const told = documentOf(stdout).items.map(({ file, unread }: Told) => [file, unread?.code])
    expect(told.slice(0, 3)).to.deep.equal(names.map((name) => [name, 'nothing-inside']))
    expect(code).to.equal(2)
  })

  it('leaves alone and counts what is hidden, links, what is no file, and files of systems', async () => {
    await put('good.json', textOf('accepted'))
    await put('.hidden', textOf('revoked'))
    await put('.folder/bad.json', textOf('revoked'))
    await put('.DS_Store', 'x')
    await put('Thumbs.db', 'x')
    await put('../outside.json', textOf('revoked'))
    await symlink('../outside.json', join(folder, place, 'link.json'))
    await symlink('..', join(folder, place, 'round'))
    const pipe = spawn('mkfifo', [join(folder, place, 'pipe')])
    await once(pipe, 'close')
    const { code, stdout, stderr } = await verify([place], '--json')
    expect(code).to.equal(0)
    const { items, summary } = documentOf(stdout)
    expect(items).to.have.lengthOf(1)
    expect(summary.leftAlone).to.deep.equal({ hidden: 2, links: 2, special: 1, system: 2 })
    expect(stderr).to.include('隐藏文件 2 个，链接 2 个，特殊文件 1 个，系统文件 2 个')
    const named = await verify([join(place, 'link.json')])
    expect(named.code, 'a link that is named is followed').to.equal(11)
  })

  it('tells of a folder that cannot be read, and of a file that is not there, in their own lines', async () => {
    await put('closed/good.json', textOf('accepted'))
    await put('good.json', textOf('accepted'))
    await chmod(join(folder, place, 'closed'), 0)
    try {
      const isRoot = process.getuid?.() === 0
      const { code, stdout } = await verify([place, 'absent.json'], '--ndjson')
      expect(code).to.equal(2)
      const told = linesOf(stdout).flatMap(({ unread }) => (unread === undefined ? [] : [unread.code]))
      expect(told.toSorted()).to.deep.equal(isRoot ? ['absent-file'] : ['absent-file', 'unreadable-folder'])
    } finally {
      await chmod(join(folder, place, 'closed'), 0o700)
    }
  })

  it('opens an archive without writing anything, names of its files cleaned and never followed', async () => {
    const bytes = createArchive([
      { name: 'a/好.json', content: textOf('accepted') },
      { name: 'b\u202e\u009b2J 11010519491231002X.json', content: textOf('revoked') },
      { name: 'c.ofd', content: (await attachLicence(textOf('accepted'), createOfd())).bytes },
      { name: 'd.zip', content: createArchive([{ name: 'x.json', content: textOf('accepted') }]) },
      { name: '__MACOSX/._a', content: 'x' },
      { name: '.git/config', content: 'x' },
      { name: 'e.json', content: 'x', claimed: 2 },
    ])
    await put('tender.zip', bytes)
    const before = await readdir(folder, { recursive: true })
    const table = await verify([join(place, 'tender.zip')], '--lang', 'zh')
    expect(table.code).to.equal(11)
    expect(table.stdout)
      .to.include('tender.zip › a/好.json')
      .and.include('压缩包中的压缩包不予打开')
      .and.not.match(/[\u0080-\u009f\u202e]/)
      .and.not.include('11010519491231002X')
    const { stdout } = await runHefu(folder, ['verify', '-', ...remote, '--json'], bytes)
    const { items, summary } = documentOf(stdout)
    expect(stdout).to.not.match(/[\u0080-\u009f\u202e]/)
    expect(
      items.map(({ entry, report, unread }: Told) => [entry, report?.verdict ?? unread?.code]),
    ).to.deep.equal([
      ['a/好.json', 'accepted'],
      ['b\u202e\u009b2J 11010519491231002X.json', 'rejected'],
      ['c.ofd', 'accepted'],
      ['d.zip', 'nested-archive'],
      ['e.json', 'broken'],
    ])
    expect(summary.leftAlone).to.include({ system: 1, hidden: 1 })
    expect(await readdir(folder, { recursive: true })).to.deep.equal(before)
  })

  it('refuses an archive that leads out of itself, shares bytes, unpacks to too much, or holds links', async () => {
    const content = textOf('accepted')
    const good = Buffer.from(createArchive([{ name: 'good.json', content }]))
    await put('out.zip', createArchive([{ name: '../out.json', content }]))
    const zeros = new Uint8Array(34_000_000)
    await put('bomb.zip', createArchive([{ name: 'z', content: zeros }]))
    await put(
      'bombs.zip',
      createArchive(
        Array.from({ length: 9 }, (_, i) => ({ name: `z${i}`, content: zeros.subarray(4_000_000) })),
      ),
    )
    await put('shared.zip', withSharedEntries(good, 20))
    await put('link.zip', withMode(good, 0o120777))
    await put('good.zip', good)
    const refused = [
      ['out.zip', 'unsafe-name'],
      ['bomb.zip', 'beyond-bounds'],
      ['bombs.zip', 'beyond-bounds'],
      ['shared.zip', 'beyond-bounds'],
      ['link.zip', 'nothing-inside'],
    ] as const
    const paths = [...refused.map(([name]) => name), 'good.zip'].map((name) => join(place, name))
    const { code, stdout } = await verify(paths, '--json')
    // One that cannot be opened ends nothing.
    const told = documentOf(stdout).items.map(({ report, unread }: Told) => report?.verdict ?? unread?.code)
    expect(told).to.deep.equal([...refused.map(([, why]) => why), 'accepted'])
    expect(code).to.equal(2)
  })

  it('one bad entry of an archive spoils no other: each is told by itself', async () => {
    const content = textOf('accepted')
    const names = [
      ...['ok.json', 'w\\x.json', './a.json', '/abs.json', 'a//b.json', 'folder\\'],
      ...['../../out.json', 'b/../../out.json', '..\\out.json', 'C:\\c.json', '', '/', 'nul\0.json'],
      ...['twice.json', 'twice.json', 'd/e.json', 'd\\e.json', 'T.json', 't.json'],
    ]
    await put('mixed.zip', createArchive(names.map((name) => ({ name, content }))))
    const { code, stdout } = await verify([join(place, 'mixed.zip')], '--json')
    const told = documentOf(stdout).items.map(({ entry, report, unread }: Told) => [
      entry,
      report?.verdict ?? unread?.code,
    ])
    expect(told).to.deep.equal([
      ...['ok.json', 'w/x.json', 'a.json', 'abs.json', 'a/b.json'].map((name) => [name, 'accepted']),
      ...['../../out.json', 'b/../../out.json', '..\\out.json', 'C:\\c.json', '', 'nul\0.json'].map(
        (name) => [name, 'unsafe-name'],
      ),
      ...['twice.json', 'twice.json', 'd/e.json', 'd/e.json'].map((name) => [name, 'repeated-name']),
      ...['T.json', 't.json'].map((name) => [name, 'accepted']),
    ])
    expect(code).to.equal(2)
  })

  it('an archive that unpacks to too much is told to be that, alone as among others', async () => {
    const zeros = new Uint8Array(30_000_000)
    const files = Array.from({ length: 9 }, (_, i) => ({ name: `z${i}`, content: zeros }))
    await put('vast.zip', createArchive([{ name: 'a.json', content: textOf('accepted') }, ...files]))
    const { code, stdout } = await verify([join(place, 'vast.zip')], '--lang', 'en')
    expect(stdout.replace(/\s+/g, ' ')).to.include('unpacks to more').and.not.include('not read here')
    expect(code).to.equal(2)
  })

  it('tells names of an archive in GB18030 apart, as archivers here write them', async () => {
    const named = (name: readonly number[]) => Buffer.from(name).toString('latin1')
    // 张三, 李四: as many bytes each, none of them UTF-8.
    const [one, other] = [named([0xd5, 0xc5, 0xc8, 0xfd]), named([0xc0, 0xee, 0xcb, 0xc4])]
    const archive = Buffer.from(
      createArchive([one, other].map((_, i) => ({ name: `000${i}`, content: textOf('accepted') }))),
    ).toString('latin1')
    const renamed = archive.replaceAll('0000', one).replaceAll('0001', other)
    await put('gbk.zip', Buffer.from(renamed, 'latin1'))
    const { stdout } = await verify([join(place, 'gbk.zip')], '--json')
    expect(documentOf(stdout).items.map(({ entry }: Told) => entry)).to.deep.equal(['张三', '李四'])
  })

  it('--ndjson gives a line each as --json of one file does, and the summary last; --json one document', async () => {
    await put('a.json', textOf('accepted'))
    await put('b.json', textOf('revoked'))
    const single = await verify([join(place, 'a.json')], '--json')
    const lines = linesOf((await verify([place], '--ndjson')).stdout)
    const items = lines.slice(0, -1).toSorted((one, other) => one.index - other.index)
    expect(items.map(({ file }) => file)).to.deep.equal(['a.json', 'b.json'].map((name) => join(place, name)))
    const { index, file, ...rest } = items[0]
    expect([index, file, Object.keys(rest)]).to.deep.equal([
      0,
      join(place, 'a.json'),
      Object.keys(documentOf(single.stdout)),
    ])
    for (const { attestation, report } of items)
      expect(await verifyAttestation(attestation, service.verifierKey)).to.deep.equal(report)
    const { summary } = lines.at(-1)
    expect(summary).to.include({ total: 2, accepted: 1, rejected: 1, isPartial: false })
    const document = documentOf((await verify([place], '--json')).stdout)
    expect(document.summary).to.deep.equal(summary)
    expect(document.items.map(({ report }: Told) => report?.verdict)).to.deep.equal(['accepted', 'rejected'])
  })

  it('2: says what is used wrongly, and verifies nothing', async () => {
    await put('a.json', textOf('accepted'))
    for (const [args, sentence] of [
      [['--json', '--ndjson'], /cannot be used with/],
      [['--concurrency', '65'], /1 to 64/],
      [['--case', ''], /caseNo/],
      [['--submitted', 'absent.json'], /there is none/],
      [['-', '-'], /named once/],
    ] as const) {
      const { code, stdout, stderr } = await verify(
        [place, ...args.filter((arg) => arg === '-')],
        ...args.filter((arg) => arg !== '-'),
      )
      expect([code, stdout], args.join(' ')).to.deep.equal([2, ''])
      expect(stderr)
        .to.match(sentence)
        .and.match(/\p{Script=Han}/u)
    }
  })

  it('asks no more at a time than --concurrency says, and opens no file before its turn', async () => {
    const node = await startHolding()
    try {
      for (let i = 0; i < 6; i++) await put(`${i}.json`, textOf('accepted'))
      const child = start([place, '--remote', node.url, '--concurrency', '2', '--ndjson'])
      const ended = collect(child)
      await node.asked(2)
      // What is taken out of the folder now was listed, and not opened.
      await rm(join(folder, place, '5.json'))
      node.release()
      const { stdout } = await ended
      expect(node.most()).to.equal(2)
      const told = linesOf(stdout).find(({ index }) => index === 5)
      expect(told.unread.code).to.equal('absent-file')
    } finally {
      node.close()
    }
  })

  for (const [form, read] of [
    ['--ndjson', (text: string) => linesOf(text).at(-1).summary],
    ['--json', (text: string) => documentOf(text).summary],
  ] as const) {
    it(`130: interrupted, ${form} has what is done and says that it is not all`, async () => {
      const node = await startHolding()
      try {
        // The second of them waits for a licence before it, where they come in their order.
        for (const name of ['0.gif', '2.gif']) await put(name, 'GIF89a')
        for (const name of ['1.json', '3.json']) await put(name, textOf('accepted'))
        const child = start([place, '--remote', node.url, form])
        const ended = collect(child)
        await node.asked(2)
        child.kill('SIGINT')
        const { code, stdout, stderr } = await ended
        expect(code).to.equal(130)
        expect(read(stdout)).to.include({ total: 2, unread: 2, accepted: 0, isPartial: true })
        expect(stderr).to.include('已中断').and.include('Interrupted')
      } finally {
        node.close()
      }
    })
  }

  it('130: interrupted, the table says so below itself', async () => {
    const node = await startHolding()
    try {
      await put('0.gif', 'GIF89a')
      await put('a.json', textOf('accepted'))
      const child = start([place, '--remote', node.url, '--lang', 'zh'])
      const ended = collect(child)
      await node.asked(1)
      child.kill('SIGINT')
      const { code, stdout } = await ended
      expect(code).to.equal(130)
      expect(stdout).to.include('0.gif').and.include('已中断：以上仅为中断前完成的结果，其余文件未核验')
    } finally {
      node.close()
    }
  })

  it('ends by itself and without a trace where nobody reads on', async () => {
    for (let i = 0; i < 40; i++) await put(`${i}.json`, textOf('accepted'))
    const child = start([place, ...remote.slice(2, 4), '--ndjson'])
    child.stdout?.once('data', () => child.stdout?.destroy())
    let said = ''
    child.stderr?.on('data', (text) => {
      said += text
    })
    const [code] = await once(child, 'close')
    expect(code).to.equal(130)
    expect(said).to.not.include('    at ')
  })

  function start(args: readonly string[]): ChildProcess {
    const rest = ['--region', '440000', '--verifier-key', 'key.json']
    return spawn(process.execPath, [HEFU, 'verify', ...args, ...rest], { cwd: folder, env: {} })
  }

  async function collect(child: ChildProcess): Promise<{ code: number; stdout: string; stderr: string }> {
    let [stdout, stderr] = ['', '']
    child.stdout?.on('data', (text) => {
      stdout += text
    })
    child.stderr?.on('data', (text) => {
      stderr += text
    })
    const [code] = await once(child, 'close')
    return { code, stdout, stderr }
  }
})

/** A service that answers nobody until it is told to, and then that it is busy with something else. */
async function startHolding() {
  const waiting: (() => void)[] = []
  let [running, most, isReleased] = [0, 0, false]
  let wake = (): void => {}
  const server = createServer((incoming, outgoing) => {
    incoming.resume()
    running += 1
    most = Math.max(most, running)
    const answer = (): void => {
      running -= 1
      outgoing.writeHead(500).end()
    }
    if (isReleased) answer()
    else waiting.push(answer)
    wake()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    most: () => most,
    /** Until so many wait. */
    asked: async (count: number): Promise<void> => {
      while (waiting.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    release: () => {
      isReleased = true
      for (const answer of waiting) answer()
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The only entry of an archive so many times, all of them its bytes. */
function withSharedEntries(archive: Buffer, times: number): Uint8Array {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'))
  const start = archive.readUInt32LE(end + 16)
  const record = archive.subarray(start, end)
  const records = Array.from({ length: times }, (_, i) => {
    const one = Buffer.from(record)
    // Another name of the same length.
    one[46] = 0x41 + i
    return one
  })
  const tail = Buffer.from(archive.subarray(end))
  tail.writeUInt16LE(times, 8)
  tail.writeUInt16LE(times, 10)
  tail.writeUInt32LE(times * record.length, 12)
  return Buffer.concat([archive.subarray(0, start), ...records, tail])
}

/** The only entry of an archive, as Unix writes it with a mode. */
function withMode(archive: Buffer, mode: number): Uint8Array {
  const made = Buffer.from(archive)
  const at = made.readUInt32LE(made.lastIndexOf(Buffer.from('PK\x05\x06')) + 16)
  made[at + 5] = 3
  made.writeUInt32LE((mode << 16) >>> 0, at + 38)
  return made
}
