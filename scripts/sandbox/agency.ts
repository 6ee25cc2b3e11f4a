/** An agency of the sandbox: its folder, its application to the region's admin, and the licences it issues with the command that agencies use. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAgencyHome, readRegistration, verifyKeyPossession } from '@hefu/issuer'
import { findLicenceType } from '@hefu/protocol'
import { writeDurably } from '@hefu/service'
import { encodeCsv, generateLicences } from '../generate-licences.ts'
import type { Application } from './alliance.ts'
import { inheritedEnvironment } from './inherited-environment.ts'
import type { SampleAgency } from './provinces.ts'
import { StartError } from './start-error.ts'
import type { StateFolder } from './state-folder.ts'
import { enterTrayActs } from './tray/tray-acts.ts'
import { trayRows } from './tray/tray-samples.ts'

const COMMAND = join(import.meta.dirname, '../../packages/issuer/bin/hefu-issuer.js')
const SEED = 1

export interface RunningAgency {
  readonly application: Application
  /** Issues `count` invented licences of a type, and those of the tray; those of an earlier start are not issued again. */
  issueSamples(licenceType: string, count: number): Promise<void>
  /** Enters on the ledger what became of those of the tray; what an earlier start entered stands. */
  enterTrayActs(): Promise<void>
}

/** Makes the agency's folder on the first call, and reads it on every other. */
export async function startAgency(folder: StateFolder, sample: SampleAgency): Promise<RunningAgency> {
  const home = join(folder.issuers, sample.agency)
  const { agency, region } = sample
  const registration = existsSync(home)
    ? await readRegistration(home)
    : await createAgencyHome({
        home,
        agency,
        region,
        network: readFileSync(folder.network, 'utf8'),
        algorithm: 'ES256',
        passphrase: readFileSync(folder.passphrase, 'utf8').trim(),
      })
  const { operator, publicJwk, possession } = registration
  if (!(await verifyKeyPossession(possession, agency, publicJwk))) {
    throw new StartError(
      `${sample.name} 未能证明持有其签名密钥，不予登记。`,
      `${agency} does not prove that it holds its signing key: the key is not registered.`,
    )
  }
  return {
    application: {
      agency,
      name: sample.name,
      contact: sample.contact,
      region,
      operator,
      publicJwk,
      licenceTypes: sample.licenceTypes.map(codeOf),
    },
    issueSamples: async (licenceType, count) => {
      const file = join(folder.samples, `${agency}-${licenceType}.csv`)
      await writeSamples(file, agency, licenceType, count)
      await issue(folder, home, file, licenceType)
    },
    enterTrayActs: () => enterTrayActs(home, agency, readFileSync(folder.passphrase, 'utf8').trim()),
  }
}

function codeOf(slug: string): string {
  const type = findLicenceType(slug)
  if (type === undefined) throw new RangeError(`find the licence type ${slug}`)
  return type.code
}

/** As they were written the first time, so that nothing else is issued under their identifiers, and those of the tray behind them. */
async function writeSamples(file: string, issuer: string, type: string, count: number): Promise<void> {
  const year = new Date().getFullYear()
  const written = existsSync(file) ? readFileSync(file, 'utf8') : null
  const tray = trayRows(issuer, type, year)
  if (written !== null && tray.every(({ licenceId }) => written.includes(licenceId))) return
  const first = generateLicences({ type, issuer, count, seed: SEED, issuedIn: year - 1 })
  const [, ...more] = encodeCsv(type, tray)
  await writeDurably(file, (written ?? [...encodeCsv(type, first)].join('')) + more.join(''))
}

async function issue(folder: StateFolder, home: string, file: string, licenceType: string): Promise<void> {
  const args = [COMMAND, 'issue', file, '--type', licenceType, '--home', home]
  const env = { ...inheritedEnvironment(), HEFU_PASSPHRASE_FILE: folder.passphrase }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'exit')
  if (code === 0) return
  throw new StartError(
    `样例证照签发失败（退出码 ${code}）：\n${said}`,
    `Issuing the sample licences failed (exit code ${code}), see above.`,
  )
}
