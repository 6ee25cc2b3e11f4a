/** What runs the vectors in Node: each suite with the SM3 that its SM2 is built on. */
import { hash } from 'node:crypto'
import { createRequire } from 'node:module'
import { suite } from '@hefu/protocol'
import { suite as webSuite } from '#internal/protocol/suite/web'
import type { Implementation } from './judgement.ts'

/** Found from where the suite of browsers finds it: the protocol exports no SM3. */
const { sm3 } = createRequire(import.meta.resolve('#internal/protocol/suite/portable-sm2'))(
  'sm-crypto-v2',
) as { sm3(data: Uint8Array): string }

export const IMPLEMENTATIONS: Readonly<Record<'node' | 'web', Implementation>> = {
  node: { suite, sm3: (text) => `0x${hash('sm3', text, 'hex')}` },
  web: { suite: webSuite, sm3: (text) => `0x${sm3(new TextEncoder().encode(text))}` },
}
