/** The testing world: every state gives what it says, and the same again. */
import { readFile } from 'node:fs/promises'
import { decidingFinding, MalformedError } from '@hefu/protocol'
import { createChallenge, createLocalVerifier } from '@hefu/sdk'
import { createTestingWorld, TESTING_TIME, type TestingState, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { bundleForBrowser } from '../../../scripts/bench/browser-bundle.ts'

/** Those of the brief of an integrator: none may be lost. */
const DEMANDED: readonly TestingState[] = [
  ...(['accepted', 'suspended', 'revoked', 'annulled', 'expired', 'superseded', 'transferred-out'] as const),
  ...(['noted', 'restricted', 'negative-list', 'not-recognised', 'altered', 'unknown-issuer'] as const),
  ...(['forged-signature', 'wrong-file', 'identifier-alone', 'ledger-away'] as const),
  ...(['holder-present', 'holder-absent', 'holder-unknown', 'answered-before'] as const),
  ...(['answered-elsewhere', 'answered-late', 'answered-by-another'] as const),
]

describe('The testing world', () => {
  let world: TestingWorld
  before(async () => {
    world = await createTestingWorld()
  })

  it('has a licence in every state, of each verdict several', () => {
    expect(Object.keys(world.licences)).to.include.members([...DEMANDED])
    const verdicts = Object.values(world.licences).map(({ verdict }) => verdict)
    expect(new Set(verdicts)).to.deep.equal(new Set(['accepted', 'refer', 'rejected', 'undetermined']))
    for (const [state, licence] of Object.entries(world.licences)) expect(licence.state).to.equal(state)
  })

  it('gives in each state the verdict and the finding that it says, and no other fails there', async () => {
    for (const { state, request, view, verdict, finding } of Object.values(world.licences)) {
      const verifier = createLocalVerifier({ view, clock: world.clock })
      const { report, faceData } = await verifier.verify(request)
      expect(report.verdict, state).to.equal(verdict)
      expect(decidingFinding(report.findings)?.code ?? null, state).to.equal(finding)
      expect(faceData.length > 0, state).to.equal(['accepted', 'refer'].includes(verdict))
    }
  })

  it('has a holder who fails a challenge for one reason each, and licences that nobody was asked about', async () => {
    const bindingOf = async ({ request, view }: TestingWorld['licences'][TestingState]) => {
      const { report } = await createLocalVerifier({ view, clock: world.clock }).verify(request)
      return report.findings.find(({ check }) => check === 'holderBinding')?.code
    }
    const asked = Object.values(world.licences).filter(({ request }) => request.challenge !== undefined)
    const found = await Promise.all(asked.map(bindingOf))
    expect(new Set(found).size).to.equal(asked.length)
    expect(found).to.have.members([
      ...[
        'bound',
        'missing',
        'no-holder-key',
        'other-nonce',
        'other-audience',
        'stale',
        'signature-mismatch',
      ].map((code) => `holderBinding/${code}`),
    ])
    const { request, ...licence } = world.licences['answered-late']
    const { challenge: _, ...unasked } = request
    expect(await bindingOf({ ...licence, request: unasked })).to.equal('holderBinding/signed')
  })

  it('tells them in its READMEs as they are', async () => {
    for (const name of ['README.md', 'README.zh-CN.md']) {
      const text = await readFile(new URL(`../../../packages/sdk/${name}`, import.meta.url), 'utf8')
      for (const { state, verdict, finding, request } of Object.values(world.licences)) {
        expect(text, `${name}: ${state}`).to.include(`\`${state}\``)
        if (request.challenge === undefined) continue
        const row = text.split('\n').find((line) => line.startsWith(`| \`${state}\``))
        expect(row, `${name}: ${state}`).to.include(`\`${verdict}\``)
        if (finding !== null) expect(row).to.include(`\`${finding}\``)
      }
    }
  })

  it('gives another verdict where the ledger of another state is asked', async () => {
    const { suspended } = world.licences
    const { view } = (await createTestingWorld(world.now)).licences['ledger-away']
    const { report } = await createLocalVerifier({ view, clock: world.clock }).verify(suspended.request)
    expect(report.verdict).to.equal('undetermined')
  })

  it('is the same again for the same time, and in force at another', async () => {
    const presented = ({ licences }: TestingWorld) => Object.values(licences).map(({ request }) => request)
    expect(world.now).to.equal(TESTING_TIME)
    expect(presented(await createTestingWorld())).to.deep.equal(presented(world))
    const now = 1_900_000_000
    const later = await createTestingWorld(now)
    expect(presented(later)).to.not.deep.equal(presented(world))
    for (const { state, request, view, verdict, finding } of Object.values(later.licences)) {
      const { report } = await createLocalVerifier({ view, clock: () => now }).verify(request)
      const found = decidingFinding(report.findings)?.code ?? null
      expect([report.verdict, found], state).to.deep.equal([verdict, finding])
    }
  })

  it('answers a challenge as the holder of a bound licence, and no other than the one that was given', async () => {
    const verifier = createLocalVerifier({ view: world.view, clock: world.clock })
    const challenge = createChallenge('urn:hefu:region:440000')
    const presented = await world.answer(challenge)
    const request = { presented, receivingRegion: '440000', challenge }
    const bindingOf = async (asked: typeof request) => {
      const { report } = await verifier.verify(asked)
      return [report.verdict, report.findings.find(({ check }) => check === 'holderBinding')?.code]
    }
    expect(await bindingOf(request)).to.deep.equal(['accepted', 'holderBinding/bound'])
    const another = createChallenge('urn:hefu:region:440000')
    expect(await bindingOf({ ...request, challenge: another })).to.deep.equal([
      'rejected',
      'holderBinding/other-nonce',
    ])
    const elsewhere = createChallenge('urn:hefu:region:330000')
    expect((await bindingOf({ ...request, challenge: elsewhere }))[0]).to.equal('rejected')
  })

  it('is made for no time that is none', async () => {
    for (const now of [0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 999_999_999]) {
      const thrown = await createTestingWorld(now).catch((error: unknown) => error)
      expect(thrown, String(now)).to.be.instanceOf(MalformedError)
    }
  })

  it('is loaded by nobody who does not ask for it', async () => {
    const { sources } = await bundleForBrowser(`export * from '@hefu/sdk'`)
    expect(sources.filter((path) => path.includes('/testing'))).to.deep.equal([])
    const own = await bundleForBrowser(`export { createTestingWorld } from '@hefu/sdk/testing'`)
    expect(own.sources.some((path) => path.includes('/testing/'))).to.equal(true)
  })
})
