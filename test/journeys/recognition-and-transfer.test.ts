/** Who recognises what, licences that move between provinces, and annulment, on a real chain process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRpcLedgerView, identityOf, LEGAL_BASES, LedgerRefusedError } from '@hefu/ledger'
import {
  createMemoryLedgerView,
  type FindingFacts,
  keyIdOf,
  type LedgerQuery,
  LICENCE_TYPES,
  type LicenceType,
  parsePresented,
  STATUS_ACTS,
  type StatusAct,
  type StatusEntry,
  schemaDigest,
  statusAt,
  statusKey,
  suite,
  type VerificationReport,
} from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { expect } from 'chai'
import fc from 'fast-check'
import { after, before, describe, it } from 'mocha'
import { licenceTypeOf } from '#internal/protocol/credential/claims'
import { statusAfter } from '#internal/protocol/verification/legal-status'
import {
  createFoundedSandbox,
  type FoundedAgency,
  type FoundedSandbox,
  ISSUING_REGION,
  nowSeconds,
  RECEIVING_REGION,
} from '../../scripts/sandbox/founded-sandbox.ts'
import {
  anchorLicences,
  type IssuedLicence,
  SAFETY_MANAGER,
  signLicences,
} from '../fixtures/issued-licences.ts'

const GUANGDONG_HOUSING = '1144000000000101MG'
const TEACHER = LICENCE_TYPES.find(({ slug }) => slug === 'teacher')?.code ?? ''
const SPECIAL_OPERATION = LICENCE_TYPES.find(({ slug }) => slug === 'special-operation')?.code ?? ''
/** In the catalogue, and in no rule of recognition. */
const NEW_TYPE = '11100000000013338W098'
const ITEM = '440100-0001'
/** The law gives no basis for all transfers. */
const RULES_OF_TRANSFER = 'YANGLI-1'
const OPEN = { from: 0, until: null }
const APPROVAL = { number: '粤政批〔2026〕3号', documentDigest: `0x${'d1'.repeat(32)}` } as const

/** As its keeper describes it to verifiers. */
function newType(): LicenceType {
  const known = LICENCE_TYPES.find(({ code }) => code === SAFETY_MANAGER)
  if (known === undefined) throw new Error('find a type to describe another by')
  return {
    ...known,
    code: NEW_TYPE,
    slug: 'new-type',
    fields: known.fields.map(({ rule: _, ...field }) => field),
  }
}

describe('recognition and transfer between provinces', function () {
  this.timeout(120_000)
  let folder: string
  let hunan: FoundedSandbox
  let guangdong: FoundedAgency

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-journey-'))
    hunan = await createFoundedSandbox(folder)
    guangdong = await hunan.addAgency(GUANGDONG_HOUSING, RECEIVING_REGION)
  })

  after(async () => {
    await hunan?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function issue(
    agency: FoundedAgency,
    options: Parameters<typeof signLicences>[2] = {},
  ): Promise<IssuedLicence> {
    const licences = await signLicences(agency, 1, options)
    await anchorLicences(agency, licences)
    return licences[0] as IssuedLicence
  }

  async function verify(
    { bundle }: IssuedLicence,
    more: {
      receivingRegion?: string
      serviceItem?: string
      asOf?: number
      licenceTypes?: readonly LicenceType[]
    } = {},
  ): Promise<VerificationReport> {
    const { licenceTypes = [newType()], ...asked } = more
    const verifier = createLocalVerifier({ network: hunan.network, licenceTypes })
    const request = { presented: bundle, receivingRegion: RECEIVING_REGION, ...asked }
    return (await verifier.verify(request)).report
  }

  async function act(agency: FoundedAgency, { statusIndex }: IssuedLicence, name: StatusAct, at?: number) {
    const effectiveAt = at ?? nowSeconds() - 60
    const basis = LEGAL_BASES[name] === null ? { legalBasis: RULES_OF_TRANSFER } : {}
    const decision = { effectiveAt, decisionNumber: '湘建决〔2026〕1号', ...basis }
    const { operator } = agency
    const indices = [statusIndex]
    if (name === 'transfer-out') {
      const transfer = { ...decision, indices, destination: GUANGDONG_HOUSING }
      await operator.confirm(await operator.submitTransferOut(agency.agency, transfer))
    } else if (name !== 'supersede') {
      await operator.confirm(await operator.submitAct(agency.agency, { ...decision, act: name, indices }))
    }
  }

  async function takeIn(agency: FoundedAgency, successor: IssuedLicence, origin: IssuedLicence) {
    const submission = await agency.operator.submitTransferIn({
      successor: { issuer: agency.agency, statusIndex: successor.statusIndex },
      origin: { issuer: hunan.agency, statusIndex: origin.statusIndex },
      effectiveAt: nowSeconds() - 60,
      decisionNumber: '粤建转〔2026〕1号',
      legalBasis: RULES_OF_TRANSFER,
    })
    await agency.operator.confirm(submission)
  }

  async function refusalOf(done: Promise<unknown>): Promise<string> {
    try {
      await done
      return 'done'
    } catch (error) {
      if (error instanceof LedgerRefusedError) return error.code
      throw error
    }
  }

  const codeOf = ({ findings }: VerificationReport, check: string): string | undefined =>
    findings.find((finding) => finding.check === check)?.code

  const factsOf = ({ findings }: VerificationReport, check: string): FindingFacts =>
    findings.find((finding) => finding.check === check)?.facts ?? {}

  it('names whom to ask: the agency that issued, as it is registered', async () => {
    const { responsible } = await createRpcLedgerView(hunan.network).lookup(queryOf(await issue(hunan)))
    expect(responsible).to.deep.include({
      capacity: 'operator',
      agency: hunan.agency,
      region: ISSUING_REGION,
    })
    const facts = factsOf(await verify(await issue(hunan)), 'issuerAuthority')
    expect(facts).to.include({ responsible: hunan.agency, responsibleName: responsible?.name?.zh })
    const nobody = { ...queryOf(await issue(hunan)), issuer: '11350000003591037R' }
    expect((await createRpcLedgerView(hunan.network).lookup(nobody)).responsible).to.equal(null)
  })

  it('recognises a type of the national baseline, and its own province’s licences by no rule at all', async () => {
    const licence = await issue(hunan)
    const across = await verify(licence)
    expect(across).to.include({ verdict: 'accepted', resultCode: 0 })
    expect(codeOf(across, 'recognition')).to.equal('recognition/baseline')
    const within = await verify(licence, { receivingRegion: '430100' })
    expect(codeOf(within, 'recognition')).to.equal('recognition/same-province')
  })

  it('refers a type that no rule speaks of, until an agreement of both provinces names it', async () => {
    await hunan.councilAdministration.registerLicenceType({
      code: NEW_TYPE,
      schemaDigest: schemaDigest(newType(), suite),
      holders: 'person',
      validityMonths: 36,
      reviewMonths: null,
    })
    await hunan.regionAdministration.assignResponsibility(hunan.agency, NEW_TYPE, OPEN)
    const licence = await issue(hunan, { licenceType: NEW_TYPE })
    const unruled = await verify(licence)
    expect(unruled).to.include({ verdict: 'refer', resultCode: 4 })
    expect(codeOf(unruled, 'recognition')).to.equal('recognition/no-policy')

    await hunan.regionAdministration.proposeAgreement(ISSUING_REGION, {
      partners: [RECEIVING_REGION],
      licenceTypes: [NEW_TYPE],
      term: OPEN,
      noticeSeconds: 86_400,
    })
    expect(await verify(licence), 'proposed, not joined').to.include({ verdict: 'refer' })
    await hunan.administrationOf(RECEIVING_REGION).joinAgreement(1, RECEIVING_REGION)
    const agreed = await verify(licence)
    expect(agreed).to.include({ verdict: 'accepted' })
    expect(codeOf(agreed, 'recognition')).to.equal('recognition/agreement')
    const unread = await verify(licence, { licenceTypes: [] })
    expect(unread, 'where nobody described it').to.include({ verdict: 'refer' })
    expect(codeOf(unread, 'faceRules')).to.equal('faceRules/unknown-type')
  })

  it('rejects what the receiving province’s negative list names: a type, or a type for one service item', async () => {
    const receiving = hunan.administrationOf(RECEIVING_REGION)
    const entry = { issuing: ISSUING_REGION, term: OPEN, approval: APPROVAL }
    await receiving.enterNegative(RECEIVING_REGION, { ...entry, licenceType: TEACHER, serviceItem: null })
    await receiving.enterNegative(RECEIVING_REGION, {
      ...entry,
      licenceType: SPECIAL_OPERATION,
      serviceItem: ITEM,
    })
    const teacher = await verify(await issue(hunan, { licenceType: TEACHER }))
    expect(teacher).to.include({ verdict: 'rejected' })
    expect(codeOf(teacher, 'recognition')).to.equal('recognition/negative-list')
    const facts = teacher.findings.find(({ check }) => check === 'recognition')?.facts
    expect(facts).to.include({ approval: APPROVAL.number, documentDigest: APPROVAL.documentDigest })
    const operation = await issue(hunan, { licenceType: SPECIAL_OPERATION })
    expect(await verify(operation, { serviceItem: ITEM })).to.include({ verdict: 'rejected' })
    expect(await verify(operation, { serviceItem: '440100-0002' })).to.include({ verdict: 'accepted' })
    expect(
      await refusalOf(
        receiving.enterNegative(RECEIVING_REGION, {
          ...entry,
          licenceType: SAFETY_MANAGER,
          serviceItem: null,
          approval: { ...APPROVAL, number: '1' },
        }),
      ),
    ).to.equal('NegativeApprovalInvalid')
  })

  it('tells which fields a service item demands of a type, in ascending order, and of no other', async () => {
    await hunan.councilAdministration.registerServiceItem(ITEM, [
      { licenceType: TEACHER, fields: ['licenceNumber', 'issuerName'] },
    ])
    const view = createRpcLedgerView(hunan.network)
    const demandOf = async (licenceType: string, more: Partial<LedgerQuery> = {}) =>
      (await view.lookup({ ...queryOf(await issue(hunan, { licenceType })), serviceItem: ITEM, ...more }))
        .demandedFields
    expect(await demandOf(TEACHER)).to.deep.equal(['issuerName', 'licenceNumber'])
    expect(await demandOf(TEACHER, { at: 1 }), 'before it was registered').to.equal(null)
    expect(await demandOf(SPECIAL_OPERATION)).to.equal(null)
    const asked = await verify(await issue(hunan, { licenceType: TEACHER }), { serviceItem: ITEM })
    expect(codeOf(asked, 'demand')).to.equal('demand/missing')
    expect(factsOf(asked, 'demand')['demanded']).to.deep.equal(['issuerName', 'licenceNumber'])
  })

  it('rejects a type that is not in the catalogue, and one that the agency was not responsible for', async () => {
    const unknown = await verify(await issue(hunan, { licenceType: '11100000000013338W097' }))
    expect(unknown).to.include({ verdict: 'rejected' })
    expect(codeOf(unknown, 'recognition')).to.equal('recognition/unknown-type')
    const foreign = await verify(await issue(guangdong, { licenceType: NEW_TYPE }))
    expect(foreign).to.include({ verdict: 'rejected' })
    expect(codeOf(foreign, 'issuerAuthority')).to.equal('issuerAuthority/not-responsible')
  })

  it('keeps accepting a licence whose type was taken from its agency after the anchor', async () => {
    const licence = await issue(hunan, { licenceType: NEW_TYPE })
    await hunan.regionAdministration.endResponsibility(hunan.agency, NEW_TYPE, nowSeconds() + 5)
    await new Promise((resolve) => setTimeout(resolve, 11_000))
    expect(await verify(licence)).to.include({ verdict: 'accepted' })
    const later = await verify(await issue(hunan, { licenceType: NEW_TYPE }))
    expect(codeOf(later, 'issuerAuthority')).to.equal('issuerAuthority/not-responsible')
  })

  it('moves a licence between provinces: origin closed, one successor accepted, a second refused', async () => {
    const origin = await issue(hunan)
    const supersedes = parsePresented(origin.bundle).credential.claims.jti
    const successor = await issue(guangdong, { supersedes })
    const other = await issue(guangdong, { supersedes })
    const early = await verify(successor)
    expect(early).to.include({ verdict: 'rejected', resultCode: 1 })
    expect(codeOf(early, 'status')).to.equal('status/origin-open')
    expect(await refusalOf(takeIn(guangdong, successor, origin))).to.equal('TransferOriginNotOut')

    await act(hunan, origin, 'transfer-out')
    const out = await verify(origin)
    expect(codeOf(out, 'status')).to.equal('status/transferred-out')
    expect(factsOf(out, 'status')).to.include({ destination: GUANGDONG_HOUSING, capacity: 'operator' })
    await act(hunan, origin, 'cancel-transfer-out')
    expect(await verify(origin), 'cancelled').to.include({ verdict: 'accepted' })
    const view = createRpcLedgerView(hunan.network)
    expect((await view.lookup(queryOf(origin))).destination, 'cancelled').to.equal(null)
    await act(hunan, origin, 'transfer-out')
    await takeIn(guangdong, successor, origin)

    expect(await verify(successor, { receivingRegion: ISSUING_REGION })).to.include({ verdict: 'accepted' })
    const [nearest] = (await view.lookup({ ...queryOf(successor), issuer: guangdong.agency })).origins
    expect(nearest).to.include({ issuer: hunan.agency, status: 'transferred' })
    expect(nearest?.notices).to.deep.equal([])
    const closed = await verify(origin)
    expect(closed).to.include({ verdict: 'rejected', resultCode: 3 })
    expect(codeOf(closed, 'status')).to.equal('status/transferred')
    expect(await refusalOf(takeIn(guangdong, other, origin))).to.equal('TransferOriginNotOut')
    expect(codeOf(await verify(other), 'status')).to.equal('status/origin-open')
    expect(await refusalOf(act(hunan, origin, 'cancel-transfer-out'))).to.equal('StatusTransitionUnlawful')
  })

  it('does not wash a suspension off by re-making: its end goes along, and a term that is over is referred', async () => {
    const effectiveAt = nowSeconds() - 3600
    const decision = { effectiveAt, decisionNumber: '湘建决〔2026〕1号' }
    const { operator, agency } = hunan
    const remake = async (endsAt: number): Promise<VerificationReport> => {
      const [old, fresh] = [await issue(hunan), await issue(hunan)]
      const suspension = { ...decision, act: 'suspend', indices: [old.statusIndex], endsAt } as const
      await operator.confirm(await operator.submitAct(agency, suspension))
      const supersession = { statusIndex: old.statusIndex, successor: fresh.statusIndex }
      await operator.confirm(await operator.submitSupersession(agency, { ...decision, ...supersession }))
      expect(factsOf(await verify(old), 'status')).to.include({ successorIndex: fresh.statusIndex })
      return verify(fresh)
    }
    const over = await remake(nowSeconds() - 60)
    expect(over).to.include({ verdict: 'refer' })
    expect(codeOf(over, 'status')).to.equal('status/term-over')
    expect(codeOf(await remake(nowSeconds() + 3600), 'status')).to.equal('status/suspended')
  })

  it('annuls from the start: what was accepted at that time is rejected when asked again', async () => {
    const licence = await issue(hunan)
    const relied = nowSeconds()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    expect(await verify(licence, { asOf: relied })).to.include({ verdict: 'accepted' })
    await act(hunan, licence, 'annul', nowSeconds())
    const judgedAnew = await verify(licence, { asOf: relied })
    expect(judgedAnew).to.include({ verdict: 'rejected', resultCode: 3 })
    const finding = judgedAnew.findings.find(({ check }) => check === 'status')
    expect(finding?.code).to.equal('status/annulled')
    expect(finding?.facts).to.include({ act: 'annul', decisionNumber: '湘建决〔2026〕1号' })
  })

  it('answers any time from random histories of acts as the memory view does', async () => {
    const licences = await signLicences(hunan, 12)
    await anchorLicences(hunan, licences)
    const view = createRpcLedgerView(hunan.network)
    for (const [i, licence] of licences.entries()) {
      const history = await actAtRandom(licence, i)
      const query = queryOf(licence)
      const { block, status } = await view.lookup(query)
      expect(status).to.equal(statusAt(history, block.time))
      for (const at of [0, ...history.flatMap(({ effectiveAt: t }) => [t - 1, t, t + 1]), block.time]) {
        if (at > block.time) continue
        const facts = await view.lookup({ ...query, at })
        const memory = memoryViewOf(licence, history, facts.block)
        const expected = await memory.lookup({ ...query, at })
        expect(facts.status, `${JSON.stringify(history)} at ${at}`).to.equal(expected.status)
        expect(facts.acts.map(({ act: name, effectiveAt }) => ({ act: name, effectiveAt }))).to.deep.equal(
          expected.acts,
        )
      }
    }
  })

  /** Up to six lawful acts with effective times of the last month, in any order. */
  async function actAtRandom(licence: IssuedLicence, seed: number): Promise<readonly StatusEntry[]> {
    const [steps = []] = fc.sample(
      fc.array(fc.tuple(fc.nat(1000), fc.nat(2_000_000)), { minLength: 1, maxLength: 6 }),
      { numRuns: 1, seed },
    )
    const history: StatusEntry[] = []
    for (const [choice, ago] of steps) {
      const from = statusAt(history, Number.POSITIVE_INFINITY)
      // A supersession needs another licence: it has a test of its own.
      const lawful = STATUS_ACTS.filter((name) => name !== 'supersede' && statusAfter(name, from) !== null)
      const name = lawful[choice % lawful.length]
      if (name === undefined) break
      const effectiveAt = nowSeconds() - 60 - ago
      await act(hunan, licence, name, effectiveAt)
      history.push({ act: name, effectiveAt })
    }
    return history
  }

  function queryOf({ bundle, statusIndex }: IssuedLicence): LedgerQuery {
    const { credential } = parsePresented(bundle)
    return {
      issuer: hunan.agency,
      keyId: keyIdOf(credential.header.kid),
      statusIndex,
      licenceType: licenceTypeOf(credential.claims),
      receivingRegion: RECEIVING_REGION,
    }
  }

  function memoryViewOf(
    { statusIndex }: IssuedLicence,
    acts: readonly StatusEntry[],
    block: Parameters<typeof createMemoryLedgerView>[0]['block'],
  ) {
    const none = new Map<never, never>()
    return createMemoryLedgerView({
      ledger: identityOf(hunan.network),
      block,
      regions: none,
      agencies: none,
      keys: none,
      anchors: none,
      statuses: new Map([[statusKey(hunan.agency, statusIndex), acts]]),
      notices: none,
      successors: none,
      destinations: none,
      responsible: none,
      members: none,
      licenceTypes: none,
      demands: none,
      responsibilities: none,
      recognitions: [],
    })
  }
})
