/** A replica that opens its folder again and answers, against the database that is opened there and reads the same rows. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BlockHeader, type Change, CompactFacts } from '@hefu/ledger/replica'
import { openStore, type Store } from '@hefu/service'
import { sql } from 'kysely'
import { closeAll } from '#internal/verifier/replica/closing'
import { openPlace } from '#internal/verifier/replica/replica-place'
import { createReplicaStore } from '#internal/verifier/replica/replica-store'
import { type ReplicaSchema, replicaStore } from '#internal/verifier/replica/schema'
import { type Figure, type Pace, paceOf } from './measure.ts'
import { acts, agencies, anchors, digestOf } from './simulated-nation.ts'

const LEDGER = { chainId: 1, address: `0x${'5a'.repeat(20)}` } as const
/** The most that a start has to read besides its checkpoint. */
const UNREAD_ACTS = 20_000
const USUAL: Pace = { rounds: 5, warmUpMs: 0 }

export function benchReplicaRestart(): Promise<Figure> {
  return benchRestart('replica-restart', 100_000)
}

export function benchReplicaRestartMillion(): Promise<Figure> {
  return benchRestart('replica-restart-million', 1_000_000)
}

/** @param facts half of them anchors, half acts */
async function benchRestart(name: string, facts: number): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'hefu-bench-'))
  try {
    await withPlace(folder, (store) => fill(store, facts))
    const times = { ours: [] as number[], reference: [] as number[] }
    const { rounds } = paceOf(USUAL)
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await secondsOf(() => withPlace(folder, (store) => restart(store, facts))))
      times.reference.push(await secondsOf(() => withPlace(folder, readOnly)))
    }
    const [value, reference] = [median(times.ours), median(times.reference)]
    return { name, value, unit: 's', reference, ratio: Number((reference / value).toFixed(3)) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function withPlace(
  folder: string,
  work: (store: Store<ReplicaSchema>) => Promise<unknown>,
): Promise<void> {
  const { database, close } = await openPlace(folder)
  const opened = await openStore<ReplicaSchema>(database, replicaStore())
  try {
    await work(opened)
  } finally {
    await closeAll([close, () => opened.close()])
  }
}

/** A checkpoint of all but the newest acts, and these in pages behind it. */
async function fill(opened: Store<ReplicaSchema>, count: number): Promise<void> {
  const store = await createReplicaStore(opened, LEDGER, { pages: 1, characters: 1 })
  const facts = new CompactFacts()
  for (const change of agencies()) facts.put(change)
  for (const change of anchors(count / 2)) facts.put(change)
  const unread: Change[] = []
  let number = 0
  for (const change of acts(count / 2, 1)) {
    if (number++ < count / 2 - UNREAD_ACTS) facts.put(change)
    else unread.push(change)
  }
  await store.save([{ table: 'deployment', key: '', fact: digestOf(0) }], headerOf(1), facts)
  await store.save(unread, headerOf(2), facts)
}

async function restart(opened: Store<ReplicaSchema>, count: number): Promise<void> {
  const store = await createReplicaStore(opened, LEDGER)
  const facts = new CompactFacts()
  await store.restore(facts)
  const held = (facts.logs.get('anchors')?.length ?? 0) + (facts.logs.get('acts')?.length ?? 0)
  if (held !== count || (await store.position())?.number !== 2)
    throw new Error(`measure a start with ${count} facts: ${held} are there`)
}

async function readOnly({ db }: Store<ReplicaSchema>): Promise<void> {
  await db.selectFrom('chunk').select(sql<string>`encode(words, 'base64')`.as('words')).execute()
  await db.selectFrom('page').select('changes').where('number', '>', 1).execute()
}

function headerOf(number: number): BlockHeader {
  return { number, hash: digestOf(number), parentHash: digestOf(number - 1), time: number }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return Number(((performance.now() - started) / 1000).toFixed(3))
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}
