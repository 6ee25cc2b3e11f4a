/** The law of legal acts, written down once more and apart from the contract. */
import type { ActName, StatusName } from './ledger-fixture.ts'

type Law = Readonly<Record<ActName, Partial<Record<StatusName, StatusName>>>>

/** Act by act: from → to. What is not named here is refused. */
export const LAW: Law = {
  Suspend: { Valid: 'Suspended', Restricted: 'RestrictedSuspended' },
  Reinstate: { Suspended: 'Valid', RestrictedSuspended: 'Restricted' },
  Revoke: {
    Valid: 'Revoked',
    Suspended: 'Revoked',
    Restricted: 'Revoked',
    RestrictedSuspended: 'Revoked',
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
  },
  Deregister: {
    Valid: 'Deregistered',
    Suspended: 'Deregistered',
    Restricted: 'Deregistered',
    RestrictedSuspended: 'Deregistered',
    Inactive: 'Deregistered',
    Revoked: 'RevokedDeregistered',
    Annulled: 'AnnulledDeregistered',
    Withdrawn: 'WithdrawnDeregistered',
  },
  Supersede: { Valid: 'Superseded', Restricted: 'Superseded' },
  TransferOut: { Valid: 'TransferredOut' },
  CancelTransferOut: { TransferredOut: 'Valid' },
  Defer: { Valid: 'Inactive' },
  Activate: { Inactive: 'Valid' },
}
