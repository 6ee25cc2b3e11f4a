/** What is audited: facts as a replica has them, and what else the events told and storage counts. */
import type { Hex } from '@hefu/protocol'
import { allKeys } from '../facts/fact-keys.ts'
import type { Facts } from '../facts/facts.ts'
import type { ToldState } from './audit-events.ts'
import type { AuditTally } from './audit-tally.ts'
import { wordKey } from './audit-tally.ts'
import { assertHeld } from './distinct-keys.ts'

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
  /** By word: status indices of which there are acts. */
  readonly actedIn: ReadonlyMap<string, readonly number[]>
}

export function createAuditSubject(
  facts: Facts,
  { facts: told, tally }: ToldState,
  ledger: Hex,
): AuditSubject {
  return {
    facts,
    told,
    tally,
    ledger,
    members: countMembers(facts),
    indicesAnchored: countAnchored(facts),
    agreements: countAgreements(facts),
    actedIn: findActed(facts),
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
  for (const key of allKeys(facts, 'anchors')) {
    const [uscc = ''] = key.split('/')
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

function findActed(facts: Facts): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const key of allKeys(facts, 'acts')) {
    const [uscc = '', index = ''] = key.split('/')
    const word = wordKey(uscc, Number(index))
    const indices = found.get(word) ?? []
    assertHeld(found.size)
    indices.push(Number(index))
    found.set(word, indices)
  }
  return found
}
