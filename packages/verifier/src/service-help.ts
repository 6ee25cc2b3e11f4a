/** What `node dist/main.js --help` says: by which variables the service is configured. */
import { VERIFIER_SETTINGS } from './configuration.ts'

export function helpText(): string {
  const variables = Object.values(VERIFIER_SETTINGS).flatMap((setting) => setting.variables)
  return `核验服务，由环境变量配置，不带参数运行；各变量见 packages/verifier/README.md，先以 hefu-verifier check 核对
The verifier service: it takes no arguments, and is configured by the environment; packages/verifier/README.md says what each variable means, and hefu-verifier check tries them

${variables.map((name) => `  ${name}`).join('\n')}
`
}
