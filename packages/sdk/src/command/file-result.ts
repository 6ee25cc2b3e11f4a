/** What became of one file of many. */
import { type Bilingual, fillIn, inBoth, type Verdict } from '@hefu/protocol'
import { CarrierError } from '../carrier/carrier-error.ts'
import { FileFault } from '../carrier/file-fault.ts'
import { RemoteVerifierError } from '../remote/remote-verifier-error.ts'
import type { Verification } from '../verification/verification.ts'
import type { BatchItem } from '../verification/verify-all.ts'
import { TOKEN_NEEDED } from './command-texts.ts'
import type { FilePlace, OpenedFile } from './opened-files.ts'

export const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  accepted: 0,
  refer: 10,
  rejected: 11,
  undetermined: 12,
}
export const FAILURE = 1
export const BAD_INPUT = 2
/** As a shell has it of what SIGINT ended. */
export const INTERRUPTED = 130

/**
 * From the worst: something is refused; something could not be asked, read or checked; something is for a person. So every
 * code after 11 says that nothing was refused, and 10 that all was checked.
 */
const WORST_FIRST: readonly number[] = [
  EXIT_CODES.rejected,
  FAILURE,
  BAD_INPUT,
  EXIT_CODES.undetermined,
  EXIT_CODES.refer,
  EXIT_CODES.accepted,
]

/** The code of many: that of the worst; where there is none nothing was accepted. */
export function worstOf(codes: ReadonlySet<number>): number {
  return WORST_FIRST.find((code) => codes.has(code)) ?? BAD_INPUT
}

export type FileResult = {
  /** Which of the files it is, from 0, in the order in which they are named. */
  readonly index: number
  readonly place: FilePlace
  readonly exitCode: number
} & (JudgedFile | FaultyFile)

interface JudgedFile {
  readonly outcome: Verdict
  readonly verification: Verification
  readonly carrier: { readonly kind: string; readonly isAsAttached: boolean | null }
}

/** There is no report. */
interface FaultyFile {
  readonly outcome: 'unread' | 'failed'
  readonly verification: null
  /** Why. */
  readonly fault: Fault
}

interface Fault {
  readonly code: string
  readonly says: Bilingual
  /** What a service said beside its code, where it said anything. */
  readonly detail?: string
}

/** As `unread` and `failed` have it. */
export function tellFault({ code, says, detail = '' }: Fault): object {
  return { code, says, ...(detail === '' ? {} : { detail }) }
}

/** @throws what is no fault of one file: a request that cannot be answered, a fault of ours */
export function resultOf({ index, request, verification, error }: BatchItem<OpenedFile>): FileResult {
  const { place, opened } = request
  if (verification !== null && !(opened instanceof Error)) {
    const { verdict } = verification.report
    const { kind, isAsAttached } = opened
    const judged = { outcome: verdict, verification, carrier: { kind, isAsAttached } }
    return { index, place, exitCode: EXIT_CODES[verdict], ...judged }
  }
  const without = { index, place, verification: null }
  if (error instanceof FileFault) return { ...without, outcome: 'unread', exitCode: BAD_INPUT, fault: error }
  if (error instanceof CarrierError)
    return { ...without, outcome: 'unread', exitCode: exitCodeOfCarrier(error), fault: error }
  if (!(error instanceof RemoteVerifierError)) throw error
  const { code, problem } = error
  const told = { code, ...problem, says: wordsOfRemote(error) }
  return { ...without, outcome: 'failed', exitCode: exitCodeOfRemote(error), fault: told }
}

export function exitCodeOfCarrier({ isWithoutLicence }: CarrierError): number {
  return isWithoutLicence ? EXIT_CODES.undetermined : BAD_INPUT
}

function exitCodeOfRemote({ problem }: RemoteVerifierError): number {
  return problem?.status === 422 ? BAD_INPUT : FAILURE
}

const PROBLEM: Bilingual = { zh: '{says}（{code}）', en: '{says} ({code})' }

/** With what the service says it is, by its code: its own sentence may hold anything. */
function wordsOfRemote({ says, problem }: RemoteVerifierError): Bilingual {
  if (problem === null) return says
  const told = fillIn(PROBLEM, { says, code: inBoth(problem.code) })
  const needed = problem.status === 401 ? TOKEN_NEEDED : inBoth('')
  return { zh: told.zh + needed.zh, en: told.en + needed.en }
}
