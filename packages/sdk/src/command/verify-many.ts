/** `hefu verify` of several files, folders and archives. */
import type { VerificationRequest } from '@hefu/protocol'
import type { FileFault } from '../carrier/file-fault.ts'
import { nothingLeftAlone } from '../carrier/left-alone.ts'
import { TABLE_TEXTS } from '../display/table-texts.ts'
import { type FileOutcome, renderSummary } from '../display/verdict-table.ts'
import type { LicenceVerifier } from '../verification/verification.ts'
import { verifyAll } from '../verification/verify-all.ts'
import { type FileResult, INTERRUPTED, resultOf, worstOf } from './file-result.ts'
import { putInOrder } from './in-order.ts'
import { listenForInterruption } from './interruption.ts'
import { listFiles } from './listed-files.ts'
import { type OpenedFile, openFiles } from './opened-files.ts'
import { showProgress } from './progress.ts'
import { printDocument, printLines, printTable, type ResultPrinter } from './result-printers.ts'
import type { UnavailableCause } from './unavailable.ts'
import type { VerifyOptions } from './verify.ts'

/** Results that are held back for one before them. */
const MOST_HELD = 1_024

export interface ManyFiles {
  /** As they are named on the command line. */
  readonly paths: readonly string[]
  /** What the only one was read to be, where it was read before. */
  readonly alreadyRead?: Uint8Array | FileFault
  /** What is asked of each. */
  readonly asked: Omit<VerificationRequest, 'presented'>
  readonly verifier: LicenceVerifier
  /** Why the ledger could not be asked so far, each cause once. */
  readonly unavailable: () => readonly UnavailableCause[]
}

/**
 * Verifies and prints each, so many at a time, and returns the exit code. Interrupted, it prints what is done, says that
 * it is not all, and returns 130.
 *
 * @throws {UsageError} for what cannot be begun
 * @throws {MalformedError} for a request that cannot be answered, whatever is presented
 */
export async function verifyMany(many: ManyFiles, options: VerifyOptions): Promise<number> {
  const interruption = listenForInterruption()
  try {
    return await run(many, options, interruption.signal)
  } finally {
    interruption.end()
  }
}

async function run(
  { paths, alreadyRead, asked, verifier, unavailable }: ManyFiles,
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<number> {
  const { quiet = false, concurrency } = options
  const printer = printerOf(options)
  const progress = showProgress(!quiet)
  const order = putInOrder<FileResult>(printer.isOrdered ? MOST_HELD : Number.POSITIVE_INFINITY)
  const leftAlone = nothingLeftAlone()
  const counts: Record<FileOutcome, number> = {
    ...{ accepted: 0, refer: 0, rejected: 0, undetermined: 0 },
    ...{ unread: 0, failed: 0 },
  }
  const codes = new Set<number>()
  const print = async (results: readonly FileResult[]): Promise<void> => {
    for (const result of results) {
      counts[result.outcome] += 1
      codes.add(result.exitCode)
      await write(printer.item(result), progress.clear)
    }
  }
  try {
    const files = await listFiles(paths, leftAlone, signal)
    const opened = heldBack(openFiles(files, leftAlone, alreadyRead), order.room)
    const batch = verifyAll(verifierOfFiles(verifier, asked), opened, {
      ...(concurrency === undefined ? {} : { concurrency }),
      onProgress: ({ done }) => progress.tell(done),
      signal,
    })
    for await (const item of batch) {
      const result = resultOf(item)
      await print(printer.isOrdered ? order.take(result) : [result])
    }
  } catch (error) {
    progress.clear()
    if (!signal.aborted || error !== signal.reason) throw error
    await print(order.rest())
  }
  const summary = { counts, leftAlone, isPartial: signal.aborted, unavailable: unavailable() }
  await write(printer.end(summary), progress.clear)
  const isForPrograms = options.json === true || options.ndjson === true
  const said = [
    ...(isForPrograms ? renderSummary(summary) : summary.isPartial ? [TABLE_TEXTS.partial] : []),
    ...summary.unavailable.map(({ says }) => says),
  ]
  for (const { zh, en } of said) process.stderr.write(`${zh}\n${en}\n`)
  return signal.aborted ? INTERRUPTED : worstOf(codes)
}

function printerOf({ json, ndjson, lang }: VerifyOptions): ResultPrinter {
  if (ndjson) return printLines()
  return json ? printDocument() : printTable(lang)
}

/** What could not be opened is handed on as the error of its item. */
function verifierOfFiles(
  verifier: LicenceVerifier,
  asked: ManyFiles['asked'],
): { verify(file: OpenedFile): ReturnType<LicenceVerifier['verify']> } {
  return {
    verify: async ({ opened }) => {
      if (opened instanceof Error) throw opened
      return verifier.verify({ ...asked, ...opened.asked })
    },
  }
}

async function* heldBack(
  files: AsyncGenerator<OpenedFile, undefined, undefined>,
  room: () => Promise<void>,
): AsyncGenerator<OpenedFile, undefined, undefined> {
  for await (const file of files) {
    yield file
    await room()
  }
}

/** Waits for whoever reads it: what nobody takes yet is not piled up here. */
async function write(text: string, before: () => void): Promise<void> {
  if (text === '') return
  before()
  const { stdout } = process
  if (stdout.write(text) || stdout.destroyed) return
  await new Promise<void>((resolve) => {
    const go = (): void => {
      stdout.off('drain', go).off('error', go).off('close', go)
      resolve()
    }
    stdout.on('drain', go).on('error', go).on('close', go)
  })
}
