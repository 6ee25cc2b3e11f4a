/** Which facts there are to compare, kind by kind. */

import { allKeys } from '../facts/fact-keys.ts'
import { type Facts, type KeyedName, THE_ONE } from '../facts/facts.ts'
import type { SlotClaim } from './audit-claim.ts'
import { countedKeys, everyWord, knownKeys, someLicences } from './audit-keys.ts'
import { anchorClaims, licenceClaims, wordClaims } from './audit-licences.ts'
import { agencyClaims, keyClaims, regionClaims, rulebookClaims } from './audit-members.ts'
import {
  agreementClaims,
  baselineClaims,
  bondClaims,
  delegationClaims,
  licenceTypeClaims,
  refusalClaims,
  responsibilityClaims,
  serviceItemClaims,
} from './audit-rules.ts'
import type { OwnKeys } from './audit-sample.ts'
import type { AuditSubject } from './audit-subject.ts'
import { waitClaims } from './audit-waits.ts'
import { distinctKeys } from './distinct-keys.ts'

type KeysOf = (subject: AuditSubject) => readonly OwnKeys[]
type ClaimsOf = (subject: AuditSubject, key: string) => readonly SlotClaim[]

/** What either side knows: a fact that is missing is looked for where the other has it. */
const keysIn =
  (name: KeyedName): KeysOf =>
  (subject) => {
    const { facts, told } = subject
    const sides = facts === told ? [facts] : [facts, told]
    return knownKeys(distinctKeys(keysOfAll(sides, name)), subject)
  }

function* keysOfAll(sides: readonly Facts[], name: KeyedName): Iterable<string> {
  for (const side of sides) yield* allKeys(side, name)
}

/** In the order in which they are compared. */
export const AUDIT_KINDS: Readonly<Record<string, readonly [KeysOf, ClaimsOf]>> = {
  regions: [keysIn('regions'), regionClaims],
  agencies: [keysIn('agencies'), agencyClaims],
  keys: [(subject) => countedKeys(subject.keys, subject), keyClaims],
  waiting: [keysIn('waiting'), waitClaims],
  rulebooks: [(subject) => knownKeys([THE_ONE], subject), rulebookClaims],
  licenceTypes: [keysIn('licenceTypes'), licenceTypeClaims],
  serviceItems: [keysIn('demands'), serviceItemClaims],
  delegations: [keysIn('delegations'), delegationClaims],
  responsibilities: [keysIn('responsibilities'), responsibilityClaims],
  baseline: [keysIn('baseline'), baselineClaims],
  agreements: [keysIn('agreements'), agreementClaims],
  bonds: [keysIn('bonds'), bondClaims],
  refusals: [keysIn('refusals'), refusalClaims],
  anchors: [(subject) => countedKeys(subject.anchors, subject), anchorClaims],
  words: [(subject) => countedKeys(subject.words, subject), wordClaims],
  licences: [(subject) => countedKeys(subject.licences, subject), licenceClaims],
  everyWord: [everyWord, wordClaims],
  someLicences: [someLicences, licenceClaims],
}
