/** One licence verified by the service, whose pinned key has to have signed what it answers. */
import { createRemoteVerifier, type RemoteVerificationRequest, type Verification } from '@hefu/sdk/remote'
import { fetchAsOwnPage, readProblem } from '../service/ask-service.ts'
import type { ConsoleSettings } from '../service/console-settings.ts'
import type { ServiceProblem } from '../service/service-problem.ts'
import { markAnswer } from './verdict-timing.ts'

/** A connection that broke is tried once more; who is told to wait is shown that. */
const RETRIES = 1

/**
 * @throws {ServiceProblem} for what the service refused
 * @throws {RemoteVerifierError} where there is no report to rely on
 * @throws {MalformedError} for a request that cannot be answered
 * @throws {DOMException} `AbortError`, once `signal` ends it
 */
export async function askVerifier(
  request: RemoteVerificationRequest,
  { verifierKey }: ConsoleSettings,
  signal: AbortSignal,
): Promise<Verification> {
  let problem: ServiceProblem | undefined
  const verifier = createRemoteVerifier({
    url: location.origin,
    verifierKey: verifierKey as Parameters<typeof createRemoteVerifier>[0]['verifierKey'],
    retries: RETRIES,
    fetch: async (input, init) => {
      const response = await fetchAsOwnPage(input, { ...init, signal: either(signal, init?.signal) })
      // The SDK tells a problem in one language.
      problem = response.ok ? undefined : await readProblem(response.clone())
      markAnswer()
      return response
    },
  })
  try {
    return await verifier.verify(request)
  } catch (error) {
    signal.throwIfAborted()
    throw problem ?? error
  }
}

function either(one: AbortSignal, other: AbortSignal | null | undefined): AbortSignal {
  return other === null || other === undefined ? one : AbortSignal.any([one, other])
}
