// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Authority} from "../modules/Authority.sol";
import {RegionCode, RegionStatus} from "../types/Region.sol";

/// @notice Who governs a region: the council a province, the admin of its parent every other.
abstract contract Superiors is Authority {
    /// @dev The caller governs the region: the council a province, the admin of the active parent any other.
    modifier onlySuperiorOf(RegionCode code) {
        _requireSuperiorOf(code);
        _;
    }

    /// @dev A code never admitted has no parent, and so is the council's: only it learns that the region is unknown.
    function _requireSuperiorOf(RegionCode code) internal {
        RegionCode parent = _governing(_regions[code].parent);
        if (parent.isZero()) _checkCanCall(msg.sender, msg.data);
        else _requireAdminOfActiveRegion(parent);
    }

    /// @dev The region itself may be suspended: its superior then names another admin.
    function _requireActiveAbove(RegionCode code) internal view {
        RegionCode parent = _regions[code].parent;
        if (!parent.isZero()) _requireActiveRegion(parent);
    }

    function _requireKnown(RegionCode code) internal view {
        if (_regions[code].status == RegionStatus.None) revert RegionUnknown(code);
    }
}
