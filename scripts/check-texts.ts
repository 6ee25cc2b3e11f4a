/**
 * Every sentence of the console stands in its catalogue (`packages/console/src/texts`), in both languages: a template
 * that holds letters of its own, as text or in an attribute that people see or hear, fails. So does an inline style, which
 * the policy of the pages refuses. A checker that looked at no file fails.
 */
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface TemplateNode {
  /** 1: element, 2: text, as @vue/compiler-core numbers them. */
  readonly type: number
  readonly tag?: string
  readonly content?: unknown
  readonly children?: readonly TemplateNode[]
  readonly props?: readonly {
    readonly type: number
    readonly name: string
    readonly value?: { readonly content: string }
  }[]
  readonly loc: { readonly start: { readonly line: number } }
}

interface Compiler {
  parse(source: string): { readonly descriptor: { readonly template: { readonly ast: TemplateNode } | null } }
}

const root = join(import.meta.dirname, '..')
const { parse } = createRequire(join(root, 'packages/console/package.json'))('vue/compiler-sfc') as Compiler

const LETTERS = /\p{L}/u
const SEEN_OR_HEARD = /^(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt|label)$/
/** Names of keys are what stands on them. */
const LITERAL = ['kbd']

const files = globSync('packages/console/src/**/*.vue', { cwd: root })
const violations = files.flatMap((file) => {
  const ast = parse(readFileSync(join(root, file), 'utf8')).descriptor.template?.ast
  return ast === undefined ? [] : violationsIn(ast).map(({ line, what }) => `${file}:${line}: ${what}`)
})
for (const violation of violations) console.error(violation)
if (files.length === 0) console.error('packages/console: no component was found to check')
if (violations.length > 0 || files.length === 0) process.exit(1)
console.log(`the texts of ${files.length} components are the catalogue's`)

function violationsIn(node: TemplateNode): readonly { readonly line: number; readonly what: string }[] {
  const { line } = node.loc.start
  if (node.type === 2 && typeof node.content === 'string' && LETTERS.test(node.content))
    return [{ line, what: 'a text of its own' }]
  if (LITERAL.includes(node.tag ?? '')) return []
  const props = (node.props ?? []).flatMap(({ type, name, value }) => {
    if (type !== 6) return []
    if (name === 'style') return [{ line, what: 'an inline style' }]
    return SEEN_OR_HEARD.test(name) && LETTERS.test(value?.content ?? '')
      ? [{ line, what: `a text of its own in ${name}` }]
      : []
  })
  return [...props, ...(node.children ?? []).flatMap(violationsIn)]
}
