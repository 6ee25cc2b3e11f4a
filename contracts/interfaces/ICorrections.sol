// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Decision, LegalStatus, StatusAct} from "../types/Status.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Acts of two keys on legal statuses
/// @notice Proposed by who acts on the agency's licences, confirmed by the superior of its region (see `ITwoKeys`).
interface ICorrections {
    /// @notice A correction leads to no status that links a credential with another, unless that other stands.
    error CorrectionStatusUnlawful(LegalStatus status);

    /// @notice Another credential stands in the place of this one.
    error CorrectionAfterSuccessor(Uscc issuer, uint256 index, Uscc successorIssuer, uint48 successorIndex);

    /// @notice Sets the status of credentials from a time on, whatever the acts before it said 更正: a decision was
    /// quashed (复议, 诉讼, 自行纠正), or entered wrongly.
    /// @dev MUST revert with `CorrectionStatusUnlawful`, `CorrectionAfterSuccessor`, and as `act` but for the age of the
    /// decision. A successor that was annulled is forgotten, and that it was one. While one stands, the only correction is
    /// the undoing of a later annulment, which voids the successor. Emits `Proposed`, or `Confirmed` and `StatusActed`.
    /// @param status Neither `Superseded` nor `TransferredOut` nor `Transferred`; of a credential whose successor stands,
    /// `Superseded` when that is of the same issuer, `Transferred` when it is of another.
    /// @param decision Its own decision; `effectiveAt` is the time from which the status is the corrected one.
    function correct(Uscc issuer, uint256[] calldata indices, LegalStatus status, Decision calldata decision) external;

    /// @notice Enters an act that took effect more than 31 days ago.
    /// @dev MUST revert as `act`. Emits `Proposed`, or `Confirmed` and `StatusActed`.
    function actLate(Uscc issuer, StatusAct act, uint256[] calldata indices, Decision calldata decision) external;
}
