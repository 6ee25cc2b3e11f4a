/** Which facts there are to compare, kind by kind. */

import { allKeys } from '../facts/fact-keys.ts'
import { type KeyedName, THE_ONE } from '../facts/facts.ts'
import type { SlotClaim } from './audit-claim.ts'
import { type AuditKeys, everyWord, knownKeys, someLicences } from './audit-keys.ts'
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
import type { AuditSubject } from './audit-subject.ts'

type KeysOf = (subject: AuditSubject) => AuditKeys
type ClaimsOf = (subject: AuditSubject, key: string) => readonly SlotClaim[]

/** What either side knows: a fact that is missing is looked for where the other has it. */
const keysIn =
  (...names: readonly KeyedName[]): KeysOf =>
  ({ facts, told }) => {
    const sides = facts === told ? [facts] : [facts, told]
    return knownKeys(new Set(names.flatMap((name) => sides.flatMap((side) => [...allKeys(side, name)]))))
  }

/** In the order in which they are compared. */
export const AUDIT_KINDS: Readonly<Record<string, readonly [KeysOf, ClaimsOf]>> = {
  regions: [keysIn('regions'), regionClaims],
  agencies: [keysIn('agencies'), agencyClaims],
  keys: [keysIn('keys'), keyClaims],
  rulebooks: [() => knownKeys(new Set([THE_ONE])), rulebookClaims],
  licenceTypes: [keysIn('licenceTypes'), licenceTypeClaims],
  serviceItems: [keysIn('demands'), serviceItemClaims],
  delegations: [keysIn('delegations'), delegationClaims],
  responsibilities: [keysIn('responsibilities'), responsibilityClaims],
  baseline: [keysIn('baseline'), baselineClaims],
  agreements: [keysIn('agreements'), agreementClaims],
  bonds: [keysIn('bonds'), bondClaims],
  refusals: [keysIn('refusals'), refusalClaims],
  anchors: [keysIn('anchors'), anchorClaims],
  words: [({ actedIn, tally }) => knownKeys(new Set([...tally.words.keys(), ...actedIn.keys()])), wordClaims],
  licences: [keysIn('acts', 'notices', 'successors', 'origins'), licenceClaims],
  everyWord: [everyWord, wordClaims],
  someLicences: [someLicences, licenceClaims],
}
