/** Network files that name a registry to follow. */
import { networkOf, parseRegistryNetwork, parseTrustedNetwork } from '@hefu/ledger/registry'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { refusalOf } from '../../fixtures/refusal.ts'

const REGISTRY = `0x${'7e'.repeat(20)}`
const LEDGER = `0x${'c5'.repeat(20)}` as const
const FOLLOWING = {
  rpcUrl: 'http://127.0.0.1:8545',
  chainId: 31_337,
  registry: REGISTRY,
  nodes: { 2026: 'https://node.example', 9007199254740991: 'http://127.0.0.1:1' },
}

const parse = (value: unknown) => parseTrustedNetwork(JSON.stringify(value))

describe('a network file', () => {
  it('that names a registry is read with the nodes of other chains', () => {
    expect(parse(FOLLOWING)).to.deep.equal({
      ...FOLLOWING,
      nodes: new Map([
        [2026, { rpcUrl: 'https://node.example' }],
        [Number.MAX_SAFE_INTEGER, { rpcUrl: 'http://127.0.0.1:1' }],
      ]),
    })
    const { nodes: _nodes, ...without } = FOLLOWING
    expect(parseRegistryNetwork(JSON.stringify(without)).nodes.size).to.equal(0)
  })

  it('says of each chain how it is followed, and from where on', () => {
    const followed = {
      otherRpcUrls: ['https://second.example', 'https://third.example'],
      agreement: 3,
      engine: 'qbft',
      finality: 0,
      deploymentBlock: 7,
    }
    const other = { rpcUrl: 'https://node.example', ...followed, finality: 12 }
    const network = parseRegistryNetwork(
      JSON.stringify({ ...FOLLOWING, ...followed, nodes: { 2026: other } }),
    )
    const { rpcUrl, chainId } = FOLLOWING
    expect(networkOf(network, { chainId, ledger: LEDGER })).to.deep.equal({
      rpcUrl,
      chainId,
      ledger: LEDGER,
      ...followed,
    })
    expect(networkOf(network, { chainId: 2026, ledger: LEDGER })).to.deep.equal({
      ...other,
      chainId: 2026,
      ledger: LEDGER,
    })
    expect(networkOf(network, { chainId: 2027, ledger: LEDGER })).to.equal(null)
    const plain = parseRegistryNetwork(JSON.stringify(FOLLOWING))
    expect(networkOf(plain, { chainId: 2026, ledger: LEDGER })).to.deep.equal({
      rpcUrl: 'https://node.example',
      chainId: 2026,
      ledger: LEDGER,
      deploymentBlock: 0,
    })
  })

  it('that names a ledger pins it, a registry beside it or not', () => {
    const pinning = { ...FOLLOWING, ledger: LEDGER, deploymentBlock: 3 }
    const { rpcUrl, chainId } = FOLLOWING
    expect(parse(pinning)).to.deep.equal({ rpcUrl, chainId, ledger: LEDGER, deploymentBlock: 3 })
  })

  it('whose ledger is not one is refused, and no registry is followed in its place', () => {
    for (const ledger of [null, '', REGISTRY.toUpperCase()]) {
      expect(
        refusalOf(() => parse({ ...FOLLOWING, ledger, deploymentBlock: 3 })),
        String(ledger),
      ).to.not.deep.equal([])
    }
  })

  it('with neither ledger nor registry is refused by name of both', () => {
    const { registry: _registry, ...neither } = FOLLOWING
    for (const other of [neither, { mediaType: 'application/json' }])
      expect(() => parse(other)).to.throw(/network: expected a ledger to pin or a registry to follow/)
  })

  for (const [is, change, where] of [
    ['a registry that is no address', { registry: '0x12' }, 'network.registry'],
    ['a member that no network file has', { node: {} }, 'network'],
    [
      'one that is misspelt in another chain',
      { nodes: { 2026: { rpcUrl: 'https://node.example', agreemnt: 3 } } },
      'network.nodes.2026',
    ],
    [
      'a member of the file in another chain',
      { nodes: { 2026: { rpcUrl: 'https://node.example', ledger: LEDGER } } },
      'network.nodes.2026',
    ],
    ['a registry in upper case', { registry: `0x${'7E'.repeat(20)}` }, 'network.registry'],
    ['no chain', { chainId: undefined }, 'network.chainId'],
    ['no node', { rpcUrl: undefined }, 'network.rpcUrl'],
    ['an agreement of too few', { otherRpcUrls: ['https://a.example'], agreement: 1 }, 'network.agreement'],
    [
      'an engine of another chain that is none',
      { nodes: { 2026: { rpcUrl: 'https://node.example', engine: 'clique' } } },
      'network.nodes.2026.engine',
    ],
    ['another chain without a node', { nodes: { 2026: { finality: 0 } } }, 'network.nodes.2026.rpcUrl'],
    [
      'a first block before the first',
      { nodes: { 2026: { rpcUrl: 'https://node.example', deploymentBlock: -1 } } },
      'network.nodes.2026.deploymentBlock',
    ],
    ['a node that is no URL of http', { nodes: { 2026: 'file:///etc/passwd' } }, 'network.nodes.2026'],
    ['nodes in a list', { nodes: ['https://node.example'] }, 'network.nodes'],
    ['no nodes, written as null', { nodes: null }, 'network.nodes'],
    ['a node of a chain that is no number', { nodes: { mainnet: 'https://node.example' } }, 'network.nodes'],
    ['a node of chain 0', { nodes: { 0: 'https://node.example' } }, 'network.nodes'],
    ['a chain id with a zero before it', { nodes: { '02026': 'https://node.example' } }, 'network.nodes'],
    ['a chain id beyond 2^53', { nodes: { 9007199254740992: 'https://node.example' } }, 'network.nodes'],
    ['a second node for its own chain', { nodes: { 31337: 'https://node.example' } }, 'network.nodes'],
    [
      '65 nodes',
      { nodes: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i + 1, 'https://node.example'])) },
      'network.nodes',
    ],
  ] as const) {
    it(`with ${is} is refused: ${where}`, () => {
      expect(() => parse({ ...FOLLOWING, ...change })).to.throw(`${where}: expected`)
    })
  }

  it('that is no JSON object is refused', () => {
    for (const text of ['', 'null', '7', '{']) {
      expect(
        refusalOf(() => parseTrustedNetwork(text)),
        text,
      ).to.deep.equal(['not-json'])
    }
  })
})
