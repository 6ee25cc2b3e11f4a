/**
 * All licences of a folder, eight at a time, a line of JSON each in the order in which they are done.
 *
 *     VERIFIER_URL=https://verifier.example VERIFIER_KEY=keys.json REGION=440000 node batch-folder.js FOLDER > results.ndjson
 */
import { opendir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRemoteVerifier, decodeText, verifyAll } from '@hefu/sdk'

const { VERIFIER_URL, VERIFIER_KEY, VERIFIER_TOKEN, REGION = '440000' } = process.env
const [folder = '.'] = process.argv.slice(2)

const verifier = createRemoteVerifier({
  url: VERIFIER_URL,
  verifierKey: JSON.parse(await readFile(VERIFIER_KEY, 'utf8')),
  ...(VERIFIER_TOKEN ? { accessToken: () => VERIFIER_TOKEN } : {}),
})

const ending = new AbortController()
process.once('SIGINT', () => ending.abort())

/** Which file each request is of, until its item comes. */
const files = new Map()

/** One file after another: no more are read than are verified at a time. */
async function* requestsOf(path) {
  for await (const { name } of await opendir(path)) {
    if (!name.endsWith('.json')) continue
    const request = {
      presented: decodeText(await readFile(join(path, name))) ?? '',
      receivingRegion: REGION,
    }
    files.set(request, name)
    yield request
  }
}

const options = {
  concurrency: 8,
  signal: ending.signal,
  onProgress: ({ done, failed }) => process.stderr.write(`\r${done} done, ${failed} failed`),
}

let failed = 0
try {
  for await (const { request, verification, error } of verifyAll(verifier, requestsOf(folder), options)) {
    const file = files.get(request)
    files.delete(request)
    failed += verification === null ? 1 : 0
    console.log(
      JSON.stringify(
        verification === null
          ? { file, error: error.code ?? error.name }
          : { file, verdict: verification.report.verdict, number: verification.report.number },
      ),
    )
  }
} catch (error) {
  if (!ending.signal.aborted) throw error
  process.exitCode = 130
}
if (failed > 0) process.exitCode = 1
