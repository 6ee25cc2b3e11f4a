// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "../types/Region.sol";

/// @title Offices
/// @notice Admins of regions and operators of agencies. An account holds offices of one kind alone, so that no key both
/// registers signing keys and anchors what they signed. A nomination is not a change: the nominated account accepts,
/// within thirty days, and not after a suspension, a pause or a change of admin of the region that the nomination came from,
/// or of one above that.
interface IOffices {
    /// @notice An office would be nobody's.
    error OfficeHolderZero();

    /// @notice The account is the operator of an agency and cannot be an admin.
    error AccountIsOperator(address account);

    /// @notice The account is the admin of a region and cannot be an operator.
    error AccountIsAdmin(address account);

    /// @notice The account is the ledger itself or its access manager, by way of which others call: whoever they are would
    /// be a second key beside themselves.
    error AccountActsForOthers(address account);

    /// @notice The caller was not nominated.
    error CallerNotNominated(address caller);

    /// @notice The nomination is older than thirty days.
    error NominationExpired(uint256 nominatedAt);

    /// @notice Since the nomination something above it changed: who nominated may no longer be who should.
    error NominationOvertaken(uint256 nominatedAt, RegionCode region);
}
