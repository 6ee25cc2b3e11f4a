/** `hefu attach`: a licence put into the file that shows it, written beside both. */
import { rm, writeFile } from 'node:fs/promises'
import { explainDefects, MalformedError } from '@hefu/protocol'
import { attachLicence, type WrittenCarrier } from '../carrier/attach-licence.ts'
import { MAX_CARRIER_BYTES } from '../carrier/open-carrier.ts'
import { readBytes, readText } from './input-files.ts'
import { UsageError } from './usage-error.ts'

export interface AttachOptions {
  /** Where to write; a file that is there stays as it is. */
  readonly out: string
  readonly json?: boolean
}

/**
 * Writes the file with the licence in it.
 *
 * @throws {UsageError} for files that cannot be read or written, and for what is no licence
 * @throws {CarrierError} for a file that takes none
 */
export async function attachFiles(
  licencePath: string,
  renditionPath: string,
  { out }: AttachOptions,
): Promise<WrittenCarrier> {
  const licence = await readText(licencePath)
  const written = await attach(licence, licencePath, await readBytes(renditionPath, MAX_CARRIER_BYTES))
  await writeNew(out, written.bytes)
  return written
}

async function attach(licence: string, path: string, rendition: Uint8Array): Promise<WrittenCarrier> {
  try {
    return await attachLicence(licence, rendition)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    const { zh, en } = explainDefects(error)
    throw new UsageError('bad-licence', { zh: `${path}：${zh}`, en: `${path}: ${en}` }, { cause: error })
  }
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new UsageError('existing-file', path, { cause: error })
    // What was begun and could not be finished is no file to be found later.
    if (code === 'ENOSPC' || code === 'EIO') await rm(path, { force: true })
    throw new UsageError('unwritable-file', path, { cause: error })
  }
}
