/** What an office is about to do, in words: every call has them, in both languages, with the registered names. */
import { drafts, type OfficeCall, type OfficeView } from '@hefu/ledger'
import { STATUS_CHANGES, suite, thumbprint } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { comparedIn, wordsOf } from '#internal/issuer/office/call-words'

const HUNAN = '11430000006122244L'
const TYPE = '11100000000013338W011'
const ACCOUNT = `0x${'ab'.repeat(20)}` as const
const KID = `0x${'11'.repeat(32)}` as const
const NAME = { zh: '湖南省', en: 'Hunan', contact: '0731-00000000' }
const TERM = { from: 0, until: null }
const REFUSED = { issuing: null, licenceType: TYPE, serviceItem: null }

const AGREEMENT = {
  number: 7,
  members: [
    { region: '430000', bound: { from: 1_700_000_000, until: null } },
    { region: '440000', bound: null },
  ],
  licenceTypes: [TYPE],
  term: { from: 1_700_000_000, until: null },
  noticeSeconds: 90 * 86_400,
  openUntil: 1_800_000_000,
}
const FORMER = { account: `0x${'cd'.repeat(20)}`, returnsUntil: 1_800_000_000 }

const view = {
  now: async () => 1_750_000_000,
  nameOf: async (code: string) => ({ zh: `名${code}`, en: `name ${code}`, contact: '' }),
  region: async (code: string) => ({ former: code === '430100' ? FORMER : null }),
  agency: async () => ({ former: FORMER }),
  agreement: async (number: number) => (number === 7 ? AGREEMENT : null),
} as unknown as OfficeView

const registration = {
  code: TYPE,
  schemaDigest: KID,
  holders: 'person',
  validityMonths: 36,
  reviewMonths: null,
} as const

const DECISION = {
  effectiveAt: 1_700_000_000,
  endsAt: 0,
  legalBasis: `0x${'00'.repeat(16)}`,
  number: '更1',
}

/** One of each; a function that is new does not compile without one. */
const CALLS: { readonly [Name in keyof typeof drafts]: () => Promise<OfficeCall> } = {
  admitRegion: () => drafts.admitRegion('430000', ACCOUNT, NAME),
  changeRulebook: () => drafts.changeRulebook(ACCOUNT),
  setBaseline: () => drafts.setBaseline(TYPE, TERM),
  endBaseline: () => drafts.endBaseline(TYPE, 1_800_000_000),
  registerLicenceType: () => drafts.registerLicenceType(registration),
  amendLicenceType: () => drafts.amendLicenceType(registration),
  retireLicenceType: () => drafts.retireLicenceType(TYPE),
  registerServiceItem: () =>
    drafts.registerServiceItem('KSTB-1', [{ licenceType: TYPE, fields: ['issuerName', 'licenceNumber'] }]),
  amendServiceItem: () => drafts.amendServiceItem('KSTB-1', [{ licenceType: TYPE, fields: ['issuerName'] }]),
  retireServiceItem: () => drafts.retireServiceItem('KSTB-1'),
  pauseRegion: () => drafts.pauseRegion('430000'),
  extendPause: () => drafts.extendPause('430000', ACCOUNT, KID),
  endPause: () => drafts.endPause('430000'),
  pauseAgency: () => drafts.pauseAgency(HUNAN),
  unpauseAgency: () => drafts.unpauseAgency(HUNAN),
  renameRegion: () => drafts.renameRegion('430000', NAME),
  suspendRegion: () => drafts.suspendRegion('430000'),
  resumeRegion: () => drafts.resumeRegion('430000'),
  closeRegion: () => drafts.closeRegion('430000'),
  reopenRegion: () => drafts.reopenRegion('430000'),
  moveRegion: () => drafts.moveRegion('430100', '440000'),
  returnAgency: () => drafts.returnAgency(HUNAN),
  moveAgency: () => drafts.moveAgency(HUNAN, '440000'),
  delegateType: () => drafts.delegateType('430100', TYPE, TERM),
  endTypeDelegation: () => drafts.endTypeDelegation('430100', TYPE, 1_800_000_000),
  accreditRegion: () => drafts.accreditRegion('430100', '430000', ACCOUNT, NAME),
  nominateRegionAdmin: () => drafts.nominateRegionAdmin('430000', null),
  acceptRegionAdmin: () => drafts.acceptRegionAdmin('430000'),
  resignRegion: () => drafts.resignRegion('430100'),
  returnRegion: () => drafts.returnRegion('430100'),
  retireRegion: () => drafts.retireRegion('430100', null),
  reinstateRegion: () => drafts.reinstateRegion('430100'),
  acceptRegionSuccession: () => drafts.acceptRegionSuccession('430100', '430200'),
  accreditAgency: () => drafts.accreditAgency(HUNAN, '430000', ACCOUNT, NAME),
  renameAgency: () => drafts.renameAgency(HUNAN, NAME),
  suspendAgency: () => drafts.suspendAgency(HUNAN),
  resumeAgency: () => drafts.resumeAgency(HUNAN),
  nominateOperator: () => drafts.nominateOperator(HUNAN, ACCOUNT),
  retireAgency: () => drafts.retireAgency(HUNAN, null),
  reinstateAgency: () => drafts.reinstateAgency(HUNAN),
  assignResponsibility: () => drafts.assignResponsibility(HUNAN, TYPE, { from: 0, until: 1_800_000_000 }),
  endResponsibility: () => drafts.endResponsibility(HUNAN, TYPE, 1_800_000_000),
  registerKey: () =>
    drafts.registerKey({
      agency: HUNAN,
      publicJwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) },
      validFrom: 1_700_000_000,
      validUntil: null,
    }),
  endKey: () => drafts.endKey(HUNAN, KID, 1_800_000_000),
  reportKeyCompromised: () => drafts.reportKeyCompromised(HUNAN, KID, 1_700_000_000),
  narrowKeyCompromise: () => drafts.narrowKeyCompromise(HUNAN, KID, null),
  enterNegative: () =>
    drafts.enterNegative('440000', {
      ...REFUSED,
      term: TERM,
      approval: { number: '国办函〔2026〕1号', documentDigest: KID },
    }),
  endNegative: () => drafts.endNegative('440000', REFUSED, 1_800_000_000),
  proposeAgreement: () =>
    drafts.proposeAgreement('430000', {
      partners: ['440000', '220000'],
      licenceTypes: [TYPE],
      term: TERM,
      noticeSeconds: 90 * 86_400,
    }),
  joinAgreement: () => drafts.joinAgreement(7, '440000'),
  renewAgreement: () => drafts.renewAgreement(7, '430000', '440000', TYPE),
  leaveAgreement: () => drafts.leaveAgreement(7, '440000'),
}

describe('a call in words', () => {
  for (const [name, call] of Object.entries(CALLS)) {
    it(`${name}: in both languages, with no place left open`, async () => {
      const { zh, en } = await wordsOf(await call(), view)
      expect(zh).to.match(/\p{Script=Han}/u)
      expect(en).to.match(/^[a-z0-9]/)
      expect(`${zh}${en}`).not.to.match(/[{}]|undefined|NaN|\[object/)
    })
  }

  it('tells both licences of a succession apart, each with its agency', async () => {
    const [own, other] = [HUNAN, '11440000000000201H'].map(
      (uscc) => `0x${Buffer.from(uscc).toString('hex')}` as const,
    )
    const args = [{ issuer: own, index: 7 }, { issuer: other, index: 12 }, DECISION]
    const { zh, en } = await wordsOf({ contract: 'ledger', functionName: 'dissolveSuccession', args }, view)
    expect(zh).to.match(new RegExp(`${HUNAN}.*状态索引 7.*11440000000000201H.*状态索引 12.*更1`))
    expect(en).to.match(new RegExp(`licence 7 of ${HUNAN}.*place of 12 of 11440000000000201H.*更1`))
  })

  it('names an act as it is called, on time and late', async () => {
    const issuer = `0x${Buffer.from(HUNAN).toString('hex')}` as const
    for (const [functionName, how] of [
      ['act', 'enter “suspend” on the licences 3'],
      ['actLate', 'enter “suspend” late on the licences 3'],
    ] as const) {
      const args = [issuer, STATUS_CHANGES.indexOf('suspend'), [3n, 4n], DECISION]
      expect((await wordsOf({ contract: 'ledger', functionName, args }, view)).en).to.include(how)
    }
  })

  it('names regions and agencies as they are registered, types as they are called, and times in China', async () => {
    const assigned = await wordsOf(await CALLS.assignResponsibility(), view)
    expect(assigned.zh)
      .to.include(`${HUNAN} 名${HUNAN}`)
      .and.include('安管人员安全生产考核合格证书')
      .and.include('即时')
      .and.include('2027-01-15 16:00')
    const moved = await wordsOf(await CALLS.moveRegion(), view)
    expect(moved.en).to.equal('move 430100 name 430100 into 440000 name 440000')
    expect((await wordsOf(await CALLS.joinAgreement(), view)).zh).to.include(
      '440000 名440000 加入第 7 号互认协议',
    )
  })

  it('says “none”, “all” and “no end” where the ledger has a zero or its greatest time', async () => {
    expect((await wordsOf(await CALLS.enterNegative(), view)).en).to.include('of all (service item all)')
    expect((await wordsOf(await CALLS.narrowKeyCompromise(), view)).zh).to.include('推后至 不限期')
  })

  it('says of a nomination of nobody what it does', async () => {
    const { zh, en } = await wordsOf(await CALLS.nominateRegionAdmin(), view)
    expect(zh).to.equal('撤回对 430000 名430000 管理账户的提名，即时生效')
    expect(en).to.equal('take back the nomination of an admin of 430000 name 430000, at once')
    const named = await wordsOf(await drafts.nominateRegionAdmin('430000', ACCOUNT), view)
    expect(named.zh).to.include(`提名账户 ${ACCOUNT}`).and.not.include('撤回')
  })

  it('says what an agreement binds to before it is joined, renewed or left, or that there is none', async () => {
    for (const name of ['joinAgreement', 'renewAgreement', 'leaveAgreement'] as const) {
      const { zh, en } = await wordsOf(await CALLS[name](), view)
      expect(zh)
        .to.include('各方 430000 名430000、440000 名440000（尚未加入）')
        .and.include('安管人员安全生产考核合格证书')
        .and.include('2023-11-15 06:13 起至 不限期')
        .and.include('退出须提前 90 天')
      expect(en).to.include('440000 name 440000 (has not joined)').and.include('at 90 days notice')
    }
    expect((await wordsOf(await drafts.joinAgreement(8, '440000'), view)).zh).to.include('没有这个编号的协议')
  })

  it('says of a retirement without a successor who has the licences then', async () => {
    expect((await wordsOf(await CALLS.retireAgency(), view)).zh)
      .to.include('没有承继机构')
      .and.not.include('无')
    expect((await wordsOf(await CALLS.retireRegion(), view)).en).to.include('which nothing succeeds')
    const followed = await drafts.retireRegion('430100', '430200')
    expect((await wordsOf(followed, view)).zh).to.include('由 430200 名430200 承继')
  })

  it('names to whom an office returns, or that it does to nobody', async () => {
    expect((await wordsOf(await CALLS.returnRegion(), view)).zh).to.include(
      `交还前任管理账户 ${FORMER.account}`,
    )
    expect((await wordsOf(await CALLS.returnAgency(), view)).en).to.include(`to ${FORMER.account}`)
    expect((await wordsOf(await drafts.returnRegion('430000'), view)).zh).to.include('前任管理账户 无')
  })

  it('names a key by the thumbprint of what is registered, and by none of what is no key', async () => {
    const { zh, en } = await wordsOf(await CALLS.registerKey(), view)
    const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const
    expect(zh).to.include(`签名密钥 ${thumbprint(jwk, suite)}（ES256）`)
    expect(en).to.include(`signing key ${thumbprint(jwk, suite)} (ES256)`)
    for (const algorithm of [0, 200]) {
      const { args, ...call } = await CALLS.registerKey()
      const none = { ...call, args: [args[0], algorithm, ...args.slice(2)] }
      expect((await wordsOf(none, view)).zh).to.include('签名密钥 无（')
    }
  })

  it('says what to compare of what came in a file, and of nothing else', async () => {
    expect((await comparedIn(await CALLS.registerKey(), view))?.zh).to.match(/请核对：密钥编号（kid）\S{43} /)
    expect((await comparedIn(await CALLS.accreditAgency(), view))?.en).to.include(
      `the operator ${ACCOUNT} must be`,
    )
    expect(await comparedIn(await CALLS.endKey(), view)).to.equal(null)
  })

  it('shows a function that it has no words for by its name and values', async () => {
    const call = { contract: 'ledger', functionName: 'backfill', args: ['0x31', 0, []] } as const
    expect((await wordsOf(call, view)).zh).to.include('ledger.backfill(0x31')
  })
})
