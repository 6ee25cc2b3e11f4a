import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { expect } from 'chai'
import {
  AbiCoder,
  encodeRlp,
  getBytes,
  hexlify,
  type JsonRpcProvider,
  keccak256,
  toQuantity,
  toUtf8Bytes,
  ZeroHash,
} from 'ethers'
import { after, before, describe, it } from 'mocha'
import {
  Capacity,
  GUANGDONG,
  HUNAN,
  type LicenceTypeFacts,
  type LookupFacts,
  NOT_ASKED,
  SAFETY_MANAGER,
  type ServiceItemFacts,
  SPECIAL_OPERATION,
  type TenureFacts,
} from './ledger-fixture.ts'
import {
  contractOf,
  countCommonSlots,
  describeProofSlots,
  FACT_NAMES,
  type FactName,
  MOST_COMMON_SLOTS,
  NEWEST_AGREEMENTS,
  placeOf,
} from './proof-slots.ts'
import { type ProvenChain, startProvenChain } from './proven-chain.ts'
import {
  DISSOLVED,
  FIRST_ORIGIN_INDEX,
  INDEX,
  ISSUER,
  KID,
  MERGED,
  NEIGHBOURS,
  ORIGIN_INDEX,
  ORIGIN_ISSUER,
  PLAIN_ISSUER,
  type ProvenHistory,
  QINGHAI,
  REMADE,
  ROOT,
  TIANXIN,
  UNKNOWN_ISSUER,
} from './proven-history.ts'
import { AGREEMENTS, APPROVALS, CHANGSHA, FIELDS, FURONG, ITEM, REFUSED, SICHUAN } from './proven-rules.ts'
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
type Cases = Readonly<Record<FactName, readonly Case[]>>
type MembershipFact =
  | `${'issuing' | 'receiving'}Membership${'' | 'Before' | 'BeforeCount'}`
  | `former${'Region' | 'Parent'}${'' | 'Count'}`
  | 'regionTenure'
  | `rulebook${'' | 'Before' | 'BeforeCount'}`
/** Kept by the registry. */
type RegistryFact = 'ledgerCount' | 'registeredLedger'
/** Kept by the rulebook. */
type RuleFact =
  | `${'licenceType' | 'responsibility' | 'delegation' | 'refusal' | 'baseline' | 'serviceItem'}${'' | 'Before' | 'BeforeCount'}`
  | `approval${'' | 'Count' | 'Bytes' | 'Digest'}`
  | `demand${'Digest' | 'edFields' | 'edFieldsBytes'}`
  | `bond${'' | 'Count'}`
  | 'schemaDigest'
  | 'refusesType'
  | 'agreement'
  | 'membership'
type ContractName = ReturnType<typeof contractOf>
type Recognised = Awaited<ReturnType<ProvenHistory['rulebook']['recognised']>>

function hashOf(words: readonly bigint[]): string {
  return keccak256(coder.encode([`uint256[${words.length}]`], [words]))
}

/** The code of an agency as a word. */
function agencyWord(uscc: string): bigint {
  return BigInt(coder.encode(['bytes18'], [uscc]))
}

/** The code of a licence type as a word. */
function typeWord(code: string): bigint {
  return BigInt(coder.encode(['bytes21'], [code]))
}

/** As the table says that `fact` holds them. */
function packedType({ rules, version, status, since }: LicenceTypeFacts): Answer {
  const { holderClass, validityMonths, reviewMonths } = rules
  const members = [
    [version, 0n],
    [status, 32n],
    [holderClass, 40n],
    [validityMonths, 48n],
    [reviewMonths, 64n],
  ] as const
  return { since, fact: members.reduce((sum, [value, shift]) => sum | (BigInt(value) << shift), 0n) }
}

function packedItem({ version, status, since }: ServiceItemFacts): Answer {
  return { since, fact: version | (status << 32n) }
}

/** Hunan is a member, Qinghai was one: what is so, how much was before, and that. */
function casesOfMembership(
  word: 'issuing' | 'receiving',
  admittedAt: bigint,
  left: TenureFacts,
): readonly [newest: readonly Case[], count: readonly Case[], earlier: readonly Case[]] {
  const [here, gone] = [{ [word]: BigInt(HUNAN) }, { [word]: BigInt(QINGHAI) }]
  return [
    [
      { words: here, answer: { since: admittedAt, fact: 1 } },
      { words: gone, answer: { since: left.statusSince, fact: 0 } },
    ],
    [{ words: gone, answer: { value: 1 } }],
    [{ words: { ...gone, i: 0n }, answer: { since: left.heldSince, fact: 1 } }],
  ]
}

/** As names keep it: the first 27 bytes. */
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

  it('are of as many agreements as the rulebook looks at', () => {
    const source = readFileSync(
      join(import.meta.dirname, '../../contracts/rulebook/Recognitions.sol'),
      'utf8',
    )
    expect(/ NEWEST = (\d+);/.exec(source)?.[1]).to.equal(String(NEWEST_AGREEMENTS))
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

  it('are never of a part: all are the ledger’s, the rulebook’s or the registry’s', () => {
    expect(describeProofSlots()).not.to.match(/\b(members|remedies|appointments)\b/)
    expect([...new Set(FACT_NAMES.map(contractOf))]).to.deep.equal(['ledger', 'rulebook', 'registry'])
  })
})

describe('Facts proven by eth_getProof against a state root', () => {
  let proven: ProvenChain
  let provider: JsonRpcProvider
  let history: ProvenHistory
  let header: Header & { hash: string }
  let block: ProvenBlock
  let accounts: Readonly<Record<ContractName, ProvenAccount>>
  let addresses: Readonly<Record<ContractName, string>>
  let cases: Cases

  before(async function () {
    this.timeout(120_000)
    proven = await startProvenChain()
    ;({ provider, history } = proven)
    header = await headerOf(history.blockNumber)
    block = verifyHeader(header.hash, header)
    const { ledger, rulebook, registry } = history
    addresses = {
      ledger: await ledger.getAddress(),
      rulebook: await rulebook.getAddress(),
      registry: await registry.getAddress(),
    }
    accounts = {
      ledger: await provenAccount('ledger'),
      rulebook: await provenAccount('rulebook'),
      registry: await provenAccount('registry'),
    }
    cases = await casesOf()
  })

  after(async () => {
    await proven?.stop()
  })

  const headerOf = (number: number): Promise<Header & { hash: string }> =>
    provider.send('eth_getBlockByNumber', [toQuantity(number), false])

  const proofOf = (address: string, slots: readonly bigint[]): Promise<StateProof> =>
    provider.send('eth_getProof', [
      address,
      slots.map((slot) => `0x${slot.toString(16).padStart(64, '0')}`),
      toQuantity(history.blockNumber),
    ])

  async function provenAccount(name: ContractName): Promise<ProvenAccount> {
    const { accountProof } = await proofOf(addresses[name], [])
    return await verifyAccount(block.stateRoot, addresses[name], accountProof)
  }

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
    const { storageProof } = await proofOf(addresses[contractOf(name)], slots)
    expect(storageProof).to.have.length(slots.length)
    return slots.map((slot, place) => ({ slot, proof: storageProof[place] as StorageProof }))
  }

  /** The fact as its slots prove it, each member a number. */
  async function prove(name: FactName, words: Words): Promise<Readonly<Record<string, bigint>>> {
    const held: bigint[] = []
    for (const { slot, proof } of await provenSlots(name, words)) {
      held.push(await verifySlot(accounts[contractOf(name)].storageRoot, slot, proof))
    }
    const { layout, type } = placeOf(name)
    return decodeSlots(layout, type, held)
  }

  async function casesOf(): Promise<Cases> {
    const { ledger, rulebook, agencyNamedAt, regionNamedAt, firstEditionAt } = history
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
        {
          words: { issuer },
          answer: { since: agencyNamedAt[2], fact: digestOf(licence.responsible.name) },
        },
      ],
      region: [
        { words: { region }, answer: structOf(licence.region) },
        { words: { region: 440000n }, answer: structOf(cameFrom.region) },
      ],
      regionName: [
        {
          words: { region },
          answer: { since: regionNamedAt[2], fact: digestOf(dissolved.responsible.name) },
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
      agencyNameBeforeCount: [{ words: { issuer }, answer: { value: 2 } }],
      agencyNameBefore: [{ words: { issuer, i }, answer: { since: agencyNamedAt[1], fact: digest } }],
      regionNameBeforeCount: [{ words: { region }, answer: { value: 2 } }],
      regionNameBefore: [
        { words: { region, i }, answer: { since: regionNamedAt[1], fact: digestOf(licence.regionName) } },
      ],
      nameText: [
        { words: ofText, answer: { value: 2 * text.length + 1 } },
        {
          words: short,
          answer: { value: shortTextSlot(toUtf8Bytes('湖南省\n\n')) },
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
      ...(await casesOfRegions()),
      ...(await casesOfRules(rulebook, firstEditionAt)),
      ...(await casesOfRegistry()),
    }
  }

  /** Which ledgers there are. */
  async function casesOfRegistry(): Promise<Pick<Cases, RegistryFact>> {
    const { registry, blockNumber } = history
    const at = { blockTag: blockNumber }
    const numbers = [1, 2] as const
    return {
      ledgerCount: [{ words: {}, answer: { value: await registry.ledgerCount(at) } }],
      registeredLedger: await Promise.all(
        numbers.map(async (number) => ({
          words: { i: BigInt(number - 1) },
          answer: structOf(await registry.ledgerAt(number, at)),
        })),
      ),
    }
  }

  /** Who is a member, and whose rules hold. */
  async function casesOfRegions(): Promise<Pick<Cases, MembershipFact>> {
    const { ledger, deployment, agencyMovedAt, regionMovedAt } = history
    const { heldSince: admittedAt } = await ledger.tenureOfRegion(HUNAN)
    const left = await ledger.tenureOfRegion(QINGHAI)
    const issuing = casesOfMembership('issuing', admittedAt, left)
    const receiving = casesOfMembership('receiving', admittedAt, left)
    const [first, second] = await ledger.rulebooks()
    expect(first?.rulebook).to.equal(deployment.rulebook)
    expect(second?.rulebook).to.equal(addresses.rulebook)
    return {
      issuingMembership: issuing[0],
      issuingMembershipBeforeCount: issuing[1],
      issuingMembershipBefore: issuing[2],
      receivingMembership: receiving[0],
      receivingMembershipBeforeCount: receiving[1],
      receivingMembershipBefore: receiving[2],
      formerRegionCount: [{ words: { issuer: agencyWord(MERGED) }, answer: { value: 2 } }],
      formerRegion: [FURONG, CHANGSHA].map((fact, place) => ({
        words: { issuer: agencyWord(MERGED), i: BigInt(place) },
        answer: { since: agencyMovedAt[place], fact },
      })),
      regionTenure: [
        { words: { region: BigInt(FURONG) }, answer: structOf(await ledger.tenureOfRegion(FURONG)) },
        { words: { region: BigInt(CHANGSHA) }, answer: structOf(await ledger.tenureOfRegion(CHANGSHA)) },
      ],
      formerParentCount: [{ words: { region: BigInt(FURONG) }, answer: { value: 2 } }],
      formerParent: [CHANGSHA, HUNAN].map((fact, place) => ({
        words: { region: BigInt(FURONG), i: BigInt(place) },
        answer: { since: regionMovedAt[place], fact },
      })),
      rulebook: [{ words: {}, answer: { since: second?.from, fact: second?.rulebook } }],
      rulebookBeforeCount: [{ words: {}, answer: { value: 1 } }],
      rulebookBefore: [{ words: { i: 0n }, answer: { since: first?.from, fact: first?.rulebook } }],
    }
  }

  async function casesOfRules(
    rulebook: ProvenHistory['rulebook'],
    before: number,
  ): Promise<Pick<Cases, RuleFact>> {
    const now = Number(block.timestamp)
    const licenceType = typeWord(SAFETY_MANAGER)
    const [type, typeBefore] = await Promise.all([
      rulebook.licenceTypeAt(SAFETY_MANAGER, now),
      rulebook.licenceTypeAt(SAFETY_MANAGER, before),
    ])
    const [item, itemBefore] = await Promise.all([
      rulebook.serviceItemAt(ITEM, now),
      rulebook.serviceItemAt(ITEM, before),
    ])
    const [demand, demandBefore] = await Promise.all([
      rulebook.demandAt(ITEM, SAFETY_MANAGER, now),
      rulebook.demandAt(ITEM, SAFETY_MANAGER, before),
    ])
    const ofAgency = { issuer: agencyWord(ISSUER), licenceType }
    const ofRegion = { region: BigInt(FURONG), licenceType }
    const answered = async (receiving: number, kind: string, time: number): Promise<Recognised> =>
      await rulebook.recognised({ ...REFUSED, licenceType: kind, receiving }, time)
    const ofItem = { item: BigInt(ITEM), licenceType }
    const refusal = {
      receiving: BigInt(GUANGDONG),
      refused: BigInt(REFUSED.issuing),
      licenceType,
      refusedItem: BigInt(REFUSED.item),
    }
    const pair = {
      lower: BigInt(HUNAN),
      higher: BigInt(SICHUAN),
      licenceType: typeWord(SPECIAL_OPERATION),
    }
    const joinedAt = await Promise.all(
      AGREEMENTS.map(async (number) => (await rulebook.membership(number, HUNAN)).term.from),
    )
    const fields = toUtf8Bytes(FIELDS[0] ?? '')
    const approvals = APPROVALS.map(({ number }) => toUtf8Bytes(number))
    expect(approvals.map(({ length }) => length > 31)).to.deep.equal([false, true])
    const term = async (facts: Promise<{ term: object }>): Promise<Answer> => structOf((await facts).term)
    return {
      licenceType: [{ words: { licenceType }, answer: packedType(type) }],
      licenceTypeBeforeCount: [{ words: { licenceType }, answer: { value: 1 } }],
      licenceTypeBefore: [{ words: { licenceType, i: 0n }, answer: packedType(typeBefore) }],
      schemaDigest: [
        { words: { licenceType, version: 1n }, answer: { value: typeBefore.rules.schemaDigest } },
        { words: { licenceType, version: 2n }, answer: { value: type.rules.schemaDigest } },
      ],
      responsibility: [
        {
          words: ofAgency,
          answer: structOf(await rulebook.responsibilityAt(ISSUER, SAFETY_MANAGER, now)),
        },
        {
          words: { issuer: agencyWord(PLAIN_ISSUER), licenceType },
          answer: structOf(await rulebook.responsibilityAt(PLAIN_ISSUER, SAFETY_MANAGER, now)),
        },
      ],
      responsibilityBeforeCount: [{ words: ofAgency, answer: { value: 1 } }],
      responsibilityBefore: [
        {
          words: { ...ofAgency, i: 0n },
          answer: structOf(await rulebook.responsibilityAt(ISSUER, SAFETY_MANAGER, before)),
        },
      ],
      delegation: [
        { words: ofRegion, answer: structOf(await rulebook.delegationAt(FURONG, SAFETY_MANAGER, now)) },
        {
          words: { region: BigInt(CHANGSHA), licenceType },
          answer: structOf(await rulebook.delegationAt(CHANGSHA, SAFETY_MANAGER, now)),
        },
      ],
      delegationBeforeCount: [{ words: ofRegion, answer: { value: 1 } }],
      delegationBefore: [
        {
          words: { ...ofRegion, i: 0n },
          answer: structOf(await rulebook.delegationAt(FURONG, SAFETY_MANAGER, before)),
        },
      ],
      baseline: [{ words: { licenceType }, answer: await term(answered(SICHUAN, SAFETY_MANAGER, now)) }],
      baselineBeforeCount: [{ words: { licenceType }, answer: { value: 1 } }],
      baselineBefore: [
        {
          words: { licenceType, i: 0n },
          answer: await term(answered(SICHUAN, SAFETY_MANAGER, before)),
        },
      ],
      refusesType: [{ words: { receiving: BigInt(GUANGDONG), licenceType }, answer: { value: 1 } }],
      refusal: [{ words: refusal, answer: await term(answered(GUANGDONG, SAFETY_MANAGER, now)) }],
      refusalBeforeCount: [{ words: refusal, answer: { value: 1 } }],
      refusalBefore: [
        {
          words: { ...refusal, i: 0n },
          answer: await term(answered(GUANGDONG, SAFETY_MANAGER, before)),
        },
      ],
      approvalCount: [{ words: refusal, answer: { value: 2 } }],
      approval: [
        { words: { ...refusal, i: 0n }, answer: { value: shortTextSlot(approvals[0]) } },
        { words: { ...refusal, i: 1n }, answer: { value: 2 * (approvals[1]?.length ?? 0) + 1 } },
      ],
      approvalBytes: [0, 1].map((j) => ({
        words: { ...refusal, i: 1n, j: BigInt(j) },
        answer: { value: bytesOf(approvals[1] ?? new Uint8Array(), j) },
      })),
      approvalDigest: await Promise.all(
        [before, now].map(async (time, place) => ({
          words: { ...refusal, i: BigInt(place) },
          answer: {
            value: (await answered(GUANGDONG, SAFETY_MANAGER, time)).approval.documentDigest,
          },
        })),
      ),
      bondCount: [{ words: pair, answer: { value: AGREEMENTS.length } }],
      bond: AGREEMENTS.map((number, place) => ({
        words: { ...pair, i: BigInt(place) },
        answer: { since: joinedAt[place], fact: number },
      })),
      agreement: await Promise.all(
        AGREEMENTS.map(async (number) => ({
          words: { agreement: number },
          answer: await term(rulebook.agreement(number)),
        })),
      ),
      membership: await Promise.all(
        [HUNAN, SICHUAN].map(async (member) => ({
          words: { agreement: 1n, member: BigInt(member) },
          answer: await term(rulebook.membership(1, member)),
        })),
      ),
      serviceItem: [{ words: ofItem, answer: packedItem(item) }],
      serviceItemBeforeCount: [{ words: ofItem, answer: { value: 1 } }],
      serviceItemBefore: [{ words: { ...ofItem, i: 0n }, answer: packedItem(itemBefore) }],
      demandDigest: [
        { words: { ...ofItem, itemVersion: 1n }, answer: { value: demandBefore.digest } },
        { words: { ...ofItem, itemVersion: 2n }, answer: { value: demand.digest } },
      ],
      demandedFields: [
        { words: { ...ofItem, itemVersion: 1n }, answer: { value: 2 * fields.length + 1 } },
        { words: { ...ofItem, itemVersion: 2n }, answer: { value: shortTextSlot(toUtf8Bytes('name')) } },
      ],
      demandedFieldsBytes: [0, 1].map((place) => ({
        words: { ...ofItem, itemVersion: 1n, i: BigInt(place) },
        answer: { value: bytesOf(fields, place) },
      })),
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

    it(`${name}: refused with another value, of another slot, without a node, under another root`, async () => {
      let refused = 0
      const { storageRoot } = accounts[contractOf(name)]
      for (const { words } of cases[name]) {
        const others = [block.stateRoot, ...otherRootsThan(storageRoot)]
        expect(others).to.have.length(3)
        for (const { slot, proof } of await provenSlots(name, words)) {
          expect(await verifySlot(storageRoot, slot, proof)).to.equal(BigInt(proof.value))
          for (const forged of forgeriesOf(proof)) {
            await expectRefused(verifySlot(storageRoot, slot, forged))
            refused += 1
          }
          for (const root of others) await expectRefused(verifySlot(root, slot, proof))
          if (BigInt(proof.value) !== 0n) await expectRefused(verifySlot(storageRoot, slot + 7n, proof))
        }
      }
      expect(refused).to.be.greaterThan(2)
    })

    // What lies in one place for all has no other.
    if (/^[0-9 +]+$/.test(placeOf(name).rule)) continue

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
        issuing: 990000n,
        receiving: 990000n,
        refused: 990000n,
        refusedItem: 1n,
        lower: 980000n,
        higher: 990000n,
        member: 990000n,
        agreement: 9n,
        licenceType: 1n,
        item: 1n,
        version: 1n,
        itemVersion: 1n,
        i: 9n,
        j: 9n,
      }
      expect(new Set(Object.values(await prove(name, nowhere)))).to.deep.equal(new Set([0n]))
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
    const others = {
      number: toQuantity(block.number + 1n),
      timestamp: toQuantity(block.timestamp + 1n),
      stateRoot: header['parentHash'],
    }
    for (const [name, other] of Object.entries(others)) {
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

  it('proves of each ledger when it was opened and closed and what follows it, and that there is no other', async () => {
    expect(await prove('ledgerCount', {})).to.deep.equal({ value: 2n })
    const [first, second] = [
      await prove('registeredLedger', { i: 0n }),
      await prove('registeredLedger', { i: 1n }),
    ]
    expect(first['ledger']).to.equal(BigInt(addresses.ledger))
    expect([first['successor'], second['successor']]).to.deep.equal([2n, 0n])
    expect([first['closedAt'] !== 0n, second['closedAt']]).to.deep.equal([true, 0n])
    const none = await prove('registeredLedger', { i: 2n })
    expect(new Set(Object.values(none))).to.deep.equal(new Set([0n]))
  })

  it('proves the code of the ledger, of the rulebook in force and of the registry, and that the parts hold nothing', async () => {
    const { members, remedies, appointments } = history.deployment
    for (const name of ['ledger', 'rulebook', 'registry'] as const) {
      expect(accounts[name].codeHash).to.equal(keccak256(await provider.getCode(addresses[name])))
    }
    expect((await lookUp(ISSUER, INDEX)).rulebook).to.equal(addresses.rulebook)
    for (const part of [members, remedies, appointments]) {
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

  /** Of the other contracts: what one says, another cannot say in its place. */
  function otherRootsThan(storageRoot: string): readonly string[] {
    const roots = Object.values(accounts).map((account) => account.storageRoot)
    return roots.filter((root) => root !== storageRoot)
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

/** A text of less than 32 bytes in its one slot, with twice its length. */
function shortTextSlot(text: Uint8Array = new Uint8Array()): string {
  const length = (2 * text.length).toString(16).padStart(2, '0')
  return `0x${Buffer.from(text).toString('hex').padEnd(62, '0')}${length}`
}

/** 32 bytes of a text, filled up with zeros. */
function bytesOf(text: Uint8Array, place: number): string {
  const bytes = Buffer.from(text.subarray(32 * place, 32 * place + 32))
  return `0x${bytes.toString('hex').padEnd(ZeroHash.length - 2, '0')}`
}
