/** Each function of an operator, carried out once and refused once, and what calls of two keys tell, on a real chain process. */
import type { Administration, Operator, Proposed } from '@hefu/ledger'
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { keccak256 } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'
import type { FoundedAgency } from '../../../scripts/sandbox/founded-sandbox.ts'
import {
  type AdministeredSandbox,
  CITY,
  createAdministeredSandbox,
  DAY,
  done,
  named,
  passTime,
  refusalOf,
  rootOf,
  usccOf,
} from './fixtures/administered-sandbox.ts'

interface Case {
  readonly does: () => Promise<unknown>
  readonly refuses: () => Promise<unknown>
  readonly as: string
}

/** What sends something to the ledger. */
type Sending = Extract<keyof Operator, `submit${string}`>

const CITY_AGENCY = usccOf(CITY, '401')

describe('Operator', function () {
  this.timeout(120_000)
  let world: AdministeredSandbox
  let council: Administration
  let operator: Operator
  let agency: string
  let bureau: FoundedAgency

  before(async () => {
    world = await createAdministeredSandbox()
    council = world.councilAdministration
    operator = world.operator
    agency = world.agency
    bureau = world.bureau
  })
  after(() => world?.stop())

  const ask = (name: string, ...args: readonly unknown[]) => world.ledger.getFunction(name)(...args)
  const bytesOf = (text: string): Hex => `0x${Buffer.from(text).toString('hex')}`
  const statusOf = async (uscc: string, index: number): Promise<number> =>
    Number(await ask('statusOf', bytesOf(uscc), index))

  async function proposed(work: ReturnType<Operator['submitCorrection']>, by = operator): Promise<Proposed> {
    const agreement = await by.confirmAgreement(await work)
    if (agreement.outcome !== 'proposed') throw new Error('expect a proposal')
    return agreement
  }

  const cases: Readonly<Record<Sending, Case>> = {
    submitAnchors: {
      does: async () => {
        await done(operator, operator.submitAnchors(agency, 3, [{ root: rootOf(2), size: 4 }]))
        const two = [
          { root: rootOf(3), size: 1 },
          { root: rootOf(4), size: 2 },
        ]
        await done(operator, operator.submitAnchors(agency, 7, two))
        expect(await operator.findAnchor(agency, rootOf(4))).to.include({ size: 2, firstIndex: 8 })
      },
      refuses: () => operator.submitAnchors(agency, 7, [{ root: rootOf(5), size: 1 }]),
      as: 'AnchorIndexNotNext',
    },
    submitPassOver: {
      does: async () => {
        await done(operator, operator.submitPassOver(agency, 10, 5))
        expect(await operator.nextIndex(agency)).to.equal(15)
        expect(await operator.isAnchoredIndex(agency, 9)).to.equal(true)
        expect(await operator.isAnchoredIndex(agency, 10)).to.equal(false)
      },
      refuses: () => operator.submitPassOver(agency, 10, 5),
      as: 'AnchorIndexNotNext',
    },
    submitAct: {
      does: async () => {
        const act = { ...(await world.decided('暂扣1')), act: 'suspend', indices: [1, 0] } as const
        await done(operator, operator.submitAct(agency, act))
        expect(await statusOf(agency, 0)).to.equal(1)
      },
      refuses: async () =>
        operator.submitAct(agency, { ...(await world.decided('发还1')), act: 'reinstate', indices: [2] }),
      as: 'StatusTransitionUnlawful',
    },
    submitSupersession: {
      does: async () => {
        const links = { statusIndex: 0, successor: 3 }
        await done(
          operator,
          operator.submitSupersession(agency, { ...(await world.decided('换1')), ...links }),
        )
        expect(await statusOf(agency, 3)).to.equal(1)
      },
      refuses: async () =>
        operator.submitSupersession(agency, {
          ...(await world.decided('换2')),
          statusIndex: 1,
          successor: 3,
        }),
      as: 'SuccessorNotFresh',
    },
    submitTransferOut: {
      does: async () => {
        const out = { ...(await world.decided('转1')), indices: [4, 5], destination: bureau.agency }
        await done(operator, operator.submitTransferOut(agency, out))
      },
      refuses: async () =>
        operator.submitTransferOut(agency, {
          ...(await world.decided('转2')),
          indices: [6],
          destination: agency,
        }),
      as: 'TransferWithinIssuer',
    },
    submitTransferIn: {
      does: async () => {
        const successor = { issuer: bureau.agency, statusIndex: 0 }
        const origin = { issuer: agency, statusIndex: 4 }
        const decision = await world.decided('转入1')
        await done(bureau.operator, bureau.operator.submitTransferIn({ ...decision, successor, origin }))
        expect(await statusOf(agency, 4)).to.equal(14)
      },
      refuses: async () =>
        bureau.operator.submitTransferIn({
          ...(await world.decided('转入2')),
          successor: { issuer: bureau.agency, statusIndex: 1 },
          origin: { issuer: agency, statusIndex: 6 },
        }),
      as: 'TransferOriginNotOut',
    },
    submitNotice: {
      does: async () => {
        const notice = { ...(await world.decided('查封1')), code: 0, indices: [6, 7] }
        await done(operator, operator.submitNotice(agency, notice))
        expect((await ask('notesOf', bytesOf(agency), 7)).standing).to.equal(1n)
      },
      refuses: async () =>
        operator.submitNotice(agency, { ...(await world.decided('查封2')), code: 0, indices: [7] }),
      as: 'NoticeUnchanged',
    },
    submitNoticeLifted: {
      does: async () => {
        const notice = { ...(await world.decided('解封1')), code: 0, indices: [7] }
        await done(operator, operator.submitNoticeLifted(agency, notice))
      },
      refuses: async () =>
        operator.submitNoticeLifted(agency, { ...(await world.decided('解封2')), code: 1, indices: [6] }),
      as: 'NoticeUnchanged',
    },
    submitCorrection: {
      does: async () => {
        const correction = { ...(await world.decided('更正1')), indices: [1], status: 'revoked' } as const
        await proposed(operator.submitCorrection(agency, correction))
        expect(await statusOf(agency, 1)).to.equal(1)
        expect((await council.correct(agency, correction)).outcome).to.equal('carried-out')
        expect(await statusOf(agency, 1)).to.equal(2)
      },
      refuses: async () =>
        operator.submitCorrection(agency, {
          ...(await world.decided('更正2')),
          indices: [0],
          status: 'valid',
        }),
      as: 'CorrectionAfterSuccessor',
    },
    submitLateAct: {
      does: async () => {
        const act = {
          ...(await world.decided('逾期1', 60 * DAY)),
          act: 'withdraw',
          indices: [6],
          endsAt: 0,
        } as const
        expect(await refusalOf(operator.submitAct(agency, act))).to.equal('StatusEffectiveTooEarly')
        await proposed(operator.submitLateAct(agency, act))
        expect((await council.actLate(agency, act)).outcome).to.equal('carried-out')
        expect(await statusOf(agency, 6)).to.equal(7)
      },
      refuses: async () =>
        bureau.operator.submitLateAct(agency, {
          ...(await world.decided('逾期2', 60 * DAY)),
          act: 'suspend',
          indices: [7],
        }),
      as: 'CallerNotOperator',
    },
    submitDissolution: {
      does: async () => {
        const successor = { issuer: bureau.agency, statusIndex: 0 }
        const decision = await world.decided('撤1')
        const annulled = { ...decision, act: 'annul', indices: [0] } as const
        await done(bureau.operator, bureau.operator.submitAct(bureau.agency, annulled))
        const origin = { issuer: agency, statusIndex: 4 }
        const dissolution = { ...decision, successor, origin }
        expect(await operator.findOrigin(successor)).to.deep.equal(origin)
        await proposed(bureau.operator.submitDissolution(dissolution), bureau.operator)
        expect((await council.dissolveSuccession(dissolution)).outcome).to.equal('carried-out')
        expect(await statusOf(agency, 4), 'in transit again').to.equal(13)
        expect(await operator.findOrigin(successor)).to.equal(null)
      },
      refuses: async () =>
        operator.submitDissolution({
          ...(await world.decided('撤2')),
          successor: { issuer: agency, statusIndex: 8 },
          origin: { issuer: agency, statusIndex: 7 },
        }),
      as: 'SuccessionUnknown',
    },
    submitWithdrawal: {
      does: async () => {
        const correction = { ...(await world.decided('更正3')), indices: [8], status: 'revoked' } as const
        const { call } = await proposed(operator.submitCorrection(agency, correction))
        await done(operator, operator.submitWithdrawal(call))
        expect(await refusalOf(council.correct(agency, correction))).to.equal('CallerNotOperator')
      },
      refuses: () => operator.submitWithdrawal(rootOf(1)),
      as: 'ProposalNotOfCaller',
    },
    submitSuccessionAccepted: {
      does: () => done(operator, operator.submitSuccessionAccepted(bureau.agency, agency)),
      refuses: () => operator.submitSuccessionAccepted(agency, bureau.agency),
      as: 'CallerNotOperator',
    },
    submitAcceptance: {
      does: async () => {
        const next = await world.createAccount()
        await world.regionAdministration.nominateOperator(agency, next.address)
        await done(next.operator, next.operator.submitAcceptance(agency))
        expect((await ask('agency', bytesOf(agency))).operator.toLowerCase()).to.equal(next.address)
      },
      refuses: () => operator.submitAcceptance(agency),
      as: 'CallerNotNominated',
    },
    submitResignation: {
      does: async () => {
        const next = await world.createAccount()
        await world.regionAdministration.nominateOperator(agency, next.address)
        await done(next.operator, next.operator.submitAcceptance(agency))
        await done(next.operator, next.operator.submitResignation(agency))
        expect((await ask('agency', bytesOf(agency))).operator).to.match(/^0x0+$/)
      },
      refuses: () => operator.submitResignation(agency),
      as: 'CallerNotOperator',
    },
  }

  it('enters no notice without a legal basis, for the law gives none to all of them', async () => {
    const { legalBasis: _, ...decision } = await world.decided('查封0')
    const notice = { ...decision, code: 0, indices: [0] }
    expect(await refusalOf(operator.submitNotice(agency, notice))).to.equal('StatusLegalBasisMissing')
  })

  for (const [name, { does, refuses, as }] of Object.entries(cases)) {
    it(`${name}: carried out, and refused with ${as}`, async () => {
      await does()
      expect(await refusalOf(refuses())).to.equal(as)
    })
  }

  describe('of what needs two keys', () => {
    let city: Operator
    let correct: (indices: readonly number[]) => ReturnType<Operator['submitCorrection']>

    before(async () => {
      const account = await world.createAccount()
      city = account.operator
      await world.cityAdmin.administration.accreditAgency(
        CITY_AGENCY,
        CITY,
        account.address,
        named('长沙样例局'),
      )
      await done(city, city.submitAnchors(CITY_AGENCY, 0, [{ root: rootOf(9), size: 4 }]))
      correct = async (indices) =>
        city.submitCorrection(CITY_AGENCY, {
          ...(await world.decided('长更正1')),
          indices,
          status: 'suspended',
        })
    })

    it('tells the very call data, their digest, and until when the proposal stands', async () => {
      const agreement = await proposed(correct([0]), city)
      expect(keccak256(agreement.callData)).to.equal(agreement.call)
      const abi = readArtifact(LEDGER_INTERFACE).abi
      const { name, args } = abi.parseTransaction({ data: agreement.callData }) ?? {}
      expect(name).to.equal('correct')
      expect(args?.[0]).to.equal(bytesOf(CITY_AGENCY))
      const { proposedAt } = await ask('proposal', agreement.call)
      expect(agreement.standsUntil).to.equal(Number(proposedAt) + 30 * DAY)
    })

    it('tells by the ledger’s own word which region’s admin confirms', async () => {
      const confirmer = await city.findConfirmer(await proposed(correct([1]), city))
      const admin = world.regionAdministration.address
      const name = { ...named('湖南省'), contact: '0731-00000000' }
      expect(confirmer).to.deep.equal({ region: '430000', name, admin })
      const carriedOut = await world.regionAdministration.confirmProposal(
        (await proposed(correct([2]), city)).callData,
      )
      expect(carriedOut.outcome).to.equal('carried-out')
      expect(await statusOf(CITY_AGENCY, 2)).to.equal(1)
      expect(await statusOf(CITY_AGENCY, 1), 'nobody confirmed that one').to.equal(0)
    })

    it('names whom the council named above a province, and nobody for what stands no more', async () => {
      const decision = await world.decided('省更正1')
      const correction = { ...decision, indices: [1], status: 'valid' } as const
      const agreement = await proposed(
        bureau.operator.submitCorrection(bureau.agency, correction),
        bureau.operator,
      )
      const confirmer = await bureau.operator.findConfirmer(agreement)
      expect(confirmer).to.deep.equal({ region: null, name: null, admin: null })
      await done(bureau.operator, bureau.operator.submitWithdrawal(agreement.call))
      expect(await bureau.operator.findConfirmer(agreement)).to.equal(null)
    })

    it('tells who confirms the accreditation of a code of elsewhere: the nearest above in whom both lie', async () => {
      const { regionAdministration: hunan, cityAdmin } = world
      const { address } = await world.createAccount()
      const ofAnotherCity = usccOf('430600', '403')
      const outcome = await cityAdmin.administration.accreditAgency(
        ofAnotherCity,
        CITY,
        address,
        named('岳阳驻长样例局'),
      )
      if (outcome.outcome !== 'proposed') throw new Error('expect a proposal')
      expect(await city.findConfirmer(outcome)).to.include({ region: '430000', admin: hunan.address })

      const ofTheState = await hunan.accreditAgency(
        usccOf('100000', '404'),
        '430000',
        address,
        named('部属样例二局'),
      )
      if (ofTheState.outcome !== 'proposed') throw new Error('expect a proposal')
      expect(await city.findConfirmer(ofTheState)).to.include({ region: null })
    })

    it('refuses the proposer as its own second key', async () => {
      const decision = await world.decided('长更正2')
      const correction = { ...decision, indices: [3], status: 'revoked' } as const
      await proposed(city.submitCorrection(CITY_AGENCY, correction), city)
      expect(await refusalOf(city.submitCorrection(CITY_AGENCY, correction))).to.equal('CallerNotSuperior')
    })

    it('confirms nothing that is no call of two keys, not in its one form, or not proposed', async () => {
      const abi = readArtifact(LEDGER_INTERFACE).abi
      const { callData } = await proposed(correct([0, 1]), city)
      const suspend = abi.encodeFunctionData('suspendRegion', [430100]) as Hex
      const { regionAdministration: hunan } = world
      for (const data of ['0x', '0x12345678', suspend, `${callData}00`] as const) {
        expect(await refusalOf(hunan.confirmProposal(data)), data.slice(0, 12)).to.equal('RangeError')
      }
      expect(Number((await ask('region', 430100)).status)).to.equal(1)
      const neverProposed = abi.encodeFunctionData('retireRegion', [430100, 0]) as Hex
      expect(await refusalOf(hunan.confirmProposal(neverProposed))).to.equal('RangeError')
    })

    it('forgets a proposal after thirty days', async () => {
      const { callData } = await proposed(correct([0, 2]), city)
      await passTime(world.chain.rpcUrl, 30 * DAY)
      expect(await refusalOf(world.regionAdministration.confirmProposal(callData))).to.equal('RangeError')
    })

    it('tells who confirms also while the region of the agency has no admin', async () => {
      await world.cityAdmin.administration.resignRegion(CITY)
      const confirmer = await city.findConfirmer(await proposed(correct([0, 3]), city))
      expect(confirmer).to.include({ region: '430000', admin: world.regionAdministration.address })
    })

    it('tells neither of a transaction that is of no two keys', async () => {
      const notice = { ...(await world.decided('异议1')), code: 2, indices: [0] }
      const submission = await city.submitNotice(CITY_AGENCY, notice)
      const error: unknown = await city.confirmAgreement(submission).catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(LedgerUnavailableError).with.property('code', 'inconsistent')
    })
  })
})
