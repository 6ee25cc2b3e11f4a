/** The code of the READMEs, executed as it stands there: both have the same. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { attachLicence } from '@hefu/sdk/carriers'
import { createTestingWorld, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { fencesOf, linksOf } from '../../fixtures/readme.ts'
import { createSample } from '../../fixtures/sample-credential.ts'
import { HOLDER_KEY } from '../../fixtures/sample-keys.ts'
import { createOfd } from '../../fixtures/sample-ofd.ts'
import { createPdf } from '../../fixtures/sample-pdf.ts'
import { boundSample, CHALLENGE } from '../../fixtures/sample-presentation.ts'
import { runExample } from '../protocol/examples/run-example.ts'
import { createSignedReport, type SignedReport } from './signed-report.ts'

const SDK = join(import.meta.dirname, '../../../packages/sdk')

for (const name of ['README.md', 'README.zh-CN.md']) {
  const examples = fencesOf(readFileSync(join(SDK, name), 'utf8'), 'ts')

  describe(`The code of ${name}`, () => {
    let world: TestingWorld
    let signed: SignedReport
    before(async () => {
      world = await createTestingWorld()
      signed = await createSignedReport(world)
    })

    /** The example with this text, as if what it names were there. */
    async function run(text: string, scope: Readonly<Record<string, unknown>>, then = ''): Promise<void> {
      const [code = ''] = examples.filter((example) => example.includes(text))
      expect(code, text).to.not.equal('')
      const loaded = code.replaceAll(/^import (\{[^}]*\}) from '([^']+)'$/gm, "const $1 = await load('$2')")
      const bare = loaded.replaceAll(/\s*\/\/ .*$/gm, '')
      await runExample(`${bare}\n${then}`, { ...scope, load: (entry: string) => import(entry) })
    }

    it('is executed here, all of it that asks no service', () => {
      expect(examples).to.have.lengthOf(9)
    })

    it('verifies, and prints the sheet', async () => {
      const printed: string[] = []
      const network = {
        rpcUrl: 'http://127.0.0.1:9',
        chainId: 1,
        ledger: `0x${'11'.repeat(20)}`,
        deploymentBlock: 0,
      }
      const networkFileText = JSON.stringify(network)
      const bundleText = world.licences.accepted.request.presented
      const console = { log: (text: string) => printed.push(text) }
      await run('renderSheet(', { networkFileText, bundleText, console })
      expect(printed.join('')).to.include('无法核验')
    })

    it('verifies many, and gives an item of each', async () => {
      const told: unknown[][] = []
      const licences = Object.values(world.licences).filter(({ view }) => view === world.view)
      const verifier = createLocalVerifier({ view: world.view, clock: world.clock })
      const console = { log: (...said: unknown[]) => told.push(said) }
      await run('verifyAll(', { verifier, requests: licences.map(({ request }) => request), console })
      for (const [index, verdict] of told) expect(licences[Number(index)]?.verdict).to.equal(verdict)
      expect(told).to.have.lengthOf(licences.length)
    })

    it('opens the file that a licence travels in, and attaches it to another', async () => {
      const bundleText = world.licences.accepted.request.presented
      const pdfOrOfd = await createPdf()
      const { bytes } = await attachLicence(bundleText, createOfd())
      const verifier = createLocalVerifier({ view: world.view, clock: world.clock })
      const then = `expect([kind, isAsAttached, attached.length > pdfOrOfd.length]).to.deep.equal(['ofd', true, true])`
      await run('openCarrier(', { bytes, verifier, bundleText, pdfOrOfd }, then)
    })

    it('answers a challenge as the holder of a licence that is bound to a key', async () => {
      const { bundle: bundleText } = await createSample(boundSample())
      const scope = { bundleText, challenge: CHALLENGE, holderPrivateJwk: HOLDER_KEY }
      const then = `
        const { parsePresented } = await load('@hefu/protocol')
        const { nonce, iat } = parsePresented(presentationText).keyBinding.claims
        expect([nonce, iat]).to.deep.equal([challenge.nonce, issuedAt])`
      await run('createPresentation(', scope, then)
    })

    it('names every member of a request', () => {
      const named = [
        ...readFileSync(join(SDK, name), 'utf8').matchAll(
          /^\| `(\w+)` +\| `(?:string|number|Challenge|Record<string, string>)`/gm,
        ),
      ]
      expect(named.map(([, member]) => member)).to.deep.equal([
        ...['presented', 'receivingRegion', 'serviceItem', 'caseNo', 'submitted', 'asOf', 'challenge'],
        ...['rendition', 'useCause'],
      ])
    })

    it('leads to nothing that is not packed with it', () => {
      expect(
        linksOf(readFileSync(join(SDK, name), 'utf8')).filter((link) => link.startsWith('..')),
      ).to.deep.equal([])
    })

    it('gives what the testing world says', () =>
      run(
        'createTestingWorld(',
        {},
        `expect([report.verdict, verdict, finding]).to.deep.equal(['rejected', 'rejected', 'status/suspended'])`,
      ))

    it('takes a report from its signature, and checks it again', async () => {
      const { attestation, verifierKey } = signed
      const bundleText = world.licences.accepted.request.presented
      const { chainId, address: ledger } = world.view.ledger
      const network = { rpcUrl: 'http://127.0.0.1:9', chainId, ledger, deploymentBlock: 0 }
      const then = `expect(again).to.deep.equal({ outcome: 'undetermined', reason: 'unreachable' })`
      await run('recheckReport(', { attestation, verifierKey, bundleText, network }, then)
      expect(suite.sha256Base64url(bundleText)).to.equal(signed.presented)
    })
  })
}
