import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createMemoryLedgerView,
  createPresentation,
  dropDisclosures,
  encodeQrWhole,
  parseReport,
  suite,
  thumbprint,
  verifyAttestation,
} from '@hefu/protocol'
import { createChallenge } from '@hefu/sdk'
import { attachLicence, MAX_CARRIER_BYTES } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { runHefu } from '../../fixtures/hefu.ts'
import { createOfd } from '../../fixtures/sample-ofd.ts'
import { createPdf } from '../../fixtures/sample-pdf.ts'
import { drawQr, toPng } from '../../fixtures/sample-qr.ts'
import { createArchive, readArchive } from '../../fixtures/zip-archive.ts'
import { startGuardedService, startProvider } from '../verifier/guarded-service.ts'
import { alter, createKeyPair, createSample, FACE, LEDGER, revoke } from '../verifier/sample.ts'
import { startTestService, type TestService } from '../verifier/service.ts'

describe('hefu verify', () => {
  let folder: string
  let service: TestService
  let revoked: TestService
  let bundle: string
  let remote: string[]
  const file = (name: string) => join(folder, name)

  const hefu = (args: readonly string[], input = '') => runHefu(folder, args, input)

  before(async () => {
    const clock = () => Math.floor(Date.now() / 1000)
    const sample = await createSample(clock())
    bundle = sample.bundle
    folder = await mkdtemp(join(tmpdir(), 'hefu-cli-'))
    service = await startTestService(sample.view, { clock })
    revoked = await startTestService(revoke(sample.memory), { clock })
    const network = {
      rpcUrl: 'http://127.0.0.1:9',
      chainId: 31_337,
      ledger: LEDGER.address,
      deploymentBlock: 0,
    }
    const served = { kid: thumbprint(service.verifierKey, suite), publicJwk: service.verifierKey }
    for (const [name, text] of [
      ['licence.json', bundle],
      ['altered.json', alter(bundle)],
      ['network.json', JSON.stringify(network)],
      ['key.json', JSON.stringify(service.verifierKey)],
      ['served.json', JSON.stringify(served, null, 2)],
      ['swapped.json', JSON.stringify({ ...served, publicJwk: createKeyPair().publicJwk })],
      ['revoked.json', JSON.stringify(revoked.verifierKey)],
      ['same.json', JSON.stringify(FACE)],
      ['different.json', JSON.stringify({ holderName: '李样例' })],
      ['list.json', '[]'],
      ['nested.json', '{"holderName":{}}'],
      ['twice.json', '{"holderName":"a","holderName":"b"}'],
      ['broken.json', '{'],
      ['neither.json', JSON.stringify({ ...network, ledger: undefined })],
    ] as const)
      await writeFile(file(name), text)
    await writeFile(file('binary'), Uint8Array.of(0xff, 0xff, 0))
    await writeFile(file('large'), 'a'.repeat(1_048_577))
    remote = ['--region', '440000', '--remote', service.url, '--verifier-key', file('key.json')]
  })
  after(async () => {
    await Promise.all([service.close(), revoked.close()])
    await rm(folder, { recursive: true })
  })

  it('0: accepted, with the sheet in Chinese and English', async () => {
    const { code, stdout, stderr } = await hefu([
      'verify',
      file('licence.json'),
      ...remote,
      ...['--case', '粤2025-1', '--item', '440100-01', '--submitted', file('same.json')],
    ])
    expect(stderr).to.equal('')
    expect(code).to.equal(0)
    expect(stdout).to.include('✔ 核验通过 · Accepted').and.include('粤2025-1').and.include('440100-01')
    expect(stdout).to.not.include(FACE.holderId)
  })

  it('0: from standard input, with one line end more, and the key as the service serves it', async () => {
    const key = ['--region', '440000', '--remote', service.url, '--verifier-key', file('served.json')]
    const { code, stdout } = await hefu(['verify', '-', ...key, '--lang', 'en'], `${bundle}\n`)
    expect(code).to.equal(0)
    expect(stdout).to.include('✔ Accepted\n').and.not.include('核验通过')
  })

  it('--challenge: 0 where the holder answered it, 11 where another or none was answered, 2 where it is none', async () => {
    const now = Math.floor(Date.now() / 1000)
    const { publicJwk, privateJwk } = createKeyPair()
    const held = await createSample(now, publicJwk)
    const challenge = createChallenge('urn:hefu:region:440000')
    const key = { kid: thumbprint(publicJwk, suite), algorithm: 'ES256' } as const
    const holder = { ...key, key: await suite.importPrivateKey(privateJwk) }
    const presented = await createPresentation(held.bundle, { challenge, issuedAt: now }, holder, suite)
    const other = await startTestService(held.view, { clock: () => Math.floor(Date.now() / 1000) })
    for (const [name, value] of [
      ['presented.json', presented],
      ['bundle.json', held.bundle],
      ['held.json', JSON.stringify(other.verifierKey)],
      ['given.json', JSON.stringify(challenge, null, 2)],
      ['later.json', JSON.stringify(createChallenge('urn:hefu:region:440000'))],
      ['short.json', JSON.stringify({ ...challenge, nonce: 'short' })],
    ] as const)
      await writeFile(file(name), value)
    const asked = (licence: string, given: string) =>
      hefu([
        ...['verify', file(licence), '--region', '440000', '--challenge', file(given)],
        ...['--remote', other.url, '--verifier-key', file('held.json')],
      ])
    try {
      expect((await asked('presented.json', 'given.json')).code).to.equal(0)
      const later = await asked('presented.json', 'later.json')
      expect(later.stdout).to.include('不是针对本次核验出示的')
      expect([later.code, (await asked('bundle.json', 'given.json')).code]).to.deep.equal([11, 11])
      const { code, stderr } = await asked('presented.json', 'short.json')
      expect(code).to.equal(2)
      expect(stderr).to.include('challenge.nonce')
    } finally {
      await other.close()
    }
  })

  it('--json prints the report and its attestation, and no face', async () => {
    const { code, stdout } = await hefu(['verify', file('licence.json'), ...remote, '--json'])
    expect(code).to.equal(0)
    const { report, attestation, ...rest } = JSON.parse(stdout)
    expect(rest).to.deep.equal({})
    expect(await verifyAttestation(attestation, service.verifierKey)).to.deep.equal(
      parseReport(JSON.stringify(report)),
    )
  })

  it('10: refer, 11: rejected, 12: undetermined', async () => {
    const submitted = ['--submitted', file('different.json')]
    expect((await hefu(['verify', file('licence.json'), ...remote, ...submitted])).code).to.equal(10)
    expect((await hefu(['verify', file('altered.json'), ...remote])).code).to.equal(11)
    const atRevoked = ['--region', '440000', '--remote', revoked.url, '--verifier-key', file('revoked.json')]
    expect((await hefu(['verify', file('licence.json'), ...atRevoked])).code).to.equal(11)
    const local = await hefu([
      ...['verify', file('licence.json'), '--region', '440000', '--network', file('network.json')],
    ])
    expect(local.code).to.equal(12)
    expect(local.stdout).to.include('? 无法核验')
  })

  it('reads a licence as office software saves it, and the applicant’s values in GB18030', async () => {
    await writeFile(file('bom.json'), `\ufeff${bundle}\r\n`)
    await writeFile(file('utf16.json'), Buffer.from(`\ufeff${bundle}\r\n`, 'utf16le'))
    for (const name of ['bom.json', 'utf16.json']) {
      expect((await hefu(['verify', file(name), ...remote])).code, name).to.equal(0)
    }
    // {"holderName":"张样例"}
    const name = Uint8Array.of(0xd5, 0xc5, 0xd1, 0xf9, 0xc0, 0xfd)
    await writeFile(
      file('gb18030.json'),
      Buffer.concat([Buffer.from('{"holderName":"'), name, Buffer.from('"}')]),
    )
    const compared = await hefu([
      'verify',
      file('licence.json'),
      ...remote,
      '--submitted',
      file('gb18030.json'),
    ])
    expect(compared.code).to.equal(0)
    expect(compared.stdout).to.include('申请人填报信息与照面信息一致')
  })

  it('12: an empty scan and a wrong text are no licence, and nobody is accused', async () => {
    for (const input of ['', '\r\n', '会议通知']) {
      const { code, stdout } = await hefu(['verify', '-', ...remote, '--lang', 'zh'], input)
      expect(code).to.equal(12)
      expect(stdout)
        .to.match(/^\? 无法核验：未识别到电子证照$/m)
        .and.not.match(/不予认可|篡改/)
    }
  })

  it('0: out of a PDF, an OFD and an image, and says what kind of file it was', async () => {
    const presented = dropDisclosures(bundle, ['holderName'])
    await writeFile(file('attached.pdf'), (await attachLicence(bundle, await createPdf())).bytes)
    await writeFile(file('attached.ofd'), (await attachLicence(bundle, createOfd())).bytes)
    await writeFile(file('code.png'), toPng(drawQr(encodeQrWhole(presented) ?? '', 3)))
    for (const [name, carrier, code] of [
      ['attached.pdf', { kind: 'pdf', isAsAttached: true }, 'rendition/not-bound'],
      ['attached.ofd', { kind: 'ofd', isAsAttached: true }, 'rendition/not-bound'],
      ['code.png', { kind: 'png', isAsAttached: null }, 'holderBinding/not-demanded'],
    ] as const) {
      const answered = await hefu(['verify', file(name), ...remote, '--json'])
      expect(answered.stderr).to.equal('')
      expect(answered.code).to.equal(0)
      const { report, attestation, carrier: told } = JSON.parse(answered.stdout)
      expect(told).to.deep.equal(carrier)
      expect(report.findings.at(-1).code).to.equal(code)
      expect(await verifyAttestation(attestation, service.verifierKey)).to.deep.equal(report)
    }
    const sheet = await hefu(['verify', file('attached.pdf'), ...remote, '--lang', 'zh'])
    expect(sheet.stdout)
      .to.include('不以文件版面为准')
      .and.match(/–.*版式文件.*颁发机构未绑定版式文件/)
  })

  it('0: a file that was changed since is verified, and said to be changed', async () => {
    const { bytes } = await attachLicence(bundle, createOfd())
    await writeFile(
      file('changed.ofd'),
      createArchive([...readArchive(bytes)].map(([name, content]) => ({ name, content }))),
    )
    const { code, stderr } = await hefu(['verify', file('changed.ofd'), ...remote])
    expect(code).to.equal(0)
    expect(stderr).to.include('经过改动或另存').and.include('changed or saved anew')
  })

  it('12: a PDF, an OFD and an image without a licence hold none, and nobody is accused', async () => {
    await writeFile(file('plain.pdf'), await createPdf())
    await writeFile(file('plain.ofd'), createOfd())
    await writeFile(
      file('plain.png'),
      toPng({ width: 60, height: 60, shades: new Uint8Array(3600).fill(255) }),
    )
    for (const [name, code] of [
      ['plain.pdf', 'no-attachment'],
      ['plain.ofd', 'no-attachment'],
      ['plain.png', 'no-qr'],
    ] as const) {
      const answered = await hefu(['verify', file(name), ...remote, '--json'])
      expect(answered.code).to.equal(12)
      expect(JSON.parse(answered.stdout).unread.code).to.equal(code)
      expect(answered.stderr)
        .to.match(/^[^\n]*[\u4e00-\u9fff][^\n]*\n[A-Z][^\n]*\n$/)
        .and.not.match(/伪造|篡改/)
    }
  })

  it('2: a file that cannot be read is named, and so is one of another kind', async () => {
    await writeFile(file('licence.pdf'), '%PDF-1.7\n')
    await writeFile(file('licence.ofd'), Uint8Array.of(0x50, 0x4b, 3, 4))
    await writeFile(file('licence.gif'), 'GIF89a')
    for (const [name, kind, code] of [
      ['licence.pdf', 'PDF', 'broken'],
      ['licence.ofd', 'OFD', 'broken'],
      ['licence.gif', 'GIF', 'unsupported-file'],
    ] as const) {
      const answered = await hefu(['verify', file(name), ...remote, '--json'])
      expect(answered.code).to.equal(2)
      expect(answered.stderr).to.include(kind)
      expect(JSON.parse(answered.stdout).unread.code).to.equal(code)
    }
  })

  it('12: a node that hangs ends in a sentence before its clients give up, with a line for who waits', async () => {
    const node = createServer(() => {})
    node.listen(0, '127.0.0.1')
    await once(node, 'listening')
    const { port } = node.address() as AddressInfo
    const network = {
      rpcUrl: `http://127.0.0.1:${port}`,
      chainId: 31_337,
      ledger: LEDGER.address,
      deploymentBlock: 0,
    }
    await writeFile(file('hanging.json'), JSON.stringify(network))
    const began = performance.now()
    const { code, stdout, stderr } = await hefu([
      ...[
        'verify',
        file('licence.json'),
        '--region',
        '440000',
        '--lang',
        'zh',
        '--network',
        file('hanging.json'),
      ],
    ])
    const took = performance.now() - began
    node.closeAllConnections()
    node.close()
    expect(code).to.equal(12)
    // Eight seconds, and what a busy machine takes to begin.
    expect(took).to.be.below(15_000)
    expect(stderr).to.match(
      /^正在查询，请稍候… Asking, please wait…\n互认链节点没有给出可用的应答.*\n.* 8000 ms\)\n$/,
    )
    expect(stdout).to.include('? 无法核验：互认链暂时无法连接').and.include('不代表证照有问题；请稍后重试')
  })

  it('12: says on standard error, and in --json, why the ledger could not be asked and what to look at', async () => {
    const asked = {
      'wrong-chain': (method: string) => (method === 'eth_chainId' ? { result: '0x1' } : null),
      'no-contract': (method: string) => (method === 'eth_call' ? { result: '0x' } : null),
      refused: (method: string) =>
        method === 'eth_call' ? { error: { code: 3, message: 'execution reverted' } } : null,
      inconsistent: (method: string) => (method === 'eth_call' ? { result: '0x01' } : null),
      unreachable: () => 'a page to sign in',
    } as const
    const words = {
      'wrong-chain': /^节点所属的链不是.*chainId.*\n.*chain 31337: the node serves chain 1\)$/,
      'no-contract': /^连接配置文件中的合约地址上没有合约.*\n.*no contract stands/,
      refused: /^连接配置文件中的合约地址上是另一合约.*\n.*another contract stands/,
      inconsistent: /^节点的应答不能采信.*\n.*cannot be believed/,
      unreachable: /^互认链节点没有给出可用的应答.*rpcUrl.*\n.*web page.*no JSON\)$/,
    }
    const block = { number: '0x1', hash: `0x${'0b'.repeat(32)}`, timestamp: '0x1' }
    for (const [code, answer] of Object.entries(asked) as [
      keyof typeof words,
      (method: string) => unknown,
    ][]) {
      const node = createServer(async (incoming, outgoing) => {
        let text = ''
        for await (const chunk of incoming) text += String(chunk)
        const usual: Readonly<Record<string, unknown>> = { eth_chainId: '0x7a69' }
        const respond = ({ id, method }: { id: number; method: string }) => {
          const own = answer(method)
          if (typeof own === 'string') return own
          return { jsonrpc: '2.0', id, ...((own as object | null) ?? { result: usual[method] ?? block }) }
        }
        const sent = JSON.parse(text)
        const answers = Array.isArray(sent) ? sent.map(respond) : respond(sent)
        outgoing.end(typeof answers === 'string' ? answers : JSON.stringify(answers))
      })
      node.listen(0, '127.0.0.1')
      await once(node, 'listening')
      const { port } = node.address() as AddressInfo
      const own = { chainId: 31_337, ledger: LEDGER.address, deploymentBlock: 0 }
      await writeFile(file('own.json'), JSON.stringify({ rpcUrl: `http://127.0.0.1:${port}`, ...own }))
      const args = ['verify', file('licence.json'), '--region', '440000', '--network', file('own.json')]
      const told = await hefu([...args, '--lang', 'zh'])
      const written = await hefu([...args, '--json'])
      node.closeAllConnections()
      node.close()
      expect([told.code, written.code], code).to.deep.equal([12, 12])
      expect(told.stdout).to.include('? 无法核验：互认链暂时无法连接')
      expect(told.stderr.trimEnd(), code).to.match(words[code])
      expect(written.stderr).to.equal(told.stderr)
      const { unavailable, ...rest } = JSON.parse(written.stdout)
      expect(Object.keys(rest)).to.deep.equal(['report', 'attestation'])
      expect(unavailable.code).to.equal(code)
      expect(`${unavailable.says.zh}\n${unavailable.says.en}\n`).to.equal(told.stderr)
    }
  })

  it('judges at --as-of: a day of China, or an instant', async () => {
    const asOf = async (text: string) => hefu(['verify', file('licence.json'), ...remote, '--as-of', text])
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    expect((await asOf(today)).code).to.equal(0)
    expect((await asOf(new Date(Date.now() - 60_000).toISOString())).code).to.equal(0)
    expect((await asOf(new Date(Date.now() - 60_000).toISOString().toLowerCase())).code).to.equal(0)
    expect((await asOf('2020-01-01')).code).to.equal(11)
  })

  it('1: a remote verifier that is not there, or whose report the pinned key did not sign', async () => {
    const key = ['--verifier-key', file('key.json'), '--region', '440000']
    const absent = await hefu(['verify', file('licence.json'), '--remote', 'http://127.0.0.1:9', ...key])
    expect(absent.code).to.equal(1)
    expect(absent.stderr).to.include('无法连接核验服务').and.not.include('    at ')
    expect(absent.stdout).to.equal('')
    const other = await hefu(['verify', file('licence.json'), '--remote', revoked.url, ...key])
    expect(other.code).to.equal(1)
    expect(other.stderr).to.include('签名不可信')
    expect(other.stdout).to.equal('')
  })

  it('1: a remote verifier that asks for an access token: says where to put one', async () => {
    const provider = await startProvider()
    const guarded = await startGuardedService(createMemoryLedgerView((await createSample()).memory), provider)
    try {
      await writeFile(file('guarded.json'), JSON.stringify(guarded.verifierKey))
      const key = ['--verifier-key', file('guarded.json'), '--region', '440000']
      const { code, stderr } = await hefu(['verify', file('licence.json'), '--remote', guarded.url, ...key])
      expect(code).to.equal(1)
      expect(stderr).to.include('写入环境变量 HEFU_ACCESS_TOKEN').and.include('set HEFU_ACCESS_TOKEN to')
    } finally {
      await guarded.close()
      await provider.stop()
    }
  })

  it('2: HEFU_ACCESS_TOKEN that is no token is told, and not said', async () => {
    const args = ['verify', file('licence.json'), '--region', '440000', '--remote', 'https://127.0.0.1:9']
    const key = ['--verifier-key', file('key.json')]
    const { code, stderr } = await runHefu(folder, [...args, ...key], '', { HEFU_ACCESS_TOKEN: 'se\r\ncret' })
    expect(code, stderr).to.equal(2)
    expect(stderr).to.include('HEFU_ACCESS_TOKEN is no access token').and.not.include('cret')
  })

  it('2: a variable that is set and empty is not set: the network file is sought where it is without', async () => {
    const args = ['verify', file('licence.json'), '--region', '440000']
    for (const [env, sought] of [
      [{ HEFU_NETWORK: '', HEFU_HOME: 'elsewhere' }, 'elsewhere/network.json'],
      [{ HEFU_NETWORK: '', HEFU_HOME: '' }, '.hefu/network.json'],
      [{ HEFU_NETWORK: 'named.json', HEFU_HOME: 'elsewhere' }, 'named.json'],
    ] as const) {
      const { code, stderr } = await runHefu(folder, args, '', env)
      expect(code).to.equal(2)
      expect(stderr).to.include(`Read the network file ${sought}: there is none`)
    }
  })

  it('says of a file without a report the same sentence and code: of one and of many, as a table and as JSON', async () => {
    await writeFile(file('beyond.pdf'), Buffer.alloc(MAX_CARRIER_BYTES + 1, '%PDF-1.7 '))
    await writeFile(file('plain.gif'), 'GIF89a')
    const away = ['--remote', 'http://127.0.0.1:9', '--verifier-key', file('key.json'), '--region', '440000']
    for (const [name, asked, outcome, code] of [
      ['beyond.pdf', remote, 'unread', 'large-file'],
      ['nowhere.pdf', remote, 'unread', 'absent-file'],
      ['plain.gif', remote, 'unread', 'unsupported-file'],
      ['licence.json', away, 'failed', 'unreachable'],
    ] as const) {
      const args = ['verify', file(name), ...asked]
      const one = await hefu([...args, '--json'])
      const told = JSON.parse(one.stdout)[outcome]
      expect(told.code, name).to.equal(code)
      expect(one.stderr).to.equal(`${told.says.zh}\n${told.says.en}\n`)
      const [line = ''] = (await hefu([...args, '--ndjson'])).stdout.split('\n')
      expect(JSON.parse(line)[outcome]).to.deep.equal(told)
      const many = await hefu([...args, file(name), '--json'])
      expect(
        JSON.parse(many.stdout).items.map((item: Record<string, unknown>) => item[outcome]),
      ).to.deep.equal([told, told])
      const table = await hefu([...args, file(name), '--lang', 'en'])
      expect(table.stdout).to.include(told.says.en)
      const sheet = await hefu(args)
      expect([sheet.stdout, sheet.stderr]).to.deep.equal(['', one.stderr])
      expect([sheet.code, one.code, table.code]).to.deep.equal([many.code, many.code, many.code])
    }
    const { stdout } = await hefu(['verify', file('licence.json'), ...remote, '--json'])
    expect(Object.keys(JSON.parse(stdout))).to.deep.equal(['report', 'attestation'])
  })

  it('says in JSON, too, why nothing was begun: of verify, for one and for many, of recheck and of attach', async () => {
    const licence = file('licence.json')
    for (const [args, code] of [
      [['verify', licence, ...remote, '--case', '', '--json'], 'not-a-request'],
      [['verify', licence, ...remote, '--as-of', 'now', '--json'], 'bad-time'],
      [['verify', licence, licence, ...remote, '--as-of', 'now', '--json'], 'bad-time'],
      [['verify', licence, ...remote, '--as-of', 'now', '--ndjson'], 'bad-time'],
      [['verify', licence, ...remote, '--submitted', file('list.json'), '--json'], 'not-json'],
      [['recheck', file('nowhere.json'), licence, '--json'], 'absent-file'],
      [['attach', licence, file('nowhere.pdf'), '-o', file('out.pdf'), '--json'], 'absent-file'],
    ] as const) {
      const told = await hefu(args)
      const { error } = JSON.parse(told.stdout)
      expect([told.code, error.code], args.join(' ')).to.deep.equal([2, code])
      expect(told.stderr).to.equal(`${error.says.zh}\n${error.says.en}\n`)
      const plain = await hefu(args.filter((arg) => !arg.endsWith('json') || arg.includes('/')))
      expect([plain.code, plain.stdout, plain.stderr]).to.deep.equal([2, '', told.stderr])
    }
  })

  it('2: names what cannot be used, in one sentence each in both languages', async () => {
    const licence = file('licence.json')
    const region = ['--region', '440000']
    const network = ['--network', file('network.json')]
    for (const [args, sentence] of [
      [['verify', ...region, ...network], /missing required argument/],
      [['verify', licence, ...network], /--region/],
      [['verify', licence, ...region], /HEFU_NETWORK/],
      [['verify', licence, '--region', '44', ...network], /--region/],
      [['verify', file('absent'), ...region, ...network], /Read the file: there is none/],
      [['verify', file('binary'), ...region, ...network], /no text/],
      [['verify', file('large'), ...region, ...network], /larger than 1048576 bytes/],
      [['verify', licence, ...region, '--network', file('broken.json')], /network file/],
      [
        ['verify', licence, ...region, '--network', file('neither.json')],
        /a ledger to pin or a registry to follow/,
      ],
      [['verify', licence, ...region, ...network, '--remote', 'https://v.example'], /cannot be used with/],
      [['verify', licence, ...region, ...network, '--verifier-key', file('key.json')], /--remote is needed/],
      [['verify', licence, ...region, '--remote', service.url], /--verifier-key/],
      [
        ['verify', licence, ...region, '--remote', 'http://v.example', '--verifier-key', file('key.json')],
        /https/,
      ],
      [
        ['verify', licence, ...region, '--remote', service.url, '--verifier-key', file('swapped.json')],
        /kid/,
      ],
      [
        ['verify', licence, ...region, '--remote', service.url, '--verifier-key', file('list.json')],
        /JSON object/,
      ],
      [['verify', licence, ...remote, '--as-of', 'now'], /--as-of/],
      [['verify', licence, ...remote, '--as-of', '2025-02-30'], /--as-of/],
      [['verify', licence, ...remote, '--as-of', '2025-02-30T00:00:00Z'], /--as-of/],
      [['verify', licence, ...remote, '--as-of', '2999-01-01'], /--as-of/],
      [['verify', licence, ...remote, '--case', ''], /caseNo/],
      [['verify', licence, ...remote, '--lang', 'fr'], /--lang/],
      [['verify', licence, ...remote, '--submitted', file('list.json')], /JSON object/],
      [['verify', licence, ...remote, '--submitted', file('nested.json')], /submitted/],
      [['verify', licence, ...remote, '--submitted', file('twice.json')], /two members have one name/],
      [['verify', licence, ...region, '--network', file('twice.json')], /a name twice/],
      [['verify', licence, ...remote, '--unknown'], /unknown option/],
      [['issue'], /unknown command/],
    ] as const) {
      const { code, stdout, stderr } = await hefu(args)
      expect(code, args.join(' ')).to.equal(2)
      expect(stderr)
        .to.match(sentence)
        .and.match(/\p{Script=Han}/u)
        .and.not.include('    at ')
      expect(stdout).to.equal('')
    }
  })

  it('--help documents the exit codes', async () => {
    const { code, stdout } = await hefu(['verify', '--help'])
    expect(code).to.equal(0)
    for (const exitCode of ['0 ', '10', '11', '12', '2 ', '1 ']) expect(stdout).to.include(`\n  ${exitCode} `)
    expect((await hefu(['--version'])).stdout).to.match(/^\d+\.\d+\.\d+\n$/)
    expect((await hefu([])).code).to.equal(2)
  })
})
