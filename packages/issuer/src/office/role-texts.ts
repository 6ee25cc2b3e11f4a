/** The roles of the access manager that the council gives to keepers, by their numbers in scripts/deploy/roles.ts. */
import { type Bilingual, quote } from '@hefu/protocol'
import { OfficeError } from './office-error.ts'

const ROLES: Readonly<
  Record<string, { readonly id: number; readonly text: Bilingual; readonly delay: number }>
> = {
  catalogue: { id: 2, text: { zh: '目录保管者', en: 'catalogue keeper' }, delay: 86_400 },
  emergency: { id: 4, text: { zh: '应急保管者', en: 'emergency keeper' }, delay: 0 },
  superior: { id: 6, text: { zh: '省级以上确认人', en: 'superior of provinces' }, delay: 0 },
}

/** Roles of which a rulebook has functions, with their names in scripts/deploy/roles.ts; the baseline is the council's. */
const RULEBOOK_ROLES: Readonly<
  Record<string, { readonly id: number; readonly text: Bilingual; readonly functions: readonly string[] }>
> = {
  catalogue: {
    id: 2,
    text: { zh: '目录保管者', en: 'catalogue keeper' },
    functions: [
      'registerLicenceType',
      'amendLicenceType',
      'retireLicenceType',
      'registerServiceItem',
      'amendServiceItem',
      'retireServiceItem',
    ],
  },
  baseline: {
    id: 3,
    text: { zh: '全国互认清单（联盟理事会）', en: 'national baseline (the council)' },
    functions: ['setBaseline', 'endBaseline'],
  },
}

/** Of the keepers alone. */
export const KEEPER_TEXTS: ReadonlyMap<number, Bilingual> = textsOf(ROLES)

export const ROLE_TEXTS: ReadonlyMap<number, Bilingual> = textsOf({ ...RULEBOOK_ROLES, ...ROLES })

function textsOf(
  roles: Readonly<Record<string, { readonly id: number; readonly text: Bilingual }>>,
): ReadonlyMap<number, Bilingual> {
  return new Map(Object.values(roles).map(({ id, text }) => [id, text]))
}

/** A role by its name, with the functions of a rulebook that are its holder's. */
export function parseRulebookRole(text: string): {
  readonly id: bigint
  readonly functions: readonly string[]
} {
  const role = Object.hasOwn(RULEBOOK_ROLES, text) ? RULEBOOK_ROLES[text] : undefined
  if (role !== undefined) return { id: BigInt(role.id), functions: role.functions }
  throw new OfficeError('not-a-role', { value: quote(text), known: Object.keys(RULEBOOK_ROLES).join(', ') })
}

/** A role by its name, with the delay (seconds) that its holder's calls wait for. */
export function parseRole(text: string): { readonly id: bigint; readonly delay: number } {
  const role = Object.hasOwn(ROLES, text) ? ROLES[text] : undefined
  if (role !== undefined) return { id: BigInt(role.id), delay: role.delay }
  throw new OfficeError('not-a-role', { value: quote(text), known: Object.keys(ROLES).join(', ') })
}
