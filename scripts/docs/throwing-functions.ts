/** Which functions of packages/protocol can throw, told from the source: those that do, and those that call them. */
import { type Declaration, readImports } from './exported-names.ts'

/** `file#name`. */
function idOf({ file, name }: Pick<Declaration, 'file' | 'name'>): string {
  return `${file}#${name}`
}

/** The code of a declaration without comments and texts, in which words would be taken for calls. */
function codeOf({ text }: Declaration): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
}

/** Without what stands in a `try`: there somebody catches. */
function unguarded(code: string): string {
  let rest = code
  for (let at = rest.indexOf('try {'); at >= 0; at = rest.indexOf('try {')) {
    rest = rest.slice(0, at) + rest.slice(closingBrace(rest, at + 4) + 1)
  }
  return rest
}

function closingBrace(code: string, open: number): number {
  let depth = 0
  for (let at = open; at < code.length; at++) {
    if (code[at] === '{') depth++
    else if (code[at] === '}' && --depth === 0) return at
  }
  return code.length
}

/** Only functions with a name are followed; what a caller hands in is the caller's. */
function callsOf(declaration: Declaration, known: ReadonlySet<string>): readonly string[] {
  const imports = readImports(declaration.file)
  const code = unguarded(codeOf(declaration))
  return [...code.matchAll(/(?<![.\w$])([A-Za-z_$][\w$]*)\(/g)]
    .map(([, name = '']) => idOf({ file: imports.get(name) ?? declaration.file, name }))
    .filter((id) => id !== idOf(declaration) && known.has(id))
}

/** Names as `file#name`. */
export function findThrowing(declarations: readonly Declaration[]): ReadonlySet<string> {
  const functions = declarations.filter(
    ({ kind, text }) => kind === 'function' || /^[^=]*= (?:async )?\(/.test(text),
  )
  const known = new Set(functions.map(idOf))
  const calls = new Map(functions.map((one) => [idOf(one), callsOf(one, known)] as const))
  const throwing = new Set(functions.filter((one) => /\bthrow\b/.test(unguarded(codeOf(one)))).map(idOf))
  for (let before = -1; before < throwing.size; ) {
    before = throwing.size
    for (const [id, callees] of calls) if (callees.some((callee) => throwing.has(callee))) throwing.add(id)
  }
  return throwing
}
