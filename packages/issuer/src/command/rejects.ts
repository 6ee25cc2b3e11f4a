/** The refused rows as NDJSON, one defect a line: for the agency to mend and hand in again. */
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { reasonOf } from '../durable-file.ts'
import type { RowDefect } from '../input/row.ts'
import { IssuerError } from '../issuer-error.ts'

export interface Rejects {
  add(line: number, defects: readonly RowDefect[]): void
  /** Gives the file its name, also when no row was refused. */
  close(): void
  /** After a failure: keeps what is there, but leaves no empty file. */
  abandon(): void
}

/**
 * @throws {IssuerError} `output-unwritable`, here and from every function
 */
export function createRejects(file: string): Rejects {
  const temporary = `${file}.${process.pid}.tmp`
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new IssuerError('output-unwritable', { file, reason: reasonOf(error) }, { cause: error })
    }
  }
  const handle = attempt(() => openSync(temporary, 'w'))
  let isEmpty = true
  const close = (): void =>
    attempt(() => {
      fsyncSync(handle)
      closeSync(handle)
      renameSync(temporary, file)
    })
  return {
    add: (line, defects) => {
      isEmpty = false
      attempt(() => writeSync(handle, defects.map((defect) => lineOf(line, defect)).join('')))
    },
    close,
    abandon: () => {
      if (!isEmpty) return close()
      closeSync(handle)
      unlinkSync(temporary)
    },
  }
}

function lineOf(line: number, { field, code, says: { zh, en } }: RowDefect): string {
  return `${JSON.stringify({ line, field: field ?? null, code, zh, en })}\n`
}
