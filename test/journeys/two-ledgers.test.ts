/** One ledger after another, by the council's registry, on real chain processes: which receipts count where. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LedgerRefusedError } from '@hefu/ledger'
import { createNetworkDirectory, parseTrustedNetwork } from '@hefu/ledger/registry'
import { type Finding, recheckReport, suite, type VerificationReport } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { readLedgerHealth } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import {
  createFoundedSandbox,
  type FoundedAgency,
  type FoundedSandbox,
  foundOnChain,
  ISSUING_REGION,
  nowSeconds,
  RECEIVING_REGION,
} from '../../scripts/sandbox/founded-sandbox.ts'
import { type CouncilContracts, connectCouncil } from '../fixtures/council-contracts.ts'
import { anchorLicences, type IssuedLicence, signLicences } from '../fixtures/issued-licences.ts'
import { type Alteration, startRpcProxy } from '../fixtures/rpc-proxy.ts'

const HEFU = join(import.meta.dirname, '../../packages/sdk/bin/hefu.js')
const OTHER_CHAIN = 31_338

type NewLedger = Omit<FoundedSandbox, 'stop'> & { readonly stop?: () => Promise<void> }

interface Where {
  readonly is: string
  readonly found: (path: string, first: FoundedSandbox) => Promise<NewLedger>
}

const PLACES: readonly Where[] = [
  { is: 'on the same chain', found: (path, { chain }) => foundOnChain(path, chain) },
  { is: 'on another chain', found: (path) => createFoundedSandbox(path, 'ES256', OTHER_CHAIN) },
]

for (const { is, found } of PLACES) {
  describe(`a ledger followed by another ${is}`, function () {
    this.timeout(180_000)
    let folder: string
    let first: FoundedSandbox
    let second: NewLedger
    let council: CouncilContracts
    /** From then on nothing that is anchored on the first ledger counts. */
    let closedAt: number
    let early: IssuedLicence
    let suspended: IssuedLicence
    let late: IssuedLicence
    let onSecond: IssuedLicence
    let reportBefore: VerificationReport

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'hefu-journey-'))
      first = await createFoundedSandbox(join(folder, 'first'))
      council = await connectCouncil(first)
      ;[early, suspended] = (await issue(first, 2)) as [IssuedLicence, IssuedLicence]
      second = await found(join(folder, 'second'), first)
    })

    after(async () => {
      council?.disconnect()
      await second?.stop?.()
      await first?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    async function issue(agency: FoundedAgency, count = 1): Promise<readonly IssuedLicence[]> {
      const licences = await signLicences(agency, count)
      await anchorLicences(agency, licences)
      return licences
    }

    async function issueOne(agency: FoundedAgency): Promise<IssuedLicence> {
      const [licence] = await issue(agency)
      return licence ?? expect.fail('issue one licence')
    }

    /** What a verifier that follows the registry is given. */
    function networkFile(more: object = {}): string {
      const nodes = second.chain === first.chain ? {} : { [OTHER_CHAIN]: second.chain.rpcUrl }
      const { chainId, rpcUrl } = first.network
      return JSON.stringify({ rpcUrl, chainId, registry: council.registry, nodes, ...more })
    }

    const follow = (more: object = {}) =>
      createNetworkDirectory(parseTrustedNetwork(networkFile(more)), { keepMs: 0, timeoutMs: 5000 })

    async function verify({ bundle }: IssuedLicence, more: object = {}): Promise<VerificationReport> {
      const verifier = createLocalVerifier({ directory: follow(more) })
      return (await verifier.verify({ presented: bundle, receivingRegion: RECEIVING_REGION })).report
    }

    async function verifyPinned({ bundle }: IssuedLicence, { network }: FoundedAgency) {
      const verifier = createLocalVerifier({ network })
      return (await verifier.verify({ presented: bundle, receivingRegion: RECEIVING_REGION })).report
    }

    async function act(name: 'suspend' | 'reinstate', { statusIndex }: IssuedLicence) {
      const decision = {
        act: name,
        indices: [statusIndex],
        effectiveAt: nowSeconds() - 60,
        decisionNumber: '湘建罚〔2026〕1号',
      } as const
      await first.operator.confirm(await first.operator.submitAct(first.agency, decision))
    }

    const findingOf = ({ findings }: VerificationReport, check: string): Finding =>
      findings.find((finding) => finding.check === check) ?? expect.fail(check)

    const codes = ({ findings }: VerificationReport) => findings.map(({ code }) => code)

    async function through<T>(
      alter: Alteration,
      use: (rpcUrl: string) => Promise<T>,
      of = first,
    ): Promise<T> {
      const proxy = await startRpcProxy(of.chain.rpcUrl, alter)
      try {
        return await use(proxy.rpcUrl)
      } finally {
        await proxy.close()
      }
    }

    it('accepts what is anchored on the first while that is the only one, and says since when it is open', async () => {
      reportBefore = await verify(early)
      expect(reportBefore).to.include({ verdict: 'accepted', resultCode: 0 })
      expect(reportBefore.ledger).to.include({ address: first.network.ledger })
      const { code, facts } = findingOf(reportBefore, 'anchor')
      expect(code).to.equal('anchor/found')
      expect(facts['openedAt']).to.be.a('number').at.most(Number(facts['anchoredAt']))
      expect(facts).to.not.have.property('closedAt')
    })

    it('refuses what is anchored on the second before the council has registered it', async () => {
      onSecond = await issueOne(second)
      const report = await verify(onSecond)
      expect(report).to.include({ verdict: 'rejected', resultCode: 9 })
      expect(codes(report)).to.include('anchor/foreign-ledger').and.to.include('status/foreign-list')
      expect(report.ledger).to.include({ address: first.network.ledger })
    })

    it('accepts what is anchored on each while it was open, from the registration and the closing on', async () => {
      const { network } = second
      await council.register(network.chainId, network.ledger, (await council.now()) - 3600)
      closedAt = (await council.now()) + 1
      await council.close(1, closedAt, 2)
      const [old, later] = [await verify(early), await verify(onSecond)]
      expect(old).to.include({ verdict: 'accepted' })
      expect(findingOf(old, 'anchor').facts).to.include({ closedAt })
      expect(later).to.include({ verdict: 'accepted' })
      expect(later.ledger).to.include({ chainId: network.chainId, address: network.ledger })
      expect(await verifyPinned(onSecond, first), 'who pins the first').to.include({ verdict: 'rejected' })
    })

    it('refuses what is anchored on the first after its closing, which who pins it accepts', async () => {
      while (nowSeconds() <= closedAt) await new Promise((resolve) => setTimeout(resolve, 100))
      late = await issueOne(first)
      const report = await verify(late)
      expect(report).to.include({ verdict: 'rejected', resultCode: 9 })
      const { code, facts } = findingOf(report, 'anchor')
      expect(code).to.equal('anchor/ledger-not-open')
      expect(facts).to.include({ closedAt })
      expect(facts['anchoredAt']).to.be.a('number').at.least(closedAt)
      expect(codes(report).filter((one) => one !== code)).to.include('status/valid')
      expect(await verifyPinned(late, first)).to.include({ verdict: 'accepted' })
    })

    it('judges each anchor as the registry itself does', async () => {
      for (const [licence, { network }] of [
        [early, first],
        [late, first],
        [onSecond, second],
      ] as const) {
        const { code, facts } = findingOf(await verify(licence), 'anchor')
        const counts = await council.isOpenAt(network.chainId, network.ledger, Number(facts['anchoredAt']))
        expect(code).to.equal(counts ? 'anchor/found' : 'anchor/ledger-not-open')
      }
    })

    it('counts acts entered on the first after its closing', async () => {
      expect(await verify(suspended)).to.include({ verdict: 'accepted' })
      await act('suspend', suspended)
      const report = await verify(suspended)
      expect(report).to.include({ verdict: 'rejected', resultCode: 2 })
      expect(codes(report)).to.include('status/suspended').and.to.include('anchor/found')
      await act('reinstate', suspended)
      expect(await verify(suspended)).to.include({ verdict: 'accepted' })
    })

    it('refuses a receipt of one ledger under a credential of the other', async () => {
      const { receipt } = JSON.parse(onSecond.bundle)
      const bundle = JSON.stringify({ ...JSON.parse(early.bundle), receipt })
      const report = await verify({ ...early, bundle })
      expect(report).to.include({ verdict: 'rejected' })
      expect(codes(report)).to.include('anchor/foreign-ledger').and.to.include('inclusion/root-mismatch')
    })

    it('confirms a report of before the closing at its own blocks, and one that refused after it', async () => {
      const recheck = (report: VerificationReport, { bundle }: IssuedLicence) =>
        recheckReport(report, { presented: bundle }, { directory: follow(), suite })
      const confirmed = { outcome: 'confirmed', notRechecked: [] }
      expect(await recheck(reportBefore, early)).to.deep.equal(confirmed)
      expect(await recheck(await verify(late), late)).to.deep.equal(confirmed)
      expect(await recheck(await verify(onSecond), onSecond)).to.deep.equal(confirmed)
      const { registryBlock } = findingOf(await verify(late), 'anchor').facts
      const forged = {
        ...reportBefore,
        findings: reportBefore.findings.map((finding) =>
          finding.check === 'anchor' ? { ...finding, facts: { ...finding.facts, registryBlock } } : finding,
        ),
      }
      const outcome = await recheck(forged as VerificationReport, early)
      expect(outcome.outcome === 'differs' && outcome.differences.map(({ member }) => member)).to.deep.equal([
        'anchor',
      ])
    })

    it('cannot tell when the registry is withheld, or its node is of another chain or cut off', async () => {
      const isOfRegistry = (params: readonly unknown[]): boolean =>
        String((params[0] as { to?: string } | undefined)?.to).toLowerCase() === council.registry
      const silent: readonly Alteration[] = [
        (method, params) => {
          if (method === 'eth_call' && isOfRegistry(params)) throw new Error('withheld')
          return undefined
        },
        (method, params) => (method === 'eth_call' && isOfRegistry(params) ? '0x' : undefined),
        (method) => (method === 'eth_chainId' ? '0x1' : undefined),
        (method) => {
          if (method === 'eth_getBlockByNumber') throw new Error('withheld')
          return undefined
        },
        // The registry as it was before it began to be followed: too old to be the newest.
        (method, _params, result) =>
          method === 'eth_getBlockByNumber'
            ? { ...(result as object), timestamp: `0x${(nowSeconds() - 3600).toString(16)}` }
            : undefined,
      ]
      for (const alter of silent) {
        await through(alter, async (rpcUrl) => {
          for (const licence of [early, late]) {
            expect(await verify(licence, { rpcUrl })).to.include({ verdict: 'undetermined', resultCode: 4 })
          }
        })
      }
      for (const more of [
        { rpcUrl: 'http://127.0.0.1:9' },
        { registry: `0x${'12'.repeat(20)}` },
        { chainId: 4242 },
      ]) {
        expect(await verify(early, more), JSON.stringify(more)).to.include({ verdict: 'undetermined' })
      }
    })

    if (is === 'on another chain') {
      it('cannot tell about the second’s licences without its node, and tells about the first’s', async () => {
        for (const nodes of [
          {},
          { [OTHER_CHAIN]: 'http://127.0.0.1:9' },
          { [OTHER_CHAIN]: first.chain.rpcUrl },
        ]) {
          expect(await verify(onSecond, { nodes })).to.include({ verdict: 'undetermined' })
          expect(await verify(early, { nodes })).to.include({ verdict: 'accepted' })
        }
      })

      it('is ready while the ledger in use answers, whatever became of the one that was closed', async () => {
        const health = (more: object) => readLedgerHealth(follow(more), 300, nowSeconds())
        const ready = await health({})
        expect(ready).to.have.property('state', 'ready')
        expect('ledgers' in ready && ready.ledgers.map(({ state }) => state)).to.deep.equal([
          'ready',
          'ready',
        ])
        expect(await health({ nodes: {} })).to.have.property('state', 'ledger-unreachable')
        expect(await health({ rpcUrl: 'http://127.0.0.1:9' })).to.deep.equal({
          state: 'registry-unreachable',
        })
      })
    }

    it('hefu verify follows the registry of its network file', async () => {
      const place = join(folder, `files-${is.replaceAll(' ', '-')}`)
      mkdirSync(place)
      writeFileSync(join(place, 'network.json'), networkFile())
      for (const [licence, exitCode] of [
        [early, 0],
        [late, 11],
        [onSecond, 0],
      ] as const) {
        writeFileSync(join(place, 'licence.json'), licence.bundle)
        const args = ['verify', join(place, 'licence.json'), '--region', RECEIVING_REGION]
        const child = spawn(process.execPath, [HEFU, ...args, '--network', join(place, 'network.json')])
        let said = ''
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
        const [code] = await once(child, 'close')
        expect(code, said).to.equal(exitCode)
        if (exitCode === 11)
          expect(said).to.include('存证时该互认链不在开放期内').and.to.include('互认链关闭')
      }
    })

    it('accepts again what was anchored after the closing once the council takes that back', async () => {
      await council.reopen(1)
      expect(await verify(late)).to.include({ verdict: 'accepted' })
    })

    it('refuses everything on a ledger that is closed for a time before, and confirms what was reported then', async () => {
      const { openedAt } = findingOf(reportBefore, 'anchor').facts
      await council.close(1, Number(openedAt), 2)
      for (const licence of [early, late]) {
        expect(codes(await verify(licence))).to.include('anchor/ledger-not-open')
      }
      expect(await verify(onSecond)).to.include({ verdict: 'accepted' })
      const again = { directory: follow(), suite }
      expect(await recheckReport(reportBefore, { presented: early.bundle }, again)).to.have.property(
        'outcome',
        'confirmed',
      )
      await council.reopen(1)
    })

    it('lets a region be closed for anchors alone: its acts go on, and its licences stand', async () => {
      await council.closeRegion(ISSUING_REGION)
      const refused = await issue(first).then(
        () => 'anchored',
        (error: unknown) => (error instanceof LedgerRefusedError ? error.code : String(error)),
      )
      expect(refused).to.equal('RegionClosed')
      expect(await verify(early)).to.include({ verdict: 'accepted' })
      await act('suspend', suspended)
      expect(await verify(suspended)).to.include({ verdict: 'rejected', resultCode: 2 })
      await council.reopenRegion(ISSUING_REGION)
      expect(await verify(await issueOne(first))).to.include({ verdict: 'accepted' })
    })
  })
}
