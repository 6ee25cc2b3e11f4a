/** Lists of identifiers as office software writes them, and as it breaks them. */
import { showLicenceId } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { ListFault, readIdentifiers } from '#internal/console/batch/identifier-list'

const ONE = '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230001.001.O'
const OTHER = '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230002.001.M'
/** 证照标识 in GB 18030. */
const HEADER_GB18030 = [0xd6, 0xa4, 0xd5, 0xd5, 0xb1, 0xea, 0xca, 0xb6]

function read(text: string): readonly (string | null)[] {
  return [...readIdentifiers(new TextEncoder().encode(text))].map(({ presented }) => presented)
}

function refusal(bytes: Uint8Array): string {
  try {
    for (const _ of readIdentifiers(bytes)) return ''
    return ''
  } catch (error) {
    if (error instanceof ListFault) return error.code
    throw error
  }
}

describe('a list of identifiers', () => {
  it('is read by comma, semicolon and tab, with quotes, a byte-order mark and either line end', () => {
    for (const text of [
      `${ONE}\n${OTHER}\n`,
      `\ufeff"${ONE}"\r\n"${OTHER}"`,
      `序号,证照标识\r\n1,${ONE}\r\n2,${OTHER}\r\n`,
      `序号;证照标识\n1;${ONE}\n2;${OTHER}`,
      `no\tlicenceId\n1\t ${ONE} \n2\t${OTHER}`,
      `sep=;\n备注;电子证照标识\n"a;b";${ONE}\n"两\n行";${OTHER}`,
      `identifier\n${ONE}\n\n${OTHER}\n,,\n`,
    ])
      expect(read(text), text).to.deep.equal([ONE, OTHER])
  })

  it('is read in GB 18030 as in UTF-8, and not where it is neither', () => {
    const bytes = Uint8Array.from([...HEADER_GB18030, 0x0a, ...new TextEncoder().encode(ONE)])
    expect([...readIdentifiers(bytes)].map(({ presented }) => presented)).to.deep.equal([ONE])
    expect(refusal(Uint8Array.of(0x31, 0, 0x32))).to.equal('list-not-text')
  })

  it('asks nothing of a cell that is no identifier: it may be a name', () => {
    const listed = [
      ...readIdentifiers(new TextEncoder().encode(`姓名,号码\n张样例,11010519491231002X\n${ONE},1`)),
    ]
    expect(listed.map(({ presented }) => presented)).to.deep.equal([null, null, ONE])
    expect(listed.map(({ line }) => line)).to.deep.equal([1, 2, 3])
  })

  it('shows no resident number, and not more of a cell than is read', () => {
    const [first] = readIdentifiers(new TextEncoder().encode(`11010519491231002X ${'x'.repeat(500)}`))
    expect(first?.shown)
      .to.match(/^1101\*{10}002X x+$/)
      .and.have.lengthOf(80)
  })

  it('shows of an identifier what is public, whatever its digits look like', () => {
    const [first] = readIdentifiers(new TextEncoder().encode(`证照标识\n${ONE}\n`))
    expect(first?.shown).to.equal(showLicenceId(ONE))
    const agency = '1.2.156.3005.2.11100000000013338W011.11440000MB0327303X.2026000001.001.1'
    expect([...readIdentifiers(new TextEncoder().encode(agency))][0]?.shown).to.equal(showLicenceId(agency))
  })

  it('says where it is broken, and that it is empty', () => {
    expect(refusal(new TextEncoder().encode(`${ONE}\n"open\n${OTHER}`))).to.equal('list-broken')
    expect(refusal(new TextEncoder().encode('证照标识\n'))).to.equal('list-empty')
    expect(refusal(new Uint8Array())).to.equal('list-empty')
    expect(refusal(new TextEncoder().encode(`"${'x'.repeat(600_000)}"`))).to.equal('list-broken')
  })

  it('is read no further than as many as may be asked for, and one', () => {
    expect(read('x\n'.repeat(100_500)).length).to.be.within(100_001, 100_002)
  })
})
