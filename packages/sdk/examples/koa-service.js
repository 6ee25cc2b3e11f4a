/**
 * A province's own service in front of a verifier: POST /checks { "licence": "…" } → what the clerk does next.
 *
 *     VERIFIER_URL=https://verifier.example VERIFIER_KEY=keys.json REGION=440000 PORT=8080 node koa-service.js
 */
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import {
  createRemoteVerifier,
  MalformedError,
  nextStepOf,
  RemoteVerifierError,
  reasonOf,
  VERDICT_SENTENCES,
} from '@hefu/sdk'
import Koa from 'koa'

const { VERIFIER_URL, VERIFIER_KEY, VERIFIER_TOKEN, REGION = '440000', PORT = '8080' } = process.env

const verifier = createRemoteVerifier({
  url: VERIFIER_URL,
  verifierKey: JSON.parse(await readFile(VERIFIER_KEY, 'utf8')),
  // From the province's identity provider; asked anew at each try.
  ...(VERIFIER_TOKEN ? { accessToken: () => VERIFIER_TOKEN } : {}),
})

/** What a verifier service reads of a request: no licence is larger. */
const MOST_BYTES = 524_288

const app = new Koa()

app.use(async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    // Neither says anything about the licence: the clerk is told to try again, or how to ask.
    if (error instanceof RemoteVerifierError) ctx.throw(502, error.code, { expose: true })
    if (error instanceof MalformedError || error instanceof SyntaxError) ctx.throw(422, 'not a request')
    throw error
  }
})

app.use(async (ctx) => {
  if (ctx.method !== 'POST' || ctx.path !== '/checks') ctx.throw(404)
  // What is larger, or does not say how large it is, is not read.
  if (ctx.request.length === undefined) ctx.throw(411)
  if (ctx.request.length > MOST_BYTES) ctx.throw(413)
  const { licence, caseNo } = JSON.parse(await text(ctx.req))
  const { report } = await verifier.verify({
    presented: licence,
    receivingRegion: REGION,
    ...(caseNo === undefined ? {} : { caseNo }),
  })
  ctx.body = {
    number: report.number,
    verdict: report.verdict,
    says: VERDICT_SENTENCES[report.verdict],
    reason: reasonOf(report.findings),
    nextStep: nextStepOf(report),
  }
})

const server = app.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})
process.on('SIGTERM', () => server.close())
