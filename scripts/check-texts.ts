/**
 * Every sentence of the console stands in its catalogue (`packages/console/src/texts`), in both languages: a template
 * that holds letters of its own, as text or in an attribute that people see or hear, fails; and so does Chinese in a script. So does an inline style, which
 * the policy of the pages refuses. A checker that looked at no file fails.
 */
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface TemplateNode {
  /** 1: element, 2: text, 5: `{{ }}`, as @vue/compiler-core numbers them. */
  readonly type: number
  readonly tag?: string
  readonly content?: unknown
  readonly children?: readonly TemplateNode[]
  readonly props?: readonly TemplateProp[]
  readonly loc: { readonly start: { readonly line: number } }
}

interface TemplateProp {
  /** 6: attribute, 7: directive. */
  readonly type: number
  readonly name: string
  readonly value?: { readonly content: string }
  readonly arg?: { readonly content: string }
  readonly exp?: { readonly content: string }
}

interface Compiler {
  parse(source: string): { readonly descriptor: { readonly template: { readonly ast: TemplateNode } | null } }
}

const root = join(import.meta.dirname, '..')
const { parse } = createRequire(join(root, 'packages/console/package.json'))('vue/compiler-sfc') as Compiler

const LETTERS = /\p{L}/u
const SEEN_OR_HEARD = /^(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt|label)$/
const CATALOGUE = /\/texts\//
const COMMENT = /^\s*(?:\/\*|\*|\/\/)/
/** In quotation marks; one character alone is drawn, or compared, and said to nobody. */
const SENTENCE = /['"`][^'"`]*\p{Script=Han}[^'"`]*\p{Script=Han}/u
/** Names of keys are what stands on them. */
const LITERAL = ['kbd']

const files = globSync('packages/console/src/**/*.vue', { cwd: root })
const violations: string[] = files.flatMap((file) => {
  const ast = parse(readFileSync(join(root, file), 'utf8')).descriptor.template?.ast
  return ast === undefined ? [] : violationsIn(ast).map(({ line, what }) => `${file}:${line}: ${what}`)
})
const scripts = globSync('packages/console/src/**/*.ts', { cwd: root }).filter(
  (file) => !CATALOGUE.test(file),
)
for (const file of scripts)
  for (const [i, line] of readFileSync(join(root, file), 'utf8').split('\n').entries())
    if (!COMMENT.test(line) && SENTENCE.test(line)) violations.push(`${file}:${i + 1}: a text of its own`)
for (const violation of violations) console.error(violation)
if (files.length === 0 || scripts.length === 0)
  console.error('packages/console: no component was found to check')
if (violations.length > 0 || files.length === 0 || scripts.length === 0) process.exit(1)
console.log(`the texts of ${files.length} components and ${scripts.length} scripts are the catalogue's`)

interface Violation {
  readonly line: number
  readonly what: string
}

function violationsIn(node: TemplateNode): readonly Violation[] {
  const { line } = node.loc.start
  if (LITERAL.includes(node.tag ?? '')) return []
  const own = isOwnText(node) ? [{ line, what: 'a text of its own' }] : []
  const props = (node.props ?? []).flatMap((prop) => faultsOf(prop).map((what) => ({ line, what })))
  return [...own, ...props, ...(node.children ?? []).flatMap(violationsIn)]
}

function isOwnText({ type, content }: TemplateNode): boolean {
  if (type === 2) return typeof content === 'string' && LETTERS.test(content)
  return type === 5 && holdsSentence((content as { readonly content?: string }).content)
}

function faultsOf({ type, name, value, arg, exp }: TemplateProp): readonly string[] {
  if (type === 6 && name === 'style') return ['an inline style']
  if (type === 6)
    return isSaid(name) && LETTERS.test(value?.content ?? '') ? [`a text of its own in ${name}`] : []
  return isSaid(arg?.content ?? '') && holdsSentence(exp?.content)
    ? [`a text of its own in ${arg?.content}`]
    : []
}

function isSaid(attribute: string): boolean {
  return SEEN_OR_HEARD.test(attribute)
}

/** A word in quotation marks may be a name that is compared; Chinese, and words behind each other, are for people. */
function holdsSentence(expression = ''): boolean {
  return [...expression.matchAll(/'([^']*)'|"([^"]*)"|`([^`]*)`/g)].some(([, ...texts]) =>
    texts.some((text) => /\p{Script=Han}|\p{L}\s+\p{L}/u.test(text ?? '')),
  )
}
