import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createAgencyHome,
  createKeyPossession,
  openJournal,
  openOperator,
  openSigningKey,
  pathsOf,
  readAgency,
  verifyKeyPossession,
} from '@hefu/issuer'
import { MalformedError, suite, thumbprint } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'
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
  if (error instanceof ExplainedError) return error.code
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
    expect(await codeOf(openSigningKey(home, agency, 'another passphrase'))).to.equal('wrong-passphrase')
    expect(await codeOf(openOperator(home, agency, 'another passphrase'))).to.equal('wrong-passphrase')
  })

  it('refuses key files that were exchanged', async () => {
    const { home } = await createSampleHome()
    const agency = await readAgency(home)
    await writeFile(pathsOf(home).signingKey, await readFile(pathsOf(home).operatorKey))
    expect(await codeOf(openSigningKey(home, agency, PASSPHRASE))).to.equal('key-of-other-purpose')
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
    expect(await codeOf(openJournal(home, agency, url))).to.equal('database-unreachable')
    await (await openJournal(home, agency, undefined)).close()
  })
})
