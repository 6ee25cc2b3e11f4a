/** What is audited: facts as a replica has them, and what else the events told and storage counts. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Hex } from '@hefu/protocol'
import type { CountedKeys } from '../compact/counted-keys.ts'
import { allKeys } from '../facts/fact-keys.ts'
import { agencyOf, type Facts, type KeyedName } from '../facts/facts.ts'
import type { ToldState } from './audit-events.ts'
import type { AuditTally } from './audit-tally.ts'
import { wordKey } from './audit-tally.ts'
import { assertHeld, countedDigests, countedPlaces, MOST_ROWS } from './distinct-keys.ts'

export interface AuditSubject {
  /** What is compared with storage. */
  readonly facts: Facts
  /** What the events told, by which facts are found that the others lack. */
  readonly told: Facts
  readonly tally: AuditTally
  readonly ledger: Hex
  /** By code: agencies and regions directly in a region that are not retired. */
  readonly members: ReadonlyMap<number, number>
  /** By USCC: indices in all batches. */
  readonly indicesAnchored: ReadonlyMap<string, number>
  /** By address of a rulebook: its agreements. */
  readonly agreements: ReadonlyMap<string, number>
  /** USCC, number: words of statuses of which either side has acts. */
  readonly words: CountedKeys
  /** USCC, status index: licences of which either side has more than that they are anchored. */
  readonly licences: CountedKeys
  /** USCC, root; of either side. */
  readonly anchors: CountedKeys
  /** USCC, key identifier; of either side. */
  readonly keys: CountedKeys
}

export interface SubjectOptions {
  /** USCC: keys of this agency, and of no other, are gathered. */
  readonly agency?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Keys that are gathered before others have their turn. */
const KEYS_AT_ONCE = 20_000

/**
 * @throws {AuditRefusedError} `too-many`
 * @throws the signal's reason
 */
export async function createAuditSubject(
  facts: Facts,
  { facts: told, tally }: ToldState,
  ledger: Hex,
  options: SubjectOptions = {},
): Promise<AuditSubject> {
  const sides = facts === told ? [facts] : [facts, told]
  const gather = async (into: CountedKeys, ...names: readonly KeyedName[]): Promise<CountedKeys> => {
    for (const name of names) for (const side of sides) await gatherKeys(side.everyKey(name), into, options)
    return into
  }
  return {
    facts,
    told,
    tally,
    ledger,
    members: countMembers(facts),
    indicesAnchored: countAnchored(facts),
    agreements: countAgreements(facts),
    words: facts === told ? tally.words : await gatherWords(facts, tally, options),
    licences: await gather(countedPlaces(0), 'acts', 'notices', 'successors', 'origins'),
    anchors: await gather(countedDigests(0), 'anchors'),
    keys: await gather(countedDigests(0), 'keys'),
  }
}

/** Those that events told of, and those of which the kept facts alone have acts. */
async function gatherWords(facts: Facts, tally: AuditTally, options: SubjectOptions): Promise<CountedKeys> {
  const words = countedPlaces(0)
  await gatherKeys(tally.words.keys(), words, options)
  await gatherKeys(wordsOf(facts.everyKey('acts')), words, options)
  return words
}

function* wordsOf(keys: Iterable<string>): Iterable<string> {
  for (const key of keys) {
    const [uscc = '', index = ''] = key.split('/')
    yield wordKey(uscc, Number(index))
  }
}

async function gatherKeys(
  keys: Iterable<string>,
  into: CountedKeys,
  { agency, signal }: SubjectOptions,
): Promise<void> {
  let count = 0
  for (const key of keys) {
    if (++count % KEYS_AT_ONCE === 0) await pause(0)
    signal?.throwIfAborted()
    if (agency !== undefined && agencyOf(key) !== agency) continue
    into.set(key)
    assertHeld(into.size, MOST_ROWS)
  }
}

function countMembers(facts: Facts): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  const add = (code: number): unknown => counts.set(code, (counts.get(code) ?? 0) + 1)
  for (const key of allKeys(facts, 'regions')) {
    const found = facts.find('regions', key)
    if (found !== null && found.status !== 'retired') add(found.parent)
  }
  for (const key of allKeys(facts, 'agencies')) {
    const found = facts.find('agencies', key)
    if (found !== null && found.status !== 'retired') add(found.region)
  }
  return counts
}

function countAnchored(facts: Facts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of facts.everyKey('anchors')) {
    const uscc = agencyOf(key)
    counts.set(uscc, (counts.get(uscc) ?? 0) + (facts.find('anchors', key)?.size ?? 0))
  }
  return counts
}

function countAgreements(facts: Facts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of allKeys(facts, 'agreements')) {
    const [rulebook = ''] = key.split('/')
    counts.set(rulebook, (counts.get(rulebook) ?? 0) + 1)
  }
  return counts
}
