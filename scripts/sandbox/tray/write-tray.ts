/** The tray as it lies in the state folder: files, and `samples.json`, which is written last and says that all is there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Disclosure,
  encodeBase64url,
  encodeQrReference,
  encodeQrWhole,
  findLicenceType,
  parseBase64url,
  parseBundle,
  suite,
} from '@hefu/protocol'
import { writeDurably } from '@hefu/service'
import { StartError } from '../start-error.ts'
import type { StateFolder } from '../state-folder.ts'
import { attachToOfd, attachToPdf, drawNothing, drawPdf, drawQr, type TrayFile } from './tray-files.ts'
import { TRAY_SAMPLES, type TraySample, trayLicenceId, WRONG_FILE } from './tray-samples.ts'

const LIST = 'samples.json'
/** The one that is also shown in a PDF and an OFD. */
const CARRIED = 'valid-safety-manager'
/** What an applicant fills in. */
const SUBMITTED = ['holderName', 'holderId', 'licenceNumber']

/** One entry of `samples.json`. */
interface ListedSample extends Pick<TraySample, 'id' | 'title' | 'expected'> {
  /** Catalogue code; `null`: it is no licence. */
  readonly licenceType: string | null
  readonly submitted: Readonly<Record<string, string>>
  readonly files: readonly Pick<TrayFile, 'name' | 'kind'>[]
  readonly licenceId: string | null
}

/** Whether an earlier start laid it out to the end. */
export function isTrayWritten({ samples }: Pick<StateFolder, 'samples'>): boolean {
  return existsSync(join(samples, LIST))
}

/** @throws {StartError} when the bundle of a sample was deleted */
export async function writeTray(folder: Pick<StateFolder, 'samples' | 'issuers'>): Promise<void> {
  const listed: ListedSample[] = []
  for (const sample of TRAY_SAMPLES) listed.push(await layOut(folder, sample))
  listed.push(await layOutWrongFile(folder))
  await writeDurably(join(folder.samples, LIST), `${JSON.stringify(listed, null, 2)}\n`)
}

async function layOut(
  { samples, issuers }: Pick<StateFolder, 'samples' | 'issuers'>,
  { id, title, expected, licence, text, differs }: TraySample,
): Promise<ListedSample> {
  const licenceId = trayLicenceId(licence)
  const issued = readBundle(join(issuers, licence.agency, 'bundles', `${licenceId}.hefu.json`))
  const shown = text === 'altered' ? alterName(issued) : issued
  const files = await filesOf(id, shown, issued)
  await place(samples, files)
  return {
    id,
    title,
    expected,
    licenceType: findLicenceType(licence.type)?.code ?? null,
    submitted: { ...submittedOf(shown), ...differs },
    files: files.map(({ name, kind }) => ({ name, kind })),
    licenceId,
  }
}

function readBundle(path: string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8')
  throw new StartError(
    `样例证照文件 ${path} 不见了：签发过的证照文件被删除了。请从备份恢复；若只是试用，删除整个状态目录即可重新开始。`,
    `The bundle ${path} of a sample is gone: those that were issued were deleted. Restore it from a backup; for a mere trial, delete the whole state folder to begin anew.`,
  )
}

/** @param issued the bundle as the agency deposits it: what was altered since is in no deposit, and no reference leads to it */
async function filesOf(id: string, bundle: string, issued: string): Promise<readonly TrayFile[]> {
  const code = encodeQrWhole(bundle) ?? (bundle === issued ? encodeQrReference(bundle, suite) : null)
  const files: TrayFile[] = [
    { name: `${id}.hefu.json`, kind: 'bundle', bytes: Buffer.from(bundle) },
    ...(code === null ? [] : [{ name: `${id}.png`, kind: 'qr', bytes: drawQr(code) } as const]),
  ]
  if (id !== CARRIED) return files
  return [
    ...files,
    { name: `${id}.pdf`, kind: 'pdf', bytes: await attachToPdf(bundle) },
    { name: `${id}.ofd`, kind: 'ofd', bytes: await attachToOfd(bundle) },
  ]
}

async function layOutWrongFile({ samples }: Pick<StateFolder, 'samples'>): Promise<ListedSample> {
  const files: readonly TrayFile[] = [
    { name: `${WRONG_FILE.id}.pdf`, kind: 'pdf', bytes: await drawPdf('Not a licence') },
    { name: `${WRONG_FILE.id}.png`, kind: 'qr', bytes: drawNothing() },
  ]
  await place(samples, files)
  const named = files.map(({ name, kind }) => ({ name, kind }))
  return { ...WRONG_FILE, licenceType: null, submitted: {}, files: named, licenceId: null }
}

async function place(folder: string, files: readonly TrayFile[]): Promise<void> {
  for (const { name, bytes } of files) await writeDurably(join(folder, name), bytes)
}

/** What stands on the face, of the fields that an applicant fills in. */
function submittedOf(bundle: string): Readonly<Record<string, string>> {
  const shown = disclosuresOf(bundle).filter(({ name }) => SUBMITTED.includes(name))
  return Object.fromEntries(shown.map(({ name, value }) => [name, value]))
}

function disclosuresOf(bundle: string): readonly Disclosure[] {
  return parseBundle(bundle).credential.disclosures
}

/** One character of the holder's name is another; everything else is as it was signed. */
function alterName(bundle: string): string {
  const shown = disclosuresOf(bundle).find(({ name }) => name === 'holderName')
  if (shown === undefined) throw new RangeError('alter the holder’s name: the licence shows none')
  const { encoded, value } = shown
  const other = (value.startsWith('李') ? '王' : '李') + value.slice(1)
  const text = Buffer.from(parseBase64url(encoded, 'disclosure')).toString('utf8')
  return bundle.replace(encoded, encodeBase64url(Buffer.from(text.replace(value, other))))
}
