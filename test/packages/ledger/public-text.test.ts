/** What becomes public for good is looked at before it is sent: of every kind of text a call that is refused, and one that is not. */

import { connectAdministration, connectOperator } from '@hefu/ledger'
import type { OfficialName } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const NETWORK = {
  chainId: 31_337,
  ledger: `0x${'1e'.repeat(20)}`,
  deploymentBlock: 1,
  // Nobody listens there: whatever is sent is `unreachable`.
  rpcUrl: 'http://127.0.0.1:9',
} as const
const KEY = `0x${'01'.repeat(32)}` as const
const AGENCY = '11430000006122244L'
const OTHER = '1144000000000101MG'
const TYPE = '11100000000013338W011'
const PERSONAL = '关于110105/19491231/002X的决定'
const PLAIN = '湘建罚〔2026〕1号'
const NAME: OfficialName = { zh: '湖南省教育厅', en: 'Department', contact: '0731-84683000' }

const operator = connectOperator({ network: NETWORK, privateKey: KEY })
const admin = connectAdministration({ network: NETWORK, privateKey: KEY })

async function outcomeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
    return 'sent'
  } catch (error) {
    if (error instanceof RangeError) return /110105/.test(error.message) ? 'quoted' : 'refused'
    return 'code' in (error as object) ? String((error as { code: unknown }).code) : String(error)
  }
}

const decided = (text: string) => ({ effectiveAt: 1_767_110_400, decisionNumber: text })
const placed = (issuer: string) => ({ issuer, statusIndex: 1 })

/** A call with a text in one of its places. */
const TEXTS: readonly (readonly [of: string, call: (text: string) => Promise<unknown>])[] = [
  ['an act', (text) => operator.submitAct(AGENCY, { ...decided(text), act: 'suspend', indices: [0] })],
  [
    'a supersession',
    (text) => operator.submitSupersession(AGENCY, { ...decided(text), statusIndex: 0, successor: 1 }),
  ],
  [
    'a transfer out',
    (text) => operator.submitTransferOut(AGENCY, { ...decided(text), indices: [0], destination: OTHER }),
  ],
  [
    'a transfer in',
    (text) =>
      operator.submitTransferIn({ ...decided(text), successor: placed(AGENCY), origin: placed(OTHER) }),
  ],
  ['a notice', (text) => operator.submitNotice(AGENCY, { ...decided(text), code: 0, indices: [0] })],
  [
    'a notice that is lifted',
    (text) => operator.submitNoticeLifted(AGENCY, { ...decided(text), code: 0, indices: [0] }),
  ],
  [
    'a correction',
    (text) => operator.submitCorrection(AGENCY, { ...decided(text), indices: [0], status: 'valid' }),
  ],
  ['a late act', (text) => operator.submitLateAct(AGENCY, { ...decided(text), act: 'revoke', indices: [0] })],
  [
    'a dissolution',
    (text) =>
      operator.submitDissolution({ ...decided(text), successor: placed(AGENCY), origin: placed(AGENCY) }),
  ],
  ['an act of an admin', (text) => admin.act(AGENCY, { ...decided(text), act: 'annul', indices: [0] })],
  [
    'an approval',
    (number) =>
      admin.enterNegative('440000', {
        issuing: null,
        licenceType: TYPE,
        serviceItem: null,
        term: { from: 1, until: null },
        approval: { number, documentDigest: `0x${'00'.repeat(32)}` },
      }),
  ],
  ['the contact of an agency', (contact) => admin.renameAgency(AGENCY, { ...NAME, contact })],
  ['the English name of a region', (en) => admin.renameRegion('430102', { ...NAME, en })],
  ['the name of a province', (zh) => admin.admitRegion('110000', `0x${'02'.repeat(20)}`, { ...NAME, zh })],
]

describe('a text that becomes public', () => {
  for (const [of, call] of TEXTS) {
    it(`holds no resident number: ${of}`, async () => {
      expect(await outcomeOf(() => call(PERSONAL))).to.equal('refused')
      expect(await outcomeOf(() => call('一一〇一〇五一九四九一二三一〇〇二X'))).to.equal('refused')
      expect(await outcomeOf(() => call(PLAIN))).to.not.be.oneOf(['refused', 'quoted', 'sent'])
    })
  }

  it('holds no resident number: the code of a legal basis', async () => {
    const act = (legalBasis: string) =>
      outcomeOf(() =>
        operator.submitAct(AGENCY, { ...decided(PLAIN), legalBasis, act: 'suspend', indices: [0] }),
      )
    expect(await act('110105491231002')).to.equal('refused')
    expect(await act('XZCFF-9-3')).to.equal('unreachable')
  })
})

/** What may be made to look like a name that is in use. */
const UNLIKE: readonly (readonly [has: string, zh: string])[] = [
  ['no character', ''],
  ['a space at its end', '湖南省教育厅 '],
  ['a space inside', '湖南省 教育厅'],
  ['an ideographic space', '湖南省\u3000教育厅'],
  ['a zero-width space', '湖南省\u200b教育厅'],
  ['an override of direction', '\u202e湖南省教育厅'],
  ['a variation selector', '湖南省教育厅\ufe00'],
  ['a compatibility ideograph', '湖南\uf96d教育厅'],
  ['a full-width letter', '湖南省教育厅Ａ'],
]

describe('a name', () => {
  const ways: readonly ((name: OfficialName) => Promise<unknown>)[] = [
    (name) => admin.admitRegion('110000', `0x${'02'.repeat(20)}`, name),
    (name) => admin.accreditRegion('430102', '430100', `0x${'02'.repeat(20)}`, name),
    (name) => admin.accreditAgency(AGENCY, '430000', `0x${'02'.repeat(20)}`, name),
    (name) => admin.renameAgency(AGENCY, name),
    (name) => admin.renameRegion('430000', name),
  ]
  for (const [has, zh] of UNLIKE) {
    it(`is in its one form, whichever way it comes: not with ${has}`, async () => {
      for (const way of ways) expect(await outcomeOf(() => way({ ...NAME, zh }))).to.equal('refused')
    })
  }
  it('has other lines without spaces at their ends or in a row', async () => {
    for (const way of ways) {
      for (const line of ['a ', ' a', 'a  b', 'a\u00a0b', 'a\u200bb', 'Ａ']) {
        expect(await outcomeOf(() => way({ ...NAME, en: line }))).to.equal('refused')
        expect(await outcomeOf(() => way({ ...NAME, contact: line }))).to.equal('refused')
      }
      expect(await outcomeOf(() => way(NAME))).to.equal('unreachable')
      expect(await outcomeOf(() => way({ ...NAME, en: '', contact: '长沙市 1号' }))).to.equal('unreachable')
    }
  })
})
