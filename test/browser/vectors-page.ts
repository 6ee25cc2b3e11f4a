/** What the test page runs: the protocol as a browser gets it, over the vectors it fetches from its own server. */
import { suite } from '@hefu/protocol'
import type { Implementation } from '../vectors/judgement.ts'
import { listVectors } from '../vectors/runners.ts'

type Members = Readonly<Record<string, unknown>>

async function fetchVectors(names: readonly string[]): Promise<Readonly<Record<string, Members>>> {
  const files = names.map(async (name) => {
    const response = await fetch(`/vectors/${name}.json`)
    return [name, (await response.json()) as Members] as const
  })
  return Object.fromEntries(await Promise.all(files))
}

/** `file.list` → what is found for each of its vectors, as JSON: lone surrogates do not survive otherwise. */
async function judgeInBrowser(names: readonly string[], sm3: (data: Uint8Array) => string): Promise<string> {
  const own: Implementation = { suite, sm3: (text) => `0x${sm3(new TextEncoder().encode(text))}` }
  const lists = listVectors(await fetchVectors(names)).map(async ({ file, list, vectors, judge }) => {
    const found = await Promise.all(vectors.map(async (vector) => (await judge(vector, own)).found))
    return [`${file}.${list}`, found] as const
  })
  return JSON.stringify(Object.fromEntries(await Promise.all(lists)))
}

Object.assign(globalThis, { judgeInBrowser })
