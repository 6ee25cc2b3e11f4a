// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Decision, LegalStatus, StatusAct} from "../types/Status.sol";
import {CredentialRef} from "../types/Transfer.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Acts of two keys on legal statuses
/// @notice Proposed by who acts on the agency's licences, or by the admin of the region above; confirmed by the superior of
/// the region of who proposed it (see `ITwoKeys`), never by the admin of that region, which nominates operators in it. MUST
/// revert as `ITwoKeys` says, with `AgencyMovedLately` and `OperatorTooNew` for what an operator proposed.
interface ICorrections {
    /// @notice A credential was found not to have taken the place of another.
    event SuccessionDissolved(Uscc indexed originIssuer, uint48 indexed originIndex, Uscc indexed issuer, uint48 index);

    /// @notice The credential took the place of none with that index.
    error SuccessionUnknown(Uscc issuer, uint48 index);

    /// @notice A correction leads to no status that links a credential with another, but back to the one that an
    /// existing link has.
    error CorrectionStatusUnlawful(LegalStatus status);

    /// @notice Another credential stands in the place of this one, at once or after others.
    error CorrectionAfterSuccessor(Uscc issuer, uint256 index, Uscc successorIssuer, uint48 successorIndex);

    /// @notice A correction gave the credential whose place this one took its own place again: of the credential itself, or
    /// of one that it goes back to.
    error CorrectionAfterOrigin(Uscc issuer, uint256 index, Uscc originIssuer, uint48 originIndex);

    /// @notice Sets the status of credentials from a time on, whatever the acts before it said 更正: a decision was
    /// quashed (复议, 诉讼, 自行纠正), or entered wrongly.
    /// @dev MUST revert with `CorrectionStatusUnlawful`, `CorrectionAfterSuccessor`, `CorrectionAfterOrigin`, and as `act`
    /// but for the age of the decision; and of credentials in each other's place for those in one call as for one call
    /// after another. A successor that was annulled is forgotten, for good. Emits `Proposed`, or
    /// `Confirmed` and `StatusActed`.
    /// @param status `Superseded` for credentials that another of the issuer took the place of, `Transferred` for those
    /// that one of another issuer did, so that their annulment is taken back; never `TransferredOut`.
    /// @param decision Its own decision; `effectiveAt` is the time from which the status is the corrected one.
    function correct(Uscc issuer, uint256[] calldata indices, LegalStatus status, Decision calldata decision) external;

    /// @notice Undoes a supersession or a transfer-in that was entered wrongly: the two credentials are linked no more. A
    /// transferred origin is in transit again to the successor's agency; a superseded one is corrected afterwards.
    /// @dev As `correct`, for who acts on the successor's licences. MUST revert with `SuccessionUnknown`, as `act` for the
    /// decision, and with `CorrectionAfterSuccessor` while what was taken in from another agency, or what followed it, is
    /// not annulled, whatever became of the origin: at no time are the two in force. If it was another holder's, it is
    /// corrected afterwards. Of an origin that a correction
    /// gave its place again nothing is changed. Emits `Proposed`, or `Confirmed`, `SuccessionDissolved` and `StatusActed`
    /// as `Dissolve` on the successor, and on the origin: as `Dissolve`, or as `Correct` to `TransferredOut`.
    function dissolveSuccession(
        CredentialRef calldata successor,
        CredentialRef calldata origin,
        Decision calldata decision
    ) external;

    /// @notice The act took effect within 31 days: one key enters it.
    error StatusNotLate(uint40 effectiveAt, uint256 blockTime);

    /// @notice Enters an act that took effect more than 31 days ago.
    /// @dev MUST revert as `act`, for the decision and the indices already as a proposal, and with `StatusNotLate`. Emits `Proposed`, or `Confirmed` and `StatusActed`.
    function actLate(Uscc issuer, StatusAct act, uint256[] calldata indices, Decision calldata decision) external;
}
