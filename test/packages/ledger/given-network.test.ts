/** A network that a program makes is held by the rules of a network file, wherever it becomes something that asks. */
import {
  connectAdministration,
  connectOffice,
  connectOperator,
  connectSendingOperator,
  createNetworkView,
  createOfficeView,
  createRpcLedgerView,
  type Network,
  type Outbox,
  readLicenceActs,
} from '@hefu/ledger'
import { auditLedger, connectProofReader } from '@hefu/ledger/audit'
import { createNetworkDirectory, createRegistryDirectory, type RegistryNetwork } from '@hefu/ledger/registry'
import { connectNodes, Replica } from '@hefu/ledger/replica'
import { createLocalVerifier } from '@hefu/sdk'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { refusalOf } from '../../fixtures/refusal.ts'

const ONE = 'http://127.0.0.1:9'
const OTHERS = ['https://two.example', 'https://three.example']
const ADDRESS = `0x${'c5'.repeat(20)}` as const
const NETWORK = { rpcUrl: ONE, otherRpcUrls: OTHERS, chainId: 31_337, ledger: ADDRESS, deploymentBlock: 0 }
const REGISTRY: RegistryNetwork = {
  rpcUrl: ONE,
  otherRpcUrls: OTHERS,
  chainId: 31_337,
  registry: ADDRESS,
  nodes: new Map([[2026, { rpcUrl: ONE, otherRpcUrls: OTHERS }]]),
}
const privateKey = `0x${'ac'.repeat(32)}` as const
const clock = () => 0

/** All that several nodes are asked by. */
const TAKERS: Readonly<Record<string, (network: Network) => unknown>> = {
  createNetworkView,
  createNetworkDirectory,
  createLocalVerifier: (network) => createLocalVerifier({ network }),
  connectNodes: (network) => connectNodes(network, { clock }),
  createOfficeView,
  connectOffice: (network) => connectOffice({ network, privateKey }),
  connectOperator: (network) => connectOperator({ network, privateKey }),
  connectSendingOperator: (network) => connectSendingOperator({ network, privateKey, outbox: {} as Outbox }),
  connectAdministration: (network) => connectAdministration({ network, privateKey }),
}

const WRONG: readonly (readonly [is: string, change: object, says: string])[] = [
  ['an agreement of none', { agreement: 0 }, 'network.agreement: expected an integer of at least 1'],
  ['an agreement of one of three', { agreement: 1 }, 'network.agreement: expected more than half of the 3'],
  ['an agreement of more than there are', { agreement: 4 }, 'network.agreement: expected more than half'],
  ['an agreement that is no number', { agreement: Number.NaN }, 'network.agreement: expected an integer'],
  [
    'one node three times',
    { otherRpcUrls: [ONE, `${ONE}/`] },
    'network.otherRpcUrls: expected each node once',
  ],
  ['others that are no list', { otherRpcUrls: OTHERS[0] }, 'network.otherRpcUrls: expected a list'],
  ['a finality that is no number', { finality: Number.NaN }, 'network.finality: expected an integer'],
  ['a finality before the newest', { finality: -1 }, 'network.finality: expected an integer'],
  ['an engine of none', { engine: 'clique' }, 'network.engine: expected ethereum or qbft'],
  ['a chain that is a text', { chainId: '31337' }, 'network.chainId: expected an integer'],
  ['a ledger in upper case', { ledger: ADDRESS.toUpperCase() }, 'network.ledger: expected 0x'],
  [
    'a node of another protocol',
    { rpcUrl: 'ws://127.0.0.1:9' },
    'network.rpcUrl: expected an http or https URL',
  ],
  ['a misspelt member', { agreemnt: 3 }, 'network: expected only rpcUrl'],
]

describe('A network that a program makes', () => {
  for (const [taker, take] of Object.entries(TAKERS)) {
    it(`is taken by ${taker} as a network file would say it, and refused as one that it would not`, () => {
      for (const more of [
        {},
        { agreement: 3, finality: 0, engine: 'qbft' },
        { council: ADDRESS, seats: ADDRESS },
      ])
        expect(() => take({ ...NETWORK, ...more } as Network)).to.not.throw()
      for (const [is, change, says] of WRONG)
        expect(() => take({ ...NETWORK, ...change } as Network), is)
          .to.throw(says)
          .with.property('name', 'MalformedError')
    })
  }

  it('is read by nobody, nor audited, where no network file would say it', async () => {
    const readers = { events: connectNodes(NETWORK, { clock }), proofs: connectProofReader(NETWORK) }
    for (const [is, change, says] of WRONG) {
      const network = { ...NETWORK, ...change } as Network
      const audited = auditLedger(network, readers, null, { seed: 1 })
      expect(await audited.catch(({ message }: Error) => message), is).to.include(says)
    }
    const misspelt = { ...NETWORK, agreemnt: 3 }
    expect(refusalOf(() => connectProofReader(misspelt))).to.deep.equal(['unknown-member'])
    const read = readLicenceActs(misspelt, { issuer: '1143000000000104MF', statusIndex: 0 })
    expect(await read.catch(({ message }: Error) => message)).to.include('network: expected only rpcUrl')
  })

  it('begins no replica from a block that is none', async () => {
    const nodes = connectNodes(NETWORK, { clock })
    expect((await Replica.open(NETWORK, nodes)).position).to.equal(null)
    const opened = Replica.open({ ...NETWORK, deploymentBlock: Number.NaN }, nodes)
    expect(await opened.catch(({ message }: Error) => message)).to.include(
      'network.deploymentBlock: expected',
    )
  })

  it('needs no more than a node where one node alone is asked', () => {
    const { rpcUrl, chainId, ledger } = NETWORK
    expect(createRpcLedgerView({ rpcUrl, chainId, ledger }).ledger).to.deep.equal({
      chainId,
      address: ledger,
    })
    for (const change of [{ rpcUrl: '' }, { chainId: 0 }, { ledger: undefined }, { otherRpcUrl: OTHERS }])
      expect(refusalOf(() => createRpcLedgerView({ ...NETWORK, ...change } as Network))).to.have.lengthOf(1)
  })

  it('is another than its text, and than none', () => {
    for (const given of [JSON.stringify(NETWORK), undefined, null, [NETWORK]])
      expect(refusalOf(() => createNetworkView(given as unknown as Network))).to.deep.equal(['wrong-type'])
  })

  it('is what it was when it was given, whatever becomes of the object', () => {
    const given = { ...NETWORK }
    const view = createNetworkView(given)
    given.chainId = 1
    expect(view.ledger.chainId).to.equal(NETWORK.chainId)
  })

  it('pins its ledger, a registry beside it or not', async () => {
    const directory = createNetworkDirectory({ ...NETWORK, registry: ADDRESS } as Network)
    const [trusted] = await directory.list({ notBefore: 0 })
    expect(trusted?.registration).to.equal(null)
  })

  it('that follows a registry is held with the nodes of every chain', () => {
    const { nodes: _, ...without } = REGISTRY
    for (const nodes of [REGISTRY.nodes, { 2026: ONE }, undefined])
      for (const take of [createRegistryDirectory, createNetworkDirectory])
        expect(() => take({ ...without, nodes } as RegistryNetwork)).to.not.throw()
    const other = { rpcUrl: ONE, otherRpcUrls: OTHERS }
    for (const [change, says] of [
      [{ agreement: 0 }, 'network.agreement: expected'],
      [{ registry: undefined }, 'network.registry: expected'],
      [{ nodes: [[2026, other]] }, 'network.nodes: expected an object'],
      [{ nodes: new Map([[31_337, other]]) }, 'network.nodes: expected ids of chains other than 31337'],
      [{ nodes: new Map([[0, other]]) }, 'network.nodes: expected ids of chains'],
      [{ nodes: new Map([[2026, { ...other, agreement: 1 }]]) }, 'network.nodes.2026.agreement: expected'],
      [{ nodes: new Map([[2026, { ...other, finaltiy: 1 }]]) }, 'network.nodes.2026: expected only'],
    ] as const)
      expect(() => createRegistryDirectory({ ...REGISTRY, ...change } as RegistryNetwork), says).to.throw(
        says,
      )
  })
})
