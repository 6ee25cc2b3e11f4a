/** A licence that its agency signed with SM2 and SM3, at a counter in another province, on a real chain process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRpcLedgerView } from '@hefu/ledger'
import { encodeBase64url, parseCredential, suite, type VerificationReport } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import {
  createFoundedSandbox,
  type FoundedSandbox,
  nowSeconds,
  RECEIVING_REGION,
} from '../../scripts/sandbox/founded-sandbox.ts'
import { anchorLicences, type IssuedLicence, signLicences } from '../fixtures/issued-licences.ts'

describe('a licence signed with SM2 in one province and presented in another', () => {
  let folder: string
  let sandbox: FoundedSandbox
  let licences: readonly IssuedLicence[]

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-journey-'))
    sandbox = await createFoundedSandbox(folder, 'SM2')
    licences = await signLicences(sandbox, 3)
    await anchorLicences(sandbox, licences)
  })

  after(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function verify(presented: string): Promise<VerificationReport> {
    const verifier = createLocalVerifier({ network: sandbox.network })
    return (await verifier.verify({ presented, receivingRegion: RECEIVING_REGION })).report
  }

  function licence(index: number): IssuedLicence {
    return licences[index] ?? expect.fail(`licence ${index}`)
  }

  /** The bundle with another signature under the same payload, disclosures and receipt. */
  function withSignature(
    { bundle, credential: { compact, signingInput } }: IssuedLicence,
    signature: Uint8Array,
  ) {
    const disclosures = compact.slice(compact.indexOf('~'))
    return bundle.replace(compact, `${signingInput}.${encodeBase64url(signature)}${disclosures}`)
  }

  const codes = (report: VerificationReport) => report.findings.map(({ code }) => code)

  it('is accepted: the ledger holds the key as one of SM2', async () => {
    const { credential, bundle } = licence(0)
    const { header, signature } = parseCredential(credential.compact)
    expect(header.alg).to.equal('SM2')
    expect(signature).to.have.length(64)
    const report = await verify(bundle)
    expect(codes(report)).to.include('signature/verified').and.to.include('issuerKey/trusted')
    expect(report).to.include({ verdict: 'accepted', resultCode: 0 })
  })

  it('is rejected with any other signature, an ES256 one among them', async () => {
    const { credential } = licence(0)
    const { signature, signingInput } = parseCredential(credential.compact)
    const es256 = await suite.importPrivateKey(await suite.generateKey('ES256'))
    const otherSm2 = await suite.importPrivateKey(await suite.generateKey('SM2'))
    for (const other of [
      signature.with(63, (signature[63] ?? 0) ^ 1),
      new Uint8Array(64),
      await suite.sign(es256, 'ES256', signingInput),
      await suite.sign(otherSm2, 'SM2', signingInput),
    ]) {
      const report = await verify(withSignature(licence(0), other))
      expect(report).to.include({ verdict: 'rejected', resultCode: 9 })
      expect(codes(report)).to.include('signature/mismatch').and.to.include('inclusion/included')
    }
  })

  it('is rejected once revoked', async () => {
    const { statusIndex } = licence(1)
    const act = {
      act: 'revoke',
      indices: [statusIndex],
      effectiveAt: nowSeconds() - 60,
      decisionNumber: '湘建罚〔2026〕2号',
    } as const
    await sandbox.operator.confirm(await sandbox.operator.submitAct(sandbox.agency, act))
    expect(await verify(licence(1).bundle)).to.include({ verdict: 'rejected', resultCode: 3 })
    expect(await verify(licence(2).bundle), 'its neighbour').to.include({ verdict: 'accepted' })
  })

  it('is undetermined when the chain cannot be reached', async () => {
    const view = createRpcLedgerView({ ...sandbox.network, rpcUrl: 'http://127.0.0.1:9' })
    const { report } = await createLocalVerifier({ view }).verify({
      presented: licence(2).bundle,
      receivingRegion: RECEIVING_REGION,
    })
    expect(report).to.include({ verdict: 'undetermined' })
    expect(codes(report)).to.include('signature/ledger-unreachable')
  })
})
