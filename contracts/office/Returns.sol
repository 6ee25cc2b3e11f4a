// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IReturns} from "../interfaces/IReturns.sol";
import {FormerHolder} from "../types/FormerHolder.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";
import {OfficeHolders} from "./OfficeHolders.sol";

/// @notice How an office is laid down, and how it returns to whom it was taken from.
abstract contract Returns is OfficeHolders, IReturns {
    /// @inheritdoc IReturns
    function resignRegion(RegionCode code) external {
        if (_regions[code].admin != msg.sender) revert CallerNotRegionAdmin(code, msg.sender);
        _formerAdmins[code] = _formerAdmins[code].afterResignation(_regionTenures[code].heldSince);
        _passRegion(code, address(0), address(0));
        emit RegionAdminResigned(code, msg.sender);
    }

    /// @inheritdoc IReturns
    function resignAgency(Uscc uscc) external {
        if (_agencies[uscc].operator != msg.sender) revert CallerNotOperator(uscc, msg.sender);
        _formerOperators[uscc] = _formerOperators[uscc].afterResignation(_agencyTenures[uscc].heldSince);
        _passAgency(uscc, address(0), address(0));
        emit AgencyOperatorResigned(uscc, msg.sender);
    }

    /// @inheritdoc IReturns
    function returnRegion(RegionCode code) external {
        RegionCode parent = _regions[code].parent;
        if (parent.isZero()) _checkCanCall(msg.sender, msg.data);
        else _requireAdminUpwards(parent);
        address former = _formerAdmins[code].returning();
        if (former == address(0)) revert OfficeNotLeft();

        _formerAdmins[code] = _formerAdmins[code].afterReturn(_regions[code].admin, _regionTenures[code].heldSince);
        _passRegion(code, former, msg.sender);
        emit RegionAdminReturned(code, former, msg.sender);
    }

    /// @inheritdoc IReturns
    function returnAgency(Uscc uscc) external {
        _requireAdminUpwards(_governing(_agencies[uscc].region));
        address former = _formerOperators[uscc].returning();
        if (former == address(0)) revert OfficeNotLeft();

        _formerOperators[uscc] =
            _formerOperators[uscc].afterReturn(_agencies[uscc].operator, _agencyTenures[uscc].heldSince);
        _passAgency(uscc, former, msg.sender);
        emit AgencyOperatorReturned(uscc, former, msg.sender);
    }

    /// @inheritdoc IReturns
    function formerRegionAdmin(RegionCode code) external view returns (FormerHolder memory) {
        return _ifReturning(_formerAdmins[code]);
    }

    /// @inheritdoc IReturns
    function formerOperator(Uscc uscc) external view returns (FormerHolder memory) {
        return _ifReturning(_formerOperators[uscc]);
    }

    function _ifReturning(FormerHolder memory former) private view returns (FormerHolder memory nobody) {
        return former.returning() == address(0) ? nobody : former;
    }

    /// @dev The caller is the admin of the active region, or of an active one that it lies in.
    function _requireAdminUpwards(RegionCode code) private view {
        for (RegionCode above = code; !above.isZero(); above = _regions[above].parent) {
            if (_isAdminOfActive(above, msg.sender)) return;
        }
        revert CallerNotSuperior(code, msg.sender);
    }
}
