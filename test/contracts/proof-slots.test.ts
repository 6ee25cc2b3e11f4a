import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { expect } from 'chai'
import {
  AbiCoder,
  encodeRlp,
  getBytes,
  hexlify,
  JsonRpcProvider,
  keccak256,
  toQuantity,
  toUtf8Bytes,
  ZeroHash,
} from 'ethers'
import { after, before, describe, it } from 'mocha'
import { type RunningChain, startChain } from '../../scripts/sandbox/chain.ts'
import { Capacity, type LookupFacts, NOT_ASKED } from './ledger-fixture.ts'
import {
  countCommonSlots,
  describeProofSlots,
  FACT_NAMES,
  type FactName,
  MOST_COMMON_SLOTS,
  placeOf,
} from './proof-slots.ts'
import {
  CHANGSHA,
  DISSOLVED,
  FIRST_ORIGIN_INDEX,
  FURONG,
  INDEX,
  ISSUER,
  KID,
  MERGED,
  makeHistory,
  NEIGHBOURS,
  ORIGIN_INDEX,
  ORIGIN_ISSUER,
  type ProvenHistory,
  REMADE,
  ROOT,
  TIANXIN,
  UNKNOWN_ISSUER,
} from './proven-history.ts'
import { rejection } from './rejection.ts'
import { evaluateRule, type Words } from './slot-rule.ts'
import { matchSnapshot } from './snapshot.ts'
import {
  type Header,
  type ProvenAccount,
  type ProvenBlock,
  type StateProof,
  StateProofError,
  type StorageProof,
  verifyAccount,
  verifyHeader,
  verifySlot,
} from './state-proof.ts'
import { decodeSlots } from './storage-layout.ts'

const EMPTY_TRIE = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
const coder = AbiCoder.defaultAbiCoder()

/** A fact in one place, and what the ledger answers about it. */
interface Case {
  readonly words: Words
  readonly answer: Answer
}
type Answer = Readonly<Record<string, unknown>>

function hashOf(words: readonly bigint[]): string {
  return keccak256(coder.encode([`uint256[${words.length}]`], [words]))
}

/** The code of an agency as a word. */
function agencyWord(uscc: string): bigint {
  return BigInt(coder.encode(['bytes18'], [uscc]))
}

/** The first 27 bytes of the SHA-256. */
function digestOf(text: string): string {
  return `0x${createHash('sha256').update(text).digest('hex').slice(0, 54)}`
}

describe('Slots that prove a fact', () => {
  it('are the committed ones', () => {
    matchSnapshot('proof-slots.txt', describeProofSlots())
  })

  it(`are at most ${MOST_COMMON_SLOTS} in the common case`, () => {
    expect(countCommonSlots()).to.be.at.most(MOST_COMMON_SLOTS)
  })

  it('have rules that are evaluated as they are written', () => {
    const words = { a: 5n, b: 2n ** 256n - 1n }
    expect(evaluateRule('1 + a * (a + 1) / 4', words)).to.equal(8n)
    expect(evaluateRule('b + a', words)).to.equal(4n)
    expect(evaluateRule('keccak((a / 2) . keccak(b . 3)) + 1', words)).to.equal(
      BigInt(hashOf([2n, BigInt(hashOf([words.b, 3n]))])) + 1n,
    )
    for (const none of ['', 'c', 'keccak(a', 'keccak a', 'a b', 'a +', 'a . b', '(a']) {
      expect(() => evaluateRule(none, words), none).to.throw()
    }
  })

  it('are never of a part: all are the ledger’s', () => {
    expect(describeProofSlots()).not.to.match(/members|remedies/)
  })
})

describe('Facts proven by eth_getProof against a state root', () => {
  let folder: string
  let chain: RunningChain
  let provider: JsonRpcProvider
  let history: ProvenHistory
  let header: Header & { hash: string }
  let block: ProvenBlock
  let account: ProvenAccount
  let cases: Readonly<Record<FactName, readonly Case[]>>

  before(async function () {
    this.timeout(120_000)
    folder = await mkdtemp(join(tmpdir(), 'hefu-proofs-'))
    chain = await startChain({ port: await freePort(), stateFile: join(folder, 'chain.json') })
    provider = new JsonRpcProvider(chain.rpcUrl, undefined, {
      cacheTimeout: -1,
      polling: true,
      pollingInterval: 50,
    })
    history = await makeHistory(chain.rpcUrl, provider)
    header = await headerOf(history.blockNumber)
    block = verifyHeader(header.hash, header)
    const { ledger } = history.deployment
    account = await verifyAccount(block.stateRoot, ledger, (await proofOf(ledger, [])).accountProof)
    cases = await casesOf()
  })

  after(async () => {
    provider?.destroy()
    await chain?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const headerOf = (number: number): Promise<Header & { hash: string }> =>
    provider.send('eth_getBlockByNumber', [toQuantity(number), false])

  const proofOf = (address: string, slots: readonly bigint[]): Promise<StateProof> =>
    provider.send('eth_getProof', [
      address,
      slots.map((slot) => `0x${slot.toString(16).padStart(64, '0')}`),
      toQuantity(history.blockNumber),
    ])

  async function lookUp(issuer: string, statusIndex: number): Promise<LookupFacts> {
    const query = { ...NOT_ASKED, issuer, root: ROOT, kid: KID, statusIndex }
    return await history.ledger.getFunction('lookup')(query, { blockTag: history.blockNumber })
  }

  function slotsOfFact(name: FactName, words: Words): bigint[] {
    const { rule, slots } = placeOf(name)
    const first = evaluateRule(rule, words)
    return Array.from({ length: slots }, (_, place) => first + BigInt(place))
  }

  async function provenSlots(name: FactName, words: Words): Promise<{ slot: bigint; proof: StorageProof }[]> {
    const slots = slotsOfFact(name, words)
    const { storageProof } = await proofOf(history.deployment.ledger, slots)
    expect(storageProof).to.have.length(slots.length)
    return slots.map((slot, place) => ({ slot, proof: storageProof[place] as StorageProof }))
  }

  /** The fact as its slots prove it, each member a number. */
  async function prove(name: FactName, words: Words): Promise<Readonly<Record<string, bigint>>> {
    const held: bigint[] = []
    for (const { slot, proof } of await provenSlots(name, words)) {
      held.push(await verifySlot(account.storageRoot, slot, proof))
    }
    const { layout, type } = placeOf(name)
    return decodeSlots(layout, type, held)
  }

  async function casesOf(): Promise<Readonly<Record<FactName, readonly Case[]>>> {
    const { ledger, agencyNamedAt, regionNamedAt } = history
    const now = 2n ** 40n - 1n
    const licence = await lookUp(ISSUER, INDEX)
    const remade = await lookUp(ISSUER, REMADE)
    const cameFrom = await lookUp(ORIGIN_ISSUER, ORIGIN_INDEX)
    const merged = await lookUp(MERGED, 0)
    const dissolved = await lookUp(DISSOLVED, 0)
    const issuer = agencyWord(ISSUER)
    const region = BigInt(FURONG)
    const [i, index] = [1n, BigInt(INDEX)]
    const ofIndex = { issuer, index }
    const ofOrigin = { originIssuer: agencyWord(ORIGIN_ISSUER), originIndex: BigInt(ORIGIN_INDEX) }
    const neighbours = await Promise.all(
      NEIGHBOURS.map(async (place) => ({
        index: BigInt(place),
        answer: { value: (await lookUp(ISSUER, place)).statusWord },
      })),
    )
    expect(neighbours[0]?.answer.value).not.to.equal(neighbours[1]?.answer.value)
    const digest = digestOf(licence.agencyName)
    const ofText = { digest: BigInt(digest) }
    const text = toUtf8Bytes(licence.agencyName)
    expect(text.length).to.be.greaterThan(64)
    const short = { digest: BigInt(digestOf('湖南省\n\n')) }
    return {
      agency: [
        { words: { issuer }, answer: structOf(licence.agency) },
        { words: { issuer: agencyWord(MERGED) }, answer: structOf(merged.agency) },
      ],
      agencyTenure: [
        { words: { issuer }, answer: structOf(licence.agencyTenure) },
        { words: { issuer: agencyWord(MERGED) }, answer: structOf(merged.agencyTenure) },
      ],
      agencyName: [
        { words: { issuer }, answer: { since: agencyNamedAt[2], fact: digestOf(licence.responsible.name) } },
      ],
      region: [
        { words: { region }, answer: structOf(licence.region) },
        { words: { region: 440000n }, answer: structOf(cameFrom.region) },
      ],
      regionName: [
        {
          words: { region },
          answer: { since: regionNamedAt[2], fact: digestOf(await ledger.regionNameAt(FURONG, now)) },
        },
      ],
      key: [{ words: { issuer, kid: BigInt(KID) }, answer: structOf(licence.key) }],
      anchor: [{ words: { issuer, root: BigInt(ROOT) }, answer: structOf(licence.anchor) }],
      statusWord: [
        { words: ofIndex, answer: { value: licence.statusWord } },
        ...neighbours.map(({ index, answer }) => ({ words: { issuer, index }, answer })),
      ],
      notes: [
        { words: ofIndex, answer: structOf(licence.notes) },
        { words: { issuer, index: BigInt(REMADE) }, answer: structOf(remade.notes) },
      ],
      successor: [{ words: ofIndex, answer: structOf(licence.successor) }],
      origin: [
        { words: ofIndex, answer: structOf(await ledger.originOf(ISSUER, INDEX)) },
        {
          words: { issuer, index: BigInt(REMADE) },
          answer: structOf(await ledger.originOf(ISSUER, REMADE)),
        },
      ],
      regionAbove: [
        { words: { parent: licence.region.parent }, answer: structOf(await ledger.region(CHANGSHA)) },
        { words: { parent: 430000n }, answer: structOf(await ledger.region(430000)) },
      ],
      earlierAgencyNameCount: [{ words: { issuer }, answer: { value: agencyNamedAt.length - 1 } }],
      earlierAgencyName: [{ words: { issuer, i }, answer: { since: agencyNamedAt[1], fact: digest } }],
      earlierRegionNameCount: [{ words: { region }, answer: { value: regionNamedAt.length - 1 } }],
      earlierRegionName: [
        { words: { region, i }, answer: { since: regionNamedAt[1], fact: digestOf(licence.regionName) } },
      ],
      nameText: [
        { words: ofText, answer: { value: 2 * text.length + 1 } },
        {
          words: short,
          answer: { value: `0x${Buffer.from('湖南省\n\n').toString('hex').padEnd(62, '0')}16` },
        },
      ],
      nameTextBytes: [0, 1, 2].map((place) => ({
        words: { ...ofText, i: BigInt(place) },
        answer: { value: bytesOf(text, place) },
      })),
      passedOverCount: [{ words: { issuer }, answer: { value: 2 } }],
      passedOver: [
        { words: { issuer, i: 0n }, answer: { first: 0, end: 3 } },
        { words: { issuer, i: 1n }, answer: { first: 13, end: 17 } },
      ],
      agencySuccessor: [
        { words: { issuer: agencyWord(MERGED) }, answer: { value: merged.responsible.agency } },
        { words: { issuer: agencyWord(DISSOLVED) }, answer: { value: 0 } },
      ],
      successorAgency: [{ words: { successor: issuer }, answer: structOf(licence.agency) }],
      regionSuccessor: [
        { words: { region: BigInt(TIANXIN) }, answer: { value: dissolved.responsible.region } },
      ],
      originStatusWord: [
        { words: ofOrigin, answer: { value: cameFrom.statusWord } },
        ...neighbours.map(({ index, answer }) => ({
          words: { originIssuer: issuer, originIndex: index },
          answer,
        })),
      ],
      originNotes: [{ words: ofOrigin, answer: structOf(cameFrom.notes) }],
      earlierOrigin: [
        { words: ofOrigin, answer: structOf(await ledger.originOf(ORIGIN_ISSUER, ORIGIN_INDEX)) },
        {
          words: { ...ofOrigin, originIndex: BigInt(FIRST_ORIGIN_INDEX) },
          answer: structOf(await ledger.originOf(ORIGIN_ISSUER, FIRST_ORIGIN_INDEX)),
        },
      ],
    }
  }

  for (const name of FACT_NAMES) {
    it(`${name}: as the ledger answers, and not nothing`, async () => {
      let something = 0n
      for (const { words, answer } of cases[name]) {
        const proven = await prove(name, words)
        expect(proven).to.deep.equal(numbersOf(answer))
        something |= Object.values(proven).reduce((sum, value) => sum | value, 0n)
      }
      expect(something).not.to.equal(0n)
    })

    it(`${name}: absent where it is not`, async () => {
      const nowhere = {
        issuer: agencyWord(UNKNOWN_ISSUER),
        successor: agencyWord(UNKNOWN_ISSUER),
        originIssuer: agencyWord(UNKNOWN_ISSUER),
        region: 990000n,
        parent: 990000n,
        root: 1n,
        kid: 1n,
        digest: 1n,
        index: 7n,
        originIndex: 7n,
        i: 0n,
      }
      expect(new Set(Object.values(await prove(name, nowhere)))).to.deep.equal(new Set([0n]))
    })

    it(`${name}: refused with another value, of another slot, without a node, under another root`, async () => {
      let refused = 0
      for (const { words } of cases[name]) {
        for (const { slot, proof } of await provenSlots(name, words)) {
          await expectProven(slot, proof)
          for (const forged of forgeriesOf(proof)) {
            await expectRefused(verifySlot(account.storageRoot, slot, forged))
            refused += 1
          }
          await expectRefused(verifySlot(block.stateRoot, slot, proof))
          if (BigInt(proof.value) !== 0n)
            await expectRefused(verifySlot(account.storageRoot, slot + 7n, proof))
        }
      }
      expect(refused).to.be.greaterThan(2)
    })
  }

  it('makes each of the facts that the ledger derives: the answer of lookup follows from what is proven', async () => {
    const licence = await lookUp(ISSUER, INDEX)
    expect(licence.isAnchoredIndex).to.equal(true)
    expect((await lookUp(ISSUER, 14)).isAnchoredIndex).to.equal(false)
    expect(licence.regionActive).to.equal(true)
    expect((await lookUp(ORIGIN_ISSUER, ORIGIN_INDEX)).regionActive).to.equal(false)
    expect(licence.responsible.capacity).to.equal(Capacity.Operator)
    expect((await lookUp(MERGED, 0)).responsible.capacity).to.equal(Capacity.Successor)
    expect((await lookUp(DISSOLVED, 0)).responsible.capacity).to.equal(Capacity.Custodian)
    expect((await lookUp(DISSOLVED, 0)).responsible.region).to.equal(BigInt(FURONG))
  })

  it('proves the number and the time of the block by its header', async () => {
    const { blockNumber, blockTime } = await lookUp(ISSUER, INDEX)
    expect([block.number, block.timestamp]).to.deep.equal([blockNumber, blockTime])
    for (const name of ['number', 'timestamp', 'stateRoot']) {
      const other = toQuantity(BigInt(String(header[name])) + 1n)
      expect(() => verifyHeader(header.hash, { ...header, [name]: other }), name).to.throw(StateProofError)
    }
  })

  it('proves the origins of a licence hop by hop', async () => {
    const { origins } = await lookUp(ISSUER, INDEX)
    expect(origins.map(({ index }) => index)).to.deep.equal([ORIGIN_INDEX, FIRST_ORIGIN_INDEX].map(BigInt))
    let place = await prove('origin', { issuer: agencyWord(ISSUER), index: BigInt(INDEX) })
    for (const origin of origins) {
      expect([place['issuer'], place['index'], place['since']]).to.deep.equal(
        [origin.issuer, origin.index, origin.since].map(BigInt),
      )
      const words = { originIssuer: agencyWord(origin.issuer), originIndex: origin.index }
      const { value: statuses = 0n } = await prove('originStatusWord', words)
      expect((statuses >> (4n * (origin.index % 48n))) & 0xfn).to.equal(origin.status)
      expect((await prove('originNotes', words))['standing']).to.equal(origin.notices)
      place = await prove('earlierOrigin', words)
    }
    expect(place['since']).to.equal(0n)
  })

  it('proves the ledger’s code, and that its parts hold nothing', async () => {
    const { ledger, members, remedies } = history.deployment
    expect(account.codeHash).to.equal(keccak256(await provider.getCode(ledger)))
    for (const part of [members, remedies]) {
      const proven = await verifyAccount(block.stateRoot, part, (await proofOf(part, [])).accountProof)
      expect(proven.codeHash).to.equal(keccak256(await provider.getCode(part)))
      expect([EMPTY_TRIE, await rootOfZeroSlot()]).to.include(proven.storageRoot)
    }
  })

  it('refuses an account under another state root, without a node, or in another’s place', async () => {
    const { ledger, members } = history.deployment
    const { accountProof } = await proofOf(ledger, [])
    const before = await headerOf(history.blockNumber - 1)
    expect(before['stateRoot']).not.to.equal(block.stateRoot)
    await expectRefused(verifyAccount(String(before['stateRoot']), ledger, accountProof))
    await expectRefused(verifyAccount(block.stateRoot, members, accountProof))
    for (const place of accountProof.keys()) {
      await expectRefused(verifyAccount(block.stateRoot, ledger, accountProof.toSpliced(place, 1)))
    }
  })

  async function expectProven(slot: bigint, proof: StorageProof): Promise<void> {
    expect(await verifySlot(account.storageRoot, slot, proof)).to.equal(BigInt(proof.value))
  }
})

async function expectRefused(verified: Promise<unknown>): Promise<void> {
  expect(await rejection(verified)).to.be.instanceOf(StateProofError)
}

/** Another value told, another one in the leaf, and each node left out. */
function forgeriesOf(proof: StorageProof): StorageProof[] {
  const leaf = proof.proof.length - 1
  const altered = Buffer.from((proof.proof[leaf] ?? '0x').slice(2), 'hex')
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
  return [
    { ...proof, value: `0x${(BigInt(proof.value) + 1n).toString(16)}` },
    { ...proof, proof: proof.proof.with(leaf, `0x${altered.toString('hex')}`) },
    ...proof.proof.map((_, place) => ({ ...proof, proof: proof.proof.toSpliced(place, 1) })),
  ]
}

/** The members of a struct by their names, as ethers answers it. */
function structOf(facts: object): Answer {
  return (facts as { toObject(): Answer }).toObject()
}

function numbersOf(answer: Answer): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, BigInt(value as string | number | boolean)]),
  )
}

/** What anvil keeps of a contract whose constructor wrote a zero to its first slot: the authority that it has not. */
async function rootOfZeroSlot(): Promise<string> {
  const trie = new MerklePatriciaTrie({ useKeyHashing: true })
  await trie.put(getBytes(ZeroHash), getBytes(encodeRlp('0x')))
  return hexlify(trie.root())
}

/** 32 bytes of a text, filled up with zeros. */
function bytesOf(text: Uint8Array, place: number): string {
  const bytes = Buffer.from(text.subarray(32 * place, 32 * place + 32))
  return `0x${bytes.toString('hex').padEnd(ZeroHash.length - 2, '0')}`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
