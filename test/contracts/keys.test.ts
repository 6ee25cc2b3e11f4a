import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  AgencyStatus,
  blockTime,
  chain,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  type Ledger,
} from './ledger-fixture.ts'

const p256Jwk = (): JsonWebKey =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const ed25519Jwk = (): JsonWebKey => generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })

/** RFC 7638 canonical JSON. */
const canonicalPoint = (crv: string, { x, y }: JsonWebKey): string => JSON.stringify({ crv, kty: 'EC', x, y })
const canonicalEd25519 = ({ x }: JsonWebKey): string => JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })

const bytesOf = (json: string): Uint8Array => Buffer.from(json, 'utf8')
const kidOf = (json: string): string => `0x${createHash('sha256').update(json).digest('hex')}`

/** The key of RFC 8037 appendix A.2 and its thumbprint of appendix A.3. */
const RFC8037_JWK = '{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'
const RFC8037_KID = `0x${Buffer.from('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', 'base64url').toString('hex')}`

describe('Keys', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let asAdmin: Ledger
  let now: number
  const jwk = canonicalPoint('P-256', p256Jwk())
  const kid = kidOf(jwk)

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithAgency)
    ledger = fixture.ledger
    asAdmin = ledger.connect(fixture.hunanAdmin)
    // The fixture may be as old as the whole run: a block of now, from which the times below are counted.
    await chain.mine()
    now = await blockTime()
  })

  const register = (from: number | bigint = now, until: number | bigint = KEY_TIME_NEVER) =>
    asAdmin.registerKey(HUNAN_HOUSING, kid, KeyAlgorithm.ES256, from, until, bytesOf(jwk))

  describe('registration', () => {
    it('knows nothing of a key never registered', async () => {
      expect((await ledger.key(kid)).algorithm).to.equal(KeyAlgorithm.None)
    })

    it('records the owner, the algorithm and the interval, and publishes the JWK', async () => {
      await expect(register(now, now + 86_400))
        .to.emit(ledger, 'KeyRegistered')
        .withArgs(kid, HUNAN_HOUSING, KeyAlgorithm.ES256, now, now + 86_400, ethers.hexlify(bytesOf(jwk)))
      const key = await ledger.key(kid)
      expect(key.agency).to.equal(HUNAN_HOUSING)
      expect(key.algorithm).to.equal(KeyAlgorithm.ES256)
      expect(key.validFrom).to.equal(BigInt(now))
      expect(key.validUntil).to.equal(BigInt(now + 86_400))
      expect(key.compromisedFrom).to.equal(KEY_TIME_NEVER)
    })

    it('takes the RFC 8037 example under the thumbprint of that RFC', async () => {
      await asAdmin.registerKey(
        HUNAN_HOUSING,
        RFC8037_KID,
        KeyAlgorithm.EdDSA,
        now,
        KEY_TIME_NEVER,
        bytesOf(RFC8037_JWK),
      )
      expect((await ledger.key(RFC8037_KID)).algorithm).to.equal(KeyAlgorithm.EdDSA)
    })

    it('takes canonical keys of every algorithm as RFC 7638 spells them', async () => {
      const keys: [bigint, string][] = []
      for (let i = 0; i < 20; i++) {
        keys.push(
          [KeyAlgorithm.ES256, canonicalPoint('P-256', p256Jwk())],
          [KeyAlgorithm.EdDSA, canonicalEd25519(ed25519Jwk())],
          [KeyAlgorithm.SM2, canonicalPoint('SM2', p256Jwk())],
        )
      }
      for (const [algorithm, json] of keys) {
        await asAdmin.registerKey(HUNAN_HOUSING, kidOf(json), algorithm, now, KEY_TIME_NEVER, bytesOf(json))
        expect((await ledger.key(kidOf(json))).algorithm).to.equal(algorithm)
      }
    })

    it('is refused to everyone but the admin of the region, the operator included', async () => {
      for (const caller of [fixture.operator, fixture.guangdongAdmin, fixture.council, fixture.stranger]) {
        await expect(
          ledger
            .connect(caller)
            .registerKey(HUNAN_HOUSING, kid, KeyAlgorithm.ES256, now, KEY_TIME_NEVER, bytesOf(jwk)),
        )
          .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
          .withArgs(HUNAN, caller.address)
      }
    })

    it('is refused for an agency that is unknown or not active and in a region that is not active', async () => {
      await expect(
        asAdmin.registerKey(HOUSING_MINISTRY, kid, KeyAlgorithm.ES256, now, KEY_TIME_NEVER, bytesOf(jwk)),
      )
        .to.be.revertedWithCustomError(ledger, 'AgencyUnknown')
        .withArgs(HOUSING_MINISTRY)
      await ledger.suspendRegion(HUNAN)
      await expect(register()).to.be.revertedWithCustomError(ledger, 'RegionNotActive').withArgs(HUNAN)
      await ledger.resumeRegion(HUNAN)
      await asAdmin.suspendAgency(HUNAN_HOUSING)
      await expect(register())
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(HUNAN_HOUSING)
    })

    it('is refused a second time, also after a compromise', async () => {
      await register()
      await expect(register()).to.be.revertedWithCustomError(ledger, 'KeyAlreadyRegistered').withArgs(kid)
      await asAdmin.reportKeyCompromised(kid, now)
      await expect(register()).to.be.revertedWithCustomError(ledger, 'KeyAlreadyRegistered').withArgs(kid)
    })

    it('is refused with an empty interval or one that lies in the past', async () => {
      await expect(register(now + 100, now + 100))
        .to.be.revertedWithCustomError(ledger, 'KeyIntervalEmpty')
        .withArgs(kid, now + 100, now + 100)
      await expect(register(now + 101, now + 100)).to.be.revertedWithCustomError(ledger, 'KeyIntervalEmpty')
      await chain.time.setNextBlockTimestamp(now + 10)
      await expect(register(now, now + 9)).to.be.revertedWithCustomError(ledger, 'KeyValidUntilInPast')
    })

    it('is refused under another identifier than the thumbprint', async () => {
      await expect(
        asAdmin.registerKey(
          HUNAN_HOUSING,
          RFC8037_KID,
          KeyAlgorithm.ES256,
          now,
          KEY_TIME_NEVER,
          bytesOf(jwk),
        ),
      )
        .to.be.revertedWithCustomError(ledger, 'KeyThumbprintMismatch')
        .withArgs(RFC8037_KID, kid)
    })

    it('is refused when the JWK is not the canonical JSON of a key of the algorithm', async () => {
      const { x, y } = JSON.parse(jwk) as { x: string; y: string }
      const off = (coordinate: string, last: string): string => coordinate.slice(0, -1) + last
      const cases: [string, bigint, string][] = [
        ['empty', KeyAlgorithm.ES256, ''],
        ['no algorithm', KeyAlgorithm.None, jwk],
        ['key of another algorithm', KeyAlgorithm.EdDSA, jwk],
        ['curve of another algorithm', KeyAlgorithm.SM2, jwk],
        ['an optional member', KeyAlgorithm.ES256, jwk.replace('}', ',"use":"sig"}')],
        ['white space', KeyAlgorithm.ES256, jwk.replace(',', ', ')],
        ['white space after', KeyAlgorithm.ES256, `${jwk}\n`],
        ['members out of order', KeyAlgorithm.ES256, JSON.stringify({ kty: 'EC', crv: 'P-256', x, y })],
        ['a private key', KeyAlgorithm.ES256, jwk.replace('"kty"', '"d":"AA","kty"')],
        ['a short coordinate', KeyAlgorithm.ES256, jwk.replace(x, x.slice(1))],
        ['a padded coordinate', KeyAlgorithm.ES256, jwk.replace(x, `${x}=`)],
        ['padding in place of a character', KeyAlgorithm.ES256, jwk.replace(x, off(x, '='))],
        ['plain base64', KeyAlgorithm.ES256, jwk.replace(x, `+${x.slice(1)}`)],
        ['a quote inside a coordinate', KeyAlgorithm.ES256, jwk.replace(y, `"${y.slice(1)}`)],
        ['stray bits at the end of x', KeyAlgorithm.ES256, jwk.replace(x, off(x, 'B'))],
        ['a stray bit before the last of x', KeyAlgorithm.ES256, jwk.replace(x, off(x, 'C'))],
        ['stray bits at the end of y', KeyAlgorithm.ES256, jwk.replace(y, off(y, '_'))],
        ['stray bits at the end of an Ed25519 key', KeyAlgorithm.EdDSA, RFC8037_JWK.replace('URo', 'URp')],
        ['a longer key', KeyAlgorithm.EdDSA, RFC8037_JWK.replace('"}', 'A"}')],
      ]
      for (const [what, algorithm, json] of cases) {
        await expect(
          asAdmin.registerKey(HUNAN_HOUSING, kidOf(json), algorithm, now, KEY_TIME_NEVER, bytesOf(json)),
          what,
        )
          .to.be.revertedWithCustomError(ledger, 'KeyJwkNotCanonical')
          .withArgs(kidOf(json), algorithm)
      }
    })
  })

  describe('end of validity', () => {
    beforeEach(async () => {
      await register(now, now + 86_400)
    })

    it('may be brought forward, down to the time of the block', async () => {
      await expect(asAdmin.endKey(kid, now + 3600))
        .to.emit(ledger, 'KeyEnded')
        .withArgs(kid, now + 3600)
      expect((await ledger.key(kid)).validUntil).to.equal(BigInt(now + 3600))
      await chain.time.setNextBlockTimestamp(now + 100)
      await asAdmin.endKey(kid, now + 100)
      expect((await ledger.key(kid)).validUntil).to.equal(BigInt(now + 100))
    })

    it('is never extended nor repeated', async () => {
      for (const requested of [now + 86_400, now + 86_401, Number(KEY_TIME_NEVER)]) {
        await expect(asAdmin.endKey(kid, requested))
          .to.be.revertedWithCustomError(ledger, 'KeyValidUntilNotEarlier')
          .withArgs(kid, now + 86_400, requested)
      }
    })

    it('is not moved into the past', async () => {
      await chain.time.setNextBlockTimestamp(now + 100)
      await expect(asAdmin.endKey(kid, now + 99))
        .to.be.revertedWithCustomError(ledger, 'KeyValidUntilInPast')
        .withArgs(kid, now + 99, now + 100)
    })

    it('is moved by the admin of the region alone, also for a suspended agency', async () => {
      for (const caller of [fixture.operator, fixture.guangdongAdmin, fixture.council, fixture.stranger]) {
        await expect(ledger.connect(caller).endKey(kid, now + 3600))
          .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
          .withArgs(HUNAN, caller.address)
      }
      await asAdmin.suspendAgency(HUNAN_HOUSING)
      await asAdmin.endKey(kid, now + 3600)
      expect((await ledger.agency(HUNAN_HOUSING)).status).to.equal(AgencyStatus.Suspended)
    })

    it('is refused for an unknown key', async () => {
      await expect(asAdmin.endKey(RFC8037_KID, now + 3600))
        .to.be.revertedWithCustomError(ledger, 'KeyUnknown')
        .withArgs(RFC8037_KID)
    })
  })

  describe('compromise', () => {
    beforeEach(async () => {
      await register()
    })

    it('is recorded, and may only move earlier', async () => {
      await expect(asAdmin.reportKeyCompromised(kid, now))
        .to.emit(ledger, 'KeyCompromised')
        .withArgs(kid, now)
      expect((await ledger.key(kid)).compromisedFrom).to.equal(BigInt(now))
      await asAdmin.reportKeyCompromised(kid, now - 1)
      for (const requested of [now - 1, now]) {
        await expect(asAdmin.reportKeyCompromised(kid, requested))
          .to.be.revertedWithCustomError(ledger, 'KeyCompromisedFromNotEarlier')
          .withArgs(kid, now - 1, requested)
      }
      await asAdmin.reportKeyCompromised(kid, 0)
      expect((await ledger.key(kid)).compromisedFrom).to.equal(0n)
      expect((await ledger.key(kid)).algorithm).to.equal(KeyAlgorithm.ES256)
    })

    it('is not reported ahead', async () => {
      await chain.time.setNextBlockTimestamp(now + 100)
      await expect(asAdmin.reportKeyCompromised(kid, now + 101))
        .to.be.revertedWithCustomError(ledger, 'KeyCompromisedFromInFuture')
        .withArgs(kid, now + 101, now + 100)
      await expect(asAdmin.reportKeyCompromised(kid, KEY_TIME_NEVER)).to.be.revertedWithCustomError(
        ledger,
        'KeyCompromisedFromNotEarlier',
      )
    })

    it('is reported by the admin of the region alone, also for a retired agency', async () => {
      for (const caller of [fixture.operator, fixture.guangdongAdmin, fixture.council, fixture.stranger]) {
        await expect(ledger.connect(caller).reportKeyCompromised(kid, now))
          .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
          .withArgs(HUNAN, caller.address)
      }
      await asAdmin.retireAgency(HUNAN_HOUSING)
      await expect(asAdmin.reportKeyCompromised(kid, now)).to.emit(ledger, 'KeyCompromised')
    })

    it('is refused for an unknown key and in a region that is not active', async () => {
      await expect(asAdmin.reportKeyCompromised(RFC8037_KID, now))
        .to.be.revertedWithCustomError(ledger, 'KeyUnknown')
        .withArgs(RFC8037_KID)
      await ledger.suspendRegion(HUNAN)
      await expect(asAdmin.reportKeyCompromised(kid, now))
        .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
        .withArgs(HUNAN)
    })
  })
})
