/** What the programs of a sandbox inherit of the environment that it was started in. */

/** Everything but the settings of Hefu: those of whoever starts the sandbox are meant for the sandbox. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEFU_')))
}
