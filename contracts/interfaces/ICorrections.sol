// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Decision, LegalStatus, StatusAct} from "../types/Status.sol";
import {CredentialRef} from "../types/Transfer.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Acts of two keys on legal statuses
/// @notice Proposed by who acts on the agency's licences, confirmed by the superior of its region (see `ITwoKeys`).
interface ICorrections {
    /// @notice A credential was found not to have taken the place of another.
    event SuccessionDissolved(Uscc indexed originIssuer, uint48 indexed originIndex, Uscc indexed issuer, uint48 index);

    /// @notice The credential took the place of none with that index.
    error SuccessionUnknown(Uscc issuer, uint48 index);

    /// @notice A correction leads to no status that links a credential with another.
    error CorrectionStatusUnlawful(LegalStatus status);

    /// @notice Another credential stands in the place of this one.
    error CorrectionAfterSuccessor(Uscc issuer, uint256 index, Uscc successorIssuer, uint48 successorIndex);

    /// @notice Sets the status of credentials from a time on, whatever the acts before it said 更正: a decision was
    /// quashed (复议, 诉讼, 自行纠正), or entered wrongly.
    /// @dev MUST revert with `CorrectionStatusUnlawful`, `CorrectionAfterSuccessor`, and as `act` but for the age of the
    /// decision. A successor that was annulled is forgotten. Emits `Proposed`, or `Confirmed` and `StatusActed`.
    /// @param status Neither `Superseded` nor `TransferredOut` nor `Transferred`.
    /// @param decision Its own decision; `effectiveAt` is the time from which the status is the corrected one.
    function correct(Uscc issuer, uint256[] calldata indices, LegalStatus status, Decision calldata decision) external;

    /// @notice Undoes a supersession or a transfer-in that was entered wrongly: the two credentials are linked no more. A
    /// transferred origin is in transit again to the successor's agency; a superseded one is corrected afterwards.
    /// @dev Proposed by who acts on the successor's licences, confirmed by the superior of its region. MUST revert with
    /// `SuccessionUnknown`, and as `act` for the decision. Emits `Proposed`, or `Confirmed`, `SuccessionDissolved` and, for
    /// a transfer, `StatusActed` on the origin.
    /// @param originIndex The one index in the origin's status list.
    function dissolveSuccession(
        CredentialRef calldata successor,
        uint256[] calldata originIndex,
        Decision calldata decision
    ) external;

    /// @notice Enters an act that took effect more than 31 days ago.
    /// @dev MUST revert as `act`. Emits `Proposed`, or `Confirmed` and `StatusActed`.
    function actLate(Uscc issuer, StatusAct act, uint256[] calldata indices, Decision calldata decision) external;
}
