/** Where the pages of a published package lead: whoever has the package alone has what is packed, and nothing of the house. */
import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

/** One page of a package. */
export interface PackedPage {
  /** Path below the folder of the package. */
  readonly path: string
  readonly text: string
}

interface Manifest {
  readonly private?: boolean
  readonly files?: readonly string[]
}

/** Folders of the packages that may be published: all that do not say they are private. */
export function publishedPackages(root: string): readonly string[] {
  const manifests = globSync('packages/*/package.json', { cwd: root })
  return manifests
    .filter((path) => readManifest(join(root, path)).private !== true)
    .map((path) => dirname(path))
    .toSorted()
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest
}

/** @param folder of a package */
export function packedPages(folder: string): readonly PackedPage[] {
  const { files = [] } = readManifest(join(folder, 'package.json'))
  const pages = [
    ...globSync('README*.md', { cwd: folder }),
    ...files.flatMap((name) => pagesBelow(folder, name)),
  ]
  return pages.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}

function pagesBelow(folder: string, name: string): readonly string[] {
  return globSync(`${name}/**/*.md`, { cwd: folder })
}

const LINK = /\]\(\s*<?([^)\s>]+)/g
const ADDRESS = /^[a-z][a-z0-9+.-]*:/i
/** A path of the house in the midst of a sentence. */
const OWN_PATH = /`(packages\/[^`\s]+)`/g

/** Links, and paths of the house, that lead nowhere in the package by itself. */
export function strayLinks(folder: string, { path, text }: PackedPage): readonly string[] {
  const prose = text.replace(/^```.*?^```$/gms, '')
  const links = [...prose.matchAll(LINK)].map(([, link = '']) => link)
  const paths = [...prose.matchAll(OWN_PATH)].map(([, own = '']) => own)
  return [...links.filter((link) => !leadsSomewhere(folder, path, link)), ...paths]
}

function leadsSomewhere(folder: string, page: string, link: string): boolean {
  const [file = ''] = link.split('#')
  if (file === '' || ADDRESS.test(link)) return true
  const target = posix.normalize(posix.join(posix.dirname(page), file)).replace(/\/$/, '')
  return isPacked(folder, target) && statSync(join(folder, target), { throwIfNoEntry: false }) !== undefined
}

/** npm takes these along, whatever `files` says. */
const ALWAYS = /^(?:README[^/]*|LICENSE|package\.json)$/

function isPacked(folder: string, target: string): boolean {
  const { files = [] } = readManifest(join(folder, 'package.json'))
  return ALWAYS.test(target) || files.some((name) => target === name || target.startsWith(`${name}/`))
}
