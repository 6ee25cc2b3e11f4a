/** Reading the vector files. */
import { readdirSync, readFileSync } from 'node:fs'

/** A vector that is refused says so in one of these ways; every other one is accepted. */
interface Judged {
  readonly refused?: unknown
  readonly valid?: boolean
  readonly rightCheck?: boolean
  readonly included?: boolean
  readonly verified?: boolean
  readonly finding?: string
  readonly different?: readonly unknown[]
  readonly missing?: readonly unknown[]
  readonly expected?: { readonly verdict: string }
  readonly outcome?: { readonly outcome: string }
}

/** Names of all vector files, without `.json`. */
export const VECTOR_FILES: readonly string[] = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -5))

/** The members of a vector file. */
export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as T
}

/** File → its members, of all vector files. */
export function readAllVectors(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(VECTOR_FILES.map((name) => [name, readVectors(name)]))
}

/** Whether an implementation must not take this input for good. */
export function isRefused(vector: Judged): boolean {
  const { expected, outcome, valid, rightCheck, included, verified } = vector
  return (
    vector.refused !== undefined ||
    vector.finding !== undefined ||
    [...(vector.different ?? []), ...(vector.missing ?? [])].length > 0 ||
    [valid, rightCheck, included, verified].includes(false) ||
    (expected !== undefined && expected.verdict !== 'accepted') ||
    (outcome !== undefined && outcome.outcome !== 'confirmed')
  )
}
