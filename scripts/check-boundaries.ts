/**
 * Who may import whom: packages one way, and inside protocol only leftward along the way of the data.
 * A checker that looked at no file fails.
 */
import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Package → the packages of the house it may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  ledger: ['protocol'],
  service: ['protocol'],
  issuer: ['protocol', 'ledger', 'service'],
  verifier: ['protocol', 'ledger', 'service'],
  sdk: ['protocol', 'ledger'],
}

/** The folders of packages/protocol/src in the order of the data; a file imports its own folder or one before it. */
const PROTOCOL_ORDER = [
  'bytes',
  'suite',
  'key-file',
  'identifiers',
  'licence',
  'credential',
  'batch',
  'receipt',
  'bundle',
  'presentation',
  'report',
  'verification',
]

/** The files of protocol that may name Node: what is loaded in Node alone. */
const NODE_SUITE = /^packages\/protocol\/src\/suite\/node(-[a-z0-9]+)?\.ts$/

const violations: string[] = []
let filesRead = 0

for (const name of Object.keys(MAY_IMPORT)) {
  const declared = declaredDependencies(name)
  for (const file of globSync(`packages/${name}/src/**/*.ts`, { cwd: root })) {
    filesRead++
    for (const specifier of importsOf(file)) checkImport(name, file, specifier, declared)
  }
}
for (const folder of globSync('packages/*/', { cwd: root })) {
  if (!(relative('packages', folder) in MAY_IMPORT))
    violations.push(`${folder}: a package that this check does not know`)
}
if (filesRead === 0) violations.push('no file was found to check')
for (const violation of violations) console.error(violation)
if (violations.length > 0) process.exit(1)
console.log(`boundaries hold in ${filesRead} files`)

function declaredDependencies(name: string): ReadonlySet<string> {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))
  return new Set(Object.keys(dependencies))
}

function importsOf(file: string): readonly string[] {
  const source = readFileSync(join(root, file), 'utf8')
  const pattern =
    /^(?:import|export)\s[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gms
  return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function checkImport(name: string, file: string, specifier: string, declared: ReadonlySet<string>): void {
  if (specifier.startsWith('#')) return
  if (specifier.startsWith('.')) {
    checkRelative(name, file, specifier)
    return
  }
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
  if (!declared.has(dependency))
    violations.push(`${file}: imports ${dependency}, which its package.json does not declare`)
}

function checkRelative(name: string, file: string, specifier: string): void {
  const target = relative(root, resolve(root, dirname(file), specifier))
  if (!target.startsWith(`packages/${name}/src/`)) {
    violations.push(`${file}: reaches out of its package with ${specifier}`)
  }
  if (name !== 'protocol') return
  const [from, to] = [file, target].map((path) => PROTOCOL_ORDER.indexOf(path.split('/')[3] ?? ''))
  if (from === undefined || to === undefined || from === -1) return
  if (to > from || to === -1)
    violations.push(`${file}: imports ${specifier}, which stands after it in the order of protocol`)
}
