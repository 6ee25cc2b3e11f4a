/** `/console/samples/`: what the list names, to anybody, and nothing else of any folder. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVerifierRoutes, readSampleTray, VerifierStartError } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createUnaskedServices } from '../../../scripts/docs/unasked-verifier.ts'
import { createSample } from './sample.ts'
import { startTestService, type TestService } from './service.ts'

const LISTED = {
  id: 'suspended',
  title: { zh: '已暂扣', en: 'suspended' },
  expected: 'rejected',
  licenceType: '11100000000013338W011',
  licenceId: null,
  submitted: { holderName: '张样例' },
  files: [
    { name: 'suspended.hefu.json', kind: 'bundle' },
    { name: 'suspended.png', kind: 'qr' },
  ],
}

describe('the tray of samples', () => {
  let folder: string
  let service: TestService
  let without: TestService

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-samples-'))
    writeFileSync(join(folder, 'suspended.hefu.json'), '{"a":1}')
    writeFileSync(join(folder, 'suspended.png'), Buffer.from([0x89, 0x50]))
    writeFileSync(join(folder, 'rows.csv'), 'not listed')
    writeFileSync(join(folder, 'samples.json'), JSON.stringify([LISTED]))
    const { view } = await createSample()
    service = await startTestService(view, { samples: readSampleTray(folder) })
    without = await startTestService(view)
  })
  after(async () => {
    await service.close()
    await without.close()
    rmSync(folder, { recursive: true })
  })

  it('gives anybody the list and the files that it names, each as what it is, to be kept', async () => {
    const bodies: Readonly<Record<string, readonly [string, string]>> = {
      'samples.json': ['application/json; charset=utf-8', JSON.stringify([LISTED])],
      'suspended.hefu.json': ['application/vnd.hefu.bundle+json;version=1', '{"a":1}'],
    }
    for (const [name, [type, body]] of Object.entries(bodies)) {
      const answer = await fetch(`${service.url}/console/samples/${name}`)
      expect([answer.status, answer.headers.get('content-type')], name).to.deep.equal([200, type])
      expect(answer.headers.get('content-disposition')).to.equal(`attachment; filename="${name}"`)
      expect(await answer.text()).to.equal(body)
    }
    const image = await fetch(`${service.url}/console/samples/suspended.png`)
    expect(image.headers.get('content-type')).to.equal('image/png')
    expect([...new Uint8Array(await image.arrayBuffer())]).to.deep.equal([0x89, 0x50])
    const services = { ...createUnaskedServices(), samples: readSampleTray(folder) }
    const own = createVerifierRoutes(services).entries.filter(({ path }) => path.includes('samples'))
    expect(own.map(({ method, path, access }) => [method, path, access])).to.deep.equal([
      ['GET', '/console/samples/:name', 'public'],
    ])
  })

  it('has nothing that the list does not name, wherever it lies', async () => {
    for (const name of [
      'rows.csv',
      '..%2Fsamples.json',
      '..%2F..%2Fsamples.json',
      'suspended.PNG',
      '',
      'suspended.png/',
      '__proto__',
    ]) {
      const answer = await fetch(`${service.url}/console/samples/${name}`)
      // What has no name of a file is a place within the page of the console, where that is built.
      const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html')
      expect(answer.status === 404 || (isPage && !/\.[a-z]+$/i.test(name)), name).to.equal(true)
      expect(answer.headers.get('content-disposition'), name).to.equal(null)
    }
    expect((await fetch(`${service.url}/console/samples/samples.json`, { method: 'POST' })).status).to.equal(
      405,
    )
  })

  it('is nowhere without a folder', async () => {
    expect((await fetch(`${without.url}/console/samples/samples.json`)).status).to.equal(404)
  })

  const refusalOf = (list: unknown, prepare: (folder: string) => void = () => undefined): string => {
    const other = mkdtempSync(join(tmpdir(), 'hefu-samples-'))
    try {
      writeFileSync(join(other, 'suspended.hefu.json'), '{}')
      writeFileSync(join(other, 'suspended.png'), '')
      writeFileSync(join(other, 'samples.json'), typeof list === 'string' ? list : JSON.stringify(list))
      prepare(other)
      readSampleTray(other)
      return 'taken'
    } catch (error) {
      if (!(error instanceof VerifierStartError)) throw error
      return `${error.code}: ${error.message}`
    } finally {
      rmSync(other, { recursive: true })
    }
  }

  it('is not served where the list is not in its form, or names what is elsewhere', () => {
    expect(refusalOf([LISTED])).to.equal('taken')
    const named = (name: string) => [{ ...LISTED, files: [{ name, kind: 'bundle' }] }]
    for (const [list, place] of [
      ['[', 'samples'],
      ['{"a":1,"a":1}', 'samples'],
      [{}, '/'],
      [[{ ...LISTED, more: 1 }], '/0/more'],
      [[{ ...LISTED, expected: 'good' }], '/0/expected'],
      [[{ ...LISTED, files: [] }], '/0/files'],
      [named('../samples.json'), '/0/files/0/name'],
      [named('/etc/passwd'), '/0/files/0/name'],
      [named('rows.csv'), '/0/files/0/name'],
      [named('not-there.png'), 'not-there.png'],
    ] as const) {
      expect(refusalOf(list), JSON.stringify(list)).to.include('bad-samples').and.include(place)
    }
  })

  it('is bounded: 200 files, of 2 MB each', () => {
    const large = (folder: string) => writeFileSync(join(folder, 'suspended.png'), Buffer.alloc(2_097_153))
    expect(refusalOf([LISTED], large))
      .to.include('bad-samples')
      .and.include('2097152')
    expect(refusalOf(Array(100).fill(LISTED))).to.equal('taken')
    expect(refusalOf(Array(101).fill(LISTED)))
      .to.include('bad-samples')
      .and.include('202 > 200')
    const folderInstead = (folder: string) => {
      rmSync(join(folder, 'suspended.png'))
      mkdirSync(join(folder, 'elsewhere'))
      symlinkSync(join(folder, 'elsewhere'), join(folder, 'suspended.png'))
    }
    expect(refusalOf([LISTED], folderInstead)).to.include('bad-samples')
  })
})
