/** Network files that name several nodes, how many of them must agree, and by whose rule a header is hashed. */
import { parseAllianceNetwork, parseNetwork } from '@hefu/ledger'
import { parseTrustedNetwork } from '@hefu/ledger/registry'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { agreementOf, rpcUrlsOf } from '#internal/ledger/network/network'
import { PLANS } from '../../../scripts/deploy/deployment-plan.ts'
import { encodeRecord } from '../../../scripts/deploy/deployment-record.ts'

const ALONE = {
  rpcUrl: 'https://one.example/key',
  chainId: 31_337,
  ledger: `0x${'c5'.repeat(20)}`,
  deploymentBlock: 3,
}
const OTHERS = ['https://two.example', 'http://127.0.0.1:8545']

const parse = (value: object) => parseNetwork(JSON.stringify(value))

describe('A network file of several nodes', () => {
  it('is read with all of them, the first one first', () => {
    const network = parse({ ...ALONE, otherRpcUrls: OTHERS, agreement: 3, engine: 'qbft' })
    expect(network).to.deep.equal({ ...ALONE, otherRpcUrls: OTHERS, agreement: 3, engine: 'qbft' })
    expect(rpcUrlsOf(network)).to.deep.equal([ALONE.rpcUrl, ...OTHERS])
  })

  it('is refused where a member is there twice, of whichever kind of network', () => {
    const text = JSON.stringify(ALONE)
    const twice = text.replace('{', `{"ledger":"0x${'1'.repeat(40)}",`)
    for (const read of [parseNetwork, parseTrustedNetwork])
      expect(() => read(twice)).to.throw('network: expected each name once')
    expect(parseNetwork(text.replace('{', '{"nodes":{"ledger":1},'))).to.deep.equal(ALONE)
  })

  it('has no member that no network file has: one that is misspelt would not hold', () => {
    const council = `0x${'c0'.repeat(20)}`
    const whole = { ...ALONE, accessManager: council, seats: council, council, registry: council }
    for (const read of [parseNetwork, parseTrustedNetwork, parseAllianceNetwork]) {
      expect(read(JSON.stringify(whole)).rpcUrl).to.equal(ALONE.rpcUrl)
      for (const name of ['otherRpcUrl', 'agreemnt', 'finaltiy', 'Engine', 'constructor', 'note'])
        expect(() => read(JSON.stringify({ ...whole, [name]: 3 })), name).to.throw(`found "${name}"`)
    }
    expect(() => parseNetwork(JSON.stringify({ ...ALONE, 张样例: 1 }))).to.throw(
      'found a text of 3 characters',
    )
  })

  it('may be the record of a deployment, with every contract and every keeper', () => {
    const address = `0x${'AB'.repeat(20)}`
    const { ledger: _, ...rest } = ALONE
    const contracts = Object.fromEntries(PLANS.map(({ name }) => [name, address]))
    const keepers = { deployer: address, superior: address, catalogue: address, emergency: address }
    const { ledger } = parseNetwork(encodeRecord({ ...rest, ...contracts, ...keepers, finality: 0 }))
    expect(ledger).to.equal(address.toLowerCase())
    expect(() => parseNetwork(encodeRecord({ ...rest, ...contracts, keeper: address }))).to.throw('"keeper"')
  })

  it('names a council by its address, or none', () => {
    const council = `0x${'c0'.repeat(20)}`
    expect(parse({ ...ALONE, council })).to.deep.equal({ ...ALONE, council })
    for (const wrong of [null, '', `${council}0`, 7])
      expect(() => parse({ ...ALONE, council: wrong }), String(wrong)).to.throw('network.council: ')
  })

  it('is one of one node where it names no other', () => {
    for (const file of [ALONE, { ...ALONE, otherRpcUrls: [] }]) {
      const network = parse(file)
      expect(network).to.deep.equal(ALONE)
      expect([rpcUrlsOf(network), agreementOf(network)]).to.deep.equal([[ALONE.rpcUrl], 1])
    }
  })

  it('needs more than half of them where it does not say how many', () => {
    const others = Array.from({ length: 15 }, (_, at) => `https://node-${at}.example`)
    const needed = others.map((_, at) =>
      agreementOf(parse({ ...ALONE, otherRpcUrls: others.slice(0, at + 1) })),
    )
    expect(needed).to.deep.equal([2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9])
  })

  it('may need all of them, and never so few that two sides could agree', () => {
    const with3 = { ...ALONE, otherRpcUrls: OTHERS }
    for (const agreement of [2, 3]) expect(agreementOf(parse({ ...with3, agreement }))).to.equal(agreement)
    for (const agreement of [1, 4, 0, -1, 1.5, '2', null])
      expect(() => parse({ ...with3, agreement }), String(agreement)).to.throw('network.agreement: expected')
    const with4 = { ...ALONE, otherRpcUrls: [...OTHERS, 'https://four.example'] }
    expect(() => parse({ ...with4, agreement: 2 })).to.throw('network.agreement: expected')
    expect(() => parse({ ...ALONE, agreement: 2 })).to.throw('network.agreement: expected')
  })

  it('names no node twice, in whichever way it is written: one would agree with itself', () => {
    for (const again of [ALONE.rpcUrl, 'https://ONE.example:443/key', OTHERS[0]])
      expect(() => parse({ ...ALONE, otherRpcUrls: [...OTHERS, again] }), again).to.throw(
        'network.otherRpcUrls: expected each node once',
      )
  })

  it('names sixteen at most, each by http or https', () => {
    const many = Array.from({ length: 16 }, (_, at) => `https://node-${at}.example`)
    expect(() => parse({ ...ALONE, otherRpcUrls: many })).to.throw('at most 16 nodes')
    for (const wrong of ['https://two.example', {}, 7, null])
      expect(() => parse({ ...ALONE, otherRpcUrls: wrong })).to.throw('network.otherRpcUrls: expected a list')
    for (const url of ['file:///etc/passwd', 'ws://two.example', '', null, 7])
      expect(() => parse({ ...ALONE, otherRpcUrls: [OTHERS[0], url] }), String(url)).to.throw(
        'network.otherRpcUrls[1]: expected',
      )
  })

  it('knows two engines', () => {
    for (const engine of ['ethereum', 'qbft'] as const)
      expect(parse({ ...ALONE, engine }).engine).to.equal(engine)
    for (const engine of ['ibft', '', 'QBFT', null, 1])
      expect(() => parse({ ...ALONE, engine }), String(engine)).to.throw('network.engine: expected')
  })
})
