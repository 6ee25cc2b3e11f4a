// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Decision, LegalStatus, StatusAct, StatusWord} from "../types/Status.sol";
import {Capacity} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Legal statuses of credentials
/// @notice Every credential has an index in its issuer's status list. Legal acts move its status along lawful
/// transitions only; each act leaves its decision, legal basis and effective time in an event. The word that holds a
/// status counts its acts and names the block of the newest one, and each act's event names the block of the one
/// before: the history of a credential is read block by block, and none of it can be withheld unnoticed.
interface IStatuses {
    /// @notice A legal act on credentials of one issuer.
    /// @param to The `LegalStatus` set, for `Correct` and `Inherit`; `NO_STATUS`, which is none, for all others, which
    /// follow the law's table.
    /// @param account Who entered it, or confirmed it; not the sender where that acts by way of another contract.
    /// @param capacity In what right it was entered, or proposed; for `TransferIn` that of the agency that takes in.
    /// @param indices Strictly ascending.
    /// @param previousBlocks For every word that holds one of them, in their order, the block of the act before on that
    /// word; zero for the first.
    /// @param decision For `Inherit` that of the supersession, with the end that is taken on.
    event StatusActed(
        Uscc indexed issuer,
        StatusAct indexed act,
        uint8 to,
        address account,
        Capacity capacity,
        uint256[] indices,
        uint40[] previousBlocks,
        Decision decision
    );

    /// @notice The act names no credential.
    error StatusIndicesEmpty(Uscc issuer);

    /// @notice The indices are not strictly ascending: one is repeated or out of order.
    error StatusIndicesNotAscending(uint256 previous, uint256 next);

    /// @notice No anchor covers the index.
    error StatusIndexNotAnchored(Uscc issuer, uint256 index);

    /// @notice The act needs more than an index: it has a function of its own.
    error StatusActOfItsOwn(StatusAct act);

    /// @notice The decision names no legal basis.
    error StatusLegalBasisMissing();

    /// @notice The decision number is empty or longer than 96 bytes.
    error StatusDecisionNumberLength(uint256 length);

    /// @notice The act would take effect after the time of the block.
    error StatusEffectiveInFuture(uint40 effectiveAt, uint256 blockTime);

    /// @notice The act would have taken effect more than 31 days before the time of the block: two keys enter it.
    error StatusEffectiveTooEarly(uint40 effectiveAt, uint256 blockTime);

    /// @notice The act has no end, or its end does not lie after its beginning.
    error StatusEndUnlawful(StatusAct act, uint40 effectiveAt, uint40 endsAt);

    /// @notice The law knows no such act on a credential of this status.
    error StatusTransitionUnlawful(Uscc issuer, uint48 index, LegalStatus from, StatusAct act);

    /// @notice Enters one legal act on one or many credentials of one issuer, all or none.
    /// @dev MUST be called by who acts on the issuer's licences: the operator of the active agency of an active region,
    /// after its retirement the operator of its successor or the custodian; for an annulment also the superior of the
    /// agency's region: else `AgencyNotActive`, `RegionNotActive` or `CallerNotOperator`. MUST revert with
    /// `StatusActOfItsOwn` for a supersession, a transfer or a correction, and with `StatusEffectiveTooEarly`,
    /// `StatusLegalBasisMissing`, `StatusDecisionNumberLength`, `StatusEffectiveInFuture`, `StatusEndUnlawful`,
    /// `StatusIndicesEmpty`, `StatusIndexNotAnchored`, `StatusIndicesNotAscending` or `StatusTransitionUnlawful`. Emits
    /// `StatusActed`.
    /// @param issuer Agency that issued the credentials.
    /// @param act The legal act.
    /// @param indices Places in the issuer's status list, strictly ascending, anchored (but for 暂缓生效).
    /// @param decision Effective at most 31 days back, and any time back for an annulment.
    function act(Uscc issuer, StatusAct act, uint256[] calldata indices, Decision calldata decision) external;

    /// @notice Legal status of one credential; `Valid` for an index no act has touched.
    function statusOf(Uscc issuer, uint48 index) external view returns (LegalStatus);

    /// @notice The word that holds the status.
    function statusWordOf(Uscc issuer, uint48 index) external view returns (StatusWord);
}
