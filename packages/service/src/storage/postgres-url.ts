/** URLs of PostgreSQL databases, among other places. */
const POSTGRES = /^postgres(ql)?:\/\//i

/** Whether a place is a PostgreSQL database, and no folder. */
export function isPostgresUrl(place: string): boolean {
  return POSTGRES.test(place)
}
