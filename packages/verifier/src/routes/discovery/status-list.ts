/** An agency's licences as a status list (draft-ietf-oauth-status-list): two bits each, by status index. */
import { deflateSync } from 'node:zlib'
import type { LedgerQueries, Page, PageRequest } from '@hefu/ledger/replica'
import { type LegalStatus, type StatusEntry, statusAt, statusListUri } from '@hefu/protocol'
import { problem } from '../problem.ts'
import { discoveryProblem } from './discovery-problem.ts'

/** Entries of a list at most: a quarter of a megabyte before it is deflated. */
const MOST_LICENCES = 2 ** 20
/** Batches, and acts, that are read for a list at most: a tenth of a second or two. */
const MOST_READ = 10_000
const PAGE = 1_000

const BITS = 2
const VALID = 0
const INVALID = 1
const SUSPENDED = 2
/** Of no meaning of the draft's own: for a person to decide. */
const REFER = 3

/** What software reads that knows three words. It has no word for what is in force within limits. */
const WORDS: Readonly<Partial<Record<LegalStatus, number>>> = {
  valid: VALID,
  suspended: SUSPENDED,
  'restricted-suspended': SUSPENDED,
  inactive: SUSPENDED,
  restricted: REFER,
}

/** The claims of a status list token, of the replica's block. */
export interface StatusList {
  readonly sub: string
  /** Unix seconds: of the block. */
  readonly iat: number
  readonly status_list: { readonly bits: typeof BITS; readonly lst: string }
}

/** @throws {ProblemError} `no-status-list` for an agency with more than one list holds, `ledger-behind` */
export function createStatusList(queries: LedgerQueries, agency: string): StatusList {
  const { ledger, block } = queries
  const entries = Map.groupBy(
    readAll((page) => queries.actsOf(agency, page)),
    ({ statusIndex }) => statusIndex,
  )
  const count = countLicences(queries, agency)
  const bytes = new Uint8Array(Math.ceil((count * BITS) / 8))
  for (const [index, acts] of entries) {
    if (index < count)
      put(
        bytes,
        index,
        wordOf(
          acts.map(({ entry }) => entry),
          block.time,
        ),
      )
  }
  return {
    sub: statusListUri(ledger, agency),
    iat: block.time,
    status_list: { bits: BITS, lst: deflateSync(bytes).toString('base64url') },
  }
}

function countLicences(queries: LedgerQueries, agency: string): number {
  const last = readAll((page) => queries.anchors(agency, page)).at(-1)
  const count = last === undefined ? 0 : last.firstIndex + last.size
  if (count > MOST_LICENCES) throw discoveryProblem('no-status-list')
  return count
}

function wordOf(acts: readonly StatusEntry[], time: number): number {
  return WORDS[statusAt(acts, time)] ?? INVALID
}

function put(bytes: Uint8Array, index: number, word: number): void {
  const at = (index * BITS) >> 3
  bytes[at] = (bytes[at] as number) | (word << ((index * BITS) & 7))
}

/** @throws {ProblemError} `no-status-list`; `ledger-behind` where more is not final yet than is told in pages */
function readAll<Item>(read: (page: PageRequest) => Page<Item>): readonly Item[] {
  const items: Item[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = read({ most: PAGE, cursor })
    // A page of a list of what was told may have none, and the next is as it is until more is final.
    if (page.items.length === 0 && page.next !== null) throw problem('ledger-behind')
    items.push(...page.items)
    if (items.length > MOST_READ) throw discoveryProblem('no-status-list')
    cursor = page.next
  }
  return items
}
