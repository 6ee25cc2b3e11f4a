// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegalBasis, LegalStatus, StatusAct} from "../types/Status.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Legal statuses of credentials
/// @notice Every credential has an index in its issuer's status list. Legal acts move its status along lawful
/// transitions only; each act leaves its decision, legal basis and effective time in an event.
interface IStatuses {
    /// @notice A legal act on credentials of one issuer; one event for each call.
    event StatusActed(
        Uscc indexed issuer,
        StatusAct indexed act,
        uint256[] indices,
        uint40 effectiveAt,
        LegalBasis legalBasis,
        string decisionNumber
    );

    /// @notice The act names no credential.
    error StatusIndicesEmpty(Uscc issuer);

    /// @notice The indices are not strictly ascending: one is repeated or out of order.
    error StatusIndicesNotAscending(uint256 previous, uint256 next);

    /// @notice The index has more than 64 bits.
    error StatusIndexTooLarge(uint256 index);

    /// @notice The decision names no legal basis.
    error StatusLegalBasisMissing();

    /// @notice The decision number is empty or longer than 96 bytes.
    error StatusDecisionNumberLength(uint256 length);

    /// @notice The act would take effect after the time of the block.
    error StatusEffectiveInFuture(uint40 effectiveAt, uint256 blockTime);

    /// @notice The act would have taken effect more than 31 days before the time of the block.
    error StatusEffectiveTooEarly(uint40 effectiveAt, uint256 blockTime);

    /// @notice The law knows no such act on a credential of this status.
    error StatusTransitionUnlawful(Uscc issuer, uint64 index, LegalStatus from, StatusAct act);

    /// @notice Enters one legal act on one or many credentials of one issuer, all or none.
    /// @dev MUST be called by the operator of `issuer`, an active agency of an active region: else `AgencyNotActive`,
    /// `RegionNotActive` or `CallerNotOperator`. MUST revert with `StatusLegalBasisMissing`,
    /// `StatusDecisionNumberLength`, `StatusEffectiveInFuture`, `StatusEffectiveTooEarly`, `StatusIndicesEmpty`,
    /// `StatusIndexTooLarge`, `StatusIndicesNotAscending` or `StatusTransitionUnlawful`. Emits `StatusActed`.
    /// @param issuer Agency that issued the credentials.
    /// @param act The legal act.
    /// @param indices Places in the issuer's status list, of 64 bits, strictly ascending.
    /// @param effectiveAt Unix seconds; at most 31 days back, and any time back for an annulment.
    /// @param legalBasis Code of the provision the decision rests on; not zero.
    /// @param decisionNumber Number of the decision, 1 to 96 bytes of UTF-8. MUST hold no personal data.
    function act(
        Uscc issuer,
        StatusAct act,
        uint256[] calldata indices,
        uint40 effectiveAt,
        LegalBasis legalBasis,
        string calldata decisionNumber
    ) external;

    /// @notice Legal status of one credential; `Valid` for an index no act has touched.
    function statusOf(Uscc issuer, uint64 index) external view returns (LegalStatus);
}
