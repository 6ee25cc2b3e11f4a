// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Who is not heard
interface IAuthorityErrors {
    /// @notice The region is unknown, suspended, paused or retired, or lies in one that is.
    error RegionNotActive(RegionCode region);

    /// @notice The region, or one it lies in, is closed for anchors.
    error RegionClosed(RegionCode region);

    /// @notice The caller is not the admin of the region the act concerns.
    error CallerNotRegionAdmin(RegionCode region, address caller);

    /// @notice The caller is not who is above: the admin of `region`, the nearest who would be heard; for zero whom the council
    /// named. So a call of anybody's tells who is to confirm a proposal.
    error CallerNotSuperior(RegionCode region, address caller);

    /// @notice The agency was never accredited.
    error AgencyUnknown(Uscc agency);

    /// @notice The agency is unknown, suspended, paused or retired.
    error AgencyNotActive(Uscc agency);

    /// @notice The caller is not the operator of the agency it acts for, nor who acts for a retired one.
    error CallerNotOperator(Uscc agency, address caller);

    /// @notice The agency is retired.
    error AgencyAlreadyRetired(Uscc agency);

    /// @notice The region was never admitted.
    error RegionUnknown(RegionCode region);
}
