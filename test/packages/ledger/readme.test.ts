/** The README of the package: its code is executed on a real chain process, its tables are complete. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgencyHome, pathsOf } from '@hefu/issuer'
import { connectAdministration, connectOperator } from '@hefu/ledger'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { runExample } from '../protocol/examples/run-example.ts'
import {
  type AdministeredSandbox,
  createAdministeredSandbox,
  usccOf,
} from './fixtures/administered-sandbox.ts'

const README = readFileSync(join(import.meta.dirname, '../../../packages/ledger/README.md'), 'utf8')
const [makesKey = '', opensKey = '', registers = '', confirms = '', follows = '', ...others] = [
  ...README.matchAll(/```ts\n(.*?)```/gs),
].map(([, code = '']) => code.trim())

describe('the README of the ledger', function () {
  this.timeout(120_000)
  let world: AdministeredSandbox
  let path: string
  before(async () => {
    world = await createAdministeredSandbox()
    path = mkdtempSync(join(tmpdir(), 'hefu-readme-'))
    writeFileSync(join(path, 'passphrase'), 'a passphrase of an example', { mode: 0o600 })
    writeFileSync(join(path, 'network.json'), JSON.stringify(world.network))
  })
  after(async () => {
    await world?.stop()
    rmSync(path, { recursive: true, force: true })
  })

  /** Runs code that names files of the folder as if it stood in it. */
  async function run(code: string, scope: Readonly<Record<string, unknown>>): Promise<void> {
    const loaded = code.replaceAll(/^import (\{[^}]*\}) from '([^']+)'$/gm, "const $1 = await load('$2')")
    const placed = loaded.replaceAll(/'(\w+\.json|passphrase)'/g, (_, name) =>
      JSON.stringify(join(path, name)),
    )
    await runExample(placed, { ...scope, load: (name: string) => import(name) })
  }

  it('has the examples that are executed here, and no other', () => {
    expect(confirms).to.match(/confirmProposal/)
    expect(follows).to.match(/Replica/)
    expect(others).to.deep.equal([])
  })

  it('makes a key file of an account, and opens it', async () => {
    await run(makesKey, { network: world.network })
    await run(opensKey, {})
  })

  it('follows the ledger', () => run(follows, { network: world.network }))

  it('registers an agency from its registration.json, in order', async () => {
    const agency = usccOf('430000', '401')
    const home = join(path, 'home')
    const network = JSON.stringify(world.network)
    const passphrase = 'a passphrase of an example'
    await createAgencyHome({ home, agency, region: '430000', network, algorithm: 'ES256', passphrase })
    const registration = readFileSync(pathsOf(home).registration, 'utf8')
    writeFileSync(join(path, 'registration.json'), registration)
    await run(registers, { admin: world.regionAdministration })
    const { status } = await world.ledger.getFunction('agency')(`0x${Buffer.from(agency).toString('hex')}`)
    expect(status).to.equal(1n)
  })

  it('registers nothing of a registration whose key is not proven', async () => {
    const file = join(path, 'registration.json')
    const registration = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...registration, agency: usccOf('430000', '402') }))
    const asked: string[] = []
    const admin = { accreditAgency: () => asked.push('accreditAgency') }
    const failure = await run(registers, { admin }).catch((error: unknown) => String(error))
    expect(failure).to.match(/does not prove its key/)
    expect(asked).to.deep.equal([])
  })

  it('confirms what an agency proposed, once', async () => {
    const { agency, operator } = world.bureau
    const decision = await world.decided('湘更〔2026〕1号')
    const correction = { ...decision, indices: [0, 2], status: 'restricted' } as const
    const proposed = await operator.confirmAgreement(await operator.submitCorrection(agency, correction))
    const callData = proposed.outcome === 'proposed' ? proposed.callData : '0x'
    await run(confirms, { callData, admin: world.councilAdministration })
    const code = `0x${Buffer.from(agency).toString('hex')}`
    expect(await world.ledger.getFunction('statusOf')(code, 2)).to.equal(3n)
  })

  it('names every function of an administration and of an operator', () => {
    const { network } = world
    const privateKey = `0x${'1'.repeat(64)}` as const
    const named = new Set([...README.matchAll(/`(\w+)(?:\([^`]*\))?`/g)].map(([, name]) => name))
    for (const functions of [
      connectAdministration({ network, privateKey }),
      connectOperator({ network, privateKey }),
    ])
      expect(Object.keys(functions).filter((name) => !named.has(name))).to.deep.equal([])
  })
})
