/** Full local verification over a replica that holds a nation's anchors besides, against the same over facts in memory. */
import { type Change, type CompactFacts, type NodeReader, Replica } from '@hefu/ledger/replica'
import { createVerifier, type LedgerFacts, type LedgerView, suite } from '@hefu/protocol'
import { type AnchoredLicences, createAnchoredLicences, NOW } from './anchored-licences.ts'
import { compareSpeed, type Figure, type Workload } from './measure.ts'
import { acts, agencies, anchors } from './simulated-nation.ts'

const LICENCES = 1000
const RULEBOOK = `0x${'5b'.repeat(20)}` as const

export function benchReplicaLookup(): Promise<Figure> {
  return benchLookup('replica-lookup', 100_000)
}

export function benchReplicaLookupMillion(): Promise<Figure> {
  return benchLookup('replica-lookup-million', 1_000_000)
}

/** The ledger that vouches for these licences, as a replica that holds nothing else. */
export async function openReplicaOf(licences: AnchoredLicences): Promise<LedgerView> {
  const facts = await licences.view.lookup(licences.query)
  return openView(licences, facts, (kept) => {
    for (const change of [...agencies(), ...changesOf(licences, facts)]) kept.put(change)
  })
}

/** @param besides anchors, and as many acts */
async function benchLookup(name: string, besides: number): Promise<Figure> {
  const licences = await createAnchoredLicences('ES256', LICENCES)
  const facts = await licences.view.lookup(licences.query)
  const view = await openView(licences, facts, (kept) => {
    for (const change of [...agencies(), ...changesOf(licences, facts)]) kept.put(change)
    for (const change of anchors(besides)) kept.put(change)
    for (const change of acts(besides, 1)) kept.put(change)
  })
  return compareSpeed(name, verifyAll(licences, view), verifyAll(licences, licences.view))
}

function verifyAll({ bundles }: AnchoredLicences, view: LedgerView): Workload {
  const verifier = createVerifier({ view, suite })
  return {
    count: bundles.length,
    run: async () => {
      for (const presented of bundles) {
        const { verdict } = await verifier.verify({ presented, receivingRegion: '440000' }, NOW)
        if (verdict !== 'accepted') throw new Error(`measure a verification that ended ${verdict}`)
      }
    },
  }
}

/** Of a replica that stands where its store left it, and has not asked its node. */
async function openView(
  { view: { ledger } }: AnchoredLicences,
  { block }: LedgerFacts,
  fill: (facts: CompactFacts) => void,
): Promise<LedgerView> {
  const network = {
    rpcUrl: 'http://127.0.0.1:9',
    chainId: ledger.chainId,
    ledger: ledger.address,
    deploymentBlock: 1,
  }
  const replica = await Replica.open(network, {} as NodeReader, {
    position: async () => ({ ...block, parentHash: block.hash }),
    restore: async (facts) => fill(facts),
    save: () => Promise.reject(new Error('save what is only measured')),
  })
  return replica.view()
}

/** What the ledger would have told for these facts to be so. */
function changesOf({ query }: AnchoredLicences, facts: LedgerFacts): readonly Change[] {
  const { issuer, licenceType, keyId, root } = query
  const { agency, key, anchor, licenceType: entry, responsibility, recognition } = facts
  const { term } = recognition
  if (agency === null || entry === null || responsibility === null || term === null)
    throw new Error('measure licences that are accepted')
  const since = 1
  return [
    ...['430000', '440000'].map(regionAdmitted),
    {
      table: 'agencies',
      key: issuer,
      fact: {
        status: 'active',
        since,
        region: Number(agency.region),
        successor: null,
        names: [],
        left: [],
      },
    },
    { table: 'keys', key: `${issuer}/${keyId}`, fact: key },
    { table: 'anchors', key: `${issuer}/${root}`, fact: anchor },
    { table: 'rulebooks', key: '', fact: [{ since, fact: RULEBOOK }] },
    { table: 'licenceTypes', key: `${RULEBOOK}/${licenceType}`, fact: [entry] },
    {
      table: 'responsibilities',
      key: `${RULEBOOK}/${issuer}/${licenceType}`,
      fact: [{ term: responsibility }],
    },
    { table: 'baseline', key: `${RULEBOOK}/${licenceType}`, fact: [{ term }] },
  ]
}

function regionAdmitted(code: string): Change {
  return {
    table: 'regions',
    key: code,
    fact: {
      status: 'active',
      parent: 0,
      pausedUntil: 0,
      successor: 0,
      names: [],
      left: [],
      membership: [{ since: 1, fact: true }],
    },
  }
}
