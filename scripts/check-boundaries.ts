/**
 * Who may import whom: packages one way, inside a package only leftward along the way of the data, no file in a
 * circle, scripts never what is a test's. A checker that looked at no file fails.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { findCircles } from './circles.ts'

const root = join(import.meta.dirname, '..')

/** Package → the packages of the house it may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  ledger: ['protocol'],
  service: ['protocol'],
  issuer: ['protocol', 'ledger', 'service', 'sdk'],
  verifier: ['protocol', 'ledger', 'service'],
  sdk: ['protocol', 'ledger'],
  console: ['protocol', 'sdk'],
}

/**
 * The folders of a package's sources in the order of the data. A file imports its own folder, or one on a step before
 * it; folders on one step know nothing of each other; files outside all folders may import everything, and none of
 * the folders' files them.
 */
const ORDER: Readonly<Record<string, readonly (readonly string[])[]>> = {
  protocol: [
    ['language'],
    ['bytes'],
    ['suite'],
    ['key-file'],
    ['identifiers'],
    ['licence'],
    ['credential'],
    ['batch'],
    ['receipt'],
    ['bundle'],
    ['presentation'],
    ['report'],
    ['verification'],
  ],
  ledger: [['abi'], ['network', 'slots'], ['chain', 'write'], ['office', 'replica']],
  'ledger/replica': [['events'], ['facts'], ['compact', 'queries'], ['blocks'], ['nodes'], ['audit']],
  service: [['process'], ['storage'], ['http']],
  issuer: [['texts'], ['error'], ['home', 'input'], ['journal'], ['workflow'], ['command'], ['office']],
  verifier: [
    ['error'],
    ['access', 'ledger', 'provinces', 'store'],
    ['replica'],
    ['routes', 'command'],
    ['batch', 'console'],
  ],
  sdk: [['verification'], ['local', 'remote', 'display', 'testing', 'carrier'], ['recheck'], ['command']],
  console: [
    ['texts'],
    ['language'],
    ['design', 'service'],
    ['session'],
    ['shell'],
    ['verify'],
    ['batch', 'sheet'],
  ],
}

/** The files of protocol that may name Node: what is loaded in Node alone. */
const NODE_SUITE = /^packages\/protocol\/src\/suite\/node(-[a-z0-9]+)?\.ts$/

const violations: string[] = []

const sources = globSync('{packages/*/src,scripts,test}/**/*.{ts,vue}', { cwd: root })
const imports = new Map(sources.map((file) => [file, importsOf(file)]))
for (const [file, specifiers] of imports) {
  for (const specifier of specifiers) checkImport(file, specifier)
}
for (const circle of findCircles(new Map([...imports].map(([file, all]) => [file, ownTargets(file, all)]))))
  violations.push(`a circle: ${circle.join(' → ')}`)
for (const folder of globSync('packages/*/', { cwd: root })) {
  if (!(relative('packages', folder) in MAY_IMPORT))
    violations.push(`${folder}: a package that this check does not know`)
}
for (const name of Object.keys(MAY_IMPORT)) {
  if (!sources.some((file) => file.startsWith(`packages/${name}/src/`)))
    violations.push(`packages/${name}: no file was found to check`)
  if (!(name in ORDER)) violations.push(`packages/${name}: its folders have no order`)
}
for (const [rooms, order] of Object.entries(ORDER)) {
  for (const folder of order.flat()) {
    if (!existsSync(join(root, sourcesOf(rooms), folder)))
      violations.push(`${rooms}: the order names a folder that there is not, ${folder}`)
  }
}
for (const violation of violations) console.error(violation)
if (violations.length > 0) process.exit(1)
console.log(`boundaries hold in ${sources.length} files`)

function importsOf(file: string): readonly string[] {
  const source = readFileSync(join(root, file), 'utf8')
  const pattern =
    /^(?:import|export)\s[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gms
  return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function targetOf(file: string, specifier: string): string {
  return relative(root, resolve(root, dirname(file), specifier))
}

function ownTargets(file: string, specifiers: readonly string[]): readonly string[] {
  return specifiers
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => targetOf(file, specifier))
    .filter((target) => existsSync(join(root, target)))
}

function checkImport(file: string, specifier: string): void {
  const name = /^packages\/([^/]+)\//.exec(file)?.[1]
  if (specifier.startsWith('#')) return
  if (specifier.startsWith('.')) checkRelative(file, targetOf(file, specifier), name)
  else if (name !== undefined) checkPackage(file, specifier, name)
}

function checkPackage(file: string, specifier: string, name: string): void {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    if (name === 'protocol' && !NODE_SUITE.test(file))
      violations.push(`${file}: protocol is free of Node, but imports ${specifier}`)
    return
  }
  const dependency = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  const own = /^@hefu\/(.+)$/.exec(dependency)?.[1]
  if (own !== undefined && !MAY_IMPORT[name]?.includes(own)) {
    violations.push(
      `${file}: ${name} may not import ${specifier} (allowed: ${MAY_IMPORT[name]?.join(', ') || 'none'})`,
    )
  }
  if (!declaredDependencies(name).has(dependency))
    violations.push(`${file}: imports ${dependency}, which its package.json does not declare`)
}

/** A peer that is optional is declared too: who uses the entry that needs it brings it. */
function declaredDependencies(name: string): ReadonlySet<string> {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(
    readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'),
  )
  return new Set(Object.keys({ ...dependencies, ...peerDependencies }))
}

function checkRelative(file: string, target: string, name: string | undefined): void {
  if (name === undefined) {
    if (file.startsWith('scripts/') && target.startsWith('test/'))
      violations.push(`${file}: a script imports ${target}, which is a test's`)
    // Examples are what others write: a test runs them as they are.
    if (target.startsWith('packages/') && !target.includes('/examples/'))
      violations.push(`${file}: reaches into a package past its entries, to ${target}`)
    return
  }
  if (!target.startsWith(`packages/${name}/src/`)) {
    violations.push(`${file}: reaches out of its package to ${target}`)
    return
  }
  for (const rooms of Object.keys(ORDER)) {
    const inside = sourcesOf(rooms)
    if (file.startsWith(inside) && target.startsWith(inside)) checkOrder(file, target, rooms)
  }
}

function checkOrder(file: string, target: string, rooms: string): void {
  const order = ORDER[rooms] ?? []
  const [from = '', to = ''] = [file, target].map((path) => folderOf(path, sourcesOf(rooms)))
  if (from === to || from === '') return
  const [fromStep = -1, toStep = -1] = [from, to].map((folder) =>
    order.findIndex((step) => step.includes(folder)),
  )
  if (fromStep === -1) violations.push(`${file}: a folder that the order of ${rooms} does not know`)
  else if (toStep === -1 || toStep >= fromStep)
    violations.push(`${file}: imports ${target}, which does not stand before it in the order of ${rooms}`)
}

/** Where the folders of an order stand: of a package's name, or of a folder in it (`ledger/replica`). */
function sourcesOf(rooms: string): string {
  const [name = '', ...folders] = rooms.split('/')
  return `${['packages', name, 'src', ...folders].join('/')}/`
}

/** The first folder of a path under `inside`; empty: it is in none. */
function folderOf(path: string, inside: string): string {
  const parts = path.slice(inside.length).split('/')
  return parts.length > 1 ? (parts[0] ?? '') : ''
}
