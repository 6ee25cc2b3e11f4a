/** `hefu-ledger audit`. */
import { randomInt } from 'node:crypto'
import { identityOf, type Network } from '@hefu/ledger'
import {
  type AuditDifference,
  type AuditReport,
  auditLedger,
  connectProofReader,
  MOST_OF_PROVINCE,
  SEEDS,
} from '@hefu/ledger/audit'
import { createRegistryDirectory, networkOf, type RegistryNetwork } from '@hefu/ledger/registry'
import { connectNodes } from '@hefu/ledger/replica'
import { type Bilingual, fillIn, type LedgerIdentity } from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { CommandError } from '../error/command-error.ts'
import { readKeptFacts } from '../replica/kept-facts.ts'
import { onlyPlace, type ReplicaPlace, registeredPlace } from '../replica/replica-place.ts'
import { AUDIT_TEXTS, KIND_TEXTS } from './audit-texts.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { createProgress } from './progress.ts'
import type { Session } from './session.ts'

export interface AuditCommandOptions {
  readonly network?: string
  /** Of those that a registry names: `chainId/address`. */
  readonly ledger?: string
  readonly replica?: string
  readonly sample: number
  readonly all?: boolean
  /** Of each kind and province, with `all`. */
  readonly most?: number
  /** USCC. */
  readonly agency?: string
  readonly seed?: number
  readonly json?: boolean
}

/** Audits the ledger of a network file, and says what was found. */
export async function runAudit(session: Session, options: AuditCommandOptions): Promise<ExitCode> {
  if (options.most !== undefined && options.all !== true) throw new CommandError('most-without-all', '')
  const { network, placeIn } = await readSubject(session, options)
  const { replica, all, agency, most = MOST_OF_PROVINCE, seed = randomInt(SEEDS - 1) } = options
  const sample = { most: all === true ? undefined : options.sample, seed, agency, mostOfProvince: most }
  const kept = replica === undefined ? null : await readKeptFacts(placeIn(replica), identityOf(network))
  const progress = createProgress(session)
  const { signal } = session
  const readers = {
    events: connectNodes(network, { clock: readClock, signal }),
    proofs: connectProofReader(network, { signal }),
  }
  try {
    const report = await auditLedger(network, readers, kept, {
      sample: sample.most,
      mostOfProvince: most,
      seed,
      agency,
      signal,
      onBlock: (block, last) => {
        const { deploymentBlock: first } = network
        progress.reach(bilingual(AUDIT_TEXTS.reading), block - first + 1, last - first + 1)
      },
      onFacts: (done, of) => progress.reach(bilingual(AUDIT_TEXTS.comparing), done, of),
    })
    progress.end()
    const source = kept === null ? AUDIT_TEXTS.events : AUDIT_TEXTS.replica
    const ledger = identityOf(network)
    const text =
      options.json === true
        ? jsonOf(report, sample, ledger)
        : linesOf(report, sample, ledger, source).join('\n')
    session.stdout.write(`${text}\n`)
    return exitCodeOf(report)
  } catch (error) {
    // What was under way ended by it, as if its node had been lost.
    signal.throwIfAborted()
    throw error
  } finally {
    progress.end()
  }
}

function exitCodeOf({ differences, partly }: AuditReport): ExitCode {
  if (differences > 0) return EXIT.differs
  return partly.length > 0 ? EXIT.partly : EXIT.done
}

/** The ledger that is audited, and where in a place its replica is. */
interface Subject {
  readonly network: Network
  placeIn(replica: string): ReplicaPlace
}

async function readSubject(
  { env, readNetwork }: Session,
  { network: named, ledger }: AuditCommandOptions,
): Promise<Subject> {
  const path = named ?? env['HEFU_NETWORK'] ?? ''
  if (path === '') throw new CommandError('network-missing', '')
  const trusted = await readNetwork(path)
  if (!('registry' in trusted)) {
    const pinned = nameOf(identityOf(trusted))
    if (ledger !== undefined && ledger !== pinned) throw new CommandError('ledger-pinned', pinned)
    return { network: trusted, placeIn: onlyPlace }
  }
  if (ledger === undefined) throw new CommandError('registry-network', path)
  const network = await findRegistered(trusted, ledger)
  return { network, placeIn: (replica) => registeredPlace(replica, network) }
}

async function findRegistered(registry: RegistryNetwork, ledger: string): Promise<Network> {
  const registered = await createRegistryDirectory(registry).list({ notBefore: 0 })
  const found = registered.find(({ view }) => nameOf(view.ledger) === ledger)
  if (found === undefined) throw new CommandError('ledger-unregistered', ledger)
  const { chainId, address } = found.view.ledger
  const network = networkOf(registry, { chainId, ledger: address })
  if (network === null) throw new CommandError('ledger-nodeless', ledger)
  return network
}

/** As `--ledger` takes it. */
function nameOf({ chainId, address }: LedgerIdentity): string {
  return `${chainId}/${address}`
}

/** `most` of each kind; absent: all. */
interface Sample {
  readonly most: number | undefined
  readonly seed: number
  /** Of which alone; absent: of everybody. */
  readonly agency: string | undefined
  readonly mostOfProvince: number
}

function jsonOf(
  { differences, block, ...report }: AuditReport,
  sample: Sample,
  { chainId, address }: LedgerIdentity,
): string {
  return JSON.stringify({
    event: 'audited',
    equal: differences === 0,
    chainId,
    ledger: address,
    block: block.number,
    hash: block.hash,
    sample: sample.most ?? null,
    seed: sample.seed,
    agency: sample.agency ?? null,
    differences,
    ...report,
  })
}

function linesOf(
  report: AuditReport,
  sample: Sample,
  { chainId, address }: LedgerIdentity,
  source: Bilingual,
): readonly string[] {
  const { block, facts, slots, differences, named, compared, partly } = report
  const { agency } = sample
  const details = { block: block.number, hash: block.hash, facts, slots, differences }
  const of = Object.values(compared).reduce((sum, kind) => sum + kind.of, 0)
  return [
    bilingual(fillIn(differences === 0 ? AUDIT_TEXTS.equal : AUDIT_TEXTS.differs, details)),
    bilingual(fillIn(AUDIT_TEXTS.audited, { chainId, ledger: address })),
    ...named.map((difference) => differenceLine(difference, source)),
    ...(differences > named.length
      ? [bilingual(fillIn(AUDIT_TEXTS.more, { count: differences - named.length }))]
      : []),
    bilingual(extentOf(sample, of, compared['someLicences'])),
    ...(agency === undefined ? [] : [bilingual(fillIn(AUDIT_TEXTS.onlyOf, { agency }))]),
    ...partlyLines(partly, sample.mostOfProvince),
  ]
}

/** Of provinces, and of what is of none. */
function partlyLines(partly: readonly string[], most: number): readonly string[] {
  const provinces = partly.filter((province) => province !== '')
  return [
    ...(provinces.length === 0 ? [] : [fillIn(AUDIT_TEXTS.partly, { partly: provinces.join(', '), most })]),
    ...(provinces.length === partly.length ? [] : [fillIn(AUDIT_TEXTS.partlyOfNone, { most })]),
  ].map(bilingual)
}

function extentOf(
  { most, seed }: Sample,
  of: number,
  licences: AuditReport['compared'][string] | undefined,
): Bilingual {
  if (most !== undefined) return fillIn(AUDIT_TEXTS.sampled, { most, seed, of })
  const { facts = 0, of: all = 0 } = licences ?? {}
  return fillIn(AUDIT_TEXTS.wholly, { seed, facts, all })
}

function differenceLine({ kind, key, ...difference }: AuditDifference, source: Bilingual): string {
  const called = KIND_TEXTS[kind] ?? { zh: kind, en: kind }
  // Of which there is one, it has no key.
  const what = key === '' ? called : { zh: `${called.zh} ${key}`, en: `${called.en} ${key}` }
  return bilingual(fillIn(AUDIT_TEXTS.difference, { ...difference, what, source }))
}

function bilingual({ zh, en }: Bilingual): string {
  return `${zh} · ${en}`
}
