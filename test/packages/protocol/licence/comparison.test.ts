/** 智能对比核验: what says the same is the same in whatever form; what does not never is. */
import {
  compareFace,
  createMemoryLedgerView,
  createVerifier,
  encodeReport,
  type FieldFormat,
  findLicenceType,
  type LicenceType,
  schemaDigest,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { normaliseValue } from '#internal/protocol/licence/normal-form'
import { withLicenceType } from '../../../fixtures/altered-ledger.ts'
import { createSample, FACE_DATA, NOW, sampleRequest } from '../../../fixtures/sample-credential.ts'
import { runs } from '../../../fixtures/test-profile.ts'

const SAME: readonly (readonly [format: FieldFormat, is: string, forms: readonly string[]])[] = [
  [
    'date',
    'dates however written',
    [
      '2025-01-02',
      '2025年1月2日',
      '2025年01月02日',
      '20250102',
      '2025.1.2',
      '2025/01/02',
      '２０２５－０１－０２',
      ' 2025 年 1 月 2 日 ',
    ],
  ],
  [
    'date',
    'the first month by its name, and numerals beside digits',
    [
      '2026-01-01',
      '2026年元月1日',
      '二〇二六年元月一日',
      '2026年一月1日',
      '二〇二六年1月１日',
      '2026年 元月 1号',
    ],
  ],
  [
    'person-name',
    'a name as a passport has it',
    ['SMITH, John', 'Smith, JOHN', 'ｓｍｉｔｈ, john', 'SMITH，JOHN'],
  ],
  ['person-name', 'a name with ß', ['Weiß', 'WEISS', 'weiss']],
  ['quantity', 'zeros at the end of a fraction', ['100.50', '100.5', '１００．５００', '100.5 ']],
  ['quantity', 'a fraction of zeros', ['100万元', '100.00万元', '100.0 万元']],
  ['quantity', 'a unit of area', ['89.50平方米', '89.5㎡', '89.5m²', '89.500平米']],
  ['quantity', 'several areas', ['宗地面积120.00㎡/房屋建筑面积89.50㎡', '宗地面积120㎡/房屋建筑面积89.5㎡']],
  ['holder-id', 'a passport in small letters', ['E12345678', 'e12345678', 'ｅ12345678']],
  ['end-date', 'no end', ['长期', '长期有效', '永久', ' 长 期 ']],
  ['text', 'spaces in a Chinese name', ['张样例', '张 样例', '张　样例 ']],
  ['text', 'dots in a name', ['阿依·古丽', '阿依•古丽', '阿依．古丽', '阿依.古丽', '阿依・古丽']],
  [
    'text',
    'brackets',
    [
      '湘建罚〔2026〕1号',
      '湘建罚[2026]1号',
      '湘建罚（2026）1号',
      '湘建罚【2026】1号',
      '湘建罚［２０２６］１号',
    ],
  ],
  ['text', 'dashes', ['样例路1-2号', '样例路1—2号', '样例路1－2号', '样例路1––2号', '样例路1−2号']],
  ['text', 'zeros in numerals', ['二〇二五', '二零二五', '二○二五']],
  ['text', 'words of Latin letters', ['John Smith', 'Ｊｏｈｎ  Smith', ' John\tSmith']],
  ['text', 'commas', ['道路运输，仓储、装卸', '道路运输,仓储,装卸']],
  ['text', 'numbers apart', ['样例路1 2号', '样例路１　２号', '样例路 1\t2 号']],
  ['holder-id', 'a serial in brackets', ['H12345678(01)', 'H12345678（01）', 'h1234567801']],
  [
    'holder-id',
    'case of an identity number',
    ['11010519491231002X', '11010519491231002x', '110105 19491231 002Ｘ'],
  ],
  ['uscc', 'width and case of a USCC', ['91110000802100433B', '９１１１００００802100433b']],
]

const DIFFERENT: readonly (readonly [format: FieldFormat, one: string, other: string])[] = [
  ['date', '2025-01-02', '2025-02-01'],
  ['date', '2025年1月12日', '2025年11月2日'],
  ['date', '20250102', '2025-1-20'],
  ['date', '2025-02-30', '2025-03-02'],
  ['end-date', '长期', '2025-01-02'],
  ['text', '张样例', '张祥例'],
  ['text', 'John Smith', 'JohnSmith'],
  ['text', 'John', 'JOHN'],
  ['date', '2026年元月1日', '2026-10-01'],
  ['date', '元年元月1日', '0001-01-01'],
  ['date', '2026年正月1日', '2026-01-01'],
  ['date', '2026年1月元日', '2026-01-01'],
  ['person-name', 'John Smith', 'JohnSmith'],
  ['person-name', '张样例', '张祥例'],
  ['text', '100.50', '100.5'],
  ['quantity', '100.50', '100.05'],
  ['quantity', '100', '1.00'],
  ['quantity', '100', '10'],
  ['quantity', '1.2.30', '1.2.3'],
  ['quantity', '100万元', '100元'],
  ['holder-id', '100.50', '100.5'],
  ['teacher-number', '100.50', '100.5'],
  ['text', '零售', '〇售'],
  ['text', '阿依·古丽', '阿依古丽'],
  ['text', '样例路1-2号', '样例路12号'],
  ['text', '3.5平方米', '35平方米'],
  ['text', '样例路1 2号', '样例路12号'],
  ['text', '１　２', '12'],
  ['holder-id', '军字第(12)3号', '军字第1(23)号'],
  ['holder-id', 'H1234567(801)', 'H1234567801'],
  ['text', '', '张'],
  ['holder-id', '11010519491231002X', '110105194912310021'],
  ['holder-id', 'E-1234567', 'E1234567'],
  ['uscc', '91110000802100433B', '91110000802100433D'],
]

describe('normal form of a value', () => {
  for (const [format, is, forms] of SAME) {
    it(`${format}: ${is} are the same`, () => {
      const normal = forms.map((form) => normaliseValue(format, form))
      expect(new Set(normal).size, normal.join(' | ')).to.equal(1)
    })
  }

  for (const [format, one, other] of DIFFERENT) {
    it(`${format}: ${one || 'nothing'} is not ${other}`, () => {
      expect(normaliseValue(format, one)).not.to.equal(normaliseValue(format, other))
    })
  }

  it('is its own normal form', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom(...'〇零○一二0·•．（〔[—-－ 　aＡßŉ张年月日元.5平方米㎡'), { maxLength: 12 })
        .map((c) => c.join('')),
    )
    fc.assert(
      fc.property(
        text,
        fc.constantFrom<FieldFormat>('text', 'date', 'holder-id', 'person-name', 'quantity'),
        (value, format) => {
          const normal = normaliseValue(format, value)
          expect(normaliseValue(format, normal)).to.equal(normal)
        },
      ),
      {
        numRuns: runs(3000, 100_000),
        // A mark that comes beside its letter only when the space before it is taken out.
        examples: ['a\u00b4', 'e \u0301', 'E\u00a8', '\u0390', '\u0149a'].map((value) => [
          value,
          'holder-id',
        ]),
      },
    )
  })
})

/** Ways of writing one character of a value that say the same. */
const VARIANTS: Readonly<Record<string, string>> = {
  '·': '·•‧．・',
  '(': '（([〔【',
  ')': '）)]〕】',
  '-': '-－—–',
  ',': '，,、',
}

/** A value written anew, by a list of choices: other widths, other punctuation, spaces between. */
function rewrite(value: string, choices: readonly number[]): string {
  return [...value]
    .map((character, i) => {
      const choice = choices[i % choices.length] ?? 0
      const forms = VARIANTS[character] ?? `${character}${fullWidth(character)}`
      const form = [...forms][choice % [...forms].length] ?? character
      return choice % 3 === 0 && !/[a-z0-9]/i.test(character) ? `${form} ` : form
    })
    .join('')
}

function fullWidth(character: string): string {
  return /[!-~]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character
}

describe('a licence of a type that is not known', () => {
  const shown = [
    { name: 'holderId', value: 'E12345678' },
    { name: 'issuedOn', value: '2026-01-01' },
    { name: 'holderName', value: 'SMITH' },
    { name: 'post', value: 'A' },
  ]

  it('is compared by the form of the metadata that every licence carries, and else as text', () => {
    const found = compareFace(undefined, shown, {
      holderId: 'e12345678',
      issuedOn: '2026年元月1日',
      holderName: 'Smith',
      post: 'a',
    })
    expect(found.same).to.deep.equal(['holderId', 'issuedOn'])
    expect(found.different.map(({ field }) => field)).to.deep.equal(['holderName', 'post'])
  })
})

describe('values written anew', () => {
  const value = fc
    .array(fc.constantFrom(...'张王李样例建筑公司1234567890AB·(),-'), { minLength: 1, maxLength: 20 })
    .map((characters) => characters.join(''))
    // A run of dots or dashes is one of them, however long.
    .filter((text) => !/([·-])\1/.test(text))
  const choices = fc.array(fc.nat(11), { minLength: 1, maxLength: 20 })

  it('compare equal with themselves in any form, and never with another value', () => {
    fc.assert(
      fc.property(value, value, choices, choices, (one, other, first, second) => {
        const normal = (text: string): string => normaliseValue('text', text)
        expect(normal(rewrite(one, first))).to.equal(normal(rewrite(one, second)))
        expect(normal(rewrite(one, first)) === normal(rewrite(other, second))).to.equal(one === other)
      }),
      { numRuns: runs(3000, 100_000) },
    )
  })

  it('days compare equal in any form, and never with another day', () => {
    const day = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const written = (date: string, form: number): string => {
      const [year = '', month = '', date2 = ''] = date.split('-')
      const [m, d] = [Number(month), Number(date2)]
      return [
        date,
        `${year}年${m}月${d}日`,
        year + month + date2,
        `${year}.${m}.${d}`,
        `${year}/${month}/${date2}`,
      ][form % 5] as string
    }
    fc.assert(
      fc.property(day, day, fc.nat(4), fc.nat(4), (one, other, first, second) => {
        const normal = (text: string): string => normaliseValue('date', text)
        expect(normal(written(one, first))).to.equal(one)
        expect(normal(written(one, first)) === normal(written(other, second))).to.equal(one === other)
      }),
      { numRuns: runs(1000, 50_000) },
    )
  })
})

describe('compareFace', () => {
  const type = findLicenceType('safety-manager') as LicenceType
  const shown = [
    { name: 'holderName', value: '张样例' },
    { name: 'holderId', value: '11010519491231002X' },
    { name: 'issuedOn', value: '2026-01-01' },
    { name: 'post', value: '项目负责人' },
    { name: 'notOfTheType', value: '内部备注' },
  ]

  it('tells same, different and missing fields apart; both values masked as the type says', () => {
    const submitted = {
      holderName: '李冒名',
      holderId: '11010519491231001X',
      issuedOn: '2026年1月1日',
      post: '法定代表人',
      notOfTheType: '别的',
      category: 'B',
    }
    expect(compareFace(type, shown, submitted)).to.deep.equal({
      same: ['issuedOn'],
      different: [
        { field: 'holderName', submitted: '李**', shown: '张**' },
        { field: 'holderId', submitted: '1101**********001X', shown: '1101**********002X' },
        { field: 'post', submitted: '法****', shown: '项目负责人' },
        { field: 'notOfTheType', submitted: '********', shown: '********' },
      ],
      missing: ['category'],
    })
  })

  it('shows of what somebody typed into an open field a choice and a day whole, of all else the first character', () => {
    const open = [
      { name: 'category', value: 'A' },
      { name: 'issuedOn', value: '2026-01-01' },
      { name: 'licenceNumber', value: '湘建安B(2026)0000001' },
    ]
    const submittedOf = (submitted: Readonly<Record<string, string>>) =>
      compareFace(type, open, submitted).different.map((difference) => difference.submitted)
    expect(submittedOf({ category: 'B', issuedOn: '2026年1月2日', licenceNumber: '粤建安B1' })).to.deep.equal(
      ['B', '2026年1月2日', '粤****'],
    )
    expect(submittedOf({ category: 'B类张三13800138000', issuedOn: '张三1990' })).to.deep.equal([
      'B**************',
      '张*****',
    ])
  })

  it('compares several holders with their own numbers, whatever their order', () => {
    const title = findLicenceType('real-estate-title')
    const owners = [
      { name: 'holderName', value: '样例甲、样例乙' },
      { name: 'holderId', value: 'E12345678、G87654321' },
    ]
    const sameIn = (holderName: string, holderId: string) =>
      compareFace(title, owners, { holderName, holderId }).same
    expect(sameIn('样例乙、样例甲', 'G87654321、E12345678')).to.deep.equal(['holderName', 'holderId'])
    expect(sameIn('样例甲、样例乙', 'G87654321、E12345678')).to.deep.equal(['holderName'])
    expect(sameIn('样例乙、样例甲', 'E12345678、G87654321')).to.deep.equal(['holderName'])
  })

  it('hides every value of a type that is not known', () => {
    const { different } = compareFace(undefined, shown, { post: '法定代表人' })
    expect(different).to.deep.equal([{ field: 'post', submitted: '********', shown: '********' }])
  })

  it('hides a submitted value with characters that cannot be seen', () => {
    const { different } = compareFace(type, shown, { post: '法定\u202e代表人' })
    expect(different).to.deep.equal([{ field: 'post', submitted: '********', shown: '项目负责人' }])
  })

  it('finds no field by the name of a member of every object', () => {
    expect(
      compareFace(type, shown, { constructor: 'x', toString: 'y' } as Record<string, string>).missing,
    ).to.deep.equal(['constructor', 'toString'])
  })
})

describe('the check of the comparison', () => {
  it('leaves every value, masked or not, out of the report', async () => {
    const { bundle, memory } = await createSample()
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    const submitted = { holderName: '金丝雀甲', post: '金丝雀乙' }
    const report = await verifier.verify({ ...sampleRequest(bundle), submitted }, NOW)
    expect(report.verdict).to.equal('refer')
    expect(encodeReport(report)).not.to.match(/金丝雀|样例甲|项目负责人|\*\*/)
    expect(report.findings.find(({ check }) => check === 'comparison')?.facts).to.deep.equal({
      different: ['holderName', 'post'],
    })
  })

  it('compares by the formats of a type that was added at run time', async () => {
    const { bundle, memory } = await createSample({ faceData: { ...FACE_DATA, issueDate: '2026-01-01' } })
    const known = findLicenceType('safety-manager') as LicenceType
    const field = {
      ...(known.fields[0] as LicenceType['fields'][number]),
      name: 'issueDate',
      format: 'date' as const,
    }
    const request = { ...sampleRequest(bundle), submitted: { issueDate: '2026年1月1日' } }
    const view = createMemoryLedgerView(memory)
    const plain = await createVerifier({ view, suite }).verify(request, NOW)
    expect(plain.verdict, 'a field its type does not know is compared as text').to.equal('refer')
    const licenceTypes = [{ ...known, fields: [...known.fields, field] }]
    const untold = await createVerifier({ view, suite, licenceTypes }).verify(request, NOW)
    expect(untold.verdict, 'the catalogue describes the type otherwise').to.equal('refer')
    const digest = schemaDigest(licenceTypes[0] as LicenceType, suite)
    const described = withLicenceType({ schemaDigest: digest, since: NOW })(memory)
    const taught = await createVerifier({
      view: createMemoryLedgerView(described),
      suite,
      licenceTypes,
    }).verify(request, NOW)
    expect(taught.verdict).to.equal('accepted')
  })
})
