/** The refused rows as NDJSON, one defect a line: for the agency to mend and hand in again. */
import { dirname } from 'node:path'
import { openGrowingFile, reasonOf, removeUnfinished } from '@hefu/service'
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
export async function createRejects(file: string): Promise<Rejects> {
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new IssuerError('output-unwritable', { file, reason: reasonOf(error) }, { cause: error })
    }
  }
  await removeUnfinished(dirname(file))
  const growing = attempt(() => openGrowingFile(file))
  let isEmpty = true
  return {
    add: (line, defects) => {
      isEmpty = false
      attempt(() => growing.append(defects.map((defect) => lineOf(line, defect)).join('')))
    },
    close: () => attempt(growing.place),
    abandon: () => attempt(isEmpty ? growing.drop : growing.place),
  }
}

function lineOf(line: number, { field, code, says: { zh, en } }: RowDefect): string {
  return `${JSON.stringify({ line, field: field ?? null, code, zh, en })}\n`
}
