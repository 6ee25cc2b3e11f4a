/** The sample licences that are shown as references, in deposit, so that these lead somewhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeQrReference, encodeQrWhole, suite } from '@hefu/protocol'
import type { StateFolder } from './state-folder.ts'

/** Deposits every sample bundle that one QR code does not hold; those that are there already are answered as before. */
export async function depositSamples(
  { issuers }: Pick<StateFolder, 'issuers'>,
  url: string,
  accessToken: () => Promise<string>,
): Promise<void> {
  const token = await accessToken()
  for (const path of bundlesBelow(issuers)) {
    const presented = readFileSync(path, 'utf8')
    if (encodeQrWhole(presented) === null) await deposit(url, token, presented)
  }
}

function bundlesBelow(issuers: string): readonly string[] {
  return readdirSync(issuers).flatMap((agency) => {
    const folder = join(issuers, agency, 'bundles')
    return readdirSync(folder).map((name) => join(folder, name))
  })
}

async function deposit(url: string, token: string, presented: string): Promise<void> {
  const response = await fetch(`${url}/v1/deposits`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ presented, reference: encodeQrReference(presented, suite) }),
  })
  if (!response.ok) throw new Error(`deposit a sample licence: status ${response.status}`)
}
