// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LicenceType} from "../types/Catalogue.sol";
import {RegionCode} from "../types/Region.sol";
import {Term} from "../types/Term.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Responsibility list 责任清单
/// @notice Which agency issues which licence type, and when. A province can make its agencies responsible for every
/// type of the catalogue; a region below it only for types delegated to it, and no longer than they are.
/// What is delegated or assigned is narrowed again whenever it is read: a parent that loses a type takes it from all
/// below. Where an agency or a region was at the time decides, whatever became of it since. Terms begin at the earliest
/// at the time of the block; earlier terms stay.
interface IResponsibilities {
    /// @notice A region may make its agencies responsible for a type.
    event TypeDelegated(RegionCode indexed region, LicenceType indexed licenceType, uint40 from, uint40 until);

    /// @notice The end of a delegation was brought forward.
    event TypeDelegationEnded(RegionCode indexed region, LicenceType indexed licenceType, uint40 until);

    /// @notice An agency is responsible for a type.
    event ResponsibilityAssigned(Uscc indexed agency, LicenceType indexed licenceType, uint40 from, uint40 until);

    /// @notice The end of a responsibility was brought forward.
    event ResponsibilityEnded(Uscc indexed agency, LicenceType indexed licenceType, uint40 until);

    /// @notice A province needs no delegation: the catalogue is its own.
    error DelegationToProvince(RegionCode region);

    /// @notice The region that delegates or assigns does not have the type for the whole term.
    error DelegationExceeded(RegionCode region, LicenceType licenceType, uint40 from, uint40 until);

    /// @notice Delegates a type to a region.
    /// @dev MUST be called by the admin of its parent, which MUST be active: else `DelegationToProvince`,
    /// `RegionNotActive` or `CallerNotRegionAdmin`. MUST revert with `LicenceTypeNotActive`, `TermEmpty`,
    /// `TermOverlaps` or `DelegationExceeded`. Emits `TypeDelegated`.
    /// @param from Unix seconds; what lies before the time of the block, such as 0, is the time of the block.
    /// @param until Unix seconds; the largest value for no end.
    function delegateType(RegionCode region, LicenceType licenceType, uint40 from, uint40 until) external;

    /// @notice From a time on, the region has no delegation of the type: one that runs ends, one ahead is removed.
    /// @dev Caller as for `delegateType`. MUST revert with `TermEndUnlawful`. Emits `TypeDelegationEnded`.
    function endTypeDelegation(RegionCode region, LicenceType licenceType, uint40 until) external;

    /// @notice Makes an agency responsible for a type.
    /// @dev MUST be called by the admin of its region, which MUST be active: else `AgencyUnknown`, `RegionNotActive`
    /// or `CallerNotRegionAdmin`. MUST revert with `AgencyNotActive`, `LicenceTypeNotActive`, `TermEmpty`,
    /// `TermOverlaps` or `DelegationExceeded`. Emits `ResponsibilityAssigned`.
    /// @param from Unix seconds; what lies before the time of the block, such as 0, is the time of the block.
    /// @param until Unix seconds; the largest value for no end.
    function assignResponsibility(Uscc agency, LicenceType licenceType, uint40 from, uint40 until) external;

    /// @notice From a time on, the agency is not responsible for the type: a term that runs ends, one ahead is removed.
    /// @dev MUST be called by the admin of the agency's region, as above. MUST revert with `TermEndUnlawful`. Emits
    /// `ResponsibilityEnded`.
    function endResponsibility(Uscc agency, LicenceType licenceType, uint40 until) external;

    /// @notice The term in which a region has a type, around a time; zero-valued when it has it not.
    function delegationAt(RegionCode region, LicenceType licenceType, uint40 time) external view returns (Term memory);

    /// @notice The term in which an agency is responsible for a type, around a time; zero-valued when it is not.
    function responsibilityAt(Uscc agency, LicenceType licenceType, uint40 time) external view returns (Term memory);
}
