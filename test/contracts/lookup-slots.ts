/** Which slots the table of proofs allows a lookup to read, by the words of one question and its answer. */
import { createHash } from 'node:crypto'
import { AbiCoder } from 'ethers'
import type { Ledger, LookupFacts, LookupQuery } from './ledger-fixture.ts'
import { contractOf, FACT_NAMES, type FactName, placeOf } from './proof-slots.ts'
import { evaluateRule } from './slot-rule.ts'

const MOST_ENTRIES = 6
const coder = AbiCoder.defaultAbiCoder()

/** Each word of the rules, and what it may stand for. */
export type Candidates = Readonly<Record<string, readonly bigint[]>>

/** What the words of the rules stand for in this question: all that it names, and all that the answer leads on to. */
export async function candidatesOf(
  ledger: Ledger,
  query: LookupQuery,
  answer: LookupFacts,
): Promise<Candidates> {
  const { agency, anchor, issuedIn, responsible, origins } = answer
  const counted = Array.from({ length: MOST_ENTRIES }, (_, place) => BigInt(place))
  const standing = [agency.region, issuedIn, responsible.region]
  const regions = await branchesOf(ledger, standing, [anchor.anchoredAt, BigInt(query.recognisedAt)])
  const [issuing, receiving] = [provinceOf(issuedIn), provinceOf(BigInt(query.receiving))]
  const [lower = 0n, higher = 0n] = [issuing, receiving].toSorted((a, b) => Number(a - b))
  const item = BigInt(query.item)
  return {
    issuer: [query.issuer, responsible.agency].map(agencyWord),
    successor: [agencyWord(responsible.agency)],
    region: regions,
    parent: regions,
    kid: [BigInt(query.kid)],
    root: [BigInt(query.root)],
    index: [BigInt(query.statusIndex)],
    originIssuer: origins.map(({ issuer }) => agencyWord(issuer)),
    originIndex: origins.map(({ index }) => index),
    digest: [0n, ...[answer.agencyName, answer.regionName, responsible.name].map(digestOf)],
    issuing: [issuing],
    receiving: [receiving],
    lower: [lower],
    higher: [higher],
    member: [issuing, receiving],
    refused: [issuing, 0n],
    licenceType: [BigInt(coder.encode(['bytes21'], [query.licenceType]))],
    item: [item],
    refusedItem: [item, 0n],
    version: counted,
    itemVersion: counted,
    agreement: counted,
    i: counted,
    j: counted,
  }
}

/** The slots of a fact, whatever its words stand for, each as `contract/slot`. */
export function slotsOfFact(name: FactName, candidates: Candidates): ReadonlySet<string> {
  const { rule, slots } = placeOf(name)
  const words = [...new Set(rule.match(/[a-zA-Z]+/g) ?? [])].filter((word) => word !== 'keccak')
  const found = new Set<string>()
  for (const chosen of choicesOf(words, candidates)) {
    const first = evaluateRule(rule, chosen)
    for (let place = 0n; place < slots; place++) found.add(`${contractOf(name)}/${first + place}`)
  }
  return found
}

/** Which facts each slot belongs to. */
export function factsBySlot(candidates: Candidates): ReadonlyMap<string, readonly FactName[]> {
  const found = new Map<string, FactName[]>()
  for (const name of FACT_NAMES) {
    for (const slot of slotsOfFact(name, candidates)) found.set(slot, [...(found.get(slot) ?? []), name])
  }
  return found
}

function choicesOf(words: readonly string[], candidates: Candidates): readonly Record<string, bigint>[] {
  return words.reduce<readonly Record<string, bigint>[]>(
    (choices, word) => {
      const values = candidates[word]
      if (values === undefined) throw new Error(`no candidates for ${word}`)
      return choices.flatMap((chosen) => values.map((value) => ({ ...chosen, [word]: value })))
    },
    [{}],
  )
}

/** The regions and all that they lie in, or lay in at one of the times: a retired one leaves what it had to its successor. */
async function branchesOf(
  ledger: Ledger,
  codes: readonly bigint[],
  times: readonly bigint[],
): Promise<bigint[]> {
  const found = new Set<bigint>(codes)
  for (const code of found) {
    if (code === 0n) continue
    found.add((await ledger.region(code)).parent)
    for (const time of times) found.add(await ledger.regionParentAt(code, time))
  }
  return [...found]
}

function provinceOf(code: bigint): bigint {
  const digits = code >= 1_000_000n ? code / 1000n : code
  return digits - (digits % 10_000n)
}

function agencyWord(uscc: string): bigint {
  return BigInt(coder.encode(['bytes18'], [uscc]))
}

/** As names keep it: the first 27 bytes. */
function digestOf(text: string): bigint {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 54)}`)
}
