/** The table of proofs is whole: neither a lookup nor who follows the registry reads what it does not name. */
import { expect } from 'chai'
import { type BaseContract, type JsonRpcProvider, toQuantity } from 'ethers'
import { after, before, describe, it } from 'mocha'
import {
  GUANGDONG,
  HUNAN,
  type LookupFacts,
  type LookupQuery,
  NOT_ASKED,
  Rule,
  SAFETY_MANAGER,
  SPECIAL_OPERATION,
} from './ledger-fixture.ts'
import { candidatesOf, factsBySlot, slotsOfFact } from './lookup-slots.ts'
import { commonFacts, countCommonSlots, FACT_NAMES, type FactName } from './proof-slots.ts'
import { type ProvenChain, startProvenChain } from './proven-chain.ts'
import {
  DISSOLVED,
  INDEX,
  ISSUER,
  KID,
  LEFT_ISSUER,
  MERGED,
  ORIGIN_INDEX,
  ORIGIN_ISSUER,
  PLAIN_ISSUER,
  type ProvenHistory,
  QINGHAI,
  REMADE,
  ROOT,
  UNKNOWN_ISSUER,
} from './proven-history.ts'
import { ITEM, SICHUAN } from './proven-rules.ts'

interface AccessList {
  readonly accessList: readonly { readonly address: string; readonly storageKeys: readonly string[] }[]
}

/** A licence in force, of an agency of a province, that the baseline recognises for a service item. */
const COMMON: LookupQuery = {
  issuer: PLAIN_ISSUER,
  root: ROOT,
  kid: KID,
  statusIndex: 7,
  licenceType: SAFETY_MANAGER,
  receiving: SICHUAN,
  item: ITEM,
  recognisedAt: 0,
}
/** Restricted, suspended with an end, noted, re-made; of an agency of a county that was named three times. */
const BURDENED: LookupQuery = { ...COMMON, issuer: ISSUER, statusIndex: INDEX }
const NOBODYS = `0x${'00'.repeat(18)}`

/** What a lookup reads and a proof need not: the common slots hold its digest. */
const TEXTS: readonly FactName[] = ['nameText', 'nameTextBytes', 'demandedFields', 'demandedFieldsBytes']

describe('What a lookup reads', () => {
  let proven: ProvenChain
  let provider: JsonRpcProvider
  let history: ProvenHistory
  const seen = new Set<FactName>()

  before(async function () {
    this.timeout(120_000)
    proven = await startProvenChain()
    ;({ provider, history } = proven)
  })

  after(async () => {
    await proven?.stop()
  })

  async function lookUp(query: LookupQuery): Promise<LookupFacts> {
    return await history.ledger.getFunction('lookup')(query, { blockTag: history.blockNumber })
  }

  async function readSlots(query: LookupQuery): Promise<ReadonlySet<string>> {
    return await readSlotsOf(history.ledger, 'lookup', query)
  }

  /** Every slot that a call read, as `contract/slot`; of what is none of the alliance's by its address. */
  async function readSlotsOf(
    contract: BaseContract,
    functionName: string,
    ...args: unknown[]
  ): Promise<ReadonlySet<string>> {
    const to = await contract.getAddress()
    const data = contract.interface.encodeFunctionData(functionName, args)
    const call = [{ to, data }, toQuantity(history.blockNumber)]
    const { accessList }: AccessList = await provider.send('eth_createAccessList', call)
    const { ledger, registry } = history
    const rulebooks = (await ledger.rulebooks()).map(({ rulebook }) => rulebook)
    const names = new Map([
      [(await ledger.getAddress()).toLowerCase(), 'ledger'],
      [(await registry.getAddress()).toLowerCase(), 'registry'],
      ...rulebooks.map((rulebook) => [rulebook.toLowerCase(), 'rulebook'] as const),
    ])
    return new Set(
      accessList.flatMap(({ address, storageKeys }) =>
        storageKeys.map((key) => `${names.get(address.toLowerCase()) ?? address}/${BigInt(key)}`),
      ),
    )
  }

  /** Expects that the table names all that is read, and remembers by which of its rows. */
  async function expectNamed(query: LookupQuery): Promise<LookupFacts> {
    const answer = await lookUp(query)
    const named = factsBySlot(await candidatesOf(history.ledger, query, answer))
    const read = await readSlots(query)
    expect(read.size).to.be.greaterThan(10)
    expect([...read].filter((slot) => !named.has(slot))).to.deep.equal([])
    for (const name of [...read].flatMap((slot) => named.get(slot) ?? [])) seen.add(name)
    return answer
  }

  it(`is, in the common case, what the ${countCommonSlots()} slots prove and the texts they are digests of`, async () => {
    const answer = await expectNamed(COMMON)
    expect(answer.rules.recognition.rule).to.equal(Rule.Baseline)
    expect(answer.rules.responsibility.until).not.to.equal(0n)
    expect(answer.rules.demanded.fields).not.to.equal('0x')
    expect(answer.regionActive && answer.isAnchoredIndex).to.equal(true)
    const candidates = {
      ...(await candidatesOf(history.ledger, COMMON, answer)),
      issuer: [BigInt(PLAIN_ISSUER) << 112n],
      region: [BigInt(HUNAN)],
      version: [answer.rules.licenceType.version],
      itemVersion: [2n],
    }
    const common = new Set(commonFacts().flatMap((name) => [...slotsOfFact(name, candidates)]))
    const texts = new Set(TEXTS.flatMap((name) => [...slotsOfFact(name, candidates)]))
    const read = await readSlots(COMMON)
    expect(common.size).to.equal(countCommonSlots())
    expect([...common].filter((slot) => !read.has(slot))).to.deep.equal([])
    expect([...read].filter((slot) => !common.has(slot) && !texts.has(slot))).to.deep.equal([])
  })

  it('would be found in want of any row that the common case needs', async () => {
    const read = await readSlots(COMMON)
    const candidates = await candidatesOf(history.ledger, COMMON, await lookUp(COMMON))
    for (const [place, name] of commonFacts().entries()) {
      const others = new Set(
        commonFacts()
          .toSpliced(place, 1)
          .flatMap((other) => [...slotsOfFact(other, candidates)]),
      )
      const own = [...slotsOfFact(name, candidates)].filter((slot) => read.has(slot) && !others.has(slot))
      expect(own, name).not.to.deep.equal([])
    }
  })

  const situations: Readonly<Record<string, LookupQuery>> = {
    'asks for neither type nor recognition': { ...COMMON, ...NOT_ASKED },
    'names no service item': { ...COMMON, item: NOT_ASKED.item },
    'is of a licence restricted, suspended with an end, noted and re-made': BURDENED,
    'is of what took its place': { ...BURDENED, statusIndex: REMADE },
    'is of a licence that was transferred, whose province is paused': {
      ...BURDENED,
      issuer: ORIGIN_ISSUER,
      statusIndex: ORIGIN_INDEX,
    },
    'is of an index that was passed over': { ...BURDENED, statusIndex: 14 },
    'is of an index that was never anchored': { ...BURDENED, statusIndex: 4711 },
    'is of an agency that another succeeded': { ...BURDENED, issuer: MERGED },
    'is of an agency that the region keeps which succeeded its own': { ...BURDENED, issuer: DISSOLVED },
    'is of an agency of a province that left': { ...BURDENED, issuer: LEFT_ISSUER },
    'is of a root and a key that there are not': { ...BURDENED, root: KID, kid: ROOT },
    'is of an agency, a type and an item that there are not': {
      ...COMMON,
      issuer: UNKNOWN_ISSUER,
      licenceType: `0x${'39'.repeat(21)}`,
      item: ROOT,
    },
    'is of nobody': { ...COMMON, issuer: NOBODYS },
    'is of the province itself': { ...BURDENED, receiving: HUNAN },
    'is of one that the receiving province refuses': { ...BURDENED, receiving: GUANGDONG },
    'is of one that an agreement recognises': { ...COMMON, licenceType: SPECIAL_OPERATION },
    'is of one that no rule speaks of': {
      ...COMMON,
      licenceType: SPECIAL_OPERATION,
      receiving: GUANGDONG,
    },
    'is made in a province that left': { ...COMMON, receiving: QINGHAI },
    'is made in a province that never joined': { ...COMMON, receiving: 110000 },
  }

  for (const [situation, query] of Object.entries(situations)) {
    it(`is named by the table when it ${situation}`, async () => {
      await expectNamed(query)
    })
  }

  for (const [situation, query] of Object.entries({ ...situations, 'is the common one': COMMON })) {
    it(`is named by the table when it ${situation}, of the past`, async () => {
      const [first] = await history.ledger.rulebooks()
      const times = [
        1,
        Number(first?.from),
        history.firstEditionAt,
        ...history.agencyMovedAt,
        ...history.agencyNamedAt,
      ]
      for (const recognisedAt of times) await expectNamed({ ...query, recognisedAt })
    })
  }

  it('is, when the registry is asked how many ledgers there are and what each is, what its rows name and no more', async () => {
    const { registry } = history
    const count = Number(await registry.ledgerCount())
    expect(count).to.equal(2)
    const numbers = Array.from({ length: count }, (_, place) => place + 1)
    const ofCount = await readSlotsOf(registry, 'ledgerCount')
    expect(ofCount).to.deep.equal(slotsOfFact('ledgerCount', {}))
    for (const number of numbers) {
      const entry = slotsOfFact('registeredLedger', { i: [BigInt(number - 1)] })
      expect(await readSlotsOf(registry, 'ledgerAt', number)).to.deep.equal(new Set([...ofCount, ...entry]))
      expect(entry.size).to.equal(2)
    }
    seen.add('ledgerCount').add('registeredLedger')
  })

  it('came, in all of these, to each rule that they should come to', async () => {
    const expected: readonly (readonly [keyof typeof Rule, LookupQuery])[] = [
      ['SameProvince', { ...BURDENED, receiving: HUNAN }],
      ['Negative', { ...BURDENED, receiving: GUANGDONG }],
      ['Negative', { ...BURDENED, receiving: GUANGDONG, recognisedAt: history.firstEditionAt }],
      ['Agreement', { ...COMMON, licenceType: SPECIAL_OPERATION }],
      ['None', { ...COMMON, licenceType: SPECIAL_OPERATION, receiving: GUANGDONG }],
      ['ReceivingNotMember', { ...COMMON, receiving: QINGHAI }],
      ['IssuingNotMember', { ...COMMON, issuer: LEFT_ISSUER }],
      ['TypeNotActive', { ...COMMON, licenceType: `0x${'39'.repeat(21)}` }],
    ]
    for (const [rule, query] of expected) {
      expect((await lookUp(query)).rules.recognition.rule, rule).to.equal(Rule[rule])
    }
  })

  it('is, over all of these, every fact of the table: none is there in vain', () => {
    expect(FACT_NAMES.filter((name) => !seen.has(name))).to.deep.equal([])
  })
})
