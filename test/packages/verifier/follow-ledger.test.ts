/** What a followed ledger says of its faults: each kind once, and nothing more is answered after one that does not pass. */
import { setTimeout as pause } from 'node:timers/promises'
import {
  type BlockLog,
  type NodeReader,
  type ReadBlock,
  Replica,
  type ReplicaStore,
} from '@hefu/ledger/replica'
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { followLedger } from '#internal/verifier/replica/follow-ledger'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'

const ADDRESS: Hex = `0x${'1e'.repeat(20)}`
const NETWORK = { rpcUrl: 'http://localhost', chainId: 1, ledger: ADDRESS, deploymentBlock: 1, finality: 0 }
const QUERY = {
  issuer: '11430000000000201H',
  keyId: ADDRESS,
  statusIndex: 0,
  licenceType: '11100000000013338W011',
  receivingRegion: '440000',
}

/** By which a ledger shows that it is one: it names its rulebook when it is deployed. */
const NAMED = readArtifact(LEDGER_INTERFACE).abi.encodeEventLog('RulebookChanged', [
  `0x${'2b'.repeat(20)}`,
  1,
])

const hashOf = (number: number): Hex => `0x${String(number).padStart(64, '0')}`

function blockAt(number: number): ReadBlock {
  const logsBloom: Hex = `0x${(number === 1 ? 'ff' : '00').repeat(256)}`
  return { number, hash: hashOf(number), parentHash: hashOf(number - 1), time: number, logsBloom }
}

const NAMED_LOG: BlockLog = {
  address: ADDRESS,
  data: NAMED.data as Hex,
  topics: NAMED.topics as Hex[],
  blockNumber: 1,
  blockHash: hashOf(1),
  logIndex: 0,
}

/** Asked so often, a chain has shown each of its faults several times. */
const OFTEN = 20
/** How long nothing more may be told by who should have stopped (milliseconds). */
const QUIET_MS = 50

interface GrowingChain extends NodeReader {
  /** How often its newest block was asked for. */
  readonly asked: () => number
}

/** The chain of a ledger without further events that is one block longer each time. */
function growingChain(faultAt: (height: number) => Error | null): GrowingChain {
  let asked = 0
  const height = () => 3 + asked
  return {
    asked: () => asked,
    newest: async () => {
      asked += 1
      const fault = faultAt(height())
      if (fault !== null) throw fault
      return blockAt(height())
    },
    block: async (number) => blockAt(number),
    finalNumber: async () => height(),
    logs: async (addresses, range) => {
      const isIn = 'from' in range ? range.from <= 1 && range.to >= 1 : range.blockHash === hashOf(1)
      return isIn && addresses.includes(ADDRESS) ? [NAMED_LOG] : []
    },
  }
}

async function told(chain: GrowingChain, store?: ReplicaStore) {
  const faults: (string | undefined)[] = []
  const { view, queries, stop } = followLedger(
    await Replica.open(NETWORK, chain, store),
    (fault) => faults.push(fault?.name),
    1,
  )
  while (chain.asked() < OFTEN && !faults.includes('TypeError')) await pause(1)
  await pause(QUIET_MS)
  await stop()
  const answer = await view.lookup(QUERY).catch((error: unknown) => error)
  return { faults, answer, queries }
}

describe('A followed ledger', () => {
  it('tells of a fault once, whichever block its sentence names, and once that it is over', async () => {
    const { faults } = await told(
      growingChain((height) =>
        height < 8 ? new LedgerUnavailableError('unreachable', `reach block ${height}`) : null,
      ),
    )
    expect(faults).to.deep.equal(['LedgerUnavailableError', undefined])
  })

  it('tells of another code as of another fault', async () => {
    const { faults } = await told(
      growingChain(
        (height) => new LedgerUnavailableError(height < 8 ? 'unreachable' : 'inconsistent', 'ask the node'),
      ),
    )
    expect(faults).to.deep.equal(['LedgerUnavailableError', 'LedgerUnavailableError'])
  })

  it('answers on while nothing can be saved, and says that', async () => {
    const { faults, answer } = await told(
      growingChain(() => null),
      {
        position: async () => null,
        restore: async () => undefined,
        save: () => Promise.reject(new Error('the database does not answer')),
      },
    )
    expect(faults).to.deep.equal(['ReplicaUnsavedError'])
    expect(answer).to.have.nested.property('block.number').above(4)
  })

  it('takes no fault of this program for one that passes: nothing more is answered', async () => {
    const { faults, answer, queries } = await told(
      growingChain((height) => (height === 8 ? new TypeError('undefined is not a function') : null)),
    )
    expect(faults).to.deep.equal(['TypeError'])
    expect(answer).to.have.property('code', 'inconsistent')
    expect(queries).to.throw(LedgerUnavailableError).with.property('code', 'inconsistent')
  })

  it('lists nothing before the first block was read, and of the newest one then', async () => {
    const silent = await told(growingChain(() => new LedgerUnavailableError('unreachable', 'ask the node')))
    expect(silent.queries).to.throw(LedgerUnavailableError).with.property('code', 'unreachable')
    const { queries } = await told(growingChain(() => null))
    expect(queries().block.number).to.be.above(4)
  })
})
