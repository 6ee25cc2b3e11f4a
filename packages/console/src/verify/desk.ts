/** The desk of this page: whom it asks, in whose name, and what it keeps. It outlives the page, as a sheet is printed meanwhile. */
import type { RemoteVerificationRequest } from '@hefu/sdk/remote'
import { watch } from 'vue'
import { readSettings } from '../service/console-settings.ts'
import { person, session } from '../session/session.ts'
import { onForget } from '../session/typed-work.ts'
import { applicantValues, submittedOf } from './applicant-values.ts'
import { askVerifier } from './ask-verifier.ts'
import { asOfDay, type CaseFault, caseDetails, faultsOf, lacksOf } from './case-details.ts'
import { askForFound } from './found-licence.ts'
import { claimedTypeOf, type GivenLicence, isSought } from './given-licence.ts'
import { keepVerification } from './recent-verifications.ts'
import { isServiceAway, serviceAnswers, serviceIsAway } from './service-reach.ts'
import { markAnswer } from './verdict-timing.ts'
import { createVerificationDesk, type VerificationDesk } from './verification-desk.ts'

const FIND = 'retrieve'

export const desk: VerificationDesk = createVerificationDesk({
  faults: faultsFor,
  requestOf,
  canFind,
  isAway: () => isServiceAway.value,
  onReach: (reached) => (reached ? serviceAnswers() : serviceIsAway()),
  askService: async (request, signal) => askVerifier(request, await readSettings(), signal),
  askForFound: async (request, signal) => askForFound(request, await readSettings(), signal),
  verifyHere: async (request) => {
    const { verifyHere } = await loadOwnVerifier()
    const { network } = await readSettings()
    const { useCause: _, ...asked } = request
    const answer = await verifyHere(asked, network)
    markAnswer()
    return answer
  },
  onTold: keepVerification,
  everySecond: (tick) => {
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  },
})

/** Loaded in time: once the service is away, it hands out no code either. */
export function loadOwnVerifier(): Promise<typeof import('./own-verifier.ts')> {
  return import('./own-verifier.ts')
}

function now(): number {
  return Math.floor(Date.now() / 1_000)
}

function canFind(): boolean {
  return person.value?.scopes.includes(FIND) ?? false
}

function faultsFor(given: GivenLicence): readonly CaseFault[] {
  const faults = faultsOf(caseDetails, person.value?.region ?? null, now())
  const isToFind = isSought(given) && canFind() && !isServiceAway.value
  return [...faults, ...(isToFind ? lacksOf(caseDetails, ['caseNo', 'useCause']) : [])]
}

function requestOf(given: GivenLicence): RemoteVerificationRequest {
  const { region, serviceItem, caseNo, useCause, day } = caseDetails
  const asOf = asOfDay(day, now())
  const submitted = submittedOf(claimedTypeOf(given), applicantValues)
  return {
    ...given.asked,
    receivingRegion: region,
    ...(serviceItem === '' ? {} : { serviceItem }),
    ...(caseNo === '' ? {} : { caseNo }),
    ...(useCause === '' ? {} : { useCause }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(Object.keys(submitted).length === 0 ? {} : { submitted }),
  }
}

onForget(desk.forget)

// Behind the lock stands what was asked: the same person goes on with it.
watch(session, ({ state }) => {
  const { value } = desk.state
  if (state === 'signed-in' && value.stage === 'failed' && value.failure.kind === 'session') void desk.again()
})
