import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  byTwoKeys,
  CHANGSHA,
  DAY,
  deployBranch,
  expectRefusal,
  FURONG,
  FURONG_BUREAU,
  FURONG_OFFICE,
  NO_AGENCY,
} from './branch-fixture.ts'
import {
  blockTime,
  chain,
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

/** RFC 7638: the SHA-256 of the required members, in the order of their names. */
function thumbprint(jwk: JsonWebKey): string {
  const required = jwk.kty === 'OKP' ? ['crv', 'kty', 'x'] : ['crv', 'kty', 'x', 'y']
  return `0x${createHash('sha256').update(JSON.stringify(jwk, required)).digest('hex')}`
}
const coordinate = (text: string | undefined): string =>
  text === undefined ? ethers.ZeroHash : ethers.hexlify(Buffer.from(text, 'base64url'))

/** The key of RFC 8037 appendix A.2 and its thumbprint of appendix A.3. */
const RFC8037_JWK = { crv: 'Ed25519', kty: 'OKP', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
const RFC8037_KID = `0x${Buffer.from('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', 'base64url').toString('hex')}`

describe('Keys', () => {
  let branch: Branch
  let ledger: Ledger
  let asAdmin: Ledger
  let now: number
  const jwk = p256Jwk()
  const kid = thumbprint(jwk)
  const [x, y] = [coordinate(jwk.x), coordinate(jwk.y)]
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    asAdmin = ledger.connect(branch.furongAdmin)
    // The node's clock runs on while keys are made: what follows happens at times this test states.
    now = (await blockTime()) + 1000
    await chain.time.increaseTo(now)
  })

  const register = (from: number | bigint = now, until: number | bigint = KEY_TIME_NEVER) =>
    asAdmin.registerKey(FURONG_BUREAU, KeyAlgorithm.ES256, x, y, from, until)
  const compromisedFrom = async (): Promise<bigint> => (await ledger.key(FURONG_BUREAU, kid)).compromisedFrom

  describe('registration', () => {
    it('knows nothing of a key never registered', async () => {
      expect((await ledger.key(FURONG_BUREAU, kid)).algorithm).to.equal(KeyAlgorithm.None)
    })

    it('keeps the algorithm, the interval and the public key under its thumbprint', async () => {
      await expect(register(now, now + DAY))
        .to.emit(ledger, 'KeyRegistered')
        .withArgs(kid, FURONG_BUREAU, KeyAlgorithm.ES256, x, y, now, now + DAY)
      const key = await ledger.key(FURONG_BUREAU, kid)
      expect([key.algorithm, key.validFrom, key.validUntil, key.compromisedFrom, key.x, key.y]).to.deep.equal(
        [KeyAlgorithm.ES256, BigInt(now), BigInt(now + DAY), KEY_TIME_NEVER, x, y],
      )
    })

    it('takes the RFC 8037 example under the thumbprint of that RFC', async () => {
      const point = coordinate(RFC8037_JWK.x)
      await asAdmin.registerKey(
        FURONG_BUREAU,
        KeyAlgorithm.EdDSA,
        point,
        ethers.ZeroHash,
        now,
        KEY_TIME_NEVER,
      )
      expect((await ledger.key(FURONG_BUREAU, RFC8037_KID)).x).to.equal(point)
      expect(thumbprint(RFC8037_JWK)).to.equal(RFC8037_KID)
    })

    it('names keys of every algorithm as RFC 7638 does', async () => {
      for (let i = 0; i < 10; i++) {
        const keys: [bigint, JsonWebKey][] = [
          [KeyAlgorithm.ES256, p256Jwk()],
          [KeyAlgorithm.EdDSA, ed25519Jwk()],
          [KeyAlgorithm.SM2, { ...p256Jwk(), crv: 'SM2' }],
        ]
        for (const [algorithm, one] of keys) {
          const [first, second] = [coordinate(one.x), coordinate(one.y)]
          await asAdmin.registerKey(FURONG_BUREAU, algorithm, first, second, now, KEY_TIME_NEVER)
          expect((await ledger.key(FURONG_BUREAU, thumbprint(one))).algorithm).to.equal(algorithm)
        }
      }
    })

    it('tells the curves apart: one point is two keys on two of them', async () => {
      await register()
      await asAdmin.registerKey(FURONG_BUREAU, KeyAlgorithm.SM2, x, y, now, KEY_TIME_NEVER)
      expect((await ledger.key(FURONG_BUREAU, thumbprint({ ...jwk, crv: 'SM2' }))).algorithm).to.equal(
        KeyAlgorithm.SM2,
      )
    })

    it('is refused without an algorithm, without a coordinate, and with one too many', async () => {
      const zero = ethers.ZeroHash
      const cases: [bigint, string, string][] = [
        [KeyAlgorithm.None, x, y],
        [KeyAlgorithm.None, zero, zero],
        [KeyAlgorithm.ES256, zero, y],
        [KeyAlgorithm.ES256, x, zero],
        [KeyAlgorithm.SM2, zero, y],
        [KeyAlgorithm.SM2, x, zero],
        [KeyAlgorithm.EdDSA, zero, zero],
        [KeyAlgorithm.EdDSA, x, y],
      ]
      for (const [algorithm, first, second] of cases) {
        const attempt = asAdmin.registerKey(FURONG_BUREAU, algorithm, first, second, now, KEY_TIME_NEVER)
        await refused(attempt, 'KeyCoordinatesInvalid', algorithm, first, second)
      }
    })

    it('is refused to everyone but the admin of the region, the operator and those above included', async () => {
      for (const caller of [branch.furongOperator, branch.changshaAdmin, branch.council, branch.superior]) {
        const attempt = ledger
          .connect(caller)
          .registerKey(FURONG_BUREAU, KeyAlgorithm.ES256, x, y, now, KEY_TIME_NEVER)
        await refused(attempt, 'CallerNotRegionAdmin', FURONG, caller.address)
      }
    })

    it('is refused for an agency that is unknown or not active and in a region that is not active', async () => {
      const unknown = asAdmin.registerKey(HOUSING_MINISTRY, KeyAlgorithm.ES256, x, y, now, KEY_TIME_NEVER)
      await refused(unknown, 'AgencyUnknown', HOUSING_MINISTRY)
      await ledger.suspendRegion(HUNAN)
      await refused(register(), 'RegionNotActive', HUNAN)
      await ledger.resumeRegion(HUNAN)
      await asAdmin.suspendAgency(FURONG_BUREAU)
      await refused(register(), 'AgencyNotActive', FURONG_BUREAU)
    })

    it('is refused a second time, also after a compromise', async () => {
      await register()
      await refused(register(), 'KeyAlreadyRegistered', FURONG_BUREAU, kid)
      await asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, now)
      await refused(register(), 'KeyAlreadyRegistered', FURONG_BUREAU, kid)
    })

    it('is refused with an empty interval or one that lies in the past', async () => {
      await refused(register(now + 100, now + 100), 'KeyIntervalEmpty', kid, now + 100, now + 100)
      await refused(register(now + 101, now + 100), 'KeyIntervalEmpty', kid, now + 101, now + 100)
      await chain.time.setNextBlockTimestamp(now + 100)
      await refused(register(now, now + 99), 'KeyValidUntilInPast', kid, now + 99, now + 100)
    })

    it('finding 9: occupies nobody else’s: another agency registers, ends and loses the same key for itself', async () => {
      const asHunan = ledger.connect(branch.hunanAdmin)
      await asHunan.registerKey(HUNAN_HOUSING, KeyAlgorithm.ES256, x, y, now, KEY_TIME_NEVER)
      await asHunan.reportKeyCompromised(HUNAN_HOUSING, kid, 0)
      await register()
      expect(await compromisedFrom()).to.equal(KEY_TIME_NEVER)
      await refused(asAdmin.endKey(FURONG_OFFICE, kid, now + DAY), 'KeyUnknown', FURONG_OFFICE, kid)
      await refused(
        asHunan.reportKeyCompromised(FURONG_BUREAU, kid, now),
        'CallerNotRegionAdmin',
        FURONG,
        branch.hunanAdmin.address,
      )
    })
  })

  describe('end of validity', () => {
    beforeEach(async () => {
      await register(now, now + 10 * DAY)
    })

    it('is brought forward, never back, at the earliest to now', async () => {
      await expect(asAdmin.endKey(FURONG_BUREAU, kid, now + DAY))
        .to.emit(ledger, 'KeyEnded')
        .withArgs(kid, FURONG_BUREAU, now + DAY)
      for (const requested of [now + DAY, now + 2 * DAY])
        await refused(
          asAdmin.endKey(FURONG_BUREAU, kid, requested),
          'KeyValidUntilNotEarlier',
          kid,
          now + DAY,
          requested,
        )
      await chain.time.setNextBlockTimestamp(now + 100)
      await expect(asAdmin.endKey(FURONG_BUREAU, kid, now + 99))
        .to.emit(ledger, 'KeyEnded')
        .withArgs(kid, FURONG_BUREAU, now + 100)
      expect((await ledger.key(FURONG_BUREAU, kid)).validUntil).to.equal(BigInt(now + 100))
    })

    it('is for the admin of the region alone, also for an agency that is suspended', async () => {
      for (const caller of [branch.furongOperator, branch.changshaAdmin, branch.superior]) {
        const end = ledger.connect(caller).endKey(FURONG_BUREAU, kid, now + DAY)
        await refused(end, 'CallerNotRegionAdmin', FURONG, caller.address)
      }
      await asAdmin.suspendAgency(FURONG_BUREAU)
      await asAdmin.endKey(FURONG_BUREAU, kid, now + DAY)
    })
  })

  describe('compromise', () => {
    beforeEach(async () => {
      await register()
    })

    it('is reported by one key, at once, and by one key only moves earlier', async () => {
      await expect(asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, now))
        .to.emit(ledger, 'KeyCompromised')
        .withArgs(kid, FURONG_BUREAU, now)
      await asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, now - 1)
      for (const requested of [BigInt(now - 1), BigInt(now), KEY_TIME_NEVER])
        await refused(
          asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, requested),
          'KeyCompromisedFromNotEarlier',
          kid,
          now - 1,
          requested,
        )
    })

    it('is not reported ahead, for an unknown key, by others, or in a region that is not active', async () => {
      await chain.time.setNextBlockTimestamp(now + 100)
      const ahead = asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, now + 101)
      await refused(ahead, 'KeyCompromisedFromInFuture', kid, now + 101, now + 100)
      const unknown = asAdmin.reportKeyCompromised(FURONG_BUREAU, RFC8037_KID, now)
      await refused(unknown, 'KeyUnknown', FURONG_BUREAU, RFC8037_KID)
      for (const caller of [branch.furongOperator, branch.changshaAdmin, branch.council, branch.superior]) {
        const report = ledger.connect(caller).reportKeyCompromised(FURONG_BUREAU, kid, now)
        await refused(report, 'CallerNotRegionAdmin', FURONG, caller.address)
      }
      await ledger.suspendRegion(HUNAN)
      await refused(asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, now), 'RegionNotActive', HUNAN)
    })

    it('finding 6: of every signature ever made is undone by two keys, and by neither alone', async () => {
      await asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, 0)
      const withdraw = (as: Ledger) => as.narrowKeyCompromise(FURONG_BUREAU, kid, KEY_TIME_NEVER)
      await refused(
        withdraw(ledger.connect(branch.changshaAdmin)),
        'CallerNotRegionAdmin',
        FURONG,
        branch.changshaAdmin.address,
      )
      await withdraw(asAdmin)
      await refused(withdraw(asAdmin), 'CallerNotSuperior', CHANGSHA, branch.furongAdmin.address)
      expect(await compromisedFrom()).to.equal(0n)
      await expect(withdraw(ledger.connect(branch.changshaAdmin)))
        .to.emit(ledger, 'KeyCompromiseNarrowed')
        .withArgs(kid, FURONG_BUREAU, KEY_TIME_NEVER)
      expect(await compromisedFrom()).to.equal(KEY_TIME_NEVER)
    })

    it('finding 6: is undone by the admin’s successor in office, whatever the thief had proposed before', async () => {
      await asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, 0)
      const withdraw = (as: Ledger) => as.narrowKeyCompromise(FURONG_BUREAU, kid, KEY_TIME_NEVER)
      await withdraw(asAdmin)
      const [rightful] = branch.spare
      await ledger.connect(branch.changshaAdmin).nominateRegionAdmin(FURONG, rightful.address)
      await ledger.connect(rightful).acceptRegionAdmin(FURONG)
      await chain.time.increase(7 * DAY)
      await byTwoKeys(branch, withdraw, rightful, branch.changshaAdmin)
      expect(await compromisedFrom()).to.equal(KEY_TIME_NEVER)
    })

    it('is narrowed to a later time by two keys, never to an earlier or the same', async () => {
      await asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, now - 100)
      for (const requested of [now - 101, now - 100])
        await refused(
          asAdmin.narrowKeyCompromise(FURONG_BUREAU, kid, requested),
          'KeyCompromisedFromNotLater',
          kid,
          now - 100,
          requested,
        )
      await refused(
        asAdmin.narrowKeyCompromise(FURONG_BUREAU, RFC8037_KID, now),
        'KeyUnknown',
        FURONG_BUREAU,
        RFC8037_KID,
      )
      const narrow = (as: Ledger) => as.narrowKeyCompromise(FURONG_BUREAU, kid, now - 50)
      await byTwoKeys(branch, narrow, branch.furongAdmin, branch.changshaAdmin)
      expect(await compromisedFrom()).to.equal(BigInt(now - 50))
    })

    it('is narrowed to no time ahead, but for the withdrawal of the whole', async () => {
      await asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, 0)
      const ahead = (await blockTime()) + 1000
      for (const requested of [BigInt(ahead), BigInt(KEY_TIME_NEVER) - 1n])
        await expect(asAdmin.narrowKeyCompromise(FURONG_BUREAU, kid, requested))
          .to.be.revertedWithCustomError(ledger, 'KeyCompromisedFromInFuture')
          .withArgs(kid, requested, (await blockTime()) + 1)
      await expect(asAdmin.narrowKeyCompromise(FURONG_BUREAU, kid, await blockTime())).to.emit(
        ledger,
        'Proposed',
      )
    })

    it('of a retired agency is reported by who governs what its region left', async () => {
      for (const agency of [FURONG_BUREAU, FURONG_OFFICE])
        await byTwoKeys(
          branch,
          (as) => as.retireAgency(agency, NO_AGENCY),
          branch.furongAdmin,
          branch.changshaAdmin,
        )
      await byTwoKeys(branch, (as) => as.retireRegion(430102001, 0), branch.streetAdmin, branch.furongAdmin)
      await asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, now)
      await byTwoKeys(branch, (as) => as.retireRegion(FURONG, 0), branch.furongAdmin, branch.changshaAdmin)
      await refused(
        asAdmin.reportKeyCompromised(FURONG_BUREAU, kid, 5),
        'CallerNotRegionAdmin',
        CHANGSHA,
        branch.furongAdmin.address,
      )
      await ledger.connect(branch.changshaAdmin).reportKeyCompromised(FURONG_BUREAU, kid, 5)
      const withdraw = (as: Ledger) => as.narrowKeyCompromise(FURONG_BUREAU, kid, KEY_TIME_NEVER)
      await byTwoKeys(branch, withdraw, branch.changshaAdmin, branch.hunanAdmin)
    })
  })
})
