// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "../types/Region.sol";
import {Nomination} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Nominations
/// @notice Who is named for an office, and comes into it by accepting.
interface INominations {
    /// @notice An account was named that may become the region's admin by accepting; zero takes a nomination back.
    /// @param nominatedBy Who will have appointed it: the admin of the region or its superior.
    event RegionAdminNominated(RegionCode indexed region, address indexed candidate, address nominatedBy);

    /// @notice The nominated account became the region's admin, appointed by who nominated it.
    event RegionAdminChanged(RegionCode indexed region, address indexed admin);

    /// @notice An account was named that may become the agency's operator by accepting; zero takes a nomination back.
    /// @param nominatedBy Who will have appointed it: the admin who governs the agency.
    event AgencyOperatorNominated(Uscc indexed agency, address indexed candidate, address nominatedBy);

    /// @notice The nominated account became the agency's operator, appointed by who nominated it.
    event AgencyOperatorChanged(Uscc indexed agency, address indexed operator);

    /// @notice The superior, `nominatedBy`, has nominated somebody: what it said is not overwritten by the admin.
    error NominationStands(RegionCode region, address nominatedBy);

    /// @notice Names the account that shall become the region's admin, in place of any named before.
    /// @dev MUST be called by the admin of the region while it is active, or by its superior: else
    /// `AccessManagedUnauthorized`, `RegionNotActive` or `CallerNotRegionAdmin`. MUST revert with `RegionUnknown`,
    /// and for the admin with `NominationStands` while a nomination of its superior's does. Emits `RegionAdminNominated`.
    /// @param region The region whose admin shall change.
    /// @param candidate The account, or zero to take a nomination back.
    function nominateRegionAdmin(RegionCode region, address candidate) external;

    /// @notice Makes the nominated account the region's admin.
    /// @dev MUST be called by that account, which an admin is not by naming itself: else `CallerNotNominated`. MUST revert
    /// with `NominationExpired`, `NominationOvertaken`, `RegionNotActive` (of a region above) or `AccountIsOperator`. Emits `RegionAdminChanged`.
    /// @param region The region whose admin changes.
    function acceptRegionAdmin(RegionCode region) external;

    /// @notice Names the account that shall become the agency's operator, in place of any named before.
    /// @dev Caller as for `suspendAgency`. MUST revert with `AgencyAlreadyRetired`. Emits `AgencyOperatorNominated`.
    /// @param candidate The account, or zero to take a nomination back.
    function nominateOperator(Uscc agency, address candidate) external;

    /// @notice Makes the nominated account the agency's operator.
    /// @dev MUST be called by that account: else `CallerNotNominated`. MUST revert with `NominationExpired`,
    /// `NominationOvertaken`, `RegionNotActive` or `AccountIsAdmin`. A nomination made before a suspension, a pause or the
    /// retirement of the agency is void. Emits `AgencyOperatorChanged`.
    function acceptOperator(Uscc agency) external;

    /// @notice The account nominated as the region's admin; zero-valued when there is none.
    function nominatedRegionAdmin(RegionCode code) external view returns (Nomination memory);

    /// @notice The account nominated as the agency's operator; zero-valued when there is none.
    function nominatedOperator(Uscc agency) external view returns (Nomination memory);
}
