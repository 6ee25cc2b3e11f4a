// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IRegions} from "../interfaces/IRegions.sol";
import {Region, RegionCode, RegionStatus} from "../types/Region.sol";

/// @notice Who is in the alliance. Provinces are governed by the council through the access manager, every other
/// region by the admin of its parent.
abstract contract Regions is AccessManaged, IRegions {
    mapping(RegionCode code => Region) private _regions;

    mapping(RegionCode code => address) private _nominatedAdmins;

    /// @dev Block time (Unix seconds) at which the region was admitted or accredited: `since` tells of its status alone.
    mapping(RegionCode code => uint40) private _admittedAt;

    /// @dev The caller governs the region: the council a province, the admin of the active parent any other.
    modifier onlySuperiorOf(RegionCode code) {
        _requireSuperiorOf(code);
        _;
    }

    /// @inheritdoc IRegions
    function admitRegion(RegionCode code, address admin) external restricted {
        if (!code.isProvinceLevel()) revert RegionCodeInvalid(code);
        _enter(code, RegionCode.wrap(0), admin);
        emit RegionAdmitted(code, admin);
    }

    /// @inheritdoc IRegions
    function accreditRegion(RegionCode code, RegionCode parent, address admin) external {
        _requireAdminOfActiveRegion(parent);
        if (!code.isPartOf(parent)) revert RegionNotPartOf(code, parent);
        _enter(code, parent, admin);
        emit RegionAccredited(code, parent, admin);
    }

    /// @inheritdoc IRegions
    function nominateRegionAdmin(RegionCode code, address candidate) external {
        if (_regions[code].admin == msg.sender) _requireActiveRegion(code);
        else _requireSuperiorOf(code);
        if (_regions[code].status == RegionStatus.None) revert RegionUnknown(code);

        _nominatedAdmins[code] = candidate;
        emit RegionAdminNominated(code, candidate);
    }

    /// @inheritdoc IRegions
    function acceptRegionAdmin(RegionCode code) external {
        if (_nominatedAdmins[code] != msg.sender) revert CallerNotNominatedAdmin(code, msg.sender);

        delete _nominatedAdmins[code];
        _regions[code].admin = msg.sender;
        emit RegionAdminChanged(code, msg.sender);
    }

    /// @inheritdoc IRegions
    function suspendRegion(RegionCode code) external onlySuperiorOf(code) {
        if (_regions[code].status != RegionStatus.Active) revert RegionNotActive(code);

        _setRegionStatus(code, RegionStatus.Suspended);
        emit RegionSuspended(code);
    }

    /// @inheritdoc IRegions
    function resumeRegion(RegionCode code) external onlySuperiorOf(code) {
        if (_regions[code].status != RegionStatus.Suspended) revert RegionNotSuspended(code);

        _setRegionStatus(code, RegionStatus.Active);
        emit RegionResumed(code);
    }

    /// @inheritdoc IRegions
    function retireRegion(RegionCode code) external onlySuperiorOf(code) {
        RegionStatus status = _regions[code].status;
        if (status != RegionStatus.Active && status != RegionStatus.Suspended) revert RegionNotRetirable(code);

        _setRegionStatus(code, RegionStatus.Retired);
        emit RegionRetired(code);
    }

    /// @inheritdoc IRegions
    function region(RegionCode code) public view returns (Region memory) {
        return _regions[code];
    }

    /// @inheritdoc IRegions
    function nominatedRegionAdmin(RegionCode code) external view returns (address) {
        return _nominatedAdmins[code];
    }

    /// @inheritdoc IRegions
    function isAdminOf(RegionCode code, address account) external view returns (bool) {
        return _isActiveRegion(code) && _regions[code].admin == account;
    }

    /// @inheritdoc IRegions
    function isMemberAt(RegionCode code, uint40 time) external view returns (bool) {
        uint40 admittedAt = _admittedAt[code];
        if (admittedAt == 0 || admittedAt > time) return false;
        Region storage member = _regions[code];
        return member.status != RegionStatus.Retired || member.since > time;
    }

    /// @dev The region and all it lies in are active.
    function _requireActiveRegion(RegionCode code) internal view {
        RegionCode inactive = _firstInactive(code);
        if (!inactive.isZero()) revert RegionNotActive(inactive);
    }

    function _isActiveRegion(RegionCode code) internal view returns (bool) {
        return !code.isZero() && _firstInactive(code).isZero();
    }

    /// @dev Upwards from the region, the first that is not active; zero when all are.
    function _firstInactive(RegionCode code) private view returns (RegionCode) {
        while (!code.isZero()) {
            Region storage current = _regions[code];
            // Together, so that the slot is read once.
            (RegionStatus status, RegionCode parent) = (current.status, current.parent);
            if (status != RegionStatus.Active) return code;
            code = parent;
        }
        return code;
    }

    function _requireAdminOfActiveRegion(RegionCode code) internal view {
        _requireActiveRegion(code);
        if (_regions[code].admin != msg.sender) revert CallerNotRegionAdmin(code, msg.sender);
    }

    function _parentOf(RegionCode code) internal view returns (RegionCode) {
        return _regions[code].parent;
    }

    /// @dev A code never admitted has no parent, and so is the council's: only it learns that the region is unknown.
    function _requireSuperiorOf(RegionCode code) private {
        RegionCode parent = _regions[code].parent;
        if (parent.isZero()) _checkCanCall(msg.sender, msg.data);
        else _requireAdminOfActiveRegion(parent);
    }

    function _enter(RegionCode code, RegionCode parent, address admin) private {
        if (admin == address(0)) revert RegionAdminZero(code);
        if (_regions[code].status != RegionStatus.None) revert RegionAlreadyAdmitted(code);

        _regions[code] =
            Region({admin: admin, status: RegionStatus.Active, since: uint40(block.timestamp), parent: parent});
        _admittedAt[code] = uint40(block.timestamp);
    }

    function _setRegionStatus(RegionCode code, RegionStatus status) private {
        _regions[code].status = status;
        _regions[code].since = uint40(block.timestamp);
    }
}
