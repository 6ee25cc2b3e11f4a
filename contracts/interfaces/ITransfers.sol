// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegalStatus} from "../types/Status.sol";
import {CredentialRef, Successor} from "../types/Transfer.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Transfers of credentials between agencies
/// @notice A credential that its issuer transferred out (`StatusAct.TransferOut`) can be succeeded by one credential
/// of another agency, whichever asks first; afterwards the transfer out cannot be cancelled.
interface ITransfers {
    /// @notice `origin` was closed for good and `successor` took its place.
    event TransferredIn(
        Uscc indexed originIssuer,
        uint64 indexed originIndex,
        Uscc indexed issuer,
        uint64 index,
        string decisionNumber
    );

    /// @notice The origin is not transferred out, or has its successor already.
    error TransferOriginNotOut(Uscc issuer, uint64 index, LegalStatus status);

    /// @notice The successor is not in force.
    error TransferSuccessorNotValid(Uscc issuer, uint64 index, LegalStatus status);

    /// @notice Origin and successor are of one issuer: that is `StatusAct.Supersede`.
    error TransferWithinIssuer(Uscc issuer);

    /// @notice Makes a credential the successor of one that was transferred out.
    /// @dev MUST be called by the operator of `successor.issuer`, an active agency of an active region: else
    /// `AgencyNotActive`, `RegionNotActive` or `CallerNotOperator`. MUST revert with `TransferWithinIssuer`,
    /// `StatusDecisionNumberLength`, `TransferSuccessorNotValid` or `TransferOriginNotOut`. The origin becomes
    /// `Transferred`. Emits `TransferredIn`.
    /// @param successor The credential of the receiving agency.
    /// @param origin The credential it takes the place of.
    /// @param decisionNumber Number of the decision, 1 to 96 bytes of UTF-8. MUST hold no personal data.
    function transferIn(CredentialRef calldata successor, CredentialRef calldata origin, string calldata decisionNumber)
        external;

    /// @notice The successor of a credential; zero-valued when there is none.
    function successorOf(Uscc issuer, uint64 index) external view returns (Successor memory);
}
