/** All settings of a program at once, and all that is wrong with them. */
import type { Bilingual } from '@hefu/protocol'
import { ExplainedError } from './explained-error.ts'
import type { Environment, Setting } from './setting.ts'

/** The settings of a program, by the names that it has for their values. */
export type SettingsOf<Values> = { readonly [Name in keyof Values]: Setting<Values[Name]> }

/** Thrown for variables that are not as they must be. Their values are never repeated: one of them is a secret. */
export class ConfigurationError extends ExplainedError {
  override readonly name = 'ConfigurationError'
  readonly code = 'bad-configuration'
  /** One sentence for each defect. */
  readonly defects: readonly Bilingual[]

  constructor(defects: readonly Bilingual[]) {
    super({
      zh: `环境变量有误：${defects.map(({ zh }) => zh).join('；')}`,
      en: `Read the configuration: ${defects.map(({ en }) => en).join('; ')}`,
    })
    this.defects = defects
  }
}

/**
 * The values of a command's settings. The environment is a person's own, and other programs read it too.
 *
 * @throws {ConfigurationError} that names every defect
 */
export function readSettings<Values>(settings: SettingsOf<Values>, environment: Environment): Values {
  return readAll(settings, environment, [])
}

/**
 * The values of a service's settings. The environment is the service's alone: a variable `HEFU_…` that it does not
 * know is a misspelt one, and what it should have set would silently not hold.
 *
 * @throws {ConfigurationError} that names every defect, unknown variables among them
 */
export function readConfiguration<Values>(settings: SettingsOf<Values>, environment: Environment): Values {
  const known = new Set(entriesOf(settings).flatMap(([, { variables }]) => variables))
  const unknown = Object.keys(environment).filter((name) => name.startsWith('HEFU_') && !known.has(name))
  const defects = unknown.map((name) => ({
    zh: `${name} 不是本服务的环境变量`,
    en: `${name} is no variable of this service`,
  }))
  return readAll(settings, environment, defects)
}

function readAll<Values>(
  settings: SettingsOf<Values>,
  environment: Environment,
  found: readonly Bilingual[],
): Values {
  const readings = entriesOf(settings).map(([name, { read }]) => [name, read(environment)] as const)
  const defects = [
    ...readings.flatMap(([, reading]) => ('defect' in reading ? [reading.defect] : [])),
    ...found,
  ]
  if (defects.length > 0) throw new ConfigurationError(defects)
  const values = readings.flatMap(([name, reading]) => ('value' in reading ? [[name, reading.value]] : []))
  return Object.fromEntries(values) as Values
}

function entriesOf(settings: object): readonly (readonly [string, Setting<unknown>])[] {
  return Object.entries(settings)
}
