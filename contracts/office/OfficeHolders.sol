// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOffices} from "../interfaces/IOffices.sol";
import {Authority} from "../modules/Authority.sol";
import {RegionCode} from "../types/Region.sol";
import {Tenure} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";

/// @notice How an office passes from one account to another, and that none holds offices of both kinds.
abstract contract OfficeHolders is Authority, IOffices {
    /// @param account Who is the admin from now on; zero for nobody.
    function _passRegion(RegionCode code, address account, address appointedBy) internal {
        (address former, Tenure storage tenure) = (_regions[code].admin, _regionTenures[code]);
        if (former != address(0)) {
            --_offices[former].adminOf;
        }
        if (account != address(0)) _enterAsAdmin(account);
        // Whoever resigns takes back no nomination of the superior's.
        if (account != address(0) || _nominatedAdmins[code].nominatedBy == former) delete _nominatedAdmins[code];
        _regions[code].admin = account;
        (tenure.appointedBy, tenure.heldSince) = (appointedBy, uint40(block.timestamp));
    }

    /// @param account Who is the operator from now on; zero for nobody.
    function _passAgency(Uscc uscc, address account, address appointedBy) internal {
        (address former, Tenure storage tenure) = (_agencies[uscc].operator, _agencyTenures[uscc]);
        if (former != address(0)) {
            --_offices[former].operatorOf;
        }
        if (account != address(0)) {
            _enterAsOperator(account);
            delete _nominatedOperators[uscc];
        }
        _agencies[uscc].operator = account;
        (tenure.appointedBy, tenure.heldSince) = (appointedBy, uint40(block.timestamp));
    }

    function _enterAsAdmin(address account) internal {
        _requireSomebody(account);
        if (_offices[account].operatorOf != 0) revert AccountIsOperator(account);
        ++_offices[account].adminOf;
    }

    function _enterAsOperator(address account) internal {
        _requireSomebody(account);
        if (_offices[account].adminOf != 0) revert AccountIsAdmin(account);
        ++_offices[account].operatorOf;
    }

    function _requireSomebody(address account) private view {
        if (account == address(0)) revert OfficeHolderZero();
        if (account == authority() || account == address(this)) revert AccountActsForOthers(account);
    }

    function _tenure(address appointedBy) internal view returns (Tenure memory) {
        return Tenure({
            appointedBy: appointedBy,
            heldSince: uint40(block.timestamp),
            statusSince: uint40(block.timestamp),
            moved: false
        });
    }
}
