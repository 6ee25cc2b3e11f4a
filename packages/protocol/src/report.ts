/**
 * @hefu/protocol/report: reports, the signature under them, and the keys that they are signed with. Apart from what reads
 * a licence, so that a page that asks a service has its answer read by a third of the code.
 */

export { suite } from '#suite'
export { parseJsonText } from './bytes/json-text.ts'
export { limitOf, wholeLimitOf } from './bytes/limit.ts'
export { MalformedError, malformed } from './bytes/malformed.ts'
export { assertOnly, parseObject } from './bytes/members.ts'
export type { JsonObject, JsonValue } from './bytes/strict-json.ts'
export { isDisplayText } from './bytes/text.ts'
export { parsePublicJwk, thumbprint } from './credential/public-key.ts'
export { AttestationError, namesKey, verifyAttestation } from './report/attestation.ts'
export { encodeReport } from './report/report.ts'
export { SuiteUnavailableError } from './suite/suite.ts'
