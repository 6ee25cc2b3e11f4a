import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  bodyOf,
  CHANGSHA,
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
  GUANGDONG,
  HUNAN,
  type Ledger,
  NOT_ASKED,
  named,
  rootOf,
} from './ledger-fixture.ts'

/** Places of `_names` and `_nameTexts` in the ledger's storage (snapshots/storage-layout.txt). */
const NAMES = 16
const NAME_TEXTS = 17

/** What 湖南省教育厅 can be made to look like, or nearly. */
const LIKE_ANOTHER: readonly (readonly [has: string, zh: string])[] = [
  ['a space at its end', '湖南省教育厅 '],
  ['a space before it', ' 湖南省教育厅'],
  ['a space inside', '湖南省 教育厅'],
  ['an ideographic space', '湖南省\u3000教育厅'],
  ['a no-break space', '湖南省教育厅\u00a0'],
  ['an en space', '湖南省\u2002教育厅'],
  ['a line separator', '湖南省教育厅\u2028'],
  ['a next-line control', '湖南省教育厅\u0085'],
  ['a zero-width space', '湖南省教育厅\u200b'],
  ['a zero-width joiner', '湖南省\u200d教育厅'],
  ['a byte-order mark', '\ufeff湖南省教育厅'],
  ['a soft hyphen', '湖南省\u00ad教育厅'],
  ['an override of direction', '\u202e湖南省教育厅'],
  ['an isolate of direction', '\u2066湖南省教育厅'],
  ['a variation selector', '湖南省教育厅\ufe00'],
  ['an ideographic variation selector', '湖南省教育厅\u{e0100}'],
  ['a tag', '湖南省教育厅\u{e0061}'],
  ['a combining mark', '湖南省教育厅\u0301'],
  ['an ideographic tone mark', '湖南省教育厅\u302a'],
  ['a Hangul filler', '湖南省教育厅\u3164'],
  ['a full-width letter', '湖南省教育厅Ａ'],
  ['a full-width bracket', '湖南省教育厅（本级）'],
  ['a compatibility ideograph', '湖南\uf96d教育厅'],
  ['a compatibility ideograph of another plane', '湖南省教育\u{2f800}'],
  ['a Kangxi radical', '湖南省教\u2f81厅'],
  ['a radical', '湖南省\u2e80教育厅'],
  ['a private character', '湖南省教育\ue000'],
  ['a Cyrillic letter', '湖南省教育厅\u0410'],
]

const ILL_FORMED: readonly (readonly [is: string, bytes: string])[] = [
  ['a continuation alone', '80'],
  ['a lead alone', 'e69f'],
  ['a lead before ASCII', 'e69f41'],
  ['an overlong slash', 'c0af'],
  ['an overlong A of three bytes', 'e08181'],
  ['an overlong ideograph of four bytes', 'f086b990'],
  ['a surrogate', 'eda080'],
  ['a character beyond the last', 'f4908080'],
  ['a byte that leads nothing', 'ff'],
]

/** The rule of contracts/types/Name.sol, written again. */
const ALLOWED =
  /^[!-~\u00b7\u00c0-\u00ff\u2013\u2014\u2018-\u201d\u3001-\u301b\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{2f7ff}\u{30000}-\u{323af}]+$/u

describe('Names', () => {
  let branch: Branch
  let ledger: Ledger
  let asFurong: Ledger
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)
  const holderOf = (member: string | number): string =>
    typeof member === 'number' ? ethers.toBeHex(member, 32) : ethers.zeroPadBytes(member, 32)
  const nameNow = async (agency: string): Promise<string> => ledger.agencyNameAt(agency, await blockTime())

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    asFurong = ledger.connect(branch.furongAdmin)
  })

  describe('a change', () => {
    it('holds from its block on; before it the old name holds', async () => {
      const name = { zh: '芙蓉区人社局', en: 'Furong Bureau of Human Resources', contact: '0731-84683000' }
      const old = await nameNow(FURONG_BUREAU)
      await expect(asFurong.renameAgency(FURONG_BUREAU, name))
        .to.emit(ledger, 'AgencyRenamed')
        .withArgs(FURONG_BUREAU, Object.values(name))
      const now = await blockTime()
      expect(await ledger.agencyNameAt(FURONG_BUREAU, now)).to.equal(Object.values(name).join('\n'))
      expect(await ledger.agencyNameAt(FURONG_BUREAU, now - 1)).to.equal(old)
      expect(await ledger.agencyNameAt(FURONG_BUREAU, 2 ** 40 - 1)).to.equal(Object.values(name).join('\n'))
      expect(await ledger.agencyNameAt(FURONG_BUREAU, 0)).to.equal('')
    })

    it('of a region is by its superior, and keeps what it was called', async () => {
      const then = await blockTime()
      await expect(ledger.connect(branch.changshaAdmin).renameRegion(FURONG, named('芙蓉新区')))
        .to.emit(ledger, 'RegionRenamed')
        .withArgs(FURONG, Object.values(named('芙蓉新区')))
      expect(await ledger.regionNameAt(FURONG, await blockTime())).to.equal('芙蓉新区\n\n')
      expect(await ledger.regionNameAt(FURONG, then)).to.equal('芙蓉区\n\n')
      await ledger.renameRegion(HUNAN, named('湖南'))
      await refused(
        asFurong.renameRegion(FURONG, named('新区')),
        'CallerNotRegionAdmin',
        CHANGSHA,
        branch.furongAdmin.address,
      )
      await refused(
        ledger.connect(branch.hunanAdmin).renameRegion(HUNAN, named('新省')),
        'AccessManagedUnauthorized',
        branch.hunanAdmin.address,
      )
      await refused(ledger.renameRegion(110000, named('北京市')), 'RegionUnknown', 110000)
    })

    it('of many is found by time, whichever was in force', async () => {
      const times: number[] = []
      for (let i = 0; i < 9; i++) {
        await chain.time.increase(100)
        await asFurong.renameAgency(FURONG_BUREAU, named(`第${i}局`))
        times.push(await blockTime())
      }
      for (const [i, time] of times.entries()) {
        expect(await ledger.agencyNameAt(FURONG_BUREAU, time)).to.equal(`第${i}局\n\n`)
        expect(await ledger.agencyNameAt(FURONG_BUREAU, time + 99)).to.equal(`第${i}局\n\n`)
      }
    })

    it('twice in one block leaves the later of the two', async () => {
      await ethers.provider.send('evm_setAutomine', [false])
      try {
        await asFurong.renameAgency(FURONG_BUREAU, named('先名'))
        await asFurong.renameAgency(FURONG_BUREAU, named('后名'))
        await ethers.provider.send('evm_mine', [])
      } finally {
        await ethers.provider.send('evm_setAutomine', [true])
      }
      expect(await nameNow(FURONG_BUREAU)).to.equal('后名\n\n')
      await asFurong.renameAgency(FURONG_OFFICE, named('先名'))
    })
  })

  it('are looked up as they were when the batch was anchored', async () => {
    const asOperator = ledger.connect(branch.furongOperator)
    await asOperator.anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 1 })
    await chain.time.increase(100)
    await asFurong.renameAgency(FURONG_BUREAU, named('新局'))
    await ledger.connect(branch.changshaAdmin).renameRegion(FURONG, named('新区'))
    await asOperator.anchor(FURONG_BUREAU, 1, { root: rootOf(2), size: 1 })
    const ask = (root: string) =>
      ledger.lookup({ issuer: FURONG_BUREAU, root, kid: rootOf(9), statusIndex: 0, ...NOT_ASKED })
    const [before, after] = [await ask(rootOf(1)), await ask(rootOf(2))]
    expect([before.agencyName, before.regionName]).to.deep.equal([
      '芙蓉区人力资源和社会保障局\n\n',
      '芙蓉区\n\n',
    ])
    expect([after.agencyName, after.regionName]).to.deep.equal(['新局\n\n', '新区\n\n'])
  })

  describe('in use', () => {
    it('are refused to every other, whichever way, agency or region, and whoever stands above', async () => {
      const taken: [string, string | number][] = [
        ['广东省', GUANGDONG],
        ['湖南省住房和城乡建设厅', ethers.hexlify(ethers.toUtf8Bytes('11430000006122244L'))],
        ['芙蓉区行政审批服务局', FURONG_OFFICE],
        ['长沙市', CHANGSHA],
      ]
      for (const [zh, member] of taken) {
        const same = { zh, en: 'another', contact: 'elsewhere' }
        const address = branch.spare[0].address
        for (const attempt of [
          asFurong.renameAgency(FURONG_BUREAU, same),
          asFurong.accreditAgency(bodyOf(FURONG, 9), FURONG, address, same),
          asFurong.accreditRegion(430102002, FURONG, address, same),
          ledger.connect(branch.changshaAdmin).renameRegion(FURONG, same),
          ledger.admitRegion(110000, address, same),
        ])
          await refused(attempt, 'NameInUse', zh, holderOf(member))
      }
    })

    it('stay in use while their holder is suspended, paused or retired', async () => {
      const zh = '芙蓉区人力资源和社会保障局'
      const take = (): Promise<unknown> => asFurong.renameAgency(FURONG_OFFICE, named(zh))
      await asFurong.suspendAgency(FURONG_BUREAU)
      await refused(take(), 'NameInUse', zh, holderOf(FURONG_BUREAU))
      await asFurong.retireAgency(FURONG_BUREAU, NO_AGENCY)
      await ledger.connect(branch.changshaAdmin).retireAgency(FURONG_BUREAU, NO_AGENCY)
      await refused(take(), 'NameInUse', zh, holderOf(FURONG_BUREAU))
      await asFurong.renameAgency(FURONG_BUREAU, named('原芙蓉区人社局'))
      await take()
    })

    it('are free once given up, and then the taker’s: the giver’s next change frees nothing of it', async () => {
      const zh = '芙蓉区人力资源和社会保障局'
      await asFurong.renameAgency(FURONG_BUREAU, named('新局'))
      await asFurong.renameAgency(FURONG_OFFICE, named(zh))
      await asFurong.renameAgency(FURONG_BUREAU, named('更新局'))
      await refused(asFurong.renameAgency(FURONG_BUREAU, named(zh)), 'NameInUse', zh, holderOf(FURONG_OFFICE))
      await asFurong.renameAgency(FURONG_BUREAU, named('新局'))
    })

    it('are kept by who only changes the other lines', async () => {
      const zh = '芙蓉区人力资源和社会保障局'
      await asFurong.renameAgency(FURONG_BUREAU, { zh, en: 'Bureau', contact: '12345' })
      expect(await nameNow(FURONG_BUREAU)).to.equal(`${zh}\nBureau\n12345`)
      await refused(asFurong.renameAgency(FURONG_OFFICE, named(zh)), 'NameInUse', zh, holderOf(FURONG_BUREAU))
    })
  })

  describe('of another form', () => {
    it('are refused: empty, longer than 96 bytes, or with a control character, in whichever line', async () => {
      const fine = '局'.repeat(32)
      await asFurong.renameAgency(FURONG_BUREAU, { zh: fine, en: 'e'.repeat(96), contact: 'c'.repeat(96) })
      const bad = [
        { zh: '', en: 'Bureau', contact: '12345' },
        { zh: `${fine}a`, en: '', contact: '' },
        { zh: '某局', en: 'e'.repeat(97), contact: '' },
        { zh: '某局', en: '', contact: 'c'.repeat(97) },
        ...['\n', '\0', '\t', '\r', '\u001f', '\u007f'].flatMap((control) => [
          { zh: `某${control}局`, en: '', contact: '' },
          { zh: '某局', en: control, contact: '' },
          { zh: '某局', en: '', contact: `1${control}` },
        ]),
      ]
      for (const name of bad) {
        const { zh, en, contact } = name
        await refused(asFurong.renameAgency(FURONG_BUREAU, name), 'NameInvalid', zh, en, contact)
      }
      const admit = ledger.admitRegion(110000, branch.spare[0].address, named(''))
      await refused(admit, 'NameInvalid', '', '', '')
    })

    for (const [has, zh] of LIKE_ANOTHER) {
      it(`are refused where they could pass for another: ${has}`, async () => {
        await asFurong.renameAgency(FURONG_OFFICE, named('湖南省教育厅'))
        await refused(asFurong.renameAgency(FURONG_BUREAU, named(zh)), 'NameInvalid', zh, '', '')
      })
    }

    it('are refused with such characters in the other lines, where a space may stand between two words', async () => {
      const odd = ['a ', ' a', 'a  b', ' ', 'a\u00a0b', 'a\u200bb', '\u202ea', '\uff11', 'a\u0301']
      for (const line of odd) {
        for (const name of [
          { zh: '某局', en: line, contact: '' },
          { zh: '某局', en: '', contact: line },
        ])
          await refused(asFurong.renameAgency(FURONG_BUREAU, name), 'NameInvalid', ...Object.values(name))
      }
      const fine = {
        zh: '某局(二)·𠮷〇、《办》',
        en: 'Bureau of “Écology” – No. 2',
        contact: '长沙市 1号, 0731-1 2',
      }
      await asFurong.renameAgency(FURONG_BUREAU, fine)
      expect(await nameNow(FURONG_BUREAU)).to.equal(Object.values(fine).join('\n'))
    })

    for (const [is, bytes] of ILL_FORMED) {
      it(`are refused as bytes that are no UTF-8: ${is}`, async () => {
        const call = await asFurong
          .getFunction('renameAgency')
          .populateTransaction(FURONG_BUREAU, named('abcdefgh'))
        const placed = (hex: string): string => call.data.replace('6162636465666768', hex.padEnd(16, '78'))
        await branch.furongAdmin.sendTransaction({ ...call, data: placed('e69f90e5b180') })
        const sent = branch.furongAdmin.sendTransaction({ ...call, data: placed(bytes) })
        // Its name cannot be read as a text, so the arguments of the error are not looked at.
        await expect(sent).to.be.revertedWithCustomError(ledger, 'NameInvalid')
      })
    }

    it('are taken exactly where a second writing of the rule says so, of every low character and at every bound', async () => {
      const bounds = [0x2013, 0x2014, 0x2018, 0x201d, 0x3001, 0x301b, 0x3400, 0x4dbf, 0x4e00, 0x9fff]
      const further = [0xf900, 0xff08, 0x1f600, 0x1ffff, 0x20000, 0x2f7ff, 0x2f800, 0x30000, 0x323af, 0x323b0]
      const near = [...bounds, ...further].flatMap((point) => [point - 1, point, point + 1])
      const low = Array.from({ length: 0x120 }, (_, point) => point)
      for (const point of [...low, ...near]) {
        const zh = `某${String.fromCodePoint(point)}局`
        const attempt = asFurong.getFunction('renameAgency').staticCall(FURONG_BUREAU, named(zh))
        const isTaken = await attempt.then(
          () => true,
          () => false,
        )
        expect(isTaken, point.toString(16)).to.equal(ALLOWED.test(zh))
        // Whatever the ledger takes has no second form.
        if (isTaken) expect(zh.normalize('NFKC'), point.toString(16)).to.equal(zh)
      }
    })
  })

  it('are proved by one slot: its time and the SHA-256 of its three lines, under which the text is kept', async () => {
    await asFurong.renameAgency(FURONG_BUREAU, { zh: '新局', en: 'New', contact: '1' })
    const mapped = (key: string, slot: number): string =>
      ethers.keccak256(ethers.concat([key, ethers.toBeHex(slot, 32)]))
    const slotAt = async (slot: bigint): Promise<string> =>
      ethers.provider.getStorage(await ledger.getAddress(), ethers.toBeHex(slot, 32))
    const sha256 = createHash('sha256').update('新局\nNew\n1').digest('hex')
    const digest = ethers.zeroPadValue(`0x${sha256.slice(0, 54)}`, 32)
    const newest = BigInt(await slotAt(BigInt(mapped(holderOf(FURONG_BUREAU), NAMES))))
    expect(newest).to.equal((BigInt(digest) << 40n) | BigInt(await blockTime()))
    const earlier = BigInt(mapped(holderOf(FURONG_BUREAU), NAMES)) + 1n
    expect(BigInt(await slotAt(earlier))).to.equal(1n)
    const text = await slotAt(BigInt(mapped(digest, NAME_TEXTS)))
    expect(Buffer.from(text.slice(2), 'hex').subarray(0, 12).toString('utf8')).to.equal('新局\nNew\n1')
  })
})
