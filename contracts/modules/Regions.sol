// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IRegions} from "../interfaces/IRegions.sol";
import {Region, RegionCode, RegionStatus} from "../types/Region.sol";

/// @notice Who is in the alliance. Governed by the council through the access manager.
abstract contract Regions is AccessManaged, IRegions {
    mapping(RegionCode code => Region) private _regions;

    /// @inheritdoc IRegions
    function admitRegion(RegionCode code, address admin) external restricted {
        if (!code.isProvinceLevel()) revert RegionCodeInvalid(code);
        if (admin == address(0)) revert RegionAdminZero(code);
        if (_regions[code].status != RegionStatus.None) revert RegionAlreadyAdmitted(code);

        _regions[code] = Region({
            admin: admin,
            status: RegionStatus.Active,
            since: uint40(block.timestamp),
            parent: RegionCode.wrap(0)
        });
        emit RegionAdmitted(code, admin);
    }

    /// @inheritdoc IRegions
    function suspendRegion(RegionCode code) external restricted {
        if (_regions[code].status != RegionStatus.Active) revert RegionNotActive(code);

        _setRegionStatus(code, RegionStatus.Suspended);
        emit RegionSuspended(code);
    }

    /// @inheritdoc IRegions
    function resumeRegion(RegionCode code) external restricted {
        if (_regions[code].status != RegionStatus.Suspended) revert RegionNotSuspended(code);

        _setRegionStatus(code, RegionStatus.Active);
        emit RegionResumed(code);
    }

    /// @inheritdoc IRegions
    function retireRegion(RegionCode code) external restricted {
        RegionStatus status = _regions[code].status;
        if (status != RegionStatus.Active && status != RegionStatus.Suspended) revert RegionNotRetirable(code);

        _setRegionStatus(code, RegionStatus.Retired);
        emit RegionRetired(code);
    }

    /// @inheritdoc IRegions
    function region(RegionCode code) public view returns (Region memory) {
        return _regions[code];
    }

    function _requireActiveRegion(RegionCode code) internal view {
        if (_regions[code].status != RegionStatus.Active) revert RegionNotActive(code);
    }

    function _requireAdminOfActiveRegion(RegionCode code) internal view {
        _requireActiveRegion(code);
        if (_regions[code].admin != msg.sender) revert CallerNotRegionAdmin(code, msg.sender);
    }

    function _setRegionStatus(RegionCode code, RegionStatus status) private {
        _regions[code].status = status;
        _regions[code].since = uint40(block.timestamp);
    }
}
