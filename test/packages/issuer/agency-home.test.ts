import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import {
  acquireHomeLock,
  createAgencyHome,
  createKeyPossession,
  IssuerError,
  openJournal,
  openOperator,
  openSigningKey,
  pathsOf,
  readAgency,
  readPassphrase,
  verifyKeyPossession,
} from '@hefu/issuer'
import { MalformedError, suite, thumbprint, WrongPassphraseError } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createSampleHome, ISSUER, NETWORK, PASSPHRASE, temporaryFolder } from './fixtures/agency.ts'

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  )
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await errorOf(work)
  if (error instanceof IssuerError) return error.code
  throw new Error(`expect a refusal: got ${error}`)
}

const OPTIONS = {
  agency: ISSUER,
  region: '430000',
  network: NETWORK,
  algorithm: 'ES256',
  passphrase: PASSPHRASE,
} as const

describe('createAgencyHome', () => {
  it('keeps both private keys encrypted, and readable by their owner only', async () => {
    const { home, registration } = await createSampleHome()
    for (const path of [pathsOf(home).signingKey, pathsOf(home).operatorKey]) {
      expect((await stat(path)).mode & 0o777).to.equal(0o600)
      expect(await readFile(path, 'utf8')).not.to.match(/"d"|PRIVATE/)
    }
    const agency = await readAgency(home)
    const key = await openSigningKey(home, agency, PASSPHRASE)
    const signature = await suite.sign(key.key, 'ES256', 'x')
    const publicKey = await suite.importPublicKey(registration.publicJwk)
    expect(await suite.verify(publicKey, 'ES256', 'x', signature)).to.equal(true)
    expect((await openOperator(home, agency, PASSPHRASE)).address).to.equal(registration.operator)
  })

  for (const [algorithm, kind] of [
    ['ES256', { kty: 'EC', crv: 'P-256' }],
    ['EdDSA', { kty: 'OKP', crv: 'Ed25519' }],
    ['SM2', { kty: 'EC', crv: 'SM2' }],
  ] as const) {
    it(`makes a key for ${algorithm}, with the thumbprint as kid, proves its possession and opens it`, async () => {
      const home = join(await temporaryFolder(), 'home')
      const registration = await createAgencyHome({ ...OPTIONS, home, algorithm })
      const { publicJwk, kid, possession } = registration
      expect(publicJwk).to.include(kind)
      expect(kid).to.equal(thumbprint(publicJwk, suite))
      expect(await verifyKeyPossession(possession, OPTIONS.agency, publicJwk)).to.equal(true)
      const key = await openSigningKey(home, await readAgency(home), PASSPHRASE)
      expect(key.algorithm).to.equal(algorithm)
      const signature = await suite.sign(key.key, algorithm, 'x')
      const publicKey = await suite.importPublicKey(publicJwk)
      expect(await suite.verify(publicKey, algorithm, 'x', signature)).to.equal(true)
      expect(await suite.verify(publicKey, algorithm, 'y', signature)).to.equal(false)
    })
  }

  it('never overwrites, and leaves nothing behind when it refuses', async () => {
    const folder = await temporaryFolder()
    const home = join(folder, 'home')
    await mkdir(home)
    await writeFile(join(home, 'mine'), '')
    expect(await codeOf(createAgencyHome({ ...OPTIONS, home }))).to.equal('home-exists')
    const other = join(folder, 'other')
    expect(await codeOf(createAgencyHome({ ...OPTIONS, home: other, passphrase: 'short' }))).to.equal(
      'passphrase-short',
    )
    expect(await codeOf(createAgencyHome({ ...OPTIONS, home: other, region: '990000' }))).to.equal(
      'not-a-region',
    )
    const wrongCheck = '11430000006122244M'
    expect(await codeOf(createAgencyHome({ ...OPTIONS, home: other, agency: wrongCheck }))).to.equal(
      'not-a-uscc',
    )
    expect(await errorOf(createAgencyHome({ ...OPTIONS, home: other, network: '{}' }))).to.be.instanceOf(
      MalformedError,
    )
    expect(await readdir(folder)).to.deep.equal(['home'])
  })

  it('proves the possession of its key for this agency only', async () => {
    const { registration } = await createSampleHome()
    const { publicJwk, possession } = registration
    expect(await verifyKeyPossession(possession, ISSUER, publicJwk)).to.equal(true)
    expect(await verifyKeyPossession(possession, '11100000000013338W', publicJwk)).to.equal(false)
    const { generateKeyPairSync } = await import('node:crypto')
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
    const forged = await createKeyPossession(ISSUER, other as Parameters<typeof createKeyPossession>[1])
    expect(await verifyKeyPossession(forged, ISSUER, publicJwk)).to.equal(false)
    const [header = '', payload = '', signature = ''] = possession.split('.')
    for (const text of [
      '',
      'a.b.c',
      possession.slice(0, -2),
      `${possession}.x`,
      `${possession}=`,
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${payload}.${payload}.${signature}`,
      `${possession.slice(0, -1)}B`,
    ]) {
      expect(await verifyKeyPossession(text, ISSUER, publicJwk)).to.equal(false)
    }
  })
})

describe('opening an agency’s folder', () => {
  it('refuses a wrong passphrase', async () => {
    const { home } = await createSampleHome()
    const agency = await readAgency(home)
    expect(await errorOf(openSigningKey(home, agency, 'another passphrase'))).to.be.instanceOf(
      WrongPassphraseError,
    )
  })

  it('refuses key files that were exchanged', async () => {
    const { home } = await createSampleHome()
    const agency = await readAgency(home)
    await writeFile(pathsOf(home).signingKey, await readFile(pathsOf(home).operatorKey))
    expect(await codeOf(openSigningKey(home, agency, PASSPHRASE))).to.equal('home-damaged')
    const other = await createAgencyHome({ ...OPTIONS, home: join(await temporaryFolder(), 'home') })
    expect(await codeOf(openOperator(home, { ...agency, operator: other.operator }, PASSPHRASE))).to.equal(
      'home-damaged',
    )
  })

  it('tells a folder that is none from one that is damaged', async () => {
    expect(await codeOf(readAgency(await temporaryFolder()))).to.equal('home-missing')
    const { home } = await createSampleHome()
    const text = await readFile(pathsOf(home).agency, 'utf8')
    for (const damaged of [
      '',
      '{',
      '{}',
      text.replace(ISSUER, '11430000006122244M'),
      text.replace('"kid"', '"d"'),
    ]) {
      await writeFile(pathsOf(home).agency, damaged)
      expect(await codeOf(readAgency(home))).to.equal('home-damaged')
    }
  })

  it('refuses the journal of another agency or of another ledger', async () => {
    const { home } = await createSampleHome()
    const agency = await readAgency(home)
    const other = { ...agency, agency: '11100000000013338W' as typeof agency.agency }
    expect(await codeOf(openJournal(home, other, undefined))).to.equal('journal-foreign')
    const elsewhere = { ...agency, network: { ...agency.network, chainId: 2 } }
    expect(await codeOf(openJournal(home, elsewhere, undefined))).to.equal('journal-foreign')
    await (await openJournal(home, agency, undefined)).close()
  })

  it('says clearly that PostgreSQL cannot be reached, and frees the folder', async () => {
    const { home } = await createSampleHome()
    const agency = await readAgency(home)
    const url = 'postgres://nobody@127.0.0.1:1/none'
    expect(await codeOf(openJournal(home, agency, url))).to.equal('journal-unreachable')
    await (await openJournal(home, agency, undefined)).close()
  })
})

describe('acquireHomeLock', () => {
  const signs = async (home: string) => (await readdir(home)).filter((name) => name.startsWith('in-use.'))
  const sign = (pid: number, startedAt: string, host = hostname()) =>
    `in-use.${pid}.${startedAt}.${Buffer.from(host).toString('hex')}.0123456789abcdef`

  it('is held once, also within one process, until it is released', async () => {
    const home = await temporaryFolder()
    const lock = await acquireHomeLock(home)
    expect(await codeOf(acquireHomeLock(home))).to.equal('journal-in-use')
    await lock.release()
    await (await acquireHomeLock(home)).release()
    expect(await signs(home)).to.deep.equal([])
  })

  it('takes over from a process that is gone, and from an earlier one with a living one’s number', async () => {
    const home = await temporaryFolder()
    await writeFile(join(home, sign(2 ** 22 + 1, '1')), '')
    await writeFile(join(home, sign(process.pid, '1')), '')
    await (await acquireHomeLock(home)).release()
    expect(await signs(home)).to.deep.equal([])
  })

  it('says that a folder cannot be written to', async () => {
    const missing = join(await temporaryFolder(), 'none')
    expect(await codeOf(acquireHomeLock(missing))).to.equal('journal-unreachable')
  })

  it('does not take over from another machine', async () => {
    const home = await temporaryFolder()
    await writeFile(join(home, sign(2 ** 22 + 1, '1', 'elsewhere')), '')
    expect(await codeOf(acquireHomeLock(home))).to.equal('journal-in-use')
    expect(await signs(home)).to.have.length(1)
  })
})

describe('readPassphrase', () => {
  const source = (env: Record<string, string>) => ({ env, input: process.stdin, output: process.stderr })

  it('comes from HEFU_PASSPHRASE, or from the file of HEFU_PASSPHRASE_FILE without its line end', async () => {
    const file = join(await temporaryFolder(), 'passphrase')
    await writeFile(file, ' a passphrase \n')
    expect(await readPassphrase(source({ HEFU_PASSPHRASE: 'one' }))).to.equal('one')
    expect(await readPassphrase(source({ HEFU_PASSPHRASE_FILE: file }))).to.equal(' a passphrase ')
    expect(await codeOf(readPassphrase(source({ HEFU_PASSPHRASE_FILE: `${file}x` })))).to.equal(
      'passphrase-unreadable',
    )
  })

  it('is not asked for without a terminal', async () => {
    const { PassThrough } = await import('node:stream')
    const input = new PassThrough()
    expect(await codeOf(readPassphrase({ env: {}, input, output: new PassThrough() }))).to.equal(
      'passphrase-missing',
    )
  })

  it('is typed unseen on a terminal', async () => {
    const { PassThrough } = await import('node:stream')
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const output = new PassThrough()
    const typed = readPassphrase({ env: {}, input, output })
    input.write('secret words 1\n')
    expect(await typed).to.equal('secret words 1')
    expect(String(output.read())).to.equal('口令 / Passphrase: \n')
  })
})
