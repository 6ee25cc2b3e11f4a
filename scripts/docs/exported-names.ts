/** The public names of packages/protocol, and what is written above and in each. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const SOURCE = join(import.meta.dirname, '..', '..', 'packages', 'protocol', 'src')

export type DeclarationKind = 'function' | 'const' | 'class' | 'interface' | 'type'

/** A declaration at the top level of a file. */
export interface Declaration {
  readonly name: string
  readonly kind: DeclarationKind
  /** Path below packages/protocol/src. */
  readonly file: string
  /** The text of the docstring, without its marks; empty: there is none. */
  readonly doc: string
  /** From the declaration to the next one at the top level. */
  readonly text: string
}

const DECLARATION =
  /^(?:export )?(?:declare )?(?:async )?(?:abstract )?(function\*?|const|class|interface|type) ([A-Za-z_$][\w$]*)/gm
const DOCSTRING_BEFORE = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/

function docBefore(source: string, at: number): string {
  const [, comment = ''] = DOCSTRING_BEFORE.exec(source.slice(0, at)) ?? []
  return comment.replace(/^[ \t]*\* ?/gm, '').trim()
}

function declarationsOf(file: string): readonly Declaration[] {
  const source = readFileSync(join(SOURCE, file), 'utf8')
  const found = [...source.matchAll(DECLARATION)]
  return found.map((match, i) => ({
    name: match[2] ?? '',
    kind: (match[1] ?? '').replace('*', '') as DeclarationKind,
    file,
    doc: docBefore(source, match.index),
    text: source.slice(match.index, found[i + 1]?.index ?? source.length),
  }))
}

/** Every declaration at the top level of every file, public or not. */
export function readDeclarations(): readonly Declaration[] {
  return globSync('**/*.ts', { cwd: SOURCE }).toSorted().flatMap(declarationsOf)
}

export interface PublicName {
  readonly name: string
  /** Path below packages/protocol/src; `#suite` for the runtime's suite. */
  readonly from: string
}

/** What packages/protocol/src/index.ts exports. */
export function readPublicNames(): readonly PublicName[] {
  const index = readFileSync(join(SOURCE, 'index.ts'), 'utf8')
  const clauses = index.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)'/gm)
  return [...clauses].flatMap(([, names = '', from = '']) =>
    names
      .split(',')
      .map((name) => name.trim().replace(/^type /, ''))
      .filter((name) => name !== '')
      .map((name) => ({ name, from: from.replace(/^\.\//, '') })),
  )
}

/** Name → file that it is imported from, for the imports of one file within the package. */
export function readImports(file: string): ReadonlyMap<string, string> {
  const source = readFileSync(join(SOURCE, file), 'utf8')
  const imports = source.matchAll(/^import (?:type )?\{([^}]*)\} from '(\.[^']+)'/gm)
  return new Map(
    [...imports].flatMap(([, names = '', from = '']) =>
      names
        .split(',')
        .map((name) => name.trim().replace(/^type /, ''))
        .filter((name) => name !== '')
        .map((name) => [name, relative(SOURCE, join(SOURCE, dirname(file), from))] as const),
    ),
  )
}

/** The code of every `@example` in a docstring. */
export function examplesOf(doc: string): readonly string[] {
  return [...doc.matchAll(/@example\s*```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code.trim())
}
