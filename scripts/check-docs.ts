/**
 * Every public name of packages/protocol has a docstring; a function that can throw says when (`@throws`, or
 * "Never throws" where its own guards see to that); functions and classes show an example, which the tests
 * execute. What a page of a published package leads to is packed with it. A checker that looked at no name, or at no page,
 * fails.
 */
import { join } from 'node:path'
import {
  type Declaration,
  examplesOf,
  type PublicName,
  readDeclarations,
  readPublicNames,
} from './docs/exported-names.ts'
import { packedPages, publishedPackages, strayLinks } from './docs/packed-links.ts'
import { findThrowing } from './docs/throwing-functions.ts'

const declarations = readDeclarations()
const throwing = findThrowing(declarations)
const names = readPublicNames()
const pages = readPages()
const violations = [
  ...names.flatMap(violationsOf),
  ...pages.flatMap(({ where, stray }) =>
    stray.map((link) => `${where}: ${link} leads to nothing that is packed with it`),
  ),
]
if (pages.length === 0) violations.push('no page of a published package was found to check')
if (names.length === 0) violations.push('no public name was found to check')
for (const violation of violations) console.error(violation)
if (violations.length > 0) process.exit(1)
console.log(`${names.length} public names of protocol are documented`)
console.log(`${pages.length} pages of published packages lead to what is packed with them`)

function readPages(): readonly { readonly where: string; readonly stray: readonly string[] }[] {
  const root = join(import.meta.dirname, '..')
  return publishedPackages(root).flatMap((name) => {
    const folder = join(root, name)
    return packedPages(folder).map((page) => ({
      where: `${name}/${page.path}`,
      stray: strayLinks(folder, page),
    }))
  })
}

function declarationOf({ name, from }: PublicName): Declaration | undefined {
  const file = from === '#suite' ? 'suite/node.ts' : from
  const named = declarations.filter((declaration) => declaration.name === name)
  // A file may pass on what stands in another.
  return named.find((declaration) => declaration.file === file) ?? named[0]
}

function violationsOf(name: PublicName): readonly string[] {
  const declaration = declarationOf(name)
  if (declaration === undefined)
    return [`${name.from}: ${name.name} is exported, but its declaration was not found`]
  const { doc, kind, file } = declaration
  const where = `packages/protocol/src/${file}: ${name.name}`
  const isCalled = kind === 'function' || kind === 'class'
  return [
    ...(doc === '' ? [`${where} has no docstring`] : []),
    ...(throwing.has(`${file}#${name.name}`) && !/@throws \S|Never throws/.test(doc)
      ? [`${where} can throw, but no @throws says when`]
      : []),
    ...(isCalled && examplesOf(doc).length === 0 ? [`${where} has no @example in a ts block`] : []),
  ]
}
