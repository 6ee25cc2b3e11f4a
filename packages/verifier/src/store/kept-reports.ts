/** Reports that were answered, as they are found again. */
import type { Kysely } from 'kysely'
import { lookupOf } from './recheck-code.ts'
import type { VerifierSchema } from './schema.ts'

export interface KeptReports {
  /** The attestation of a client's own report; `undefined`: it has none of this number. */
  findOwn(number: string, client: string): Promise<string | undefined>
  /** The attestations of reports, by their numbers; of what is unknown there is none. */
  findMany(numbers: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The attestation of the report that number and code open together. */
  findByCode(number: string, code: string): Promise<string | undefined>
}

export function createKeptReports(db: Kysely<VerifierSchema>): KeptReports {
  const reports = db.selectFrom('report').select('attestation')
  return {
    findOwn: async (number, client) => {
      const found = await reports.where('number', '=', number).where('client', '=', client).executeTakeFirst()
      return found?.attestation
    },
    findMany: async (numbers) => {
      if (numbers.length === 0) return new Map()
      const found = await reports.select('number').where('number', 'in', numbers).execute()
      return new Map(found.map(({ number, attestation }) => [number, attestation]))
    },
    findByCode: async (number, code) => {
      const found = await reports.where('lookup', '=', lookupOf(number, code)).executeTakeFirst()
      return found?.attestation
    },
  }
}
