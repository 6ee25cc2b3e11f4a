/** All that people do at the console, in the order of a clerk's day. */
import type { Journey } from './seat.ts'
import { verifyJourneys } from './verify.journey.ts'

export const JOURNEYS: readonly Journey[] = [...verifyJourneys]
