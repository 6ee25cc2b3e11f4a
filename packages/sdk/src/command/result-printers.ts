/** The results of many files as they are printed: a table, one document, or a line each. */
import type { Bilingual } from '@hefu/protocol'
import { showName } from '../display/shown-name.ts'
import {
  renderTable,
  rowOfFault,
  rowOfVerification,
  type TableRow,
  type TableSummary,
} from '../display/verdict-table.ts'
import type { SheetLanguage } from '../display/voice.ts'
import { type FileResult, tellFault } from './file-result.ts'
import type { FilePlace } from './opened-files.ts'

export interface RunSummary extends TableSummary {
  /** Why the ledger could not be asked, each cause once; empty: it answered. */
  readonly unavailable: readonly { readonly code: string; readonly says: Bilingual }[]
}

export interface ResultPrinter {
  /** Whether results are to come in the order of the files. */
  readonly isOrdered: boolean
  /** What is printed of a result at once. */
  readonly item: (result: FileResult) => string
  /** What is printed at the end. */
  readonly end: (summary: RunSummary) => string
}

/** All at the end: columns are as wide as what stands in them. */
export function printTable(language: SheetLanguage): ResultPrinter {
  const rows: TableRow[] = []
  return {
    isOrdered: true,
    item: (result) => {
      rows.push(rowOf(result))
      return ''
    },
    end: (summary) => renderTable(rows, summary, language),
  }
}

function rowOf(result: FileResult): TableRow {
  const name = nameOf(result.place)
  return result.verification === null
    ? rowOfFault(name, result.outcome, result.fault.says)
    : rowOfVerification(name, result.verification, result.carrier.isAsAttached === false)
}

function nameOf({ file, entry }: FilePlace): string {
  return entry === null ? showName(file) : `${showName(file)} › ${showName(entry)}`
}

/** One document, written as it grows: it is whole once its end is there. */
export function printDocument(): ResultPrinter {
  let isFirst = true
  return {
    isOrdered: true,
    item: (result) => {
      const before = isFirst ? '{"items":[' : ','
      isFirst = false
      return `${before}\n${toJson(tell(result))}`
    },
    end: (summary) => `${isFirst ? '{"items":[' : ''}\n],"summary":${toJson(tellSummary(summary))}}\n`,
  }
}

/** A line each as it comes, and the summary in a last one, without which it is not whole. */
export function printLines(): ResultPrinter {
  return {
    isOrdered: false,
    item: (result) => `${toJson(tell(result))}\n`,
    end: (summary) => `${toJson({ summary: tellSummary(summary) })}\n`,
  }
}

/** As `--json` tells of one file, and which file it is. */
function tell(result: FileResult): object {
  const { index, place } = result
  const from = place.entry === null ? { index, file: place.file } : { index, ...place }
  if (result.verification === null) return { ...from, [result.outcome]: tellFault(result.fault) }
  const { report, attestation } = result.verification
  return {
    ...from,
    report,
    attestation,
    ...(result.carrier.kind === 'text' ? {} : { carrier: result.carrier }),
  }
}

function tellSummary({ counts, leftAlone, isPartial, unavailable }: RunSummary): object {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { total, ...counts, leftAlone, isPartial, ...(unavailable.length === 0 ? {} : { unavailable }) }
}

/** What JSON leaves as it is, and a terminal obeys or does not show. */
const UNSEEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

/** Names as they are, to be found again; each character that is not seen by its number. */
function toJson(value: object): string {
  return JSON.stringify(value).replace(UNSEEN, (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
