/** What an implementation makes of one vector, beside what stands there. */
import { type DefectCode, type Hex, MalformedError, type Suite } from '@hefu/protocol'

export interface Judgement {
  readonly found: unknown
  readonly expected: unknown
}

/** What is put to the test: a suite, and the SM3 that its SM2 is built on. */
export interface Implementation {
  readonly suite: Suite
  /** Digest of the UTF-8 of a text. */
  sm3(text: string): Hex
}

/** Judges one vector; `file` is the file that it stands in. */
export type Runner<Vector, File> = (
  vector: Vector,
  implementation: Implementation,
  file: File,
) => Judgement | Promise<Judgement>

type VectorOf<List> = List extends readonly (infer Vector)[] ? Vector : List

/** List → its runner. */
export type RunnersOf<File> = {
  readonly [List in keyof File as File[List] extends object ? List : never]: Runner<
    VectorOf<File[List]>,
    File
  >
}

interface RefusedWith {
  readonly refused: readonly DefectCode[]
}

/** The value read, or the codes of all defects in the order in which they are met. */
export function attempt<T>(read: () => T): T | RefusedWith {
  try {
    return read()
  } catch (error) {
    if (error instanceof MalformedError) return { refused: error.defects.map(({ code }) => code) }
    throw error
  }
}

/** Of a vector that must not be read. */
export function refusal(read: () => unknown, ...codes: readonly string[]): Judgement {
  return { found: attempt(read), expected: { refused: codes } }
}
