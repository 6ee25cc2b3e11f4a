// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LicenceType} from "../types/Catalogue.sol";
import {
    Agreement,
    AgreementDraft,
    Approval,
    Membership,
    NegativeEntry,
    Recognition,
    RecognitionQuestion
} from "../types/Recognition.sol";
import {RegionCode} from "../types/Region.sol";

/// @title Recognition of licences between provinces
/// @notice The national baseline binds all; agreements bind their members; a province refuses by its negative list.
/// Nothing is recognised where or whence a province is not in the alliance, nor a type that is not in the catalogue.
/// An entry of the negative list wins over all other rules. Where no rule speaks, nothing is recognised.
/// Terms begin at the earliest at the time of the block; earlier terms stay. A past time is answered as it was.
/// Whatever was agreed, an answer reads a bounded number of slots: it looks at the three newest agreements that two
/// provinces have for a type. One that stands behind three newer ones counts again once `renewAgreement` says so.
interface IRecognitions {
    /// @notice All provinces recognise a type.
    event BaselineSet(LicenceType indexed licenceType, uint40 from, uint40 until);

    /// @notice The end of a type's baseline was brought forward.
    event BaselineEnded(LicenceType indexed licenceType, uint40 until);

    /// @notice An agreement was proposed; the proposing province is its first member.
    event AgreementProposed(uint32 indexed agreement, RegionCode indexed proposer, AgreementDraft draft);

    /// @notice A province is bound by an agreement from the time of the block on.
    event AgreementJoined(uint32 indexed agreement, RegionCode indexed region);

    /// @notice A standing agreement of two provinces became the newest of theirs for a type.
    event AgreementRenewed(
        uint32 indexed agreement, RegionCode indexed region, RegionCode indexed partner, LicenceType licenceType
    );

    /// @notice A province gave notice and is bound until `leavesAt`.
    event AgreementLeft(uint32 indexed agreement, RegionCode indexed region, uint40 leavesAt);

    /// @notice A province refuses licences; `approval` is the decision that approved it.
    event NegativeEntered(
        RegionCode indexed receiving, NegativeEntry entry, uint40 from, uint40 until, Approval approval
    );

    /// @notice The end of a refusal was brought forward.
    event NegativeEnded(RegionCode indexed receiving, NegativeEntry entry, uint40 until);

    /// @notice Agreements and negative lists are between provinces.
    error RecognitionNotProvince(RegionCode region);

    /// @notice The agreement names no partner or no type.
    error AgreementIncomplete();

    /// @notice The agreement names more than 40 partners, more than 16 types, or more than 320 partners times types.
    error AgreementTooLarge(uint256 partners, uint256 licenceTypes);

    /// @notice The period of notice is longer than 366 days: who gave notice would be bound for as long.
    error AgreementNoticeTooLong(uint32 noticeSeconds);

    /// @notice The province is named twice.
    error AgreementMemberRepeated(RegionCode region);

    /// @notice The type is named twice.
    error AgreementTypeRepeated(LicenceType licenceType);

    /// @notice The province is not invited, or has joined before.
    error AgreementNotInvited(uint32 agreement, RegionCode region);

    /// @notice Nobody joins any more: 180 days from the proposal are over, or a member has given notice.
    error AgreementClosed(uint32 agreement, uint40 openUntil);

    /// @notice The province is not a member, or has given notice before.
    error AgreementNotMember(uint32 agreement, RegionCode region);

    /// @notice The agreement does not bind the two provinces for the type now.
    error AgreementNotStanding(uint32 agreement, RegionCode region, RegionCode partner, LicenceType licenceType);

    /// @notice The agreement is among the three newest of the two provinces for the type: it counts already.
    error AgreementNotBuried(uint32 agreement, RegionCode region, RegionCode partner, LicenceType licenceType);

    /// @notice The reference of the approval is no reference: shorter than 6 or longer than 96 bytes, without a digit,
    /// or with white space or a control character.
    error NegativeApprovalInvalid(string number);

    /// @notice The approval names no document.
    error NegativeApprovalDigestZero();

    /// @notice A province cannot refuse its own licences.
    error NegativeOwnProvince(RegionCode region);

    /// @notice Puts a type on the national baseline.
    /// @dev MUST be called by the baseline role: else `AccessManagedUnauthorized`. MUST revert with
    /// `LicenceTypeNotActive`, `TermEmpty` or `TermOverlaps`. Emits `BaselineSet`.
    /// @param from Unix seconds; what lies before the time of the block, such as 0, is the time of the block.
    /// @param until Unix seconds; the largest value for no end.
    function setBaseline(LicenceType licenceType, uint40 from, uint40 until) external;

    /// @notice From a time on, no term of the type is on the baseline: one that runs ends, one ahead is removed.
    /// @dev Caller as for `setBaseline`. MUST revert with `TermEndUnlawful`. Emits `BaselineEnded`.
    function endBaseline(LicenceType licenceType, uint40 until) external;

    /// @notice Proposes an agreement and joins it.
    /// @dev MUST be called by the admin of `proposer`, an active province: else `RecognitionNotProvince`,
    /// `RegionNotActive` or `CallerNotRegionAdmin`. MUST revert with `AgreementIncomplete`, `AgreementTooLarge`,
    /// `AgreementNoticeTooLong`, `TermEmpty`, `LicenceTypeNotActive`, `AgreementTypeRepeated`, `RecognitionNotProvince` or
    /// `AgreementMemberRepeated`. Emits `AgreementProposed` and `AgreementJoined`.
    /// @return agreement Its number, from 1 on.
    function proposeAgreement(RegionCode proposer, AgreementDraft calldata draft) external returns (uint32 agreement);

    /// @notice Joins an agreement that invites the province.
    /// @dev MUST be called by the admin of `region`, an active province, as above. MUST revert with
    /// `AgreementNotInvited` or `AgreementClosed`. Emits `AgreementJoined`.
    function joinAgreement(uint32 agreement, RegionCode region) external;

    /// @notice Makes a standing agreement with a partner the newest for a type, when three newer ones stand before it.
    /// @dev Caller as for `joinAgreement`. MUST revert with `AgreementNotStanding` or `AgreementNotBuried`. Emits
    /// `AgreementRenewed`.
    function renewAgreement(uint32 agreement, RegionCode region, RegionCode partner, LicenceType licenceType) external;

    /// @notice Gives notice; the province is bound until the notice period is over, and cannot join again.
    /// @dev Caller as for `joinAgreement`. MUST revert with `AgreementNotMember`. Emits `AgreementLeft`.
    function leaveAgreement(uint32 agreement, RegionCode region) external;

    /// @notice Enters a refusal on the province's negative list.
    /// @dev MUST be called by the admin of `receiving`, an active province, as above. MUST revert with
    /// `NegativeApprovalInvalid`, `NegativeApprovalDigestZero`, `NegativeOwnProvince`, `RecognitionNotProvince`,
    /// `TermEmpty` or `TermOverlaps`. Emits `NegativeEntered`.
    /// @param receiving The province that refuses.
    /// @param entry What it refuses.
    /// @param from Unix seconds; what lies before the time of the block, such as 0, is the time of the block.
    /// @param until Unix seconds; the largest value for no end.
    /// @param approval The decision that approved the entry.
    function enterNegative(
        RegionCode receiving,
        NegativeEntry calldata entry,
        uint40 from,
        uint40 until,
        Approval calldata approval
    ) external;

    /// @notice From a time on, the entry has no term: one that runs ends, one ahead is removed.
    /// @dev Caller as for `enterNegative`. MUST revert with `TermEndUnlawful`. Emits `NegativeEnded`.
    function endNegative(RegionCode receiving, NegativeEntry calldata entry, uint40 until) external;

    /// @notice Whether licences are recognised at a time (Unix seconds), and the rule that decides.
    function recognised(RecognitionQuestion calldata question, uint40 time) external view returns (Recognition memory);

    /// @notice An agreement by its number; zero-valued when there is none.
    function agreement(uint32 number) external view returns (Agreement memory);

    /// @notice A province's part in an agreement.
    function membership(uint32 agreement, RegionCode region) external view returns (Membership memory);

    /// @notice Whether an agreement names a type.
    function agreementNames(uint32 agreement, LicenceType licenceType) external view returns (bool);

    /// @notice How many agreements were ever proposed; they are numbered from 1 on.
    function agreementCount() external view returns (uint32);

    /// @notice The provinces that ever joined an agreement, in the order of joining.
    function agreementMembers(uint32 agreement) external view returns (RegionCode[] memory);

    /// @notice The types that an agreement names.
    function agreementTypes(uint32 agreement) external view returns (LicenceType[] memory);
}
