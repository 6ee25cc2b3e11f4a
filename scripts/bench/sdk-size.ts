/** What a page has to load of the SDK, after gzip, as a bundler makes it that splits. */
import { type BrowserBundle, bundleForBrowser, eagerBytes, gzippedBytes } from './browser-bundle.ts'
import type { Figure } from './measure.ts'

const LOCAL = `export { createLocalVerifier } from '@hefu/sdk'`
const REMOTE = `export { createRemoteVerifier } from '@hefu/sdk/remote'`
/** What reads a request and a licence: loaded when a verifier is made, before the first question. */
const READING = /^reading-/

/** Of a page that verifies by itself. */
export async function benchSdkSizeLocal(): Promise<Figure> {
  return figureOf('sdk-size-local', eagerBytes(await bundleForBrowser(LOCAL)))
}

/** Of a page that asks a service, before its first line runs. */
export async function benchSdkSizeRemote(): Promise<Figure> {
  return figureOf('sdk-size-remote', eagerBytes(await bundleForBrowser(REMOTE)))
}

/** The same, and all that it has loaded once it has a verifier. */
export async function benchSdkSizeRemoteWhole(): Promise<Figure> {
  const bundle = await bundleForBrowser(REMOTE)
  return figureOf('sdk-size-remote-whole', eagerBytes(bundle) + besideBytes(bundle))
}

function besideBytes({ files }: BrowserBundle): number {
  return [...files].reduce(
    (sum, [name, contents]) => sum + (READING.test(name) ? gzippedBytes(contents) : 0),
    0,
  )
}

function figureOf(name: string, value: number): Figure {
  return { name, value, unit: 'bytes' }
}
