/** @hefu/ledger/audit: what a replica has, compared with what the ledger keeps. Apart: no service loads what checks proofs. */
export {
  type AuditDifference,
  type AuditOptions,
  type AuditReport,
  audit,
} from './replica/audit.ts'
export { type AuditRefusedCode, AuditRefusedError } from './replica/audit-error.ts'
export { type EventsOptions, readToldState, type ToldState } from './replica/audit-events.ts'
export { type AuditReaders, auditLedger, type KeptFacts } from './replica/audit-ledger.ts'
export { type AuditSubject, createAuditSubject } from './replica/audit-subject.ts'
export { connectProofReader, type ProofReader } from './replica/proof-reader.ts'
