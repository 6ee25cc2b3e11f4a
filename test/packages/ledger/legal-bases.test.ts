/** The provision that each act is entered with, read from its call data by another codec. */
import { type ActDecision, type Deed, LEGAL_BASES, type OperatorCall } from '@hefu/ledger'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { encodeOperatorCall } from '#internal/ledger/write/operator-call'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'

const DECISION: ActDecision = { effectiveAt: 1_767_110_400, decisionNumber: '湘建决〔2026〕1号' }
const ISSUER = '11430000006122244L'
const DEEDS = Object.keys(LEGAL_BASES) as Deed[]

function callOf(deed: Deed, decision: ActDecision): OperatorCall {
  const issuer = ISSUER
  const indices = [0]
  const places = { successor: { issuer, statusIndex: 1 }, origin: { issuer, statusIndex: 2 } }
  switch (deed) {
    case 'supersede':
      return { kind: 'supersession', issuer, act: { ...decision, statusIndex: 0, successor: 1 } }
    case 'transfer-out':
      return { kind: deed, issuer, act: { ...decision, indices, destination: '1144000000000101MG' } }
    case 'transfer-in':
    case 'dissolution':
      return { kind: deed, act: { ...decision, ...places } }
    case 'notice':
    case 'notice-lifted':
      return { kind: deed, issuer, act: { ...decision, code: 0, indices } }
    case 'correction':
      return { kind: deed, issuer, act: { ...decision, indices, status: 'valid' } }
    default:
      return { kind: 'act', issuer, act: { ...decision, act: deed, indices } }
  }
}

/** The basis in the call data; empty: none. */
function basisIn(call: OperatorCall): string {
  const { data } = encodeOperatorCall(`0x${'1e'.repeat(20)}`, call)
  const { args } = readArtifact(LEDGER_INTERFACE).abi.parseTransaction({ data }) ?? { args: [] }
  const { legalBasis } = args.at(-1) as { readonly legalBasis: string }
  return Buffer.from(legalBasis.slice(2), 'hex').toString('latin1').replaceAll('\0', '')
}

describe('the legal basis of what is entered', () => {
  for (const deed of DEEDS) {
    const basis = LEGAL_BASES[deed]
    it(`${deed}: ${basis ?? 'none unless it is named'}`, () => {
      expect(basisIn(callOf(deed, DECISION))).to.equal(basis ?? '')
      expect(basisIn(callOf(deed, { ...DECISION, legalBasis: 'YANGLI-1' }))).to.equal('YANGLI-1')
    })
  }

  it('is of the penalty law for penalties and their ends alone', () => {
    const penalties = DEEDS.filter((deed) => LEGAL_BASES[deed]?.startsWith('XZCFF-'))
    expect(penalties).to.have.members(['suspend', 'reinstate', 'revoke', 'restrict', 'lift'])
  })

  it('is of a late act what it is of the act', () => {
    const act = { ...DECISION, act: 'deregister', indices: [0] } as const
    expect(basisIn({ kind: 'late-act', issuer: ISSUER, act })).to.equal(LEGAL_BASES.deregister)
  })
})
