/**
 * Every public name of packages/protocol has a docstring; a function that can throw says when (`@throws`, or
 * "Never throws" where its own guards see to that); functions and classes show an example, which the tests
 * execute. A checker that looked at no name fails.
 */
import {
  type Declaration,
  examplesOf,
  type PublicName,
  readDeclarations,
  readPublicNames,
} from './docs/exported-names.ts'
import { findThrowing } from './docs/throwing-functions.ts'

const declarations = readDeclarations()
const throwing = findThrowing(declarations)
const names = readPublicNames()
const violations = names.flatMap(violationsOf)
if (names.length === 0) violations.push('no public name was found to check')
for (const violation of violations) console.error(violation)
if (violations.length > 0) process.exit(1)
console.log(`${names.length} public names of protocol are documented`)

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
