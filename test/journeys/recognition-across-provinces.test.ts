/** A licence of 湖南省住房和城乡建设厅 at a counter in 广东省, on a real chain process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRpcLedgerView } from '@hefu/ledger'
import { encodeBase64url, keyIdOf, type VerificationReport } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { parseDisclosure } from '#internal/protocol/credential/disclosure'
import {
  createFoundedSandbox,
  type FoundedSandbox,
  nowSeconds,
  RECEIVING_REGION,
} from '../../scripts/sandbox/founded-sandbox.ts'
import { anchorLicences, type IssuedLicence, signLicences } from '../fixtures/issued-licences.ts'

describe('a licence issued in one province and presented in another', () => {
  let folder: string
  let sandbox: FoundedSandbox
  let licences: readonly IssuedLicence[]

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-journey-'))
    sandbox = await createFoundedSandbox(folder)
    licences = await signLicences(sandbox, 7)
    await anchorLicences(sandbox, licences)
  })

  after(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function verify(presented: string, asOf?: number): Promise<VerificationReport> {
    const verifier = createLocalVerifier({ network: sandbox.network })
    const request = { presented, receivingRegion: RECEIVING_REGION, ...(asOf === undefined ? {} : { asOf }) }
    return (await verifier.verify(request)).report
  }

  function licence(index: number): IssuedLicence {
    const found = licences[index]
    if (found === undefined) throw new RangeError(`licence ${index}`)
    return found
  }

  async function act(
    name: 'suspend' | 'reinstate' | 'revoke',
    { statusIndex }: IssuedLicence,
    effectiveAt = nowSeconds() - 60,
  ) {
    const decision = { act: name, indices: [statusIndex], effectiveAt, decisionNumber: '湘建罚〔2026〕1号' }
    await sandbox.operator.confirm(await sandbox.operator.submitAct(sandbox.agency, decision))
  }

  const codes = (report: VerificationReport) => report.findings.map(({ code }) => code)

  it('is accepted when it is genuine, anchored and in force', async () => {
    const report = await verify(licence(0).bundle)
    expect(report).to.include({ verdict: 'accepted', resultCode: 0 })
    expect(report.ledger).to.include({ chainId: sandbox.network.chainId, address: sandbox.network.ledger })
  })

  it('is rejected when one field of its face was altered', async () => {
    const forged = encodeBase64url(
      Buffer.from(JSON.stringify(['AAAAAAAAAAAAAAAAAAAAAA', 'holderName', '李冒名'])),
    )
    const altered = licence(0)
      .credential.compact.split('~')
      .map((part, i) =>
        i > 0 && part !== '' && parseDisclosure(part, 'part').name === 'holderName' ? forged : part,
      )
      .join('~')
    const report = await verify(licence(0).bundle.replace(licence(0).credential.compact, altered))
    expect(report).to.include({ verdict: 'rejected', resultCode: 9 })
    expect(codes(report)).to.include('disclosures/not-signed').and.to.include('signature/verified')
  })

  it('is rejected while suspended and accepted again once reinstated', async () => {
    await act('suspend', licence(1))
    const suspended = await verify(licence(1).bundle)
    expect(suspended).to.include({ verdict: 'rejected', resultCode: 2 })
    expect(codes(suspended)).to.include('status/suspended')
    await act('reinstate', licence(1))
    expect(await verify(licence(1).bundle)).to.include({ verdict: 'accepted', resultCode: 0 })
    expect(await verify(licence(2).bundle), 'its neighbour').to.include({ verdict: 'accepted' })
  })

  it('is rejected once revoked; revocation is prospective', async () => {
    const anchoredBefore = nowSeconds()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await act('revoke', licence(3), nowSeconds())
    const revoked = await verify(licence(3).bundle)
    expect(revoked).to.include({ verdict: 'rejected', resultCode: 3 })
    expect(codes(revoked)).to.include('status/revoked')
    expect(await verify(licence(3).bundle, anchoredBefore), 'as of before').to.include({
      verdict: 'accepted',
    })
  })

  it('is unknown to the ledger (查无此信息) when it was signed but never anchored', async () => {
    const [unanchored] = await signLicences(sandbox, 1)
    const report = await verify(unanchored?.bundle ?? '')
    expect(report).to.include({ verdict: 'rejected', resultCode: 5 })
    expect(codes(report)).to.include('anchor/not-found').and.to.include('signature/verified')
  })

  it('cannot be determined from a bare credential without its receipt', async () => {
    const report = await verify(licence(0).credential.compact)
    expect(report).to.include({ verdict: 'undetermined', resultCode: 4 })
    expect(codes(report)).to.include('anchor/no-receipt')
  })

  it('is undetermined, never "not found", when the chain cannot be reached', async () => {
    const view = createRpcLedgerView({ ...sandbox.network, rpcUrl: 'http://127.0.0.1:9' })
    const { report } = await createLocalVerifier({ view }).verify({
      presented: licence(0).bundle,
      receivingRegion: RECEIVING_REGION,
    })
    expect(report).to.include({ verdict: 'undetermined', resultCode: 4, ledger: null })
    expect(codes(report)).to.include('anchor/ledger-unreachable').and.not.to.include('anchor/not-found')
  })

  it('is undetermined when the node serves another chain or no ledger stands at the address', async () => {
    for (const network of [
      { ...sandbox.network, chainId: 1 },
      { ...sandbox.network, ledger: `0x${'12'.repeat(20)}` as const },
    ]) {
      const { report } = await createLocalVerifier({ view: createRpcLedgerView(network) }).verify({
        presented: licence(0).bundle,
        receivingRegion: RECEIVING_REGION,
      })
      expect(report).to.include({ verdict: 'undetermined', ledger: null })
    }
  })

  it('stays accepted when its key was compromised only after the anchor, and none anchored later is', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const compromisedFrom = nowSeconds()
    await sandbox.regionAdministration.reportKeyCompromised(
      sandbox.agency,
      keyIdOf(sandbox.issuingKey.kid),
      compromisedFrom,
    )
    const earlier = await verify(licence(4).bundle)
    expect(earlier).to.include({ verdict: 'accepted', resultCode: 0 })
    expect(codes(earlier)).to.include('issuerKey/compromised-later')

    const forged = await signLicences(sandbox, 1)
    await anchorLicences(sandbox, forged)
    const later = await verify(forged[0]?.bundle ?? '')
    expect(later).to.include({ verdict: 'rejected', resultCode: 9 })
    expect(codes(later)).to.include('issuerKey/compromised')
  })

  it('is rejected once it turns out that the key had been compromised before the anchor', async () => {
    await sandbox.regionAdministration.reportKeyCompromised(
      sandbox.agency,
      keyIdOf(sandbox.issuingKey.kid),
      nowSeconds() - 3600,
    )
    const report = await verify(licence(5).bundle)
    expect(report).to.include({ verdict: 'rejected', resultCode: 9 })
    expect(codes(report)).to.include('issuerKey/compromised').and.to.include('signature/verified')
  })
})
