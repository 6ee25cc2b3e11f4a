/** The console’s files and what its page is told: from one folder, by known names, and by the page’s own rules. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { Network } from '@hefu/ledger'
import { parseRegistryNetwork } from '@hefu/ledger/registry'
import { suite, thumbprint } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { readConsoleFiles } from '#internal/verifier/console/console-files'
import { publicNetworkOf } from '#internal/verifier/console/public-network'
import { createSample, LEDGER, NOW } from './sample.ts'
import { send, startTestService, type TestService } from './service.ts'

const NETWORK: Network = {
  rpcUrl: 'https://node-one.example',
  otherRpcUrls: ['https://node-two.example', 'https://node-one.example/'],
  agreement: 2,
  chainId: LEDGER.chainId,
  ledger: LEDGER.address,
  deploymentBlock: 7,
}
const PAGE = '<!doctype html><title>合符</title>'
const SCRIPT = `console.log(${JSON.stringify('a'.repeat(5_000))})`

interface RawAnswer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

describe('the pages of the console', () => {
  let folder: string
  let service: TestService
  let bare: TestService

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-console-'))
    await writeFile(join(folder, 'secret.txt'), 'a secret')
    await mkdir(join(folder, 'dist/assets'), { recursive: true })
    await writeFile(join(folder, 'dist/index.html'), PAGE)
    await writeFile(join(folder, 'dist/favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    await writeFile(join(folder, 'dist/assets/index-a1b2.js'), SCRIPT)
    await writeFile(join(folder, 'dist/assets/rare-c3d4.woff2'), Buffer.alloc(4_096, 1))
    await symlink(join(folder, 'secret.txt'), join(folder, 'dist/assets/linked.txt'))
    const { view } = await createSample()
    service = await startTestService(view, {
      console: { folder: join(folder, 'dist'), terms: { idleSeconds: 600, sessionSeconds: 3_600 } },
      publicNetwork: NETWORK,
    })
    bare = await startTestService(view, { console: { folder: join(folder, 'absent') } })
  })
  after(async () => {
    await bare.close()
    await service.close()
    await rm(folder, { recursive: true })
  })

  /** The path as it stands, and the body as it came. */
  function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> {
    const { hostname, port } = new URL(service.url)
    return new Promise((resolve, reject) => {
      const asked = request({ hostname, port, path, method, headers }, async (res) => {
        const encoding = res.headers['content-encoding']
        const body =
          encoding === 'br'
            ? res.pipe(createBrotliDecompress())
            : encoding === 'gzip'
              ? res.pipe(createGunzip())
              : res
        resolve({ status: res.statusCode, headers: res.headers, text: await textOf(body) })
      })
      asked.on('error', reject).end()
    })
  }

  it('are the page at every address under /console/ without a dot in its last part, and lead there from the door', async () => {
    for (const path of ['/console/', '/console/verify', '/console/a.b/batches/7?x=1.2', '/console/%E6%A0%B8'])
      expect(await ask(path), path).to.deep.include({ status: 200, text: PAGE })
    for (const path of ['/', '/console']) {
      const { status, headers } = await ask(path)
      expect([status, headers['location']]).to.deep.equal([302, '/console/'])
    }
    expect((await ask('/console/', {}, 'HEAD')).status).to.equal(200)
    expect((await ask('/console/', {}, 'POST')).status).to.equal(405)
  })

  it('run their own scripts alone, ask their own service and the ledger’s nodes, and use the camera', async () => {
    const { headers } = await ask('/console/')
    expect(headers['content-type']).to.equal('text/html; charset=utf-8')
    expect(headers['permissions-policy']).to.equal('camera=(self)')
    expect(headers['x-content-type-options']).to.equal('nosniff')
    expect(headers['referrer-policy']).to.equal('same-origin')
    expect(String(headers['content-security-policy']).split('; ')).to.have.members([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self' https://node-one.example https://node-two.example",
      "worker-src 'self'",
      "media-src 'self' blob:",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types vue',
    ])
  })

  it('keep assets for good, ask anew for what keeps its name, and are themselves kept by no browser', async () => {
    const asset = await ask('/console/assets/index-a1b2.js')
    expect(asset).to.deep.include({ status: 200, text: SCRIPT })
    expect(asset.headers['cache-control']).to.equal('public, max-age=31536000, immutable')
    expect(asset.headers['content-type']).to.match(/javascript/)
    expect((await ask('/console/assets/rare-c3d4.woff2')).headers['content-type']).to.equal('font/woff2')
    for (const [path, caching] of [
      ['/console/', 'no-store'],
      ['/console/favicon.svg', 'no-cache'],
    ] as const) {
      const { headers } = await ask(path)
      expect(headers['cache-control']).to.equal(caching)
      const again = await ask(path, { 'If-None-Match': String(headers['etag']) })
      expect([again.status, again.text]).to.deep.equal([304, ''])
      expect((await ask(path, { 'If-None-Match': '"other"' })).status).to.equal(200)
    }
  })

  it('come compressed to who takes that, each form with a tag of its own', async () => {
    const tags = new Set<unknown>()
    for (const [accepted, encoding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['identity', undefined],
      ['br;q=0, gzip;q=0', undefined],
    ] as const) {
      const { headers, text } = await ask('/console/assets/index-a1b2.js', { 'Accept-Encoding': accepted })
      expect([headers['content-encoding'], text === SCRIPT]).to.deep.equal([encoding, true])
      expect(headers['vary']).to.include('Accept-Encoding')
      tags.add(headers['etag'])
    }
    expect(tags.size).to.equal(3)
    const font = await ask('/console/assets/rare-c3d4.woff2', { 'Accept-Encoding': 'br' })
    expect(font.headers['content-encoding']).to.equal(undefined)
  })

  it('are none of what lies beside the folder, whatever a path says', async () => {
    for (const path of [
      '/console/../secret.txt',
      '/console/assets/../../../secret.txt',
      '/console/%2e%2e/secret.txt',
      '/console/..%2fsecret.txt',
      '/console/assets/linked.txt',
      '/console/assets/absent.js',
      '/console//assets/index-a1b2.js',
      '/console/index-a1b2.js',
      '/console/__proto__.js',
      '/console/a.%00',
    ]) {
      const { status, text } = await ask(path)
      expect([path, status]).to.deep.equal([path, 404])
      expect(text).to.include('not-found').and.not.include('a secret')
    }
  })

  it('are missed in so many words where they are not installed, and the service answers all else', async () => {
    const { status, json } = await send(`${bare.url}/console/`)
    expect([status, json.code]).to.deep.equal([404, 'console-missing'])
    expect((await send(`${bare.url}/v1/verifier-key`)).status).to.equal(200)
    expect(readConsoleFiles(join(folder, 'absent'))).to.equal(null)
  })

  it('are told where the ledger is, who verifies, and when they are locked', async () => {
    const { json, headers } = await send(`${service.url}/console/settings.json`)
    expect(json).to.deep.equal({
      network: NETWORK,
      verifierKey: { kid: thumbprint(service.verifierKey, suite), publicJwk: service.verifierKey },
      idleSeconds: 600,
      sample: false,
      version: '0.1.0',
    })
    expect(headers.get('cache-control')).to.equal('no-store')
    expect((await send(`${bare.url}/console/settings.json`)).json.network).to.equal(null)
  })

  it('are told of no node whose address is more than an origin: what stands beside that may be a key', () => {
    for (const url of [
      'https://user:secret@node.example',
      'https://node.example/v3/0123456789abcdef',
      'https://node.example/?apikey=0123456789abcdef',
      'https://node.example#0123456789abcdef',
    ])
      expect(publicNetworkOf({ ...NETWORK, otherRpcUrls: [url] }), url).to.equal(null)
    const registry = {
      rpcUrl: 'https://node-one.example',
      chainId: 1,
      registry: LEDGER.address,
      nodes: { 2: 'https://node-three.example' },
    }
    const told = publicNetworkOf(parseRegistryNetwork(JSON.stringify(registry)))
    expect(told?.origins).to.deep.equal(['https://node-one.example', 'https://node-three.example'])
    // As the page’s own verifier reads it.
    expect(parseRegistryNetwork(JSON.stringify(told?.network)).nodes.get(2)?.rpcUrl).to.equal(
      'https://node-three.example',
    )
    const secret = { ...registry, nodes: { 2: 'https://a:b@node.example' } }
    expect(publicNetworkOf(parseRegistryNetwork(JSON.stringify(secret)))).to.equal(null)
  })

  it('are everybody’s where no tokens are checked, and nobody signs in', async () => {
    const { json } = await send(`${service.url}/session`)
    expect(json).to.include({ signedIn: true, subject: 'anybody', region: null, locked: false })
    expect(json.scopes).to.deep.equal(['verify', 'reports', 'retrieve', 'unmask', 'ledger:read'])
    expect(json.expiresAt).to.equal(NOW + 3_600)
    const post = (path: string) => send(`${service.url}${path}`, { method: 'POST' })
    for (const path of ['/session/touch', '/session/lock']) expect((await post(path)).status).to.equal(204)
    expect((await post('/session/sign-out')).json).to.deep.equal({ leaveAt: null })
    expect((await send(`${service.url}/session/sign-in`)).json.code).to.equal('no-sign-in')
  })
})
