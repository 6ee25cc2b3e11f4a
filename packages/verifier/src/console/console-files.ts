/** The files of the console’s page, read once: what is not among them is not there, whatever a path says. */
import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { VerifierStartError } from '../error/start-error.ts'

export type FileEncoding = 'br' | 'gzip' | 'identity'

export interface ConsoleFile {
  readonly extension: string
  /** Digest of its content, base64url. */
  readonly digest: string
  /** Whether it is worth being compressed. */
  readonly isText: boolean
  /** Made when it is first asked for, and held. */
  encoded(encoding: FileEncoding): Promise<Buffer>
}

/** By their paths in the folder, with slashes. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>

const MOST_FILES = 1_000
const MOST_BYTES = 67_108_864
/** Beside the package of this service. */
const BUILT = fileURLToPath(new URL('../../../console/dist', import.meta.url))

/**
 * @param folder default: where the console is built
 * @returns `null` where there is no such folder
 * @throws {VerifierStartError} `console-too-large`
 */
export function readConsoleFiles(folder: string = BUILT): ConsoleFiles | null {
  const paths = listFiles(folder)
  if (paths === null) return null
  let bytes = 0
  const files = new Map<string, ConsoleFile>()
  for (const path of paths) {
    const content = readFileSync(path)
    bytes += content.length
    if (bytes > MOST_BYTES || files.size >= MOST_FILES)
      throw new VerifierStartError('console-too-large', folder)
    files.set(relative(folder, path).split(sep).join('/'), createFile(extname(path), content))
  }
  return files
}

/** Nothing that a link leads to elsewhere. */
function listFiles(folder: string): readonly string[] | null {
  try {
    const entries: Dirent[] = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

const TEXTS: ReadonlySet<string> = new Set(['.html', '.js', '.css', '.svg', '.json', '.wasm', '.txt', '.map'])
const LEAST_BYTES = 1_024

const [compressGzip, compressBrotli] = [promisify(gzip), promisify(brotliCompress)]

const COMPRESSED: Readonly<Record<FileEncoding, (content: Buffer) => Promise<Buffer>>> = {
  identity: async (content) => content,
  gzip: (content) => compressGzip(content, { level: 9 }),
  br: (content) => compressBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
}

function createFile(extension: string, content: Buffer): ConsoleFile {
  const held = new Map<FileEncoding, Promise<Buffer>>()
  return {
    extension,
    digest: createHash('sha256').update(content).digest('base64url'),
    isText: TEXTS.has(extension) && content.length >= LEAST_BYTES,
    encoded: (encoding) => {
      const made = held.get(encoding) ?? COMPRESSED[encoding](content)
      held.set(encoding, made)
      return made
    },
  }
}
