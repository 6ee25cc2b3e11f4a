/** An audit from the deployment on: all events are read, and what they make is compared with storage. */
import { type Network, takeNetwork } from '../../network/network.ts'
import type { BlockHeader, NodeReader } from '../blocks/node-reader.ts'
import { type Facts, THE_ONE } from '../facts/facts.ts'
import { type AuditOptions, type AuditReport, audit } from './audit.ts'
import { AuditRefusedError } from './audit-error.ts'
import { type EventsOptions, readToldState } from './audit-events.ts'
import { createAuditSubject } from './audit-subject.ts'
import type { ProofReader } from './proof-reader.ts'

/** Who is asked: for events and for what blocks there are, whom the network names; for proofs, anybody. */
export interface AuditReaders {
  readonly events: NodeReader
  readonly proofs: ProofReader
}

/** What a replica keeps, and of which block. */
export interface KeptFacts {
  readonly facts: Facts
  readonly block: BlockHeader
}

/**
 * Compares what the events told with the ledger's storage as of the newest block that stays; or what a replica keeps,
 * as of its own block, in which the events are read as well: what it lacks is found by them.
 *
 * @param kept `null`: the events alone
 * @throws {AuditRefusedError} when nothing can be said: never that all is well
 * @throws {LedgerUnavailableError} when a node cannot be asked
 * @throws {MalformedError} for a network that no network file could say
 * @throws the signal's reason
 */
export async function auditLedger(
  given: Network,
  { events, proofs }: AuditReaders,
  kept: KeptFacts | null,
  options: AuditOptions & EventsOptions,
): Promise<AuditReport> {
  const network = takeNetwork(given)
  const number = kept === null ? await events.finalNumber() : kept.block.number
  if (number < network.deploymentBlock)
    throw new AuditRefusedError(
      'nothing-final',
      `audit the ledger: it was deployed in block ${network.deploymentBlock}, and the newest that stays is ${number}`,
    )
  const block = await findBlock(events, number, kept?.block.hash)
  if (kept !== null) await assertOfChain(kept, block, network, events)
  const told = await readToldState(network, events, number, options)
  // A chain that changed meanwhile told of two states.
  await findBlock(events, number, block.hash)
  const subject = await createAuditSubject(kept?.facts ?? told.facts, told, network.ledger, options)
  return await audit(network, proofs, subject, block, options)
}

/** What answers say of their block, and by what a chain is told from another, is in no storage: headers say it. */
async function assertOfChain(
  { facts, block: { number, time } }: KeptFacts,
  block: BlockHeader,
  { deploymentBlock }: Network,
  reader: NodeReader,
): Promise<void> {
  if (time !== block.time)
    throw new AuditRefusedError(
      'block-replaced',
      `audit block ${number}: what is kept is of the time ${time}, and the chain has ${block.time}`,
    )
  const deployment = facts.find('deployment', THE_ONE)
  if (deployment !== null) await findBlock(reader, deploymentBlock, deployment)
}

async function findBlock(reader: NodeReader, number: number, hash: string | undefined): Promise<BlockHeader> {
  const found = await reader.block(number)
  if (found !== null && (hash === undefined || found.hash === hash)) return found
  const has = found === null ? 'no such block' : found.hash
  const wanted = hash === undefined ? '' : `, ${hash}`
  throw new AuditRefusedError('block-replaced', `audit block ${number}${wanted}: the chain has ${has}`)
}
