/**
 * @hefu/sdk/testing: a licence in every state that one may be met in, and the ledger that says so, in memory. For the tests
 * of who verifies licences; no page and no service loads any of it.
 */
export type { TestingState } from './testing/testing-states.ts'
export {
  createTestingWorld,
  TESTING_TIME,
  type TestingLicence,
  type TestingWorld,
} from './testing/testing-world.ts'
