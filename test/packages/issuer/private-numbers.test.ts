/** What the command says, to a screen or a log: no identity number stands whole in it. */
import { IssuerError } from '@hefu/issuer'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const WHOLE = /19491231/
const HASH = `0x${'110105491231002abc'.repeat(3)}`

describe('what is quoted to the agency', () => {
  it('masks an identity number in a licence identifier, a file’s name or anything typed', () => {
    const id = '1.2.156.3005.2.11100000000013338W032.11430000006122244L.T11010519491231002X.001.A'
    for (const error of [
      new IssuerError('licence-unknown', { licenceId: id }),
      new IssuerError('input-empty', { file: '/data/样例甲 110105 19491231 002X.csv' }),
      new IssuerError('input-empty', { file: '/data/2026-01-01/110105194912310021.csv' }),
      new IssuerError('unknown-type', { value: '"11010519491231002x"', known: 'teacher' }),
    ]) {
      for (const text of [error.message, error.says.zh, error.says.en]) {
        expect(text).to.include('1101').and.to.include('*').and.not.match(WHOLE)
      }
    }
  })

  it('leaves the codes of a licence identifier as they are, of whatever digits, also within other text', () => {
    const head = '1.2.156.3005.2.11100000MB03271699022.1143000000000104MF.'
    const says = (serial: string): string =>
      new IssuerError('input-empty', { file: `"${head}${serial}.001.L" "${head}YL1X00000002.001.0"` }).says.zh
    expect(says('YL1X00000001')).to.include(`"${head}YL1X00000001.001.L" "${head}YL1X00000002.001.0"`)
    expect(says('T110105194912310021')).to.include(`"${head}T1101`).and.to.include('*').and.not.match(WHOLE)
    const ofPerson = `1.2.156.3005.2.11100000MB03271699022.11010519491231002X.YL1X00000001.001.L`
    expect(new IssuerError('input-empty', { file: ofPerson }).says.zh).not.to.match(WHOLE)
  })

  it('leaves every other text as it is', () => {
    const id = '1.2.156.3005.2.11100000000013338W011.11430000006122244L.YL00000001.001.A'
    for (const value of [id, HASH, '/data/2026-01-01/914301001101051949.csv']) {
      expect(new IssuerError('input-empty', { file: value }).says.zh).to.include(value)
    }
  })
})
