// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Notes, NoticeCode} from "../types/Notice.sol";
import {Decision} from "../types/Status.sol";
import {Capacity} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Notices 标注 beside the status of a credential
/// @notice Several at once, each of its code; none changes the status, and lifting one leaves the others. Which stand is
/// in state with a count of entries and the block of the newest; each event names the block of the entry before.
interface INotices {
    /// @notice A notice was entered on credentials.
    /// @param account Who entered it.
    /// @param previousBlocks For every index, the block of the entry before; zero for the first.
    event Noted(
        Uscc indexed issuer,
        NoticeCode indexed code,
        address account,
        Capacity capacity,
        uint256[] indices,
        uint40[] previousBlocks,
        Decision decision
    );

    /// @notice A notice was lifted; members as for `Noted`.
    event NoticeLifted(
        Uscc indexed issuer,
        NoticeCode indexed code,
        address account,
        Capacity capacity,
        uint256[] indices,
        uint40[] previousBlocks,
        Decision decision
    );

    /// @notice There are no notices of this code.
    error NoticeCodeUnknown(NoticeCode code);

    /// @notice The notice stands already, or none stands that could be lifted; also for an index named twice.
    error NoticeUnchanged(Uscc issuer, uint256 index, NoticeCode code, bool stands);

    /// @notice A notice has no end: it stands until it is lifted.
    error NoticeEndUnlawful(NoticeCode code, uint40 endsAt);

    /// @notice Enters a notice on credentials, all or none.
    /// @dev MUST be called by who acts on the issuer's licences (see `act`): else `AgencyNotActive`, `RegionNotActive` or
    /// `CallerNotOperator`. MUST revert with `NoticeCodeUnknown`, `StatusLegalBasisMissing`,
    /// `StatusDecisionNumberLength`, `StatusEffectiveInFuture`, `NoticeEndUnlawful`, `StatusIndicesEmpty`,
    /// `StatusIndexNotAnchored` or `NoticeUnchanged`. Emits `Noted`.
    function note(Uscc issuer, NoticeCode code, uint256[] calldata indices, Decision calldata decision) external;

    /// @notice Lifts a notice, all or none.
    /// @dev As `note`. Emits `NoticeLifted`.
    function liftNotice(Uscc issuer, NoticeCode code, uint256[] calldata indices, Decision calldata decision) external;

    /// @notice What stands noted; zero-valued when nothing ever did.
    function notesOf(Uscc issuer, uint48 index) external view returns (Notes memory);
}
