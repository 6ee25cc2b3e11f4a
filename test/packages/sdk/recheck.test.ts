/** A report from a case file once more: by the SDK and by `hefu recheck`. On a real chain: test/journeys/recheck-report.test.ts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeReport } from '@hefu/protocol'
import { createLocalVerifier, createRemoteVerifier, type Verification } from '@hefu/sdk'
import { attachLicence, openCarrier } from '@hefu/sdk/carriers'
import {
  AttestationError,
  MalformedError,
  parseReport,
  recheckReport,
  verifyAttestation,
} from '@hefu/sdk/recheck'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { runHefu } from '../../fixtures/hefu.ts'
import { createOfd } from '../../fixtures/sample-ofd.ts'
import { createPdf } from '../../fixtures/sample-pdf.ts'
import { drawQr, toPng } from '../../fixtures/sample-qr.ts'
import { alter, createKeyPair, createSample, LEDGER, NOW, revoke, type Sample } from '../verifier/sample.ts'
import { send, startTestService, type TestService } from '../verifier/service.ts'

describe('A report that is checked again', () => {
  let sample: Sample
  let service: TestService
  let verification: Verification
  let attestation: string
  let folder: string
  const file = (name: string) => join(folder, name)
  const hefu = (...args: readonly string[]) => runHefu(folder, ['recheck', ...args])

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view)
    const verifier = createRemoteVerifier({
      url: service.url,
      verifierKey: service.verifierKey,
      clock: () => NOW,
    })
    verification = await verifier.verify({ presented: sample.bundle, receivingRegion: '440000' })
    attestation = verification.attestation ?? ''
    folder = await mkdtemp(join(tmpdir(), 'hefu-recheck-'))
    const network = {
      rpcUrl: 'http://127.0.0.1:9',
      chainId: LEDGER.chainId,
      ledger: LEDGER.address,
      deploymentBlock: 0,
    }
    const { report } = verification
    const set = (await send(`${service.url}/.well-known/jwks.json`)).json
    for (const [name, text] of [
      ['network.json', JSON.stringify(network)],
      ['licence.json', sample.bundle],
      ['altered.json', alter(sample.bundle)],
      ['answer.json', JSON.stringify({ number: report.number, report, attestation }, null, 2)],
      ['report.json', encodeReport(report)],
      ['attestation.txt', `${attestation}\n`],
      [
        'swapped.json',
        JSON.stringify({ report: { ...report, request: { ...report.request, caseNo: '1' } }, attestation }),
      ],
      ['key.json', JSON.stringify(service.verifierKey)],
      ['set.json', JSON.stringify(set)],
      ['other-key.json', JSON.stringify(createKeyPair().publicJwk)],
      ['empty.json', '{}'],
      ['broken.json', '{"report":{}}'],
    ] as const)
      await writeFile(file(name), text)
  })
  after(async () => {
    await service.close()
    await rm(folder, { recursive: true })
  })

  it('is confirmed by the ledger of its block, and differs where it says another thing', async () => {
    const { report } = verification
    const rechecked = { presented: sample.bundle }
    expect(await recheckReport(report, rechecked, { view: sample.view })).to.deep.equal({
      outcome: 'confirmed',
      notRechecked: [],
    })
    const revoked = await recheckReport(report, rechecked, { view: revoke(sample.memory) })
    expect(revoked.outcome).to.equal('differs')
    const about = await recheckReport(report, { presented: alter(sample.bundle) }, { view: sample.view })
    expect(about.outcome === 'differs' && about.differences.map(({ member }) => member)).to.deep.equal([
      'presented',
    ])
  })

  it('is undetermined where the ledger does not answer in time', async () => {
    const silent = { ledger: LEDGER, lookup: () => new Promise<never>(() => {}) }
    const options = { view: silent, ledgerDeadlineMs: 30 }
    expect(await recheckReport(verification.report, { presented: sample.bundle }, options)).to.deep.equal({
      outcome: 'undetermined',
      reason: 'unreachable',
    })
  })

  it('is taken from its attestation by the key, by what the service says of it, and by its JWK set', async () => {
    const { publicJwk } = createKeyPair()
    const served = (await send(`${service.url}/v1/verifier-key`)).json
    const set = (await send(`${service.url}/.well-known/jwks.json`)).json
    for (const key of [service.verifierKey, served, set])
      expect(await verifyAttestation(attestation, key)).to.deep.equal(verification.report)
    expect(parseReport(encodeReport(verification.report))).to.deep.equal(verification.report)
    for (const key of [publicJwk, { keys: [publicJwk] }]) {
      const refused = await verifyAttestation(attestation, key).catch((error: unknown) => error)
      expect(refused).to.be.instanceOf(AttestationError)
    }
    const none = await verifyAttestation(attestation, { keys: [] }).catch((error: unknown) => error)
    expect(none).to.be.instanceOf(MalformedError)
  })

  it('by the command: 12 without a ledger, whatever form it came in, and says who vouches for it', async () => {
    const network = ['--network', file('network.json')]
    for (const [name, key, signature] of [
      ['answer.json', ['--verifier-key', file('set.json')], 'verified'],
      ['attestation.txt', ['--verifier-key', file('key.json')], 'verified'],
      ['answer.json', [], 'not-checked'],
      ['report.json', [], 'none'],
    ] as const) {
      const { code, stdout } = await hefu(file(name), file('licence.json'), ...network, ...key, '--json')
      expect(JSON.parse(stdout), name).to.deep.equal({
        outcome: 'undetermined',
        reason: 'unreachable',
        signature,
      })
      expect(code).to.equal(12)
    }
    const sheet = await hefu(file('answer.json'), file('licence.json'), ...network)
    expect(sheet.stdout)
      .to.match(/^\? 无法复核，不代表报告有问题 · Could not be checked again/)
      .and.include('未验签')
  })

  it('by the command: of whatever file hefu verify takes, and of the file around the licence where it was judged', async () => {
    const network = ['--network', file('network.json')]
    const verifier = createLocalVerifier({ view: sample.view, clock: () => NOW })
    const [pdf, other] = [await createPdf(), await createPdf({ text: 'another' })]
    const { bytes } = await attachLicence(sample.bundle, pdf)
    const { asked } = await openCarrier(bytes)
    const { report } = await verifier.verify({ ...asked, receivingRegion: '440000' })
    for (const [name, contents] of [
      ['around.json', encodeReport(report)],
      ['licence.pdf', bytes],
      ['licence.ofd', (await attachLicence(sample.bundle, createOfd())).bytes],
      ['licence.png', toPng(drawQr(sample.bundle, 3))],
      ['other.pdf', (await attachLicence(sample.bundle, other)).bytes],
      ['altered.pdf', (await attachLicence(alter(sample.bundle), pdf)).bytes],
      ['empty.pdf', pdf],
    ] as const)
      await writeFile(file(name), contents)
    for (const [about, name, code, differs] of [
      ['around.json', 'licence.pdf', 12, []],
      ['around.json', 'licence.json', 12, []],
      ['around.json', 'other.pdf', 11, ['rendition']],
      ['around.json', 'licence.ofd', 11, ['rendition']],
      ['report.json', 'licence.pdf', 12, []],
      ['report.json', 'licence.ofd', 12, []],
      ['report.json', 'licence.png', 12, []],
      ['report.json', 'altered.pdf', 11, ['presented']],
    ] as const) {
      const told = await hefu(file(about), file(name), ...network, '--json')
      const { differences = [] } = JSON.parse(told.stdout)
      expect([told.code, differences.map(({ member }: { member: string }) => member)], name).to.deep.equal([
        code,
        differs,
      ])
    }
    const none = await hefu(file('report.json'), file('empty.pdf'), ...network)
    expect([none.code, none.stdout]).to.deep.equal([12, ''])
    expect(none.stderr).to.match(/没有附带电子证照.*\n.*no licence is attached/)
  })

  it('by the command: 11 about another licence, by another key, or with another report beside the signed one', async () => {
    const network = ['--network', file('network.json')]
    const about = await hefu(file('answer.json'), file('altered.json'), ...network, '--lang', 'zh')
    expect(about.code).to.equal(11)
    expect(about.stdout).to.match(/^✖ 复核不一致\n {2}不一致：所附证照不是报告所核验的证照\n/)
    for (const [report, key, says] of [
      ['answer.json', 'other-key.json', /签名验证未通过.*\n.*does not verify/],
      ['swapped.json', 'key.json', /与已签名的报告不一致.*\n.*another report/],
    ] as const) {
      const args = [file(report), file('licence.json'), ...network, '--verifier-key', file(key)]
      const { code, stdout, stderr } = await hefu(...args)
      expect(code, report).to.equal(11)
      expect(stdout).to.equal('')
      expect(stderr).to.match(says)
    }
  })

  it('by the command: 2 for what is no report, has no signature to verify, or is not there', async () => {
    const network = ['--network', file('network.json')]
    for (const [args, says] of [
      [[file('empty.json'), file('licence.json'), ...network], /none in it/],
      [[file('broken.json'), file('licence.json'), ...network], /Read the report/],
      [[file('licence.json'), file('licence.json'), ...network], /Read the report/],
      [
        [file('report.json'), file('licence.json'), ...network, '--verifier-key', file('key.json')],
        /no signature/,
      ],
      [[file('absent.json'), file('licence.json'), ...network], /there is none/],
      [[file('report.json'), ...network], /missing required argument/],
      [[file('report.json'), file('licence.json')], /HEFU_NETWORK/],
    ] as const) {
      const { code, stdout, stderr } = await hefu(...args)
      expect(code, args.join(' ')).to.equal(2)
      expect(stderr)
        .to.match(says)
        .and.match(/\p{Script=Han}/u)
      expect(stdout).to.equal('')
    }
  })

  it('--help documents the exit codes', async () => {
    const { code, stdout } = await hefu('--help')
    expect(code).to.equal(0)
    for (const exitCode of ['0 ', '11', '12', '2 ', '1 ']) expect(stdout).to.include(`\n  ${exitCode} `)
  })
})
