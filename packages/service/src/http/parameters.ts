/** What stands in an address: the parts that a route's path names, and the query. Anyone may have sent it. */
import type { Bilingual } from '@hefu/protocol'
import type { ZodOpenApiSchemaObject } from 'zod-openapi'
import { httpProblem } from './http-problem.ts'
import type { RequestDefect } from './problem.ts'
import type { Exchange, Step } from './route.ts'

/** One part of a path, which is always there, or one parameter of a query, which may be left out. */
export interface RouteParameter<Value> {
  readonly in: 'path' | 'query'
  /** What it has to be, as a noun: said where it is not, and in the description of the interface. */
  readonly expected: Bilingual
  /** `null`: the text is not that. */
  readonly parse: (text: string) => Value | null
  /** JSON Schema of what is sent. */
  readonly schema: ZodOpenApiSchemaObject
  /** One that can be sent. Absent: there is none that is always one. */
  readonly example?: string | number
}

/** By name. */
export type RouteParameters = Readonly<Record<string, RouteParameter<unknown>>>

/** The values of parameters; of one that was left out there is none. */
export type ParameterValues<Parameters extends RouteParameters> = {
  readonly [Name in keyof Parameters]: Parameters[Name] extends RouteParameter<infer Value>
    ? Value | (Parameters[Name]['in'] extends 'path' ? never : undefined)
    : never
}

/** Reads all of them, and refuses what is none of them, or is there twice: a misspelt one must not silently do nothing. */
export function parseParameters<Parameters extends RouteParameters>(
  parameters: Parameters,
): Step<unknown, { readonly parameters: ParameterValues<Parameters> }> {
  const known = Object.entries(parameters)
  const others = onlyThese(known.filter(([, { in: place }]) => place === 'query').map(([name]) => name))
  return (ctx) => {
    const given = givenIn(ctx)
    const values = new Map<string, unknown>()
    const defects: RequestDefect[] = []
    for (const [name, { expected, parse }] of known) {
      const [text, ...more] = given.get(name) ?? []
      given.delete(name)
      if (text === undefined) continue
      const value = more.length === 0 ? parse(text) : null
      if (value === null) defects.push(badParameter(name, expected))
      else values.set(name, value)
    }
    // The name of what is none of them is the sender's own, and is not repeated.
    if (given.size > 0) defects.push({ pointer: '', code: 'unknown-member', expected: others })
    if (defects.length > 0) throw httpProblem('bad-parameters', defects)
    return { parameters: Object.fromEntries(values) as ParameterValues<Parameters> }
  }
}

/** A parameter that is not what it has to be. */
export function badParameter(name: string, expected: Bilingual): RequestDefect {
  return { pointer: `/${name}`, code: 'wrong-value', expected }
}

/** Of a name in the path and in the query both are there, which is once too often. */
function givenIn(ctx: Exchange): Map<string, string[]> {
  const given = new Map<string, string[]>()
  const { params = {} } = ctx as { readonly params?: Readonly<Record<string, string>> }
  for (const [name, text] of [...Object.entries(params), ...new URLSearchParams(ctx.querystring)])
    given.set(name, [...(given.get(name) ?? []), text])
  return given
}

function onlyThese(names: readonly string[]): Bilingual {
  if (names.length === 0) return { zh: '不带查询参数的地址', en: 'an address without a query' }
  return { zh: `仅含 ${names.join('、')} 的查询`, en: `a query of ${names.join(', ')} alone` }
}
