/**
 * A journal made whole again from the ledger and the bundle files, where it was lost, set back or made anew. What the
 * ledger does not have never was in force; what it has and no file tells of keeps its indexes, which are never given out
 * again.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OperatorReading } from '@hefu/ledger'
import {
  type AnchorFact,
  type Hex,
  hashLeaf,
  parseBundle,
  parseLicenceId,
  statusListUri,
  suite,
  type UnverifiedBundleFile,
  usccOf,
  verifyInclusion,
} from '@hefu/protocol'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import type { RecordedLicence, RecoveredBatch } from '../journal/records.ts'
import { faceOf, samenessOf } from '../journal/sameness.ts'
import type { Office } from './office.ts'

/** What recovering needs: no key, and nothing is sent. */
export interface RecoveryOffice extends Pick<Office, 'agency' | 'ledger' | 'journal' | 'now'> {
  readonly operator: Pick<OperatorReading, 'findAnchor' | 'nextIndex'>
}

export interface RecoveryCounts {
  /** Licences that the journal did not have. */
  readonly recovered: number
  /** Files that tell of nothing anchored by this agency on this ledger. */
  readonly passedOver: number
  /** Indexes that the ledger has used and nothing is known of. */
  readonly unknown: number
}

/**
 * Reads the bundle files of a folder into the journal. It may be run again, with other folders.
 *
 * @throws {IssuerError} `input-unreadable`; `recover-conflict` when the journal has another licence at an index
 * @throws {LedgerUnavailableError}
 */
export async function recoverJournal(office: RecoveryOffice, folder: string): Promise<RecoveryCounts> {
  const used = await office.operator.nextIndex(office.agency)
  const anchors = new Map<Hex, AnchorFact | null>()
  let [recovered, passedOver] = [0, 0]
  for (const file of await bundleFilesIn(folder)) {
    const found = await readAnchored(office, file, anchors)
    if (found === null) passedOver++
    else if (await office.journal.recover(found.licence, found.batch, office.now())) recovered++
  }
  const unknown = await office.journal.alone(() => office.journal.closeGaps(used))
  return { recovered, passedOver, unknown }
}

async function bundleFilesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder)
    return names.filter((name) => name.endsWith('.hefu.json')).map((name) => join(folder, name))
  } catch (error) {
    throw new IssuerError('input-unreadable', { file: folder, reason: reasonOf(error) })
  }
}

interface AnchoredLicence {
  readonly licence: RecordedLicence
  readonly batch: RecoveredBatch
}

/** The licence of a file, which is proven by its own receipt and the ledger's anchor; `null` for every other file. */
async function readAnchored(
  office: RecoveryOffice,
  file: string,
  anchors: Map<Hex, AnchorFact | null>,
): Promise<AnchoredLicence | null> {
  const bundle = await readBundle(file)
  if (bundle === null) return null
  const { credential, compact, receipt } = bundle
  const { claims, signingInput } = credential
  const { idx, uri } = claims.status.status_list
  if (usccOf(claims) !== office.agency || uri !== statusListUri(office.ledger, office.agency)) return null
  if (!verifyInclusion(signingInput, receipt, suite)) return null
  const fact = await anchorOf(office, receipt.root, anchors)
  if (fact === null || fact.size !== receipt.size || fact.firstIndex + receipt.index !== idx) return null
  const type = parseLicenceId(claims.jti, 'jti').licenceType
  const licence = {
    licenceId: claims.jti,
    statusIndex: idx,
    type,
    credential: compact,
    sameness: samenessOf(type, faceOf(compact)),
    leafHash: hashLeaf(new TextEncoder().encode(signingInput), suite),
  }
  const { firstIndex, size, anchoredAt, blockNumber } = fact
  return { licence, batch: { root: receipt.root, firstIndex, size, anchoredAt, blockNumber } }
}

interface ReadBundle extends UnverifiedBundleFile {
  /** The credential as the file has it. */
  readonly compact: string
}

async function readBundle(file: string): Promise<ReadBundle | null> {
  try {
    const text = await readFile(file, 'utf8')
    const bundle = parseBundle(text)
    const { credential: compact } = JSON.parse(text) as { readonly credential: string }
    return { ...bundle, compact }
  } catch {
    // Whatever else lies in the folder is counted, and told.
    return null
  }
}

async function anchorOf(
  { agency, operator }: RecoveryOffice,
  root: Hex,
  anchors: Map<Hex, AnchorFact | null>,
): Promise<AnchorFact | null> {
  const known = anchors.get(root)
  if (known !== undefined) return known
  const fact = await operator.findAnchor(agency, root)
  anchors.set(root, fact)
  return fact
}
