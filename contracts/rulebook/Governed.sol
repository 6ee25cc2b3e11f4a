// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAuthorityErrors} from "../interfaces/IAuthorityErrors.sol";
import {IMembers} from "../interfaces/IMembers.sol";
import {Agency, AgencyStatus} from "../types/Agency.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";

/// @notice What a rulebook asks its ledger about who is who.
abstract contract Governed {
    IMembers internal immutable _ledger;

    constructor(IMembers ledger_) {
        _ledger = ledger_;
    }

    /// @dev The caller is the admin of the region, and the region and all it lies in are active.
    function _requireAdminOfActiveRegion(RegionCode code) internal view {
        if (_ledger.isAdminOf(code, msg.sender)) return;
        if (_ledger.region(code).admin == msg.sender) revert IAuthorityErrors.RegionNotActive(code);
        revert IAuthorityErrors.CallerNotRegionAdmin(code, msg.sender);
    }

    /// @dev The caller is the admin of the active region of the accredited agency.
    function _requireAdminOf(Uscc uscc) internal view returns (Agency memory governed) {
        governed = _ledger.agency(uscc);
        if (governed.status == AgencyStatus.None) revert IAuthorityErrors.AgencyUnknown(uscc);
        _requireAdminOfActiveRegion(governed.region);
    }
}
