/** What the test page runs: the protocol as a browser gets it, over the vectors it fetches from its own server. */
import { suite } from '@hefu/protocol'
import { observeVectors, type VectorFiles } from './observe-vectors.ts'

const NAMES = [
  'verification',
  'signatures',
  'credential',
  'bundle',
  'presentation',
  'receipt',
  'encodings',
] as const

async function fetchVectors(): Promise<VectorFiles> {
  const files = NAMES.map(
    async (name) => [name, await (await fetch(`/vectors/${name}.json`)).json()] as const,
  )
  return Object.fromEntries(await Promise.all(files)) as unknown as VectorFiles
}

Object.assign(globalThis, { observeInBrowser: async () => observeVectors(await fetchVectors(), suite) })
