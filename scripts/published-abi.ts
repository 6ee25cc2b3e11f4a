/** The ABI of a contract as it is published: all that its code answers to, in the words of its normative interface. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fragment } from 'ethers'

const ARTIFACTS = join(import.meta.dirname, '../artifacts/contracts')

/** A function, event or error, as the compiler writes it. */
export interface AbiEntry {
  readonly name?: string
  readonly type: string
}

/** By the path of the source below `contracts/`, without its ending. */
export interface PublishedContract {
  /** The contract itself, and parts of it whose functions are called at its address. */
  readonly code: readonly string[]
  /** What says what its functions do, and names their arguments for whoever calls them; others say it in their code. */
  readonly interface?: string
}

export const LEDGER: PublishedContract = {
  code: ['Ledger', 'office/Members', 'office/Remedies', 'office/Appointments'],
  interface: 'interfaces/ILedger',
}
export const RULEBOOK: PublishedContract = { code: ['Rulebook'], interface: 'interfaces/IRulebook' }
export const REGISTRY: PublishedContract = {
  code: ['governance/Registry'],
  interface: 'interfaces/IRegistry',
}
export const COUNCIL: PublishedContract = { code: ['governance/Council'] }
export const SEATS: PublishedContract = { code: ['governance/Seats'] }
export const ACCESS_MANAGER: PublishedContract = {
  code: ['../@openzeppelin/contracts/access/manager/AccessManager'],
}

/** Each entry once: of several parts that have it, and in the interface's words where it is in the interface. */
export function publishedAbi({ code, interface: normative }: PublishedContract): readonly AbiEntry[] {
  const entries = code.flatMap(readAbi).filter(({ type }) => type !== 'constructor')
  const worded = normative === undefined ? [] : readAbi(normative)
  const implemented = new Map(entries.map((entry) => [signatureOf(entry), entry]))
  for (const entry of worded) {
    if (implemented.has(signatureOf(entry))) implemented.set(signatureOf(entry), entry)
  }
  return [...implemented.values()]
}

/** By what a caller tells one entry from another: not by names of arguments. */
export function signatureOf(entry: AbiEntry): string {
  return entry.name === undefined ? entry.type : `${entry.type} ${Fragment.from(entry).format('sighash')}`
}

/** As the compiler wrote it. */
export function readAbi(source: string): readonly AbiEntry[] {
  const name = source.split('/').at(-1)
  return JSON.parse(readFileSync(join(ARTIFACTS, `${source}.sol/${name}.json`), 'utf8')).abi
}
