/**
 * All files of a folder, be they licences or the PDF, OFD, PNG or JPEG that one came in, eight at a time: a line of JSON
 * each, in the order in which they are done.
 *
 *     VERIFIER_URL=https://verifier.example VERIFIER_KEY=keys.json REGION=440000 node batch-folder.js FOLDER > results.ndjson
 */
import { opendir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createRemoteVerifier, verifyAll } from '@hefu/sdk'
import { CarrierError, MAX_CARRIER_BYTES, openCarrier } from '@hefu/sdk/carriers'

const { VERIFIER_URL, VERIFIER_KEY, VERIFIER_TOKEN, REGION = '440000' } = process.env
const [folder = '.'] = process.argv.slice(2)

const verifier = createRemoteVerifier({
  url: VERIFIER_URL,
  verifierKey: JSON.parse(await readFile(VERIFIER_KEY, 'utf8')),
  ...(VERIFIER_TOKEN ? { accessToken: () => VERIFIER_TOKEN } : {}),
})

const ending = new AbortController()
process.once('SIGINT', () => ending.abort())

/** What is hidden is no file of anybody's; what is no file is not opened. */
async function* filesOf(path) {
  for await (const entry of await opendir(path)) {
    if (entry.isFile() && !entry.name.startsWith('.')) yield entry.name
  }
}

/** Opened when its turn comes: no more files are held than are verified at a time. */
async function verify(name) {
  const path = join(folder, name)
  if ((await stat(path)).size > MAX_CARRIER_BYTES)
    throw new CarrierError('large-file', `${MAX_CARRIER_BYTES}`)
  const { asked } = await openCarrier(await readFile(path))
  return verifier.verify({ ...asked, receivingRegion: REGION })
}

const options = {
  concurrency: 8,
  signal: ending.signal,
  onProgress: ({ done, failed }) => process.stderr.write(`\r${done} done, ${failed} failed`),
}

let failed = 0
try {
  for await (const { request: file, verification, error } of verifyAll(
    { verify },
    filesOf(folder),
    options,
  )) {
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
