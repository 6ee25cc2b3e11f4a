/** `hefu verify` of one file: its sheet, or as `--json` has it; what is said where there is no report is said as of many. */
import type { VerificationRequest } from '@hefu/protocol'
import type { FileFault } from '../carrier/file-fault.ts'
import { renderSheet } from '../display/sheet.ts'
import type { LicenceVerifier, Verification } from '../verification/verification.ts'
import { CHANGED_SINCE } from './command-texts.ts'
import { type FileResult, resultOf, tellFault } from './file-result.ts'
import { type OpenedFile, openRead } from './opened-files.ts'
import { tellWhenSlow } from './slow-notice.ts'
import type { UnavailableCause } from './unavailable.ts'
import type { VerifyOptions } from './verify.ts'
import { complain, writeJson } from './written-answer.ts'

export interface OneFile {
  /** As it is named on the command line. */
  readonly path: string
  readonly read: Uint8Array | FileFault
  /** What is asked of it. */
  readonly asked: Omit<VerificationRequest, 'presented'>
  readonly verifier: LicenceVerifier
  /** Why the ledger could not be asked so far, each cause once. */
  readonly unavailable: () => readonly UnavailableCause[]
}

/**
 * Verifies and prints it, and returns the exit code.
 *
 * @throws {MalformedError} for a request that cannot be answered, whatever is presented
 */
export async function verifyOne(one: OneFile, options: VerifyOptions): Promise<number> {
  const file = { place: { file: one.path, entry: null }, opened: await openRead(one.read) }
  const result = await resultOfOne(file, one, options)
  return result.verification === null ? tellFaulty(result, options) : tellJudged(result, one, options)
}

async function resultOfOne(file: OpenedFile, one: OneFile, options: VerifyOptions): Promise<FileResult> {
  const item = { index: 0, request: file }
  try {
    return resultOf({ ...item, verification: await ask(file, one, options), error: null })
  } catch (error) {
    return resultOf({ ...item, verification: null, error })
  }
}

async function ask(
  { opened }: OpenedFile,
  { asked, verifier }: OneFile,
  options: VerifyOptions,
): Promise<Verification> {
  if (opened instanceof Error) throw opened
  const asking = verifier.verify({ ...asked, ...opened.asked })
  return options.quiet ? asking : tellWhenSlow(asking)
}

/** A file without a report: what is said of it stands where the report would. */
function tellFaulty({ outcome, fault, exitCode }: FaultyResult, { json }: VerifyOptions): number {
  const { says, detail = '' } = fault
  if (json) writeJson({ [outcome]: tellFault(fault) })
  complain(says, exitCode)
  if (detail !== '') process.stderr.write(`${detail}\n`)
  return exitCode
}

function tellJudged(
  { verification, carrier, exitCode }: JudgedResult,
  { unavailable: causes }: OneFile,
  { json, lang }: VerifyOptions,
): number {
  const { report, attestation } = verification
  const unavailable = causes().at(-1)
  const told = carrier.kind === 'text' ? undefined : carrier
  if (json) writeJson({ report, attestation, carrier: told, unavailable })
  else process.stdout.write(renderSheet(verification, { language: lang }))
  if (carrier.isAsAttached === false) complain(CHANGED_SINCE, exitCode)
  return unavailable === undefined ? exitCode : complain(unavailable.says, exitCode)
}

type FaultyResult = Extract<FileResult, { readonly verification: null }>
type JudgedResult = Exclude<FileResult, FaultyResult>
