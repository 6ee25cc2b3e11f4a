/** @hefu/service: what every service stands on, and nothing of what any of them is about. */
export { accessProblem, challenge } from './http/access/access-problem.ts'
export type { Claims, TokenGrant, TokenRefusal, TokenTrust } from './http/access/access-token.ts'
export {
  type AddressReader,
  createAddressReader,
  type ForwardingHeader,
  isProxyAddress,
  type Proxies,
} from './http/access/client-address.ts'
export type { BrowserSessions, SessionCredential } from './http/access/credential.ts'
export { type Admitted, createGuard, createGuardUnsafe, type Guard } from './http/access/guard.ts'
export { isIssuerAddress } from './http/access/issuer-address.ts'
export { createIssuerKeys, lookAtIssuer } from './http/access/issuer-keys.ts'
export { createMemoryQuota, type Quota } from './http/access/quota.ts'
export { createRefusedTries, type RefusedTries } from './http/access/refused-tries.ts'
export { assertSecondFactor, isAcr, type SecondFactor } from './http/access/second-factor.ts'
export {
  holdsCookie,
  readCookie,
  readSessionCookie,
  readSessionUse,
  type SessionPlace,
  type SessionUse,
  sessionProblem,
  tellSubject,
} from './http/access/session-request.ts'
export { lookIntoSharedQuota, openSharedQuota } from './http/access/shared-quota.ts'
export { createTokenReader, type TokenReader } from './http/access/token-reader.ts'
export { type AppOptions, createApp } from './http/app.ts'
export { isOrigin } from './http/cross-origin.ts'
export { createGate, createLoadGate, type Gate, type LoadGate, type Place } from './http/gate.ts'
export { httpProblem } from './http/http-problem.ts'
export {
  createCatalogue,
  describeInterface,
  type InterfaceDescription,
  type InterfaceTitle,
  type ProblemCatalogue,
} from './http/interface-description.ts'
export { answerJson, assertJsonAcceptable, createJsonAnswer } from './http/json-answer.ts'
export {
  assertBodyOf,
  assertJsonBody,
  parseJsonBody,
  parseJsonBytes,
  type ReceivedBody,
  receiveBody,
} from './http/json-body.ts'
export { createRegistry, METRICS_VARIABLES, startMetricsServer } from './http/metrics-server.ts'
export {
  assertNdjsonAcceptable,
  type LineBounds,
  NDJSON_MEDIA_TYPE,
  type ReceivedLine,
  receiveLines,
} from './http/ndjson-body.ts'
export {
  badParameter,
  type ParameterValues,
  parseParameters,
  type RouteParameter,
  type RouteParameters,
} from './http/parameters.ts'
export {
  type AnswerHeaders,
  createProblems,
  ProblemError,
  type ProblemMeaning,
  type Problems,
  type RequestDefect,
} from './http/problem.ts'
export { renderProblemPage } from './http/problem-page.ts'
export { type OnRefused, type RefusedRequest, reportRefused } from './http/refused-requests.ts'
export { createLogger, describeFailure } from './http/request-log.ts'
export { type Exchange, type Handler, type RequestState, type Route, route, type Step } from './http/route.ts'
export type {
  DescribedContent,
  DescribedHeaders,
  DescribedSchema,
  RouteDescription,
} from './http/route-description.ts'
export { createRoutes, type Method, type RouteEntry, type RouteTable } from './http/route-table.ts'
export {
  ListenError,
  type RunningServer,
  SERVICE_VARIABLES,
  type ServerOptions,
  startServer,
} from './http/server.ts'
export { readClock } from './process/clock.ts'
export {
  ConfigurationError,
  readConfiguration,
  readSettings,
  type SettingsOf,
} from './process/configuration.ts'
export { durationText, roughDurationText } from './process/duration.ts'
export { ExplainedError, reasonOf } from './process/explained-error.ts'
export { listenForInterruption } from './process/interruption.ts'
export { KeyError, type KeyErrorCode } from './process/key-error.ts'
export {
  createSealingKeyFile,
  openAccountKey,
  openSealingKey,
  openSigningKey,
  readKeyFile,
  type SealingKey,
  type SigningKey,
} from './process/key-file.ts'
export {
  givenPassphraseSetting,
  type PassphraseSource,
  passphraseSetting,
  readPassphrase,
} from './process/passphrase.ts'
export { runService, type Service } from './process/run-service.ts'
export {
  type Environment,
  type Kind,
  listeningSettings,
  optional,
  preset,
  required,
  type Setting,
  text,
  wholeNumber,
} from './process/setting.ts'
export { pathReason, systemReason } from './process/system-reason.ts'
export { type PassphrasePrompt, requestNewPassphrase, requestPassphrase } from './process/typed-passphrase.ts'
export type { Database, StoreName } from './storage/database.ts'
export { codeOf, databaseReason } from './storage/database-reason.ts'
export {
  type GrowingFile,
  openGrowingFile,
  placeFile,
  placeFolder,
  removeUnfinished,
  SECRET_MODE,
  syncFolder,
  writeDurably,
} from './storage/durable-file.ts'
export { openFolderDatabase } from './storage/folder-database.ts'
export { awaitFolder, isAwaited, whenFree } from './storage/folder-turn.ts'
export { type HeldFolder, holdFolder } from './storage/held-folder.ts'
export { openPostgresDatabase, type PostgresPatience } from './storage/postgres-database.ts'
export { isPostgresUrl } from './storage/postgres-url.ts'
export { DISK_FULL, hasRoom } from './storage/room.ts'
export { StorageError, type StorageErrorCode } from './storage/storage-error.ts'
export {
  assertWritableStore,
  hasOwnTables,
  openSharedStore,
  openStore,
  type Store,
  type StoreDefinition,
} from './storage/store.ts'
