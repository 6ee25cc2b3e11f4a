/** Rows as the text of a CSV (RFC 4180) or of NDJSON. */
import { findLicenceType } from '@hefu/protocol'
import type { LicenceRow } from './licence-rows.ts'

/** The lines of a CSV, header first, each with its line end. */
export function* encodeCsv(type: string, rows: Iterable<LicenceRow>): Generator<string> {
  const fields = findLicenceType(type)?.fields ?? []
  const columns = ['licenceId', ...fields.map(({ name }) => name)]
  yield `${columns.map(encodeCell).join(',')}\r\n`
  for (const row of rows) yield `${columns.map((name) => encodeCell(row[name] ?? '')).join(',')}\r\n`
}

/** Quoted where RFC 4180 §2.6 demands it. */
export function encodeCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The lines of NDJSON, each with its line end. */
export function* encodeNdjson(rows: Iterable<LicenceRow>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`
}
