/** Real processes of one verifier on one PostgreSQL: stopped and killed under load, and counting together. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openVerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { Pool } from 'undici'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { AUDIENCE, bearer, COUNTER, startProvider, tokenOf } from './guarded-service.ts'
import { createSample } from './sample.ts'
import { post, postUntilServed, send } from './service.ts'
import {
  startVerifierProcess,
  type VerifierFiles,
  type VerifierProcess,
  writeVerifierFiles,
} from './verifier-process.ts'

const CONNECTIONS = 24
const LOADED_MS = 1_500

/** What became of all requests of a load. */
interface Outcomes {
  /** Numbers of the reports that were answered. */
  readonly answered: readonly string[]
  /** Statuses other than 200, in the order in which they came. */
  readonly refused: readonly number[]
  /** Codes of what broke in the place of an answer. */
  readonly broken: readonly string[]
}

/** Asks on so many connections, each again as soon as it is answered, until one finds nobody any more. */
async function loadUntilGone(url: string, body: string): Promise<Outcomes> {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 })
  const outcomes = { answered: [] as string[], refused: [] as number[], broken: [] as string[] }
  const headers = { 'Content-Type': 'application/json' }
  const askOn = async (): Promise<void> => {
    for (;;) {
      try {
        const answer = await pool.request({ path: '/v1/verifications', method: 'POST', headers, body })
        const json = (await answer.body.json()) as { readonly number: string }
        if (answer.statusCode === 200) outcomes.answered.push(json.number)
        else outcomes.refused.push(answer.statusCode)
      } catch (error) {
        outcomes.broken.push(error instanceof Error && 'code' in error ? String(error.code) : String(error))
        return
      }
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, askOn))
  await pool.destroy()
  return outcomes
}

describe('processes of one verifier on one PostgreSQL', function () {
  this.timeout(120_000)
  let server: PostgresServer
  let files: VerifierFiles
  let body: string

  before(async function () {
    const bin = findPostgres()
    // Not part of what a newcomer needs: Debian's package postgresql brings it.
    if (bin === null) return this.skip()
    ;[server, files] = await Promise.all([startPostgres(bin), writeVerifierFiles()])
    const sample = await createSample(Math.floor(Date.now() / 1_000))
    body = JSON.stringify({ presented: sample.bundle, receivingRegion: '440000' })
  })
  after(() => Promise.all([server?.stop(), files?.remove()]))

  const start = (database: string, more: Record<string, string> = {}): Promise<VerifierProcess> =>
    startVerifierProcess({ ...files.environment, HEFU_DATABASE: database, ...more })

  /** The numbers of all reports in a database, and of all readings. */
  const keptIn = async (database: string): Promise<{ reports: string[]; readings: string[] }> => {
    const { db, close } = await openVerifierStore(database)
    try {
      const reports = await db.selectFrom('report').select('number').execute()
      const readings = await db.selectFrom('reading').select('report').execute()
      return {
        reports: reports.map(({ number }) => number),
        readings: readings.flatMap(({ report }) => report ?? []),
      }
    } finally {
      await close()
    }
  }

  it('SIGTERM under load: what was read is answered and kept, and nothing is kept that was not answered', async () => {
    const database = await createDatabase(server)
    const verifier = await start(database)
    const load = loadUntilGone(verifier.url, body)
    await new Promise((resolve) => setTimeout(resolve, LOADED_MS))
    expect(await verifier.stop()).to.equal(0)
    const { answered, refused, broken } = await load
    expect(answered).to.have.length.above(CONNECTIONS)
    expect(refused.filter((status) => status !== 503)).to.deep.equal([])
    // What found nobody: refused by the system, or in its queue of connections that nobody took.
    expect(broken).to.have.length(CONNECTIONS)
    expect(
      broken.filter((code) => !['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(code)),
    ).to.deep.equal([])
    const { reports, readings } = await keptIn(database)
    expect(reports).to.have.members(answered)
    expect(readings).to.have.members(answered)
  })

  it('SIGKILL of one under load: all that it answered is kept, and the other one reads it and goes on', async () => {
    const database = await createDatabase(server)
    const [killed, other] = await Promise.all([start(database), start(database)])
    const load = loadUntilGone(killed.url, body)
    const beside = loadUntilGone(other.url, body)
    await new Promise((resolve) => setTimeout(resolve, LOADED_MS))
    await killed.kill()
    const { answered } = await load
    const ask = (key: string) => postUntilServed(other.url, body, { 'Idempotency-Key': key })
    expect(answered).to.have.length.above(CONNECTIONS)
    for (const number of answered.slice(-3))
      expect((await send(`${other.url}/v1/reports/${number}`)).status).to.equal(200)
    const first = await ask('"after-the-kill-of-one"')
    expect([first.status, (await ask('"after-the-kill-of-one"')).text]).to.deep.equal([200, first.text])
    expect(await other.stop()).to.equal(0)
    const all = [...answered, ...(await beside).answered, first.json.number]
    expect(new Set(all).size).to.equal(all.length)
    const { reports, readings } = await keptIn(database)
    // Some of the killed one's were kept, and their answers lost with it.
    expect(reports).to.include.members(all)
    // What is answered again is read again, and so is what is fetched by its number.
    expect(readings).to.have.members([...reports, first.json.number, ...answered.slice(-3)])
    expect(reports.length - all.length).to.be.at.most(CONNECTIONS)
  })

  it('count a client’s requests together, and answer its key alike', async () => {
    const database = await createDatabase(server)
    const provider = await startProvider()
    const limit = 6
    const { id, ...permissions } = { ...COUNTER, requestsPerMinute: limit }
    await writeFile(join(files.folder, 'clients.json'), JSON.stringify({ [id]: permissions }))
    const guarded = {
      HEFU_ACCESS: 'guarded',
      HEFU_ISSUER: provider.url,
      HEFU_AUDIENCE: AUDIENCE,
      HEFU_CLIENTS: join(files.folder, 'clients.json'),
      HEFU_QUOTA_DATABASE: database,
    }
    const both = await Promise.all([start(database, guarded), start(database, guarded)])
    try {
      const headers = { ...bearer(await tokenOf(provider)), 'Idempotency-Key': '"one-for-all-of-them"' }
      const answers = []
      for (let i = 0; i < limit + 2; i++) answers.push(await post(both[i % 2]?.url ?? '', body, headers))
      expect(answers.map(({ status }) => status)).to.deep.equal([...Array(limit).fill(200), 429, 429])
      expect(new Set(answers.slice(0, limit).map(({ text }) => text)).size).to.equal(1)
      const { reports, readings } = await keptIn(database)
      expect(reports).to.have.length(1)
      expect(readings, 'each answer, though it was given before').to.deep.equal(Array(limit).fill(reports[0]))
    } finally {
      await Promise.all(both.map(({ stop }) => stop()))
      await provider.stop()
    }
  })
})
