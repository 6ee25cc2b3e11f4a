/** A ledger to list: facts as events tell of them, invented in content, and the reader that a replica of them has. */
import { type Change, createLedgerQueries, FactLayer, type NodesAgreement } from '@hefu/ledger/replica'
import { type Hex, type LedgerIdentity, LedgerUnavailableError } from '@hefu/protocol'
import { Interface } from 'ethers'
import type { LedgerReader } from '#internal/verifier/ledger/ledger-reader'
import { type ListedLedgers, listPinned } from '#internal/verifier/ledger/listed-ledgers'
import { BLOCK_TIME, ISSUER, LEDGER } from './sample.ts'

export const OTHER_AGENCY = '1143000000000104MF'
export const TYPE = '11100000000013338W011'
export const RULEBOOK: Hex = `0x${'5e'.repeat(20)}`
export const KEY_ID: Hex = `0x${'6b'.repeat(32)}`
const ANCHORS = 250
const ACTS = 7

export const rootOf = (n: number): Hex => `0x${(n + 1).toString(16).padStart(64, '0')}`
/** Of the sample ledger's block and the ones after it. */
export const blockAt = (number: number, hash = number) => ({
  number,
  hash: `0x${hash.toString(16).padStart(64, '0')}` as Hex,
  time: BLOCK_TIME,
})

const region = (code: number, parent: number, zh: string): Change => ({
  table: 'regions',
  key: String(code),
  fact: {
    status: 'active',
    parent,
    pausedUntil: 0,
    successor: 0,
    names: [{ since: 1, fact: { zh, en: '', contact: '12345' } }],
    left: [],
    membership: [{ since: 1, fact: true }],
  },
})
export const agency = (uscc: string, of: number, zh: string): Change => ({
  table: 'agencies',
  key: uscc,
  fact: {
    status: 'active',
    since: 2,
    region: of,
    successor: null,
    names: [{ since: 2, fact: { zh, en: '', contact: '12345' } }],
    left: [{ at: 3, from: 430000 }],
  },
})
export const anchor = (n: number): Change => ({
  table: 'anchors',
  key: `${ISSUER}/${rootOf(n)}`,
  fact: { anchoredAt: n, blockNumber: n, size: 1, firstIndex: n },
})
const act = (n: number): Change => ({
  history: 'acts',
  key: `${ISSUER}/${n % 2}`,
  entry: {
    act: Math.floor(n / 2) % 2 === 0 ? 'suspend' : 'reinstate',
    effectiveAt: n,
    decisionNumber: `第${n}号`,
    legalBasis: 'XZCFF-9-3',
    capacity: 'operator',
  },
})
const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n)
const ALWAYS = { term: { from: 1, until: null } }

const CHANGES: readonly Change[] = [
  region(430000, 0, '湖南省'),
  region(430100, 430000, '长沙市'),
  region(430121, 430100, '长沙县'),
  region(440000, 0, '广东省'),
  agency(ISSUER, 430000, '湖南省住房和城乡建设厅'),
  agency(OTHER_AGENCY, 430121, '湖南样例自然资源局'),
  {
    table: 'keys',
    key: `${ISSUER}/${KEY_ID}`,
    fact: {
      algorithm: 'EdDSA',
      publicJwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
      validFrom: 1,
      validUntil: null,
      compromisedFrom: null,
    },
  },
  ...range(ANCHORS).map(anchor),
  ...range(ACTS).map(act),
  { table: 'rulebooks', key: '', fact: [{ since: 1, fact: RULEBOOK }] },
  {
    table: 'licenceTypes',
    key: `${RULEBOOK}/${TYPE}`,
    fact: [{ schemaDigest: rootOf(1), version: 1, status: 'active', since: 1 }],
  },
  {
    table: 'demands',
    key: `${RULEBOOK}/440100/JS/0017`,
    fact: [{ since: 1, fact: { [TYPE]: ['holderName'] } }],
  },
  { table: 'delegations', key: `${RULEBOOK}/430000/${TYPE}`, fact: [ALWAYS] },
  { table: 'responsibilities', key: `${RULEBOOK}/${ISSUER}/${TYPE}`, fact: [ALWAYS] },
  {
    table: 'baseline',
    key: `${RULEBOOK}/${TYPE}`,
    fact: [{ term: { from: 1, until: BLOCK_TIME - 100 } }],
  },
  {
    table: 'agreements',
    key: `${RULEBOOK}/1`,
    fact: { ...ALWAYS, licenceTypes: [TYPE], members: [{ ...ALWAYS, province: 430000 }] },
  },
  {
    table: 'refusals',
    key: `${RULEBOOK}/440000/0/${TYPE}/`,
    fact: [{ ...ALWAYS, approval: { number: '粤1号', documentDigest: rootOf(2) } }],
  },
]

export const PROPOSAL_CALL: Hex = `0x${'ca'.repeat(32)}`
const PROPOSER: Hex = `0x${'a1'.repeat(20)}`
const CANDIDATE: Hex = `0x${'a2'.repeat(20)}`
/** `retireRegion(430121, 430100)`. */
export const CALL_DATA = new Interface([
  'function retireRegion(uint32 region, uint32 successor)',
]).encodeFunctionData('retireRegion', [430121, 430100]) as Hex

/** One that ended before its time, one that waits, and one whose time ran out. */
const WAITS: readonly Change[] = [
  ...[BLOCK_TIME - 100, BLOCK_TIME - 50, 5].map(
    (since, n): Change => ({
      table: 'proposals',
      key: `000000000${n + 1}`,
      fact: { call: PROPOSAL_CALL, callData: CALL_DATA, proposer: PROPOSER, since },
    }),
  ),
  {
    table: 'waitEnds',
    key: 'proposals/0000000001',
    fact: { how: 'met', by: CANDIDATE, at: BLOCK_TIME - 60 },
  },
  {
    table: 'nominations',
    key: '0000000001',
    fact: { office: { agency: ISSUER }, candidate: CANDIDATE, nominatedBy: PROPOSER, since: BLOCK_TIME - 9 },
  },
  {
    table: 'successions',
    key: '0000000001',
    fact: { of: { region: 430121 }, successor: { region: 430100 }, since: BLOCK_TIME - 8 },
  },
]

const COUNCIL: Hex = `0x${'c0'.repeat(20)}`
const VOTES: readonly Change[] = [
  { table: 'council', key: '', fact: COUNCIL },
  ...[1, 2].map(
    (number): Change => ({
      table: 'votes',
      key: `000000000${number}`,
      fact: {
        council: COUNCIL,
        id: String(number).repeat(77),
        proposer: PROPOSER,
        calls: [{ target: COUNCIL, data: CALL_DATA }],
        descriptionHash: PROPOSAL_CALL,
        since: 5,
        beginsAt: 6,
        endsAt: BLOCK_TIME + 1,
      },
    }),
  ),
  { table: 'voices', key: `0000000001/${PROPOSER}`, fact: { support: 'in-favour', at: 7 } },
  { table: 'voices', key: `0000000001/${CANDIDATE}`, fact: { support: 'against', at: 8 } },
  { table: 'voteCourses', key: '0000000002', fact: { executableAt: 9, end: null } },
]

const AGREEMENT: NodesAgreement = {
  needed: 1,
  agreeing: 1,
  logsHeldBy: 'one-node',
  nodes: [{ node: 'node-1.example:8545', state: 'agrees', newest: 5, since: 1, fault: null }],
}

/** As of the sample ledger's block; what is further told, and how it is told it cannot be read, may be changed. */
export interface ReadLedgerState {
  facts: FactLayer
  block: ReturnType<typeof blockAt>
  fault: LedgerUnavailableError['code'] | null
}

export function createReadLedger(ledger: LedgerIdentity = LEDGER): {
  readonly reader: LedgerReader
  readonly listed: ListedLedgers
  readonly state: ReadLedgerState
} {
  const facts = new FactLayer()
  for (const change of [...CHANGES, ...WAITS, ...VOTES]) facts.put(change)
  const state: ReadLedgerState = { facts, block: blockAt(5), fault: null }
  const reader: LedgerReader = {
    queries: () => {
      if (state.fault !== null) throw new LedgerUnavailableError(state.fault, 'told so by the test')
      return createLedgerQueries(state.facts, { ledger, block: state.block })
    },
    agreement: () => AGREEMENT,
  }
  return { state, reader, listed: listPinned(ledger, () => ({ state: 'following', reader })) }
}
