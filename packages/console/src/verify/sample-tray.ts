/** The tray of samples that a sandbox hands out: each is given as if it had been scanned or dropped. */
import type { Bilingual } from '@hefu/protocol'
import { askService } from '../service/ask-service.ts'
import { ServiceProblem, UNREACHABLE } from '../service/service-problem.ts'

export type SampleKind = 'bundle' | 'qr' | 'pdf' | 'ofd'

export interface SampleLicence {
  readonly id: string
  readonly title: Bilingual
  readonly files: readonly { readonly name: string; readonly kind: SampleKind }[]
  /** What a sample applicant stated of it. */
  readonly submitted?: Readonly<Record<string, string>>
}

const SAMPLES = '/console/samples'

/** @throws {ServiceProblem} */
export function readSamples(): Promise<readonly SampleLicence[]> {
  return askService<readonly SampleLicence[]>(`${SAMPLES}/samples.json`)
}

/** @throws {ServiceProblem} where the tray does not have it */
export async function readSampleFile(name: string): Promise<Blob> {
  const response = await fetch(`${SAMPLES}/${encodeURIComponent(name)}`).catch(() => null)
  if (response?.ok === true) return response.blob()
  throw new ServiceProblem(response?.status ?? 0, 'sample-missing', UNREACHABLE)
}
