/** The package finds every fact where the published table says that it lies; the table is evaluated as it is written. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hex } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { anchorSlot, licenceSlot, passedOverSlot, statusWordSlot } from '#internal/ledger/slots/licence-slots'
import { keySlot, memberSlot, nameTextSlot, RULEBOOKS_SLOT } from '#internal/ledger/slots/member-slots'
import {
  agreementSlot,
  agreementTermSlot,
  approvalsSlot,
  baselineSlot,
  bondsSlot,
  delegationSlot,
  demandSlot,
  everRefusedSlot,
  licenceTypeSlot,
  refusalsSlot,
  responsibilitySlot,
  schemaDigestSlot,
  serviceItemSlot,
} from '#internal/ledger/slots/rule-slots'
import { bytesSlots, listedSlot } from '#internal/ledger/slots/slot-arithmetic'
import { earlierSlot, earlierTermsSlot, memberPlace } from '#internal/ledger/slots/struct-slots'
import { evaluateRule, type Words } from '../../contracts/slot-rule.ts'

const TABLE = join(import.meta.dirname, '../../../contracts/snapshots/proof-slots.txt')

const TYPE = '11100000000013338W011'
const KEY: Hex = `0x${'a7'.repeat(32)}`
const ROOT: Hex = `0x${'5c'.repeat(32)}`
const ITEM = '440100/JS/0017'
const DIGEST = 0xabcdefn << 100n
const LONG = new Uint8Array(100).fill(7)
const [PLACE, PART] = [3, 2]

const left = (text: string): bigint => BigInt(`0x${Buffer.from(text).toString('hex').padEnd(64, '0')}`)

/** What the words of the rules stand for. */
const WORDS: Words = {
  issuer: left('11430000006122244L'),
  successor: left('11430000000000201H'),
  originIssuer: left('1144000000000101MG'),
  region: 430102n,
  parent: 430100n,
  issuing: 430000n,
  receiving: 440000n,
  lower: 430000n,
  higher: 440000n,
  member: 430000n,
  refused: 430000n,
  kid: BigInt(KEY),
  root: BigInt(ROOT),
  index: 4711n,
  originIndex: 17n,
  licenceType: left(TYPE),
  version: 2n,
  item: left(ITEM),
  refusedItem: left(ITEM),
  itemVersion: 5n,
  agreement: 9n,
  digest: DIGEST,
  i: BigInt(PLACE),
  j: BigInt(PART),
}

const [ISSUER, SUCCESSOR, ORIGIN] = [
  '11430000006122244L',
  '11430000000000201H',
  '1144000000000101MG',
] as const
const REFUSED = { receiving: 440000, issuing: 430000, licenceType: TYPE, item: ITEM }
const APPROVAL = listedSlot(approvalsSlot(REFUSED), PLACE, 2)
const DEMAND = demandSlot(ITEM, 5, TYPE)
const FIELDS = DEMAND + BigInt(memberPlace('DemandedFields', 'fields').slot)

/** The slot of the n-th 32 bytes of a long text. */
const partOf = (slot: bigint, part: number): bigint => bytesSlots(slot, LONG)[part + 1]?.[0] ?? 0n

/** The rows of a list whose newest stands apart. */
function listed(name: string, earlier: bigint): Record<string, bigint> {
  return { [`${name}BeforeCount`]: earlier, [`${name}Before`]: listedSlot(earlier, PLACE) }
}

const FOUND: Readonly<Record<string, bigint>> = {
  agency: memberSlot('_agencies', ISSUER),
  agencyTenure: memberSlot('_agencyTenures', ISSUER),
  agencyName: memberSlot('_names', ISSUER),
  region: memberSlot('_regions', 430102),
  regionName: memberSlot('_names', 430102),
  key: keySlot(ISSUER, KEY),
  anchor: anchorSlot(ISSUER, ROOT),
  statusWord: statusWordSlot(ISSUER, 4711),
  notes: licenceSlot('_notes', ISSUER, 4711),
  successor: licenceSlot('_successors', ISSUER, 4711),
  origin: licenceSlot('_origins', ISSUER, 4711),
  issuingMembership: memberSlot('_memberships', 430000),
  receivingMembership: memberSlot('_memberships', 440000),
  rulebook: RULEBOOKS_SLOT,
  licenceType: licenceTypeSlot(TYPE),
  schemaDigest: schemaDigestSlot(TYPE, 2),
  responsibility: responsibilitySlot(ISSUER, TYPE),
  refusesType: everRefusedSlot(440000, TYPE),
  baseline: baselineSlot(TYPE),
  serviceItem: serviceItemSlot(ITEM),
  demandDigest: DEMAND,
  regionAbove: memberSlot('_regions', 430100),
  ...listed('issuingMembership', earlierSlot(memberSlot('_memberships', 430000))),
  ...listed('receivingMembership', earlierSlot(memberSlot('_memberships', 440000))),
  formerRegionCount: memberSlot('_formerRegions', ISSUER),
  formerRegion: listedSlot(memberSlot('_formerRegions', ISSUER), PLACE),
  regionTenure: memberSlot('_regionTenures', 430102),
  formerParentCount: memberSlot('_formerParents', 430102),
  formerParent: listedSlot(memberSlot('_formerParents', 430102), PLACE),
  ...listed('agencyName', earlierSlot(memberSlot('_names', ISSUER))),
  ...listed('regionName', earlierSlot(memberSlot('_names', 430102))),
  nameText: nameTextSlot(DIGEST),
  nameTextBytes: partOf(nameTextSlot(DIGEST), PLACE),
  passedOverCount: passedOverSlot(ISSUER),
  passedOver: listedSlot(passedOverSlot(ISSUER), PLACE),
  agencySuccessor: memberSlot('_agencySuccessors', ISSUER),
  successorAgency: memberSlot('_agencies', SUCCESSOR),
  regionSuccessor: memberSlot('_regionSuccessors', 430102),
  originStatusWord: statusWordSlot(ORIGIN, 17),
  originNotes: licenceSlot('_notes', ORIGIN, 17),
  earlierOrigin: licenceSlot('_origins', ORIGIN, 17),
  ...listed('rulebook', earlierSlot(RULEBOOKS_SLOT)),
  ...listed('licenceType', earlierSlot(licenceTypeSlot(TYPE))),
  ...listed('responsibility', earlierTermsSlot(responsibilitySlot(ISSUER, TYPE))),
  delegation: delegationSlot(430102, TYPE),
  ...listed('delegation', earlierTermsSlot(delegationSlot(430102, TYPE))),
  refusal: refusalsSlot(REFUSED),
  ...listed('refusal', earlierTermsSlot(refusalsSlot(REFUSED))),
  approvalCount: approvalsSlot(REFUSED),
  approval: APPROVAL,
  approvalBytes: partOf(APPROVAL, PART),
  approvalDigest: APPROVAL + BigInt(memberPlace('Approval', 'documentDigest').slot),
  ...listed('baseline', earlierTermsSlot(baselineSlot(TYPE))),
  bondCount: bondsSlot(440000, 430000, TYPE),
  bond: listedSlot(bondsSlot(430000, 440000, TYPE), PLACE),
  agreement: agreementSlot(9),
  membership: agreementTermSlot(9, 430000),
  ...listed('serviceItem', earlierSlot(serviceItemSlot(ITEM))),
  demandedFields: FIELDS,
  demandedFieldsBytes: partOf(FIELDS, PLACE),
}

/** Of another contract, of which the audit of a ledger says nothing. */
const OF_THE_REGISTRY = ['ledgerCount', 'registeredLedger']

/** Name and rule of each row. */
function readTable(): readonly (readonly [name: string, rule: string])[] {
  const rows = readFileSync(TABLE, 'utf8').matchAll(
    /^(\w+) +(?:ledger|rulebook|registry) +\d+ +(?:32 bytes|\S+) +(\S.*)$/gm,
  )
  return [...rows].map(([, name = '', rule = '']) => [name, rule] as const)
}

describe('Slots of the package', () => {
  const table = readTable()

  it('are of every row of the published table, and of no other', () => {
    expect(table.length).to.be.above(60)
    expect([...Object.keys(FOUND), ...OF_THE_REGISTRY]).to.have.members(table.map(([name]) => name))
  })

  for (const [name, rule] of table.filter(([of]) => !OF_THE_REGISTRY.includes(of))) {
    it(`are where the table says: ${name}`, () => {
      expect(FOUND[name]).to.equal(evaluateRule(rule, WORDS))
    })
  }

  it('are others for another word: an index, a place, a code', () => {
    expect(statusWordSlot(ISSUER, 47)).to.equal(statusWordSlot(ISSUER, 0))
    expect(statusWordSlot(ISSUER, 48)).not.to.equal(statusWordSlot(ISSUER, 47))
    expect(licenceSlot('_notes', ISSUER, 48)).not.to.equal(licenceSlot('_notes', ISSUER, 47))
    expect(memberSlot('_regions', 430000)).not.to.equal(memberSlot('_regions', 430001))
  })
})
