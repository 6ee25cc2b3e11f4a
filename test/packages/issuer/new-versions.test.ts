/** A new version is signed only where it may take the place of the newest one that stands. */
import { actOnLicences, finishBatches, issueLicences, type Office } from '@hefu/issuer'
import { encodeLicenceId, LEGAL_STATUSES, LedgerUnavailableError, type LegalStatus } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { giveUpBatch } from '#internal/issuer/workflow/pass-over'
import { type Assignment, recordLicences } from '#internal/issuer/workflow/record-licences'
import { statusAfter } from '#internal/protocol/verification/legal-status'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import {
  createSampleHome,
  ISSUER,
  openSampleOffice,
  rowsOf,
  type SampleOffice,
  typeOf,
} from './fixtures/agency.ts'

const TEACHER = typeOf('teacher')
type Face = Readonly<Record<string, string>>

describe('a new version of a licence', () => {
  let office: SampleOffice
  let seed = 100

  before(async () => {
    office = await openSampleOffice((await createSampleHome()).home)
  })
  after(() => office.journal.close())

  /** Versions of one licence that no other test has. */
  const licence = (): ((version: number, changes?: Face) => Face) => {
    const [face] = generateLicences({ type: 'teacher', issuer: ISSUER, count: 1, seed: ++seed })
    const parts = { licenceType: TEACHER.code, issuer: ISSUER, serial: `YL${seed}` }
    const idOf = (version: number): string =>
      encodeLicenceId({ ...parts, version: String(version).padStart(3, '0') })
    return (version, changes = {}) => ({ ...face, ...changes, licenceId: idOf(version) }) as Face
  }
  const assignment = (changes: Partial<Assignment> = {}): Assignment => ({
    type: TEACHER,
    key: office.key,
    statusOf: async ({ statusIndex }) => office.operator.statusOf(statusIndex),
    ...changes,
  })
  const issue = (rows: readonly Face[], changes: Partial<Assignment> = {}) => {
    office.events.length = 0
    return issueLicences(office, assignment(changes), rowsOf(...rows))
  }
  const record = (rows: readonly Face[], from: Office = office) => {
    office.events.length = 0
    return recordLicences(from, assignment(), rowsOf(...rows))
  }
  const refusals = (): readonly string[] =>
    office.events.flatMap((event) =>
      event.event === 'row-refused' ? event.defects.map(({ code }) => code) : [],
    )
  const indexOf = async (row: Face): Promise<number> => {
    const id = row['licenceId'] ?? ''
    return (await office.journal.find([id])).get(id)?.statusIndex ?? -1
  }
  const isRecorded = async (row: Face): Promise<boolean> => (await indexOf(row)) >= 0
  const act = (name: 'revoke' | 'suspend' | 'annul' | 'deregister', row: Face) =>
    actOnLicences(office, {
      act: name,
      licenceIds: [row['licenceId'] ?? ''],
      decisionNumber: `样例决字〔2026〕${seed}号`,
      effective: 'now',
    })

  it('takes the place of the one before it, also of one that is suspended', async () => {
    for (const suspends of [false, true]) {
      const version = licence()
      await issue([version(1)])
      if (suspends) await act('suspend', version(1))
      expect(await issue([version(2)])).to.include({ recorded: 1, refused: 0 })
      expect(office.operator.statusOf(await indexOf(version(1)))).to.equal('superseded')
    }
  })

  it('is not signed while the one before it is revoked, annulled or deregistered', async () => {
    for (const name of ['revoke', 'annul', 'deregister'] as const) {
      const version = licence()
      await issue([version(1)])
      await act(name, version(1))
      expect(await issue([version(2)])).to.include({ recorded: 0, refused: 1 })
      expect(refusals()).to.deep.equal(['version-unlawful'])
      expect(await isRecorded(version(2))).to.equal(false)
    }
  })

  it('is signed on exactly the statuses that the law lets be superseded', async () => {
    for (const status of LEGAL_STATUSES) {
      const version = licence()
      await issue([version(1)])
      const statusOf = async (): Promise<LegalStatus> => status
      const { recorded } = await recordLicences(office, assignment({ statusOf }), rowsOf(version(2)))
      expect(recorded, status).to.equal(statusAfter('supersede', status) === null ? 0 : 1)
    }
  })

  it('is not signed while the ledger cannot be asked, and other licences are', async () => {
    const [version, other] = [licence(), licence()]
    await issue([version(1)])
    const statusOf = async (): Promise<LegalStatus> => {
      throw new LedgerUnavailableError('unreachable', 'no node')
    }
    expect(await issue([version(2), other(1)], { statusOf })).to.include({ recorded: 1, refused: 1 })
    expect(refusals()).to.deep.equal(['version-unasked'])
    expect(await issue([version(2)])).to.include({ recorded: 1 })
  })

  it('comes after all that were issued: none between them, and none before', async () => {
    const version = licence()
    await issue([version(2)])
    expect(await issue([version(4)])).to.include({ recorded: 1 })
    for (const number of [1, 3]) {
      expect(await issue([version(number)])).to.include({ recorded: 0, refused: 1 })
      expect(refusals()).to.deep.equal(['version-behind'])
    }
    expect(await issue([version(2), version(4)])).to.include({ alreadyIssued: 2 })
    expect(await issue([version(5)])).to.include({ recorded: 1 })
    expect(office.operator.statusOf(await indexOf(version(2)))).to.equal('superseded')
    expect(office.operator.statusOf(await indexOf(version(4)))).to.equal('superseded')
  })

  it('comes after those of its own file, in the order of their rows', async () => {
    const version = licence()
    expect(await issue([version(1), version(3), version(2)])).to.include({ recorded: 2, refused: 1 })
    expect(refusals()).to.deep.equal(['version-behind'])
    expect(office.operator.statusOf(await indexOf(version(1)))).to.equal('superseded')
  })

  it('of another holder is signed only where a person has compared it', async () => {
    const version = licence()
    const other = { holderName: '孙另人', holderId: '430000197809041918' }
    expect(await issue([version(1), version(2, other)])).to.include({ recorded: 1, refused: 1 })
    expect(refusals()).to.deep.equal(['version-other-holder'])
    expect(await issue([version(2, other)])).to.include({ recorded: 0, refused: 1 })
    const told = JSON.stringify(office.events)
    expect(told).not.to.include(other.holderId).and.not.to.include(other.holderName)
    const confirmed = new Set(['holder'] as const)
    expect(await issue([version(2, other)], { confirmed })).to.include({ recorded: 1, refused: 0 })
    expect(await issue([version(3, { ...other, holderName: '孙改名' })])).to.include({ recorded: 1 })
  })

  it('waits for what was entered on the one before it', async () => {
    const version = licence()
    await issue([version(1)])
    const send = async (): Promise<never> => {
      throw new LedgerUnavailableError('unreachable', 'no node')
    }
    const stopped = { ...office, operator: { ...office.operator, send } }
    const request = { act: 'revoke', licenceIds: [version(1)['licenceId'] ?? ''], effective: 'now' } as const
    await actOnLicences(stopped, { ...request, decisionNumber: '样例决字〔2026〕900号' }).catch(
      () => undefined,
    )
    expect(await record([version(2)])).to.include({ recorded: 0, refused: 1 })
    expect(refusals()).to.deep.equal(['version-entry-waits'])
    await finishBatches(office)
    expect(await record([version(2)])).to.include({ recorded: 0, refused: 1 })
    expect(refusals()).to.deep.equal(['version-unlawful'])
  })

  it('takes the place of the one that stands where the one between was given up', async () => {
    const version = licence()
    await issue([version(1)])
    await record([version(2)])
    const batch = await office.journal.seal(1, 0)
    await giveUpBatch(office, batch?.root ?? '')
    expect(await issue([version(3)])).to.include({ recorded: 1, refused: 0 })
    expect(office.operator.statusOf(await indexOf(version(1)))).to.equal('superseded')
  })
})
