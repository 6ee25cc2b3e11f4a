/** Each function of an administrator, carried out once and refused once, on a real chain process. */
import type { Administration, Agreement } from '@hefu/ledger'
import { type Hex, LICENCE_TYPES, parsePublicJwk, suite, thumbprint } from '@hefu/protocol'
import { expect } from 'chai'
import { Contract, ContractFactory, id, Wallet } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { ACCESS_MANAGER, COUNCIL } from '../../../scripts/deploy/deployment-plan.ts'
import { takeSeat } from '../../../scripts/deploy/take-seat.ts'
import { readOrCreateAccount, readOrCreatePassphrase } from '../../../scripts/sandbox/accounts.ts'
import {
  type AdministeredSandbox,
  CITY,
  COUNTY,
  createAdministeredSandbox,
  DAY,
  done,
  named,
  passTime,
  refusalOf,
  rootOf,
  type SpareAccount,
  usccOf,
} from './fixtures/administered-sandbox.ts'

const HUNAN = '430000'
const GUANGDONG = '440000'
const TEACHER = LICENCE_TYPES.find(({ slug }) => slug === 'teacher')?.code ?? ''
const NEW_TYPE = '11100000000013338W098'
const ITEM = '440100-0001'
const OPEN = { from: 0, until: null }
const APPROVAL = { number: '粤政批〔2026〕3号', documentDigest: `0x${'d1'.repeat(32)}` } as const
const TYPE = {
  code: NEW_TYPE,
  schemaDigest: `0x${'ab'.repeat(32)}`,
  holders: 'person',
  validityMonths: 36,
  reviewMonths: null,
} as const

/** What is carried out, and what is refused with which error. */
interface Case {
  readonly does: () => Promise<unknown>
  readonly refuses: () => Promise<unknown>
  readonly as: string
}

describe('Administration', function () {
  this.timeout(120_000)
  let world: AdministeredSandbox
  let council: Administration
  let hunan: Administration
  let guangdong: Administration
  let city: Administration
  let county: Administration
  let stranger: SpareAccount
  let candidate: SpareAccount
  let kid: Hex

  before(async () => {
    world = await createAdministeredSandbox()
    council = world.councilAdministration
    hunan = world.regionAdministration
    guangdong = world.administrationOf(GUANGDONG)
    city = world.cityAdmin.administration
    county = world.countyAdmin.administration
    stranger = await world.createAccount()
    candidate = await world.createAccount()
  })
  after(() => world?.stop())

  const ask = (name: string, ...args: readonly unknown[]) => world.ledger.getFunction(name)(...args)
  const bytesOf = (text: string): Hex => `0x${Buffer.from(text).toString('hex')}`
  const statusOfRegion = async (code: string): Promise<number> => Number((await ask('region', code)).status)
  const statusOfAgency = async (uscc: string): Promise<number> =>
    Number((await ask('agency', bytesOf(uscc))).status)
  const inSeconds = async (seconds: number): Promise<number> => (await world.blockTime()) + seconds

  /** Proposed by the first, which changes nothing, and carried out by the second. */
  async function byBoth(first: () => Promise<Agreement>, second: () => Promise<Agreement>): Promise<void> {
    expect((await first()).outcome).to.equal('proposed')
    expect((await second()).outcome).to.equal('carried-out')
  }

  /** In this order: later ones stand on what earlier ones did. The type holds that none is left out. */
  const cases: Readonly<Record<Exclude<keyof Administration, 'address'>, Case>> = {
    admitRegion: {
      does: async () => {
        await council.admitRegion('220000', stranger.address, named('吉林省'))
        expect(await statusOfRegion('220000')).to.equal(1)
      },
      refuses: () => hunan.admitRegion('220000', stranger.address, named('吉林省')),
      as: 'AccessManagedUnauthorized',
    },
    registerLicenceType: {
      does: () => council.registerLicenceType(TYPE),
      refuses: () => council.registerLicenceType(TYPE),
      as: 'LicenceTypeAlreadyRegistered',
    },
    amendLicenceType: {
      does: () => council.amendLicenceType({ ...TYPE, validityMonths: null }),
      refuses: () => council.amendLicenceType({ ...TYPE, code: '11100000000013338W097' }),
      as: 'LicenceTypeNotActive',
    },
    registerServiceItem: {
      does: () => council.registerServiceItem(ITEM, [{ licenceType: NEW_TYPE, fields: ['b', 'a', 'b'] }]),
      refuses: () => council.registerServiceItem('440100-0002', []),
      as: 'ServiceItemDemandsEmpty',
    },
    amendServiceItem: {
      does: () => council.amendServiceItem(ITEM, [{ licenceType: NEW_TYPE, fields: ['c'] }]),
      refuses: () => council.amendServiceItem('440100-0002', [{ licenceType: NEW_TYPE, fields: ['c'] }]),
      as: 'ServiceItemNotActive',
    },
    retireServiceItem: {
      does: () => council.retireServiceItem(ITEM),
      refuses: () => council.retireServiceItem(ITEM),
      as: 'ServiceItemNotActive',
    },
    setBaseline: {
      does: () => council.setBaseline(NEW_TYPE, OPEN),
      refuses: () => council.setBaseline(NEW_TYPE, OPEN),
      as: 'TermOverlaps',
    },
    endBaseline: {
      does: async () => council.endBaseline(NEW_TYPE, await inSeconds(1000)),
      refuses: async () => council.endBaseline(NEW_TYPE, await inSeconds(2000)),
      as: 'TermEndUnlawful',
    },
    renameRegion: {
      does: async () => {
        await council.renameRegion('220000', named('吉林'))
        expect(await ask('regionNameAt', '220000', await world.blockTime())).to.equal('吉林\n\n')
      },
      refuses: () => hunan.renameRegion('220000', named('湘')),
      as: 'AccessManagedUnauthorized',
    },
    suspendRegion: {
      does: async () => {
        await hunan.suspendRegion(CITY)
        expect(await statusOfRegion(CITY)).to.equal(2)
      },
      refuses: () => hunan.suspendRegion(CITY),
      as: 'RegionNotActive',
    },
    resumeRegion: {
      does: () => hunan.resumeRegion(CITY),
      refuses: () => hunan.resumeRegion(CITY),
      as: 'RegionNotSuspended',
    },
    closeRegion: {
      does: async () => {
        await hunan.closeRegion(CITY)
        expect(await statusOfRegion(CITY)).to.equal(4)
      },
      refuses: () => city.closeRegion(CITY),
      as: 'CallerNotRegionAdmin',
    },
    reopenRegion: {
      does: () => hunan.reopenRegion(CITY),
      refuses: () => hunan.reopenRegion(CITY),
      as: 'RegionNotClosed',
    },
    moveRegion: {
      does: async () => {
        await hunan.moveRegion(COUNTY, HUNAN)
        expect((await ask('region', COUNTY)).parent).to.equal(BigInt(HUNAN))
      },
      refuses: () => city.moveRegion(COUNTY, CITY),
      as: 'CallerNotSuperior',
    },
    delegateType: {
      does: () => hunan.delegateType(CITY, TEACHER, OPEN),
      refuses: () => city.delegateType(CITY, NEW_TYPE, OPEN),
      as: 'CallerNotRegionAdmin',
    },
    endTypeDelegation: {
      does: async () => hunan.endTypeDelegation(CITY, TEACHER, await inSeconds(1000)),
      refuses: async () => hunan.endTypeDelegation(CITY, TEACHER, await inSeconds(2000)),
      as: 'TermEndUnlawful',
    },
    accreditRegion: {
      does: async () => {
        await city.accreditRegion('430103', CITY, candidate.address, named('天心区'))
        expect(await statusOfRegion('430103')).to.equal(1)
      },
      refuses: () => city.accreditRegion('440103', CITY, candidate.address, named('荔湾区')),
      as: 'RegionNotPartOf',
    },
    nominateRegionAdmin: {
      does: async () => {
        // In the second of the accreditation the nomination would count as overtaken by it.
        await passTime(world.chain.rpcUrl, 2)
        await city.nominateRegionAdmin('430103', stranger.address)
      },
      refuses: () => guangdong.nominateRegionAdmin('430103', stranger.address),
      as: 'CallerNotRegionAdmin',
    },
    acceptRegionAdmin: {
      does: async () => {
        await stranger.administration.acceptRegionAdmin('430103')
        expect((await ask('region', '430103')).admin.toLowerCase()).to.equal(stranger.address)
      },
      refuses: () => candidate.administration.acceptRegionAdmin('430103'),
      as: 'CallerNotNominated',
    },
    returnRegion: {
      does: async () => {
        await hunan.returnRegion('430103')
        expect((await ask('region', '430103')).admin.toLowerCase()).to.equal(candidate.address)
      },
      refuses: () => guangdong.returnRegion('430103'),
      as: 'CallerNotSuperior',
    },
    resignRegion: {
      does: async () => {
        await candidate.administration.resignRegion('430103')
        expect((await ask('region', '430103')).admin).to.match(/^0x0+$/)
      },
      refuses: () => stranger.administration.resignRegion('430103'),
      as: 'CallerNotRegionAdmin',
    },
    acceptRegionSuccession: {
      does: () => city.acceptRegionSuccession(COUNTY, CITY),
      refuses: () => hunan.acceptRegionSuccession(COUNTY, CITY),
      as: 'CallerNotRegionAdmin',
    },
    retireRegion: {
      does: async () => {
        await byBoth(
          () => county.retireRegion(COUNTY, CITY),
          () => hunan.retireRegion(COUNTY, CITY),
        )
        expect(await ask('regionSuccessorOf', COUNTY)).to.equal(BigInt(CITY))
      },
      refuses: () => county.retireRegion(COUNTY, null),
      as: 'RegionNotRetirable',
    },
    reinstateRegion: {
      does: () =>
        byBoth(
          () => county.reinstateRegion(COUNTY),
          () => hunan.reinstateRegion(COUNTY),
        ),
      refuses: () => county.reinstateRegion(COUNTY),
      as: 'RegionNotRetired',
    },
    accreditAgency: {
      does: async () => {
        const { address } = await world.createAccount()
        const own = await hunan.accreditAgency(usccOf(HUNAN, '301'), HUNAN, address, named('湖南样例甲局'))
        expect(own.outcome).to.equal('carried-out')
        const branch = [usccOf('100000', '302'), HUNAN, address, named('部属样例局')] as const
        await byBoth(
          () => hunan.accreditAgency(...branch),
          () => council.accreditAgency(...branch),
        )
        expect(await statusOfAgency(branch[0])).to.equal(1)
      },
      refuses: () => hunan.accreditAgency('1143000000000301XX', HUNAN, stranger.address, named('误')),
      as: 'AgencyUsccInvalid',
    },
    renameAgency: {
      does: () => hunan.renameAgency(world.bureau.agency, named('湖南样例乙局')),
      refuses: () => guangdong.renameAgency(world.bureau.agency, named('粤')),
      as: 'CallerNotRegionAdmin',
    },
    suspendAgency: {
      does: () => hunan.suspendAgency(world.bureau.agency),
      refuses: () => hunan.suspendAgency(world.bureau.agency),
      as: 'AgencyNotActive',
    },
    resumeAgency: {
      does: () => hunan.resumeAgency(world.bureau.agency),
      refuses: () => hunan.resumeAgency(world.bureau.agency),
      as: 'AgencyNotSuspended',
    },
    nominateOperator: {
      does: async () => {
        await hunan.nominateOperator(world.bureau.agency, stranger.address)
        await hunan.nominateOperator(world.bureau.agency, null)
        expect((await ask('nominatedOperator', bytesOf(world.bureau.agency))).candidate).to.match(/^0x0+$/)
      },
      refuses: () => city.nominateOperator(world.bureau.agency, stranger.address),
      as: 'CallerNotRegionAdmin',
    },
    returnAgency: {
      does: async () => {
        const { agency } = world.bureau
        const { operator } = await ask('agency', bytesOf(agency))
        const next = await world.createAccount()
        await hunan.nominateOperator(agency, next.address)
        await next.operator.confirm(await next.operator.submitAcceptance(agency))
        await hunan.returnAgency(agency)
        expect((await ask('agency', bytesOf(agency))).operator).to.equal(operator)
      },
      refuses: () => hunan.returnAgency(usccOf(HUNAN, '301')),
      as: 'OfficeNotLeft',
    },
    moveAgency: {
      does: async () => {
        await hunan.moveAgency(usccOf(HUNAN, '301'), CITY)
        expect((await ask('agency', bytesOf(usccOf(HUNAN, '301')))).region).to.equal(BigInt(CITY))
      },
      refuses: () => city.moveAgency(usccOf(HUNAN, '301'), HUNAN),
      as: 'CallerNotSuperior',
    },
    assignResponsibility: {
      does: () => hunan.assignResponsibility(world.bureau.agency, NEW_TYPE, OPEN),
      refuses: () => hunan.assignResponsibility(world.bureau.agency, NEW_TYPE, OPEN),
      as: 'TermOverlaps',
    },
    endResponsibility: {
      does: async () => hunan.endResponsibility(world.bureau.agency, NEW_TYPE, await inSeconds(1000)),
      refuses: async () => hunan.endResponsibility(world.bureau.agency, NEW_TYPE, await inSeconds(2000)),
      as: 'TermEndUnlawful',
    },
    registerKey: {
      does: async () => {
        const { d: _, ...jwk } = await suite.generateKey('SM2')
        const publicJwk = parsePublicJwk(jwk, 'publicJwk')
        kid = `0x${Buffer.from(thumbprint(publicJwk, suite), 'base64url').toString('hex')}`
        const { agency } = world.bureau
        await hunan.registerKey({ agency, publicJwk, validFrom: 1000, validUntil: null })
        expect((await ask('key', bytesOf(agency), kid)).validFrom).to.equal(1000n)
      },
      refuses: async () => {
        const { d: _, ...jwk } = await suite.generateKey('EdDSA')
        const publicJwk = parsePublicJwk(jwk, 'publicJwk')
        const { agency } = world.bureau
        return hunan.registerKey({ agency, publicJwk, validFrom: 2000, validUntil: 1000 })
      },
      as: 'KeyIntervalEmpty',
    },
    endKey: {
      does: async () => hunan.endKey(world.bureau.agency, kid, await inSeconds(1000)),
      refuses: async () => hunan.endKey(world.bureau.agency, kid, await inSeconds(2000)),
      as: 'KeyValidUntilNotEarlier',
    },
    reportKeyCompromised: {
      does: () => hunan.reportKeyCompromised(world.bureau.agency, kid, 5000),
      refuses: () => hunan.reportKeyCompromised(world.bureau.agency, kid, 6000),
      as: 'KeyCompromisedFromNotEarlier',
    },
    narrowKeyCompromise: {
      does: async () => {
        await byBoth(
          () => hunan.narrowKeyCompromise(world.bureau.agency, kid, null),
          () => council.narrowKeyCompromise(world.bureau.agency, kid, null),
        )
        const { compromisedFrom } = await ask('key', bytesOf(world.bureau.agency), kid)
        expect(compromisedFrom).to.equal(2n ** 40n - 1n)
      },
      refuses: () => hunan.narrowKeyCompromise(world.bureau.agency, kid, 7000),
      as: 'KeyCompromisedFromNotLater',
    },
    pauseAgency: {
      does: async () => {
        await council.pauseAgency(world.bureau.agency)
        expect(await statusOfAgency(world.bureau.agency)).to.equal(4)
      },
      refuses: () => hunan.pauseAgency(world.bureau.agency),
      as: 'AccessManagedUnauthorized',
    },
    unpauseAgency: {
      does: async () => {
        await council.unpauseAgency(world.bureau.agency)
        await hunan.resumeAgency(world.bureau.agency)
      },
      refuses: () => council.unpauseAgency(world.bureau.agency),
      as: 'AgencyNotPaused',
    },
    retireAgency: {
      does: async () => {
        await byBoth(
          () => hunan.retireAgency(world.bureau.agency, null),
          () => council.retireAgency(world.bureau.agency, null),
        )
        expect(await statusOfAgency(world.bureau.agency)).to.equal(3)
      },
      refuses: () => hunan.retireAgency(world.bureau.agency, null),
      as: 'AgencyAlreadyRetired',
    },
    // Of a retired agency without a successor: the province's admin is the custodian.
    act: {
      does: async () => {
        const decision = await world.decided('湘决〔2026〕1号')
        await hunan.act(world.bureau.agency, { ...decision, act: 'suspend', indices: [0] })
        await council.act(world.bureau.agency, { ...decision, act: 'annul', indices: [2] })
        expect(await ask('statusOf', bytesOf(world.bureau.agency), 2)).to.equal(6n)
      },
      refuses: async () => {
        const decision = await world.decided('湘决〔2026〕2号')
        return council.act(world.bureau.agency, { ...decision, act: 'suspend', indices: [1] })
      },
      as: 'CallerNotOperator',
    },
    note: {
      does: async () =>
        hunan.note(world.bureau.agency, { ...(await world.decided('查封1')), code: 0, indices: [1] }),
      refuses: async () =>
        hunan.note(world.bureau.agency, { ...(await world.decided('查封1')), code: 112, indices: [1] }),
      as: 'NoticeCodeUnknown',
    },
    liftNotice: {
      does: async () =>
        hunan.liftNotice(world.bureau.agency, { ...(await world.decided('解封1')), code: 0, indices: [1] }),
      refuses: async () =>
        hunan.liftNotice(world.bureau.agency, { ...(await world.decided('解封1')), code: 0, indices: [1] }),
      as: 'NoticeUnchanged',
    },
    transferOut: {
      does: async () =>
        hunan.transferOut(world.bureau.agency, {
          ...(await world.decided('转出1')),
          indices: [1],
          destination: world.agency,
        }),
      refuses: async () =>
        hunan.transferOut(world.bureau.agency, {
          ...(await world.decided('转出1')),
          indices: [1],
          destination: usccOf(GUANGDONG, '999'),
        }),
      as: 'TransferDestinationUnknown',
    },
    correct: {
      does: async () => {
        const correction = {
          ...(await world.decided('更正1')),
          indices: [0, 2],
          status: 'restricted',
        } as const
        await byBoth(
          () => hunan.correct(world.bureau.agency, correction),
          () => council.correct(world.bureau.agency, correction),
        )
        expect(await ask('statusOf', bytesOf(world.bureau.agency), 0)).to.equal(3n)
      },
      refuses: async () =>
        stranger.administration.correct(world.bureau.agency, {
          ...(await world.decided('更正2')),
          indices: [0],
          status: 'valid',
        }),
      as: 'CallerNotOperator',
    },
    actLate: {
      does: async () => {
        const late = { ...(await world.decided('逾期1', 90 * DAY)), act: 'lift', indices: [0] } as const
        await byBoth(
          () => hunan.actLate(world.bureau.agency, late),
          () => council.actLate(world.bureau.agency, late),
        )
        expect(await ask('statusOf', bytesOf(world.bureau.agency), 0)).to.equal(0n)
      },
      refuses: async () =>
        city.actLate(world.bureau.agency, {
          ...(await world.decided('逾期2', 90 * DAY)),
          act: 'suspend',
          indices: [0],
        }),
      as: 'CallerNotOperator',
    },
    dissolveSuccession: {
      does: async () => {
        const { operator, agency } = world
        const successor = { issuer: agency, statusIndex: 1 }
        const origin = { issuer: world.bureau.agency, statusIndex: 1 }
        const decision = await world.decided('转入1')
        await done(operator, operator.submitTransferIn({ ...decision, successor, origin }))
        await done(operator, operator.submitAct(agency, { ...decision, act: 'annul', indices: [1] }))
        const dissolution = { ...decision, successor, origin }
        await done(operator, operator.submitDissolution(dissolution))
        expect((await council.dissolveSuccession(dissolution)).outcome).to.equal('carried-out')
        expect((await ask('originOf', bytesOf(agency), 1)).since).to.equal(0n)
      },
      refuses: async () =>
        council.dissolveSuccession({
          ...(await world.decided('转入1')),
          successor: { issuer: world.agency, statusIndex: 1 },
          origin: { issuer: world.bureau.agency, statusIndex: 1 },
        }),
      as: 'SuccessionUnknown',
    },
    withdrawProposal: {
      does: async () => {
        const proposed = await hunan.reinstateAgency(world.bureau.agency)
        if (proposed.outcome !== 'proposed') throw new Error('expect a proposal')
        await hunan.withdrawProposal(proposed.call)
        expect((await ask('proposal', proposed.call)).proposedAt).to.equal(0n)
      },
      refuses: () => hunan.withdrawProposal(rootOf(1)),
      as: 'ProposalNotOfCaller',
    },
    reinstateAgency: {
      does: async () => {
        await byBoth(
          () => hunan.reinstateAgency(world.bureau.agency),
          () => council.reinstateAgency(world.bureau.agency),
        )
        expect(await statusOfAgency(world.bureau.agency)).to.equal(2)
      },
      refuses: () => hunan.reinstateAgency(world.bureau.agency),
      as: 'AgencyNotRetired',
    },
    confirmProposal: {
      does: async () => {
        const proposed = await hunan.retireAgency(usccOf('100000', '302'), null)
        if (proposed.outcome !== 'proposed') throw new Error('expect a proposal')
        const confirmed = await council.confirmProposal(proposed.callData)
        expect(confirmed.outcome).to.equal('carried-out')
        expect(await statusOfAgency(usccOf('100000', '302'))).to.equal(3)
      },
      refuses: async () => {
        const proposed = await county.retireRegion(COUNTY, null)
        if (proposed.outcome !== 'proposed') throw new Error('expect a proposal')
        return city.confirmProposal(proposed.callData)
      },
      as: 'CallerNotSuperior',
    },
    enterNegative: {
      does: () =>
        guangdong.enterNegative(GUANGDONG, {
          issuing: HUNAN,
          licenceType: TEACHER,
          serviceItem: null,
          term: OPEN,
          approval: APPROVAL,
        }),
      refuses: () =>
        guangdong.enterNegative(GUANGDONG, {
          issuing: GUANGDONG,
          licenceType: TEACHER,
          serviceItem: null,
          term: OPEN,
          approval: APPROVAL,
        }),
      as: 'NegativeOwnProvince',
    },
    endNegative: {
      does: async () => {
        const refusal = { issuing: HUNAN, licenceType: TEACHER, serviceItem: null }
        await guangdong.endNegative(GUANGDONG, refusal, await inSeconds(1000))
      },
      refuses: async () => {
        const refusal = { issuing: null, licenceType: TEACHER, serviceItem: null }
        return guangdong.endNegative(GUANGDONG, refusal, await inSeconds(1000))
      },
      as: 'TermEndUnlawful',
    },
    proposeAgreement: {
      does: () => hunan.proposeAgreement(HUNAN, agreementWith([GUANGDONG])),
      refuses: () => hunan.proposeAgreement(HUNAN, agreementWith([])),
      as: 'AgreementIncomplete',
    },
    joinAgreement: {
      does: () => guangdong.joinAgreement(1, GUANGDONG),
      refuses: () => guangdong.joinAgreement(1, GUANGDONG),
      as: 'AgreementNotInvited',
    },
    renewAgreement: {
      does: async () => {
        for (let number = 2; number <= 9; number++) {
          await hunan.proposeAgreement(HUNAN, agreementWith([GUANGDONG]))
          await guangdong.joinAgreement(number, GUANGDONG)
        }
        await hunan.renewAgreement(1, HUNAN, GUANGDONG, TEACHER)
      },
      refuses: () => hunan.renewAgreement(1, HUNAN, GUANGDONG, TEACHER),
      as: 'AgreementNotBuried',
    },
    leaveAgreement: {
      does: () => guangdong.leaveAgreement(1, GUANGDONG),
      refuses: () => guangdong.leaveAgreement(1, GUANGDONG),
      as: 'AgreementNotMember',
    },
    pauseRegion: {
      does: async () => {
        await council.pauseRegion(GUANGDONG)
        const { pausedUntil } = await ask('region', GUANGDONG)
        expect(Number(pausedUntil)).to.equal(await inSeconds(3 * DAY))
      },
      refuses: () => council.pauseRegion(GUANGDONG),
      as: 'RegionPausedLately',
    },
    extendPause: {
      does: async () => {
        const description = await proposeSuspension(GUANGDONG)
        await council.extendPause(GUANGDONG, world.deployment.council as Hex, description)
        const { pausedUntil } = await ask('region', GUANGDONG)
        expect(Number(pausedUntil)).to.be.greaterThan(await inSeconds(3 * DAY))
      },
      refuses: () => council.extendPause(GUANGDONG, world.deployment.council as Hex, rootOf(2)),
      as: 'RegionVoteNotRunning',
    },
    endPause: {
      does: () => council.endPause(GUANGDONG),
      refuses: () => council.endPause(GUANGDONG),
      as: 'RegionNotPaused',
    },
    retireLicenceType: {
      does: () => council.retireLicenceType(NEW_TYPE),
      refuses: () => council.retireLicenceType(NEW_TYPE),
      as: 'LicenceTypeNotActive',
    },
    changeRulebook: {
      does: async () => {
        const { abi, bytecode } = readArtifact('contracts/Rulebook.sol/Rulebook.json')
        const factory = new ContractFactory(abi, bytecode, world.councilSigner)
        const rulebook = await factory.deploy(world.deployment.accessManager, world.network.ledger)
        await rulebook.waitForDeployment()
        const address = await rulebook.getAddress()
        await council.changeRulebook(address as Hex)
        expect(await ask('rulebook')).to.equal(address)
        expect(await refusalOf(council.retireLicenceType(TEACHER)), 'the new one is empty').to.equal(
          'LicenceTypeNotActive',
        )
      },
      refuses: () => council.changeRulebook(stranger.address),
      as: 'RulebookForeign',
    },
  }

  function agreementWith(partners: readonly string[]) {
    return { partners, licenceTypes: [TEACHER], term: OPEN, noticeSeconds: 3600 }
  }

  /** A vote of the council on the suspension, proposed by a province; the digest of its description. */
  async function proposeSuspension(region: string): Promise<Hex> {
    const { deployment, councilSigner, chain, folder } = world
    const admin = await readOrCreateAccount(folder, `region-${HUNAN}`, readOrCreatePassphrase(folder))
    const signer = new Wallet(admin.privateKey, councilSigner.provider)
    await takeSeat({ rpcUrl: chain.rpcUrl, admin: new Wallet(admin.privateKey), deployment, region: 430000 })
    const manager = new Contract(deployment.accessManager, readArtifact(ACCESS_MANAGER).abi, councilSigner)
    const calls = [world.ledger.interface.encodeFunctionData('suspendRegion', [region])]
    // As after the hand-over: the council may suspend a province, after its delay.
    const { selector } = world.ledger.interface.getFunction('suspendRegion') ?? { selector: '' }
    await (await manager.getFunction('setTargetFunctionRole')(world.network.ledger, [selector], 1n)).wait()
    await (await manager.getFunction('grantRole')(1n, deployment.council, 2 * DAY)).wait()
    // Whoever proposes must have had its seat a second before.
    await passTime(chain.rpcUrl, 2)
    const assembly = new Contract(deployment.council, readArtifact(COUNCIL).abi, signer)
    await (
      await assembly.getFunction('propose')([world.network.ledger], [0], calls, 'suspend', {
        gasLimit: 2_000_000,
      })
    ).wait()
    return id('suspend') as Hex
  }

  for (const [name, { does, refuses, as }] of Object.entries(cases)) {
    it(`${name}: carried out, and refused with ${as}`, async () => {
      await does()
      expect(await refusalOf(refuses())).to.equal(as)
    })
  }
})
