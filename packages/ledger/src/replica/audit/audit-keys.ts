/** Which facts of a kind there are to compare, and whose: those that were told of, and those of which nothing was told. */
import { provinceOf } from '@hefu/protocol'
import { regionText } from '../../abi/codes.ts'
import { STATUSES_PER_WORD } from '../../slots/licence-slots.ts'
import type { CountedKeys } from '../compact/counted-keys.ts'
import { keyOf } from '../facts/facts.ts'
import type { OwnKeys } from './audit-sample.ts'
import type { AuditSubject } from './audit-subject.ts'
import { wordKey } from './audit-tally.ts'
import { grouped } from './grouped.ts'

const AGENCY = /^[0-9A-Z]{18}$/
const REGION = /^(?:[0-9]{6}|[0-9]{9})$/
/** Whose a fact is that is of no agency and no region, and where an agency is that is told of nowhere. */
const NOBODY = ''

/** Keys that are known. */
export function knownKeys(keys: Iterable<string>, subject: AuditSubject): readonly OwnKeys[] {
  return [...grouped(keys, ownerOf)].map(([owner, own]) => ({
    owner,
    province: provinceOfOwner(owner, subject),
    size: own.length,
    at: (place) => own[place] as string,
  }))
}

/** Keys that are held as rows. */
export function countedKeys(keys: CountedKeys, subject: AuditSubject): readonly OwnKeys[] {
  return [...keys.agencies()].map((owner) => ({
    owner,
    province: provinceOfOwner(owner, subject),
    size: keys.countOf(owner),
    at: (place) => keys.keyAt(owner, place),
  }))
}

/** Every word of statuses below the running counts: of one whose acts were all withheld no event told. */
export function everyWord(subject: AuditSubject): readonly OwnKeys[] {
  return keysBelow(subject, STATUSES_PER_WORD, wordKey)
}

/** Licences, whatever was told of them: of a notice that was withheld nothing tells, and they are too many to look at each. */
export function someLicences(subject: AuditSubject): readonly OwnKeys[] {
  return keysBelow(subject, 1, keyOf)
}

/** One key for so many indices, below what each agency used up. */
function keysBelow(
  subject: AuditSubject,
  indicesEach: number,
  key: (uscc: string, index: number) => string,
): readonly OwnKeys[] {
  return [...subject.tally.indexCounts].map(([owner, count]) => ({
    owner,
    province: provinceOfOwner(owner, subject),
    size: Math.ceil(count / indicesEach),
    at: (place) => key(owner, place * indicesEach),
  }))
}

/** The agency of which a key is, or else the region. */
function ownerOf(key: string): string {
  const parts = key.split('/')
  return parts.find((part) => AGENCY.test(part)) ?? parts.find((part) => REGION.test(part)) ?? NOBODY
}

function provinceOfOwner(owner: string, { facts, told }: AuditSubject): string {
  if (REGION.test(owner)) return provinceOf(owner)
  if (owner === NOBODY) return NOBODY
  const agency = told.find('agencies', owner) ?? facts.find('agencies', owner)
  return agency === null ? NOBODY : provinceOf(regionText(agency.region))
}
