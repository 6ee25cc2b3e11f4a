/** Settings of a program, each read from its environment variables. What a variable holds is never repeated. */
import type { Bilingual } from '@hefu/protocol'

export type Environment = Readonly<Record<string, string | undefined>>

/** A setting's value, or what is wrong with its variables. */
export type Reading<Value> = { readonly value: Value } | { readonly defect: Bilingual }

export interface Setting<Value> {
  /** Names of the variables that it is read from. */
  readonly variables: readonly string[]
  readonly read: (environment: Environment) => Reading<Value>
}

/** What a variable's text means. */
export interface Kind<Value> {
  /** What the text must be, as a noun. */
  readonly expected: Bilingual
  /** `null`: the text is not that. */
  readonly parse: (text: string) => Value | null
}

/** The text of a variable; one that is empty is not set. */
export function textOf(environment: Environment, name: string): string | undefined {
  return environment[name] || undefined
}

/** Any text that is not empty. */
export function text(expected: Bilingual): Kind<string> {
  return { expected, parse: (given) => given }
}

/** A whole number from `least` to `most`, in decimal digits. */
export function wholeNumber(least: number, most: number, expected: Bilingual): Kind<number> {
  return {
    expected,
    parse: (given) => {
      const value = /^[0-9]{1,15}$/.test(given) ? Number(given) : Number.NaN
      return value >= least && value <= most ? value : null
    },
  }
}

/** A setting without which the program does not start. */
export function required<Value>(name: string, kind: Kind<Value>): Setting<Value> {
  const { zh, en } = kind.expected
  const missing = { zh: `缺少 ${name}（${zh}）`, en: `${name} is missing: ${en}` }
  return {
    variables: [name],
    read: (environment) => readVariable(environment, name, kind, { defect: missing }),
  }
}

/** A setting with a value of its own where the variable is not set. */
export function preset<Value, Preset>(
  name: string,
  kind: Kind<Value>,
  value: Preset,
): Setting<Value | Preset> {
  return { variables: [name], read: (environment) => readVariable(environment, name, kind, { value }) }
}

/** A setting that may be left out. */
export function optional<Value>(name: string, kind: Kind<Value>): Setting<Value | undefined> {
  return preset(name, kind, undefined)
}

/** Where a service listens: `HEFU_HOST`, `HEFU_PORT`. */
export function listeningSettings(port: number): { host: Setting<string>; port: Setting<number> } {
  const expected = { zh: '端口号（0 至 65535）', en: 'a port from 0 to 65535' }
  return {
    host: preset('HEFU_HOST', text({ zh: '监听地址', en: 'an address to listen on' }), '127.0.0.1'),
    port: preset('HEFU_PORT', wholeNumber(0, 65_535, expected), port),
  }
}

function readVariable<Value, Unset>(
  environment: Environment,
  name: string,
  { parse, expected }: Kind<Value>,
  unset: Reading<Unset>,
): Reading<Value | Unset> {
  const given = textOf(environment, name)
  if (given === undefined) return unset
  const value = parse(given)
  if (value !== null) return { value }
  return { defect: { zh: `${name} 应为${expected.zh}`, en: `${name} must be ${expected.en}` } }
}
