/** The exported table: text whatever stands in it (OWASP, CSV Injection; RFC 4180). */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import type { BatchRow } from '#internal/console/batch/batch-rows'
import { writeTable } from '#internal/console/batch/result-table'
import { cellOf, rowOfCells } from '#internal/console/batch/table-cells'

/** What a program for tables would count, run or fetch. */
const FORMULAS = [
  '=1+1',
  '=HYPERLINK("http://elsewhere","look")',
  '+1',
  '-1',
  '@SUM(A1)',
  '|calc',
  '%0',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =1',
  '\u3000=1',
  '＝1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '﹦1',
  '﹢1',
  '\u200b=1',
  '\ufeff=1',
  '\u202e=1',
  '\0=1',
  "=cmd|' /C calc'!A0",
]
const PLAIN = ['张样例.pdf', 'a-b+c=d@e', '20260112-7K3M9QXA-000123-J', '0', '《关于…》.ofd', "'quoted'"]

describe('a cell of the exported table', () => {
  for (const text of FORMULAS)
    it(`that begins as a formula begins with an apostrophe: ${JSON.stringify(text)}`, () => {
      expect(cellOf(text)).to.match(/^"'/).and.match(/"$/)
    })

  it('of any other text is that text', () => {
    for (const text of PLAIN) expect(cellOf(text)).to.equal(`"${text}"`)
    expect([cellOf(7), cellOf(null)]).to.deep.equal(['"7"', '""'])
  })

  it('ends nowhere but at its end, and hides nothing', () => {
    expect(cellOf('a"b,\r\n=1')).to.equal('"a""b,[U+000D][U+000A]=1"')
    expect(cellOf('甲\u202e乙')).to.equal('"甲[U+202E]乙"')
    expect(rowOfCells(['a', null, 1])).to.equal('"a","","1"\r\n')
  })
})

describe('the exported table', () => {
  const row: BatchRow = {
    row: 1,
    name: '=1+1.pdf',
    outcome: 'rejected',
    reason: 'finding:status/revoked',
    nextStep: { zh: '不得据此受理', en: 'Do not rely on it' },
    resultCode: 3,
    number: '20260112-7K3M9QXA-000123-J',
    digest: null,
    sought: null,
    licence: {
      id: '1.2.156.3005.2.1.2.3.001.O',
      type: 'unknown-type',
      issuer: '11430000006122244L',
      issuerName: '湖南省住房和城乡建设厅',
    },
    place: null,
  }
  const reasons = new Map([['finding:status/revoked', { zh: '证照已被吊销', en: 'Revoked' }]])

  it('begins with the mark by which office software knows UTF-8, and says each row in the language chosen', () => {
    const zh = [...writeTable([row], reasons, 'zh')].join('')
    expect(zh).to.match(/^\ufeff"序号","文件","电子证照标识","证照类型","颁发机构","颁发机构代码","结果"/)
    expect(zh).to.include(
      '"1","\'=1+1.pdf","1.2.156.3005.2.1.2.3.001.O","unknown-type","湖南省住房和城乡建设厅","11430000006122244L","不予认可","证照已被吊销","不得据此受理","3","20260112-7K3M9QXA-000123-J"',
    )
    expect([...writeTable([row], reasons, 'en')].join('')).to.include(
      '"Rejected","Revoked","Do not rely on it"',
    )
  })

  it('says nothing of a licence of which no report says anything', () => {
    const table = [...writeTable([{ ...row, licence: null }], reasons, 'zh')].join('')
    expect(table).to.include('"\'=1+1.pdf","","","","","不予认可"')
  })

  it('has a row for each, however many', () => {
    const rows = Array.from({ length: 2_345 }, (_, i) => ({ ...row, row: i + 1 }))
    const lines = [...writeTable(rows, reasons, 'zh')].join('').split('\r\n')
    expect(lines).to.have.lengthOf(2_345 + 2)
  })
})
