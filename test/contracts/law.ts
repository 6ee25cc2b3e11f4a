/** The law of legal acts, written down once more and apart from the contract. */
import { type ActName, LEGAL_STATUSES, type StatusName } from './ledger-fixture.ts'

type Law = Readonly<Record<ActName, Partial<Record<StatusName, StatusName>>>>

/** Act by act: from → to. What is not named here is refused; a correction and an inheritance name their status. */
export const LAW: Law = {
  // 转出 ends with a successor elsewhere: until then the licence is its issuer's, and penalties reach it.
  Suspend: { Valid: 'Suspended', Restricted: 'RestrictedSuspended', TransferredOut: 'Suspended' },
  Reinstate: { Suspended: 'Valid', RestrictedSuspended: 'Restricted' },
  Revoke: {
    Valid: 'Revoked',
    Suspended: 'Revoked',
    Restricted: 'Revoked',
    RestrictedSuspended: 'Revoked',
    Inactive: 'Revoked',
    TransferredOut: 'Revoked',
  },
  Restrict: { Valid: 'Restricted', Suspended: 'RestrictedSuspended' },
  Lift: { Restricted: 'Valid', RestrictedSuspended: 'Suspended' },
  Annul: {
    Valid: 'Annulled',
    Suspended: 'Annulled',
    Revoked: 'Annulled',
    Restricted: 'Annulled',
    RestrictedSuspended: 'Annulled',
    Inactive: 'Annulled',
    Withdrawn: 'Annulled',
    Deregistered: 'AnnulledDeregistered',
    RevokedDeregistered: 'AnnulledDeregistered',
    WithdrawnDeregistered: 'AnnulledDeregistered',
    Superseded: 'Annulled',
    TransferredOut: 'Annulled',
    Transferred: 'Annulled',
  },
  Withdraw: {
    Valid: 'Withdrawn',
    Suspended: 'Withdrawn',
    Restricted: 'Withdrawn',
    RestrictedSuspended: 'Withdrawn',
    Inactive: 'Withdrawn',
    TransferredOut: 'Withdrawn',
  },
  Deregister: {
    Valid: 'Deregistered',
    Suspended: 'Deregistered',
    Restricted: 'Deregistered',
    RestrictedSuspended: 'Deregistered',
    Inactive: 'Deregistered',
    TransferredOut: 'Deregistered',
    Revoked: 'RevokedDeregistered',
    Annulled: 'AnnulledDeregistered',
    Withdrawn: 'WithdrawnDeregistered',
  },
  // 补证: a licence lost while suspended or restricted is made anew, and what it was goes with it.
  Supersede: {
    Valid: 'Superseded',
    Suspended: 'Superseded',
    Restricted: 'Superseded',
    RestrictedSuspended: 'Superseded',
  },
  TransferOut: { Valid: 'TransferredOut' },
  CancelTransferOut: { TransferredOut: 'Valid' },
  Defer: { Valid: 'Inactive' },
  Activate: { Inactive: 'Valid' },
  TransferIn: { TransferredOut: 'Transferred' },
  // Changes no status, and is no act of one key.
  Dissolve: Object.fromEntries(LEGAL_STATUSES.map((status) => [status, status])),
  Correct: {},
  Inherit: {},
}

/** Acts that need more than an index, and so have functions of their own. */
export const ACTS_OF_THEIR_OWN: readonly ActName[] = [
  'Supersede',
  'TransferOut',
  'TransferIn',
  'Dissolve',
  'Correct',
  'Inherit',
]
