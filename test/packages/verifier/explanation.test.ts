/** Explain mode: what each check stood on, for who may see it, and no value of the licence's face. */

import { LedgerUnavailableError, type LedgerView, suite } from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { CHECK_NAMES } from '#internal/protocol/report/findings'
import { observeDirectory } from '#internal/verifier/ledger/observed-directory'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { bearer, startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { afterActs, createSample, FACE, type Sample } from './sample.ts'
import { type Answer, post, type TestService } from './service.ts'

describe('the lookup that an explanation is of', () => {
  it('is that of the ledger that the report stands on, and not of whichever was asked last', async () => {
    const { view } = await createSample()
    const [own, other] = [1, 2].map((chainId) => ({ ...view, ledger: { ...view.ledger, chainId } })) as [
      LedgerView,
      LedgerView,
    ]
    const trusted = { registration: null }
    const observed = observeDirectory({
      list: async () => [
        { ...trusted, view: own },
        { ...trusted, view: other },
      ],
    })
    const query = {
      issuer: '11100000000013338W',
      keyId: `0x${'0'.repeat(64)}`,
      statusIndex: 0,
      licenceType: '11100000000013338W000',
      receivingRegion: '440000',
    } as const
    for (const [index, { view: asked }] of (await observed.list({ notBefore: 0 })).entries())
      await asked.lookup({ ...query, statusIndex: index })
    expect(observed.observed(own.ledger)?.query.statusIndex).to.equal(0)
    expect(observed.observed(other.ledger)?.query.statusIndex).to.equal(1)
    expect(observed.observed({ ...own.ledger, chainId: 3 })).to.equal(null)
  })
})

describe('a verification that is to be explained', () => {
  let provider: IdentityProvider
  let sample: Sample
  let service: TestService

  before(async () => {
    provider = await startProvider()
    sample = await createSample(readClock())
    const acts = { act: 'suspend', effectiveAt: sample.memory.block.time - 60 } as const
    service = await startGuardedService(afterActs(sample.memory, acts), provider)
  })
  after(async () => {
    await service.close()
    await provider.stop()
  })

  const ask = async (client: string, members: object = {}, url = service.url): Promise<Answer> =>
    post(
      url,
      { presented: sample.bundle, receivingRegion: '440000', submitted: FACE, ...members },
      bearer(await tokenOf(provider, client)),
    )
  const inputsOf = ({ json }: Answer, check: string) =>
    json.explanation.find((one: { check: string }) => one.check === check).inputs

  it('has every check in its order, with what it found and what it was given', async () => {
    const rendition = suite.sha256Base64url('a file')
    const answer = await ask('bench', { explain: true, rendition })
    const { explanation, report } = answer.json
    expect(explanation.map((one: { check: string }) => one.check)).to.deep.equal(CHECK_NAMES)
    expect(explanation.map((one: { code: string }) => one.code)).to.deep.equal(
      report.findings.map((one: { code: string }) => one.code),
    )
    const { memory } = sample
    expect(inputsOf(answer, 'status')).to.deep.include({ index: 5, status: 'suspended' })
    expect(inputsOf(answer, 'status').acts).to.have.length(1)
    expect(inputsOf(answer, 'anchor').anchor).to.deep.include({ blockNumber: 3, size: 2 })
    expect(inputsOf(answer, 'disclosures')).to.deep.include({ shown: ['holderName', 'holderId'] })
    expect(inputsOf(answer, 'rendition')).to.deep.equal({ digest: rendition, bound: null })
    expect(inputsOf(answer, 'validity').at).to.equal(memory.block.time)
    expect(inputsOf(answer, 'comparison').compared).to.deep.equal(['holderName', 'holderId'])
    expect(inputsOf(answer, 'issuerAuthority').agency.name).to.equal('湖南省住房和城乡建设厅')
  })

  it('is the same verification as without', async () => {
    const [explained, plain] = [await ask('bench', { explain: true }), await ask('bench')]
    expect(plain.json).to.not.have.property('explanation')
    expect(explained.json.report.findings).to.deep.equal(plain.json.report.findings)
    expect((await ask('bench', { explain: false })).json).to.not.have.property('explanation')
  })

  it('shows no value of the face and none that was submitted', async () => {
    const { text } = await ask('bench', { explain: true })
    for (const value of Object.values(FACE)) expect(text).to.not.include(value)
  })

  it('is for clients alone whose permission says so', async () => {
    for (const client of ['counter', 'portal']) {
      const { status, json } = await ask(client, { explain: true })
      expect([status, json.code]).to.deep.equal([403, 'explanation-not-permitted'])
    }
  })

  it('explains what could not be read, and what no ledger answered', async () => {
    const unread = await ask('bench', { explain: true, presented: 'x' })
    expect(inputsOf(unread, 'wellFormed')).to.deep.equal({ characters: 1, defects: 0 })
    expect(inputsOf(unread, 'signature')).to.deep.equal({ kid: null, algorithm: null, key: null })
    const silent: LedgerView = {
      ledger: sample.view.ledger,
      lookup: async () => {
        throw new LedgerUnavailableError('unreachable', 'reach the ledger: refused')
      },
    }
    const other = await startGuardedService(silent, provider)
    try {
      const unanswered = await ask('bench', { explain: true }, other.url)
      expect(unanswered.json.report.verdict).to.equal('undetermined')
      expect(inputsOf(unanswered, 'status').acts).to.equal(null)
    } finally {
      await other.close()
    }
  })
})
