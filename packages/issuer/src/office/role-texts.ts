/** The roles of the access manager that the council gives to keepers, by their numbers in scripts/deploy/roles.ts. */
import { RULEBOOK_ROLES, type RulebookRole } from '@hefu/ledger'
import { type Bilingual, quote } from '@hefu/protocol'
import { OfficeError } from './office-error.ts'

const ROLES: Readonly<
  Record<string, { readonly id: number; readonly text: Bilingual; readonly delay: number }>
> = {
  catalogue: { id: 2, text: { zh: '目录保管者', en: 'catalogue keeper' }, delay: 86_400 },
  emergency: { id: 4, text: { zh: '应急保管者', en: 'emergency keeper' }, delay: 0 },
  superior: { id: 6, text: { zh: '省级以上确认人', en: 'superior of provinces' }, delay: 0 },
}

const BASELINE: Bilingual = { zh: '全国互认清单（联盟理事会）', en: 'national baseline (the council)' }

/** Of the keepers alone. */
export const KEEPER_TEXTS: ReadonlyMap<number, Bilingual> = new Map(
  Object.values(ROLES).map(({ id, text }) => [id, text]),
)

/** And of the council, where a rulebook has functions of it. */
export const ROLE_TEXTS: ReadonlyMap<number, Bilingual> = new Map([
  ...KEEPER_TEXTS,
  [RULEBOOK_ROLES.baseline.id, BASELINE],
])

/** A role by its name, with the functions of a rulebook that are its holder's. */
export function parseRulebookRole(text: string): {
  readonly id: bigint
  readonly functions: readonly string[]
} {
  const roles: Readonly<Record<string, RulebookRole>> = RULEBOOK_ROLES
  const role = Object.hasOwn(roles, text) ? roles[text] : undefined
  if (role !== undefined) return { id: BigInt(role.id), functions: role.functions }
  throw new OfficeError('not-a-role', { value: quote(text), known: Object.keys(RULEBOOK_ROLES).join(', ') })
}

/** A role by its name, with the delay (seconds) that its holder's calls wait for. */
export function parseRole(text: string): { readonly id: bigint; readonly delay: number } {
  const role = Object.hasOwn(ROLES, text) ? ROLES[text] : undefined
  if (role !== undefined) return { id: BigInt(role.id), delay: role.delay }
  throw new OfficeError('not-a-role', { value: quote(text), known: Object.keys(ROLES).join(', ') })
}
