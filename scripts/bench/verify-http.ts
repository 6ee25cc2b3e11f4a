/** Verification as served against what it is made of: a bare POST, a local verification, a raw signature. */
import { createVerifier, suite } from '@hefu/protocol'
import { createAnchoredLicences, NOW } from './anchored-licences.ts'
import { type Figure, median, type Pace, paceOf, rateOf, type Workload } from './measure.ts'
import { rawEs256Sign } from './raw-signatures.ts'
import { loadClosed, type ServedProcess, startServed } from './served/load.ts'

const ASKERS = 12
const USUAL: Pace = { rounds: 9, warmUpMs: 8_000 }
const ROUND_MS = 1_500
const LICENCES = 200

/** One process serves, this one asks: the processor of the asker is the other of two. */
export async function benchVerifyHttp(): Promise<Figure> {
  const verifier = await startServed('serve-verifier.ts')
  const koa = await startServed('serve-koa.ts', verifier.bodies)
  try {
    return await compare(verifier, koa)
  } finally {
    await Promise.all([verifier.stop(), koa.stop()])
  }
}

async function compare(verifier: ServedProcess, koa: ServedProcess): Promise<Figure> {
  const local = await localVerification()
  const signature = rawEs256Sign(verifier.bodies.map(() => 'x'.repeat(2_000)))
  const parts = [() => served(koa, ROUND_MS), () => rateOf(local), () => rateOf(signature)]
  const { rounds, warmUpMs } = paceOf(USUAL)
  if (warmUpMs > 0) {
    await served(verifier, warmUpMs)
    await served(koa, warmUpMs / 2)
    for (let round = 0; round < 10; round++) await rateOf(local)
  }
  const ours: number[] = []
  const limits: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await served(verifier, ROUND_MS))
    let seconds = 0
    for (const part of parts) seconds += 1 / (await part())
    limits.push(1 / seconds)
  }
  const [value, reference] = [median(ours), median(limits)]
  return {
    name: 'verify-http',
    value: Math.round(value),
    unit: '1/s',
    reference: Math.round(reference),
    ratio: Number((value / reference).toFixed(3)),
  }
}

async function served({ ask }: ServedProcess, forMs: number): Promise<number> {
  const answers = await loadClosed(ask, ASKERS, forMs)
  const other = answers.find(({ status }) => status !== 200)
  if (other !== undefined) throw new Error(`measure what is answered: ${other.status}`)
  return (answers.length * 1_000) / forMs
}

async function localVerification(): Promise<Workload> {
  const { bundles, view } = await createAnchoredLicences('ES256', LICENCES)
  const verifier = createVerifier({ view, suite })
  return {
    count: bundles.length,
    run: async () => {
      for (const presented of bundles) {
        const { verdict } = await verifier.verify({ presented, receivingRegion: '440000' }, NOW)
        if (verdict !== 'accepted') throw new Error(`measure a verification that ended ${verdict}`)
      }
    },
  }
}
