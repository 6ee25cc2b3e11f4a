/** @hefu/ledger/audit: what a replica has, compared with what the ledger keeps. Apart: no service loads what checks proofs. */
export {
  type AuditDifference,
  type AuditOptions,
  type AuditReport,
  audit,
} from './replica/audit/audit.ts'
export { type AuditRefusedCode, AuditRefusedError } from './replica/audit/audit-error.ts'
export { type EventsOptions, readToldState, type ToldState } from './replica/audit/audit-events.ts'
export { type AuditReaders, auditLedger, type KeptFacts } from './replica/audit/audit-ledger.ts'
export { MOST_OF_PROVINCE, SEEDS } from './replica/audit/audit-sample.ts'
export { type AuditSubject, createAuditSubject } from './replica/audit/audit-subject.ts'
export { connectProofReader, type ProofReader } from './replica/audit/proof-reader.ts'
