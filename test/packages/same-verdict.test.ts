/** Whoever is asked, the same request has the same answer: the service, the SDK here and by the service, and the command. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type LedgerView,
  MalformedError,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import { createLocalVerifier, createRemoteVerifier, type LicenceVerifier } from '@hefu/sdk'
import { createTestingWorld, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { runHefu } from '../fixtures/hefu.ts'
import { giveBatch, linesOf, readResults, waitForBatch } from './verifier/batch-client.ts'
import { post, startTestService, type TestService } from './verifier/service.ts'
import { DEPOSITS, openMemoryStore } from './verifier/test-store.ts'

/** What is compared: all of a report but its number, or that the request was refused as one that cannot be answered. */
type Answer = Omit<VerificationReport, 'number'> | 'refused'

/** Asks all of some requests on one ledger; answers in their order. */
type Way = (asked: readonly VerificationRequest[], there: There) => Promise<readonly Answer[]>

/** One ledger, and who can be asked about it. */
interface There {
  readonly view: LedgerView
  readonly service: TestService
  readonly clock: () => number
  /** For files, the key of the service among them. */
  readonly folder: string
}

/** Who is compared with a verifier here. A line more is a way more. */
const WAYS: Readonly<Record<string, Way>> = {
  'the service, over plain HTTP': (asked, { service }) =>
    Promise.all(asked.map((one) => askService(one, service))),
  'a batch of the service': askBatchOf,
  'the SDK by the service': (asked, { service, clock }) =>
    askVerifier(createRemoteVerifier({ url: service.url, verifierKey: service.verifierKey, clock }), asked),
  'the command': askCommand,
}

async function askVerifier(
  verifier: LicenceVerifier,
  asked: readonly VerificationRequest[],
): Promise<readonly Answer[]> {
  return Promise.all(
    asked.map(async (request) => {
      try {
        return withoutNumber((await verifier.verify(request)).report)
      } catch (error) {
        if (error instanceof MalformedError) return 'refused'
        throw error
      }
    }),
  )
}

async function askBatchOf(
  asked: readonly VerificationRequest[],
  { service: { url } }: There,
): Promise<readonly Answer[]> {
  const { json } = await giveBatch(url, linesOf(asked))
  await waitForBatch(url, json.number)
  const lines = await readResults(url, json.number)
  return lines.map(({ report, problem }) => {
    if (report !== undefined) return withoutNumber(report)
    if (problem.code === 'not-a-request') return 'refused'
    throw new Error(`ask in a batch: ${JSON.stringify(problem)}`)
  })
}

async function askService(request: VerificationRequest, { url }: TestService): Promise<Answer> {
  const { status, json } = await post(url, request)
  if (status === 422 && json.code === 'not-a-request') return 'refused'
  expect(status, JSON.stringify(json)).to.equal(200)
  return withoutNumber(json.report)
}

/** Requests that differ in what is presented alone are files of one run. */
async function askCommand(asked: readonly VerificationRequest[], there: There): Promise<readonly Answer[]> {
  const { folder, service } = there
  const answers: Answer[] = []
  const runs = Map.groupBy(asked.entries(), ([, { presented: _, ...rest }]) => JSON.stringify(rest))
  for (const [rest, requests] of runs) {
    const names = requests.map(([i]) => `${i}.txt`)
    for (const [i, { presented }] of requests) await writeFile(join(folder, `${i}.txt`), presented)
    const asks = JSON.parse(rest) as VerificationRequest
    const { receivingRegion, serviceItem, caseNo, asOf, submitted, challenge } = asks
    await writeFile(join(folder, 'submitted.json'), JSON.stringify(submitted ?? {}))
    await writeFile(join(folder, 'challenge.json'), JSON.stringify(challenge ?? {}))
    const { code, stdout } = await runHefu(folder, [
      ...['verify', ...names, '--json', '--region', receivingRegion],
      ...['--remote', service.url, '--verifier-key', 'key.json'],
      ...(serviceItem == null ? [] : ['--item', serviceItem]),
      ...(caseNo == null ? [] : ['--case', caseNo]),
      ...(asOf == null ? [] : ['--as-of', new Date(asOf * 1_000).toISOString()]),
      ...(submitted === undefined ? [] : ['--submitted', 'submitted.json']),
      ...(challenge === undefined ? [] : ['--challenge', 'challenge.json']),
    ])
    const printed = JSON.parse(stdout)
    const fault = printed.error ?? printed.failed
    const isRefused = code === 2 && fault !== undefined
    const reports = names.length === 1 ? [printed.report] : (printed.items ?? []).map(reportOf)
    for (const [place, [i]] of requests.entries())
      answers[i] = isRefused ? 'refused' : withoutNumber(reports[place])
  }
  return answers
}

const reportOf = ({ report }: { readonly report: VerificationReport }): VerificationReport => report

function withoutNumber({ number: _, ...report }: VerificationReport): Answer {
  // As JSON has it: what is absent and what is undefined are the same there.
  return JSON.parse(JSON.stringify(report))
}

/** What nobody who means well presents or asks. */
function hostileRequests({ licences, now }: TestingWorld): Readonly<Record<string, VerificationRequest>> {
  const { request } = licences.accepted
  const { presented } = request
  const [credential = '', disclosure = ''] = presented.split('~')
  const present = (text: string): VerificationRequest => ({ ...request, presented: text })
  return {
    'nothing at all': present(''),
    'white space around it': present(`\ufeff \r\n\t${presented}\r\n`),
    'a field twice': present(presented.replace(disclosure, `${disclosure}~${disclosure}`)),
    'a field less': present(presented.replace(`~${disclosure}`, '')),
    'no signature': present(`${credential.slice(0, credential.lastIndexOf('.') + 1)}~${disclosure}~`),
    'an algorithm of none': present(`eyJhbGciOiJub25lIiwidHlwIjoiZGMrc2Qtand0In0.e30.~`),
    'another place in its batch': present(presented.replace(/"index":\d+/, '"index":9')),
    'a member that every object has': present('{"__proto__":{"verdict":"accepted"}}'),
    'ten thousand levels': present('['.repeat(10_000)),
    'more characters than a licence has': present('a'.repeat(262_145)),
    'two licences': present(`${presented}\n${presented}`),
    'turned writing': present(`${presented}\u202e`),
    'a year ago': { ...request, asOf: now - 365 * 86_400 },
    yesterday: { ...request, asOf: now - 86_400 },
    'another region': { ...request, receivingRegion: '430000' },
    'other values': {
      ...request,
      submitted: { holderName: '样例甲', holderId: 'x', registeredCapital: 'y' },
    },
    'an item and a case': { ...request, serviceItem: 'ITEM-1', caseNo: '粤2026-1' },
    'no region of China': { ...request, receivingRegion: '990000' },
    'an empty case': { ...request, caseNo: '' },
    'a number of a person as the case': { ...request, caseNo: '11010519491231002X' },
    'a value that is no text': {
      ...request,
      submitted: { holderName: 1 } as unknown as Record<string, string>,
    },
  }
}

describe('the same request has the same answer, whoever is asked', () => {
  let world: TestingWorld
  let folder: string
  const services = new Map<LedgerView, TestService>()

  before(async () => {
    // For today: the command goes by the clock of the machine.
    world = await createTestingWorld(Math.floor(Date.now() / 1_000))
    folder = await mkdtemp(join(tmpdir(), 'hefu-same-'))
    for (const { view } of Object.values(world.licences)) {
      if (!services.has(view)) services.set(view, await startOver(view))
    }
  })
  after(async () => {
    await Promise.all([...services.values()].map((service) => service.close()))
    await rm(folder, { recursive: true })
  })

  /** With a store of its own: a batch is done by whoever has its store, and these have other ledgers. */
  async function startOver(view: LedgerView): Promise<TestService> {
    return startTestService(view, { clock: world.clock, store: await openMemoryStore(), deposits: DEPOSITS })
  }

  /** Every request by its name, with what it is to find where that is known. */
  function questions() {
    const states = Object.values(world.licences).map((licence) => ({ name: licence.state, ...licence }))
    const hostile = Object.entries(hostileRequests(world)).map(([name, request]) => ({
      ...{ name, request, view: world.view, verdict: null, finding: null },
    }))
    return [...states, ...hostile]
  }

  it('a verifier here finds in each state what the testing world says', async () => {
    for (const { state, request, view, verdict, finding } of Object.values(world.licences)) {
      const [answer] = await askVerifier(createLocalVerifier({ view, clock: world.clock }), [request])
      if (answer === undefined || answer === 'refused') throw new Error(`verify ${state}: ${answer}`)
      expect(answer.verdict, state).to.equal(verdict)
      if (finding !== null)
        expect(
          answer.findings.map(({ code }) => code),
          state,
        ).to.include(finding)
    }
  })

  for (const [who, way] of Object.entries(WAYS)) {
    it(`${who} answers as a verifier here does: verdict, result code, findings, and all else of the report`, async () => {
      for (const [view, service] of services) {
        await writeFile(join(folder, 'key.json'), JSON.stringify(service.verifierKey))
        const here = questions().filter((question) => question.view === view)
        const asked = here.map(({ request }) => request)
        const expected = await askVerifier(createLocalVerifier({ view, clock: world.clock }), asked)
        const found = await way(asked, { view, service, clock: world.clock, folder })
        expect(found).to.have.lengthOf(asked.length)
        for (const [i, { name }] of here.entries()) expect(found[i], name).to.deep.equal(expected[i])
      }
    })
  }

  it('but for names of fields that nobody knows: a person’s here, refused by a service, which would sign the names', async () => {
    const { request } = world.licences.accepted
    const asked = [{ ...request, submitted: { holderName: '样例甲', other: 'y' } }]
    const [here] = await askVerifier(createLocalVerifier({ view: world.view, clock: world.clock }), asked)
    expect(here).to.include({ verdict: 'refer' })
    const service = services.get(world.view) as TestService
    for (const name of ['the service, over plain HTTP', 'the command'])
      expect(
        await WAYS[name]?.(asked, { view: world.view, service, clock: world.clock, folder }),
      ).to.deep.equal(['refused'])
  })

  it('and the questions are of every verdict, of every state, and refused ones among them', async () => {
    const all = questions()
    expect(new Set(all.map(({ name }) => name)).size).to.equal(all.length)
    expect([...services.keys()]).to.have.lengthOf(3)
    const verdicts = new Set(all.map(({ verdict }) => verdict))
    expect(verdicts).to.include.all.keys('accepted', 'refer', 'rejected', 'undetermined')
    const asked = Object.values(hostileRequests(world))
    const answers = await askVerifier(createLocalVerifier({ view: world.view, clock: world.clock }), asked)
    expect(answers.filter((answer) => answer === 'refused').length).to.be.within(2, asked.length / 2)
  })
})
