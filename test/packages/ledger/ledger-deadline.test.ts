/** Who no longer waits for a ledger ends what it is asked, and hears of it when that has ended. */
import { withDeadline } from '@hefu/ledger/deadline'
import {
  createMemoryLedgerView,
  createVerifier,
  type DirectoryQuery,
  type LedgerDirectory,
  LedgerUnavailableError,
  type LedgerView,
  pinLedger,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { createSample, LEDGER, NOW, type Sample, sampleRequest } from '../../fixtures/sample-credential.ts'

const LEFT = new Error('left')

describe('a ledger that nobody waits for any more', () => {
  let sample: Sample
  before(async () => {
    sample = await createSample()
  })

  /** Does not answer; once it is given up it fails as a node's connection does. */
  function createSilence() {
    const silence = { begun: 0, ended: 0, heard: () => {} }
    const wait = (signal?: AbortSignal): Promise<never> =>
      new Promise((_, reject) => {
        silence.begun += 1
        silence.heard()
        signal?.addEventListener('abort', () => {
          silence.ended += 1
          reject(new LedgerUnavailableError('unreachable', 'connection lost'))
        })
      })
    const view: LedgerView = { ledger: LEDGER, lookup: (_, signal) => wait(signal) }
    const directory: LedgerDirectory = { list: (_: DirectoryQuery, signal) => wait(signal) }
    return { silence, view, directory }
  }

  for (const [which, trustOf] of [
    ['a view', ({ view }: ReturnType<typeof createSilence>) => pinLedger(view)],
    ['a directory', ({ directory }: ReturnType<typeof createSilence>) => directory],
  ] as const) {
    it(`ends what ${which} has under way, makes no report, and is said to nobody as an outage`, async () => {
      const made = createSilence()
      const told: unknown[] = []
      const verifier = createVerifier({
        directory: withDeadline(trustOf(made), 60_000),
        suite,
        onFault: (fault) => void told.push(fault),
        onUnavailable: (reason) => void told.push(reason),
      })
      const leaving = new AbortController()
      made.silence.heard = () => setImmediate(() => leaving.abort(LEFT))
      const thrown = await verifier
        .verify(sampleRequest(sample.bundle), NOW, leaving.signal)
        .catch((error: unknown) => error)
      expect(thrown).to.equal(LEFT)
      expect([made.silence.begun, made.silence.ended, told]).to.deep.equal([1, 1, []])
    })
  }

  it('is not waited for less: what does not end is waited for until its deadline, so that it is counted', async () => {
    const deaf: LedgerView = { ledger: LEDGER, lookup: () => new Promise(() => {}) }
    const verifier = createVerifier({ directory: withDeadline(pinLedger(deaf), 200), suite })
    const begun = performance.now()
    const thrown = await verifier
      .verify(sampleRequest(sample.bundle), NOW, AbortSignal.abort(LEFT))
      .catch((error: unknown) => error)
    expect(thrown).to.equal(LEFT)
    expect(performance.now() - begun).to.be.greaterThan(190)
  })

  it('gives its answer to who waits, and lets go of the signal', async () => {
    const verifier = createVerifier({
      directory: withDeadline(pinLedger(createMemoryLedgerView(sample.memory)), 60_000),
      suite,
    })
    const { verdict } = await verifier.verify(sampleRequest(sample.bundle), NOW, new AbortController().signal)
    expect(verdict).to.equal('accepted')
  })
})
