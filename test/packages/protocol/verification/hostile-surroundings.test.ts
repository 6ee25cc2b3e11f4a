/** A verifier among things that are not what they say: another Promise, a suite and a view that misbehave, a request that changes. */

import { runInNewContext } from 'node:vm'
import {
  createMemoryLedgerView,
  createVerifier,
  encodeBundle,
  type Finding,
  type LedgerFacts,
  type LedgerTrust,
  LedgerUnavailableError,
  type LedgerView,
  parseBundle,
  recheckReport,
  type Suite,
  suite,
  type VerificationReport,
  type VerificationRequest,
  type VerifierOptions,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { verdictOf } from '#internal/protocol/report/verdict'
import { suite as webSuite } from '#internal/protocol/suite/web'
import {
  ANCHORED_AT,
  createSample,
  NOW,
  type Sample,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { OTHER_ES256_KEY, publicHalf } from '../../../fixtures/sample-keys.ts'
import { boundSample, CHALLENGE, presentSample } from '../../../fixtures/sample-presentation.ts'

function codesOf({ findings }: VerificationReport): readonly string[] {
  return findings.map(({ code }) => code)
}

function forged({ bundle, compact }: Sample): string {
  return bundle.replace(compact, compact.replace(/\.[^.~]*~/, `.${'A'.repeat(86)}~`))
}

/** As scripts for zones, tracing and polyfills do. */
async function withAnotherPromise<T>(run: () => Promise<T>): Promise<T> {
  const { Promise: own } = globalThis
  globalThis.Promise = class OtherPromise<V> extends own<V> {}
  try {
    return await run()
  } finally {
    globalThis.Promise = own
  }
}

for (const [name, own] of [
  ['node', suite],
  ['web', webSuite],
] as const) {
  describe(`a verifier with the ${name} suite where Promise is another class`, () => {
    it('refuses a forged signature, and accepts a sound one', async () => {
      const sample = await createSample()
      const verify = (presented: string): Promise<VerificationReport> =>
        withAnotherPromise(() =>
          createVerifier({ view: createMemoryLedgerView(sample.memory), suite: own }).verify(
            sampleRequest(presented),
            NOW,
          ),
        )
      expect((await verify(sample.bundle)).verdict).to.equal('accepted')
      const report = await verify(forged(sample))
      expect([report.verdict, codesOf(report)[1]]).to.deep.equal(['rejected', 'signature/mismatch'])
    })

    it('waits for what the holder’s key answers', async () => {
      const sample = await createSample(boundSample())
      const presented = presentSample(sample, { claims: { nonce: 'A'.repeat(22) } })
      const verifier = createVerifier({ view: createMemoryLedgerView(sample.memory), suite: own })
      const report = await withAnotherPromise(() =>
        verifier.verify({ ...sampleRequest(presented), challenge: CHALLENGE }, NOW),
      )
      expect([report.verdict, codesOf(report).at(-1)]).to.deep.equal([
        'rejected',
        'holderBinding/other-nonce',
      ])
    })
  })
}

describe('a suite whose answer is no boolean', () => {
  for (const [is, answer] of [
    ['a promise of another realm', () => runInNewContext('Promise.resolve(false)')],
    // biome-ignore lint/suspicious/noThenProperty: the case is an object that can be waited for
    ['an object with then', () => ({ then: (answered: (verified: boolean) => void) => answered(false) })],
    ['1', () => 1],
    ['a text', () => 'true'],
    ['an object', () => ({})],
    ['nothing', () => undefined],
  ] as const) {
    it(`verifies no signature: ${is}`, async () => {
      const sample = await createSample()
      const odd: Suite = { ...suite, verify: answer as Suite['verify'] }
      const verifier = createVerifier({ view: createMemoryLedgerView(sample.memory), suite: odd })
      const report = await verifier.verify(sampleRequest(forged(sample)), NOW)
      expect([report.verdict, codesOf(report)[1]]).to.deep.equal(['rejected', 'signature/mismatch'])
    })
  }
})

describe('what is no finding', () => {
  it('leaves a verdict undetermined', async () => {
    const { memory, bundle } = await createSample()
    const { findings } = await createVerifier({ view: createMemoryLedgerView(memory), suite }).verify(
      sampleRequest(bundle),
      NOW,
    )
    expect(verdictOf(findings)).to.equal('accepted')
    for (const odd of [Promise.resolve(findings[0]), {}, { check: 'status', status: 'fine' }]) {
      expect(verdictOf([...findings, odd as unknown as Finding])).to.equal('undetermined')
    }
  })
})

describe('a view whose answer is no answer', () => {
  type Change = (facts: LedgerFacts) => unknown
  const odd: Readonly<Record<string, Change>> = {
    'a block without a time': (facts) => ({ ...facts, block: { ...facts.block, time: Number.NaN } }),
    'no block': ({ block: _, ...facts }) => facts,
    'an anchor without a time': (facts) => ({
      ...facts,
      anchor: { ...facts.anchor, anchoredAt: Number.NaN },
    }),
    'a key without a beginning': (facts) => ({ ...facts, key: { ...facts.key, validFrom: Number.NaN } }),
    'a key that says nothing of compromise': ({ key, ...facts }) => ({
      ...facts,
      key: { ...key, compromisedFrom: undefined },
    }),
    'an agency of unknown status': (facts) => ({ ...facts, agency: { ...facts.agency, status: 'well' } }),
    'a region of unknown status': (facts) => ({ ...facts, region: { ...facts.region, status: undefined } }),
    'an unknown legal status': (facts) => ({ ...facts, status: 'constructor' }),
    'no word on responsibility': ({ responsibility: _, ...facts }) => facts,
    'no word on the type': ({ licenceType: _, ...facts }) => facts,
    'no word on the origins': ({ origins: _, ...facts }) => facts,
    'an origin of unknown status': (facts) => ({
      ...facts,
      origins: [{ issuer: 'A', statusIndex: 0, since: 0, status: 'well', notices: [] }],
    }),
    'an origin without a word on notices': (facts) => ({
      ...facts,
      origins: [{ issuer: 'A', statusIndex: 0, since: 0, status: 'valid' }],
    }),
    'more origins than any answer has': (facts) => ({
      ...facts,
      origins: Array(25).fill({ issuer: 'A', statusIndex: 0, since: 0, status: 'valid' }),
    }),
    'a successor without an index': (facts) => ({ ...facts, successor: { issuer: 'A', since: 0 } }),
    'no word on notices': ({ notices: _, ...facts }) => facts,
    'a notice that is no code': (facts) => ({ ...facts, notices: ['seizure'] }),
    'no word on the end of the status': ({ statusEndsAt: _, ...facts }) => facts,
    'an anchor without a first index': (facts) => ({
      ...facts,
      anchor: { ...facts.anchor, firstIndex: undefined },
    }),
    'an agency without a word on its name': (facts) => ({
      ...facts,
      agency: { ...facts.agency, name: undefined },
    }),
    'a region whose name is no text': (facts) => ({ ...facts, region: { ...facts.region, name: 43 } }),
    'an unknown rule': (facts) => ({ ...facts, recognition: { ...facts.recognition, rule: 'constructor' } }),
    'a decision that is no yes or no': (facts) => ({
      ...facts,
      recognition: { ...facts.recognition, recognised: 1 },
    }),
    'no word on the destination': ({ destination: _, ...facts }) => facts,
    'a destination that is no text': (facts) => ({ ...facts, destination: 7 }),
    'no word on whom to ask': ({ responsible: _, ...facts }) => facts,
    'whom to ask in no capacity': (facts) => ({
      ...facts,
      responsible: { ...facts.responsible, capacity: 'superior' },
    }),
    'whom to ask without a word on the region': (facts) => ({
      ...facts,
      responsible: { ...facts.responsible, region: undefined },
    }),
    'whom to ask with a name of one line': (facts) => ({
      ...facts,
      responsible: { ...facts.responsible, name: { zh: '湖南省' } },
    }),
    'no word on the demand': ({ demandedFields: _, ...facts }) => facts,
    'a demand that is no list of names': (facts) => ({ ...facts, demandedFields: 'holderName' }),
    'an approval without a reference': (facts) => ({
      ...facts,
      recognition: { ...facts.recognition, approval: {} },
    }),
    nothing: () => null,
    'a text': () => 'valid',
  }
  for (const [is, change] of Object.entries(odd)) {
    it(`is silence: ${is}`, async () => {
      const { memory, bundle } = await createSample()
      const view = createMemoryLedgerView(memory)
      const lookup: LedgerView['lookup'] = async (query) => change(await view.lookup(query)) as LedgerFacts
      const report = await createVerifier({ view: { ...view, lookup }, suite }).verify(
        sampleRequest(bundle),
        NOW,
      )
      expect([report.verdict, codesOf(report)[1]]).to.deep.equal([
        'undetermined',
        'signature/ledger-unreachable',
      ])
    })
  }

  it('is found out, whatever it answered before: another key by the same thumbprint', async () => {
    const { memory, bundle } = await createSample()
    const view = createMemoryLedgerView(memory)
    let answers = 0
    const lookup: LedgerView['lookup'] = async (query) => {
      const facts = await view.lookup(query)
      return facts.key === null || answers++ === 0
        ? facts
        : { ...facts, key: { ...facts.key, publicJwk: publicHalf(OTHER_ES256_KEY) } }
    }
    const verifier = createVerifier({ view: { ...view, lookup }, suite })
    expect((await verifier.verify(sampleRequest(bundle), NOW)).verdict).to.equal('accepted')
    const report = await verifier.verify(sampleRequest(bundle), NOW)
    expect([report.verdict, codesOf(report)[1]]).to.deep.equal(['undetermined', 'signature/unusable-key'])
  })
})

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

describe('a view or a directory that fails', () => {
  const UNREACHABLE = ['undetermined', 'signature/ledger-unreachable']
  const FAULTS: Readonly<Record<string, unknown>> = {
    'a TypeError': new TypeError('x is not a function'),
    'a RangeError': new RangeError('out of range'),
    'an error of another realm': runInNewContext('new Error("elsewhere")'),
    'a time-out of its own': new DOMException('late', 'TimeoutError'),
    nothing: undefined,
    null: null,
    'a text': 'down',
    'an object': {},
    'what throws as it is looked at': {
      get name() {
        throw new Error('again')
      },
    },
    'a revoked proxy': revokedProxy(),
  }
  const failures: Readonly<Record<string, (fault: unknown, whole: LedgerView) => LedgerTrust>> = {
    'a view rejects': (fault, whole) => ({
      view: { ...whole, lookup: () => Promise.reject(fault) },
    }),
    'a view throws': (fault, whole) => ({
      view: {
        ...whole,
        lookup: () => {
          throw fault
        },
      },
    }),
    'an answer throws as it is read': (fault, whole) => ({
      view: {
        ...whole,
        lookup: async (query) =>
          Object.defineProperty({ ...(await whole.lookup(query)) }, 'status', {
            get: () => {
              throw fault
            },
          }),
      },
    }),
    'a directory rejects': (fault) => ({ directory: { list: () => Promise.reject(fault) } }),
  }
  for (const [how, trustOf] of Object.entries(failures)) {
    for (const [what, fault] of Object.entries(FAULTS)) {
      it(`is silence, and its fault is heard: ${how} with ${what}`, async () => {
        const { memory, bundle } = await createSample()
        const heard: unknown[] = []
        const trust = trustOf(fault, createMemoryLedgerView(memory))
        const verify = async (more: Partial<VerifierOptions>): Promise<VerificationReport> =>
          createVerifier({ ...trust, suite, ...more }).verify(sampleRequest(bundle), NOW)
        const onUnavailable = (): void => void heard.push('unavailable')
        const report = await verify({ onFault: (one) => heard.push(one), onUnavailable })
        expect([report.verdict, codesOf(report)[1]]).to.deep.equal(UNREACHABLE)
        expect(heard).to.deep.equal([fault])
        expect((await verify({})).verdict).to.equal('undetermined')
      })
    }
  }

  it('says that the ledger cannot be asked: why is heard, of a view and of a directory, and no fault', async () => {
    const { memory, bundle } = await createSample()
    const reason = new LedgerUnavailableError('wrong-chain', 'ask')
    const silent = { ...createMemoryLedgerView(memory), lookup: () => Promise.reject(reason) }
    for (const trust of [{ view: silent }, { directory: { list: () => Promise.reject(reason) } }]) {
      const heard: unknown[] = []
      const onFault = (): void => void heard.push('fault')
      const onUnavailable = (one: LedgerUnavailableError): void => void heard.push(one)
      const report = await createVerifier({ ...trust, suite, onFault, onUnavailable }).verify(
        sampleRequest(bundle),
        NOW,
      )
      expect([report.verdict, codesOf(report)[1]]).to.deep.equal(UNREACHABLE)
      expect(heard).to.deep.equal([reason])
    }
  })

  it('answers, late or in time: nothing is heard', async () => {
    const { memory, bundle } = await createSample()
    const heard: unknown[] = []
    const onUnavailable = (one: LedgerUnavailableError): void => void heard.push(one)
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite, onUnavailable })
    expect((await verifier.verify(sampleRequest(bundle), NOW)).verdict).to.equal('accepted')
    expect((await verifier.verify(sampleRequest(bundle), NOW + 86_400)).verdict).to.equal('undetermined')
    expect(heard).to.deep.equal([])
  })

  it('is cancelled, and stays so', async () => {
    const { memory, bundle } = await createSample()
    const view = createMemoryLedgerView(memory)
    const cancelled = new DOMException('cancelled', 'AbortError')
    const lookup: LedgerView['lookup'] = () => Promise.reject(cancelled)
    const verified = createVerifier({ view: { ...view, lookup }, suite }).verify(sampleRequest(bundle), NOW)
    expect(await verified.catch((error: unknown) => error)).to.equal(cancelled)
  })

  it('leaves a report open that is checked again', async () => {
    const { memory, bundle } = await createSample()
    const view = createMemoryLedgerView(memory)
    const report = await createVerifier({ view, suite }).verify(sampleRequest(bundle), NOW)
    const lookup: LedgerView['lookup'] = () => Promise.reject(new TypeError('x is not a function'))
    const again = { view: { ...view, lookup }, suite }
    expect(await recheckReport(report, { presented: bundle }, again)).to.deep.equal({
      outcome: 'undetermined',
      reason: 'inconsistent',
    })
  })
})

describe('a request that its owner changes while the ledger is asked', () => {
  it('is answered as it was asked', async () => {
    const sample = await createSample(boundSample())
    const other = { ...CHALLENGE, nonce: 'B'.repeat(22) }
    const presented = presentSample(sample, { claims: { nonce: other.nonce } })
    const request: { -readonly [Member in keyof VerificationRequest]: VerificationRequest[Member] } = {
      ...sampleRequest(presented),
      challenge: { ...CHALLENGE },
      submitted: { holderName: '样例乙' },
    }
    const view = createMemoryLedgerView(sample.memory)
    const lookup: LedgerView['lookup'] = async (query) => {
      Object.assign(request.challenge ?? {}, other)
      Object.assign(request.submitted ?? {}, { holderName: '样例甲' })
      request.asOf = ANCHORED_AT
      return view.lookup(query)
    }
    const report = await createVerifier({ view: { ...view, lookup }, suite }).verify(request, NOW)
    expect(codesOf(report)).to.include.members(['comparison/different', 'holderBinding/other-nonce'])
    expect(report.request.asOf).to.equal(null)
    expect(report.findings.find(({ check }) => check === 'status')?.facts['at']).to.equal(NOW)
  })
})

describe('a bundle', () => {
  it('keeps its path when another’s buffer is written on', async () => {
    const { bundle } = await createSample()
    const [one, other] = [parseBundle(bundle), parseBundle(bundle)]
    other.receipt.path.fill(0)
    expect(encodeBundle(bundle.split('"')[7] ?? '', one.receipt)).to.equal(bundle)
  })
})
