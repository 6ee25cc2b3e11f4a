/** What the service tells its pages before anybody is signed in. */
import type { ServedKey } from '@hefu/sdk/remote'
import { askService } from './ask-service.ts'

export interface ConsoleSettings {
  /** The network file's public part, for the page's own verifier; as the SDK's `parseNetwork` takes it. */
  readonly network: unknown
  /** By which reports of this service are signed; as the SDK takes it. */
  readonly verifierKey: ServedKey
  readonly idleSeconds: number
  /** People and licences are invented. */
  readonly sample: boolean
  readonly version: string
}

let asked: Promise<ConsoleSettings> | undefined

/** Asked once; a failure is asked again. @throws {ServiceProblem} */
export function readSettings(): Promise<ConsoleSettings> {
  asked ??= askService<ConsoleSettings>('/console/settings.json').catch((error: unknown) => {
    asked = undefined
    throw error
  })
  return asked
}
