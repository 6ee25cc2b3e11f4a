// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOffices} from "../interfaces/IOffices.sol";
import {Authority} from "../modules/Authority.sol";
import {RegionCode} from "../types/Region.sol";
import {FormerHolder, LONG_TENURE, LONGEST_ABSENCE, Tenure} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";

/// @notice How an office passes from one account to another, and that none holds offices of both kinds.
abstract contract OfficeHolders is Authority, IOffices {
    /// @param account Who is the admin from now on; zero for nobody.
    function _passRegion(RegionCode code, address account, address appointedBy) internal {
        (address former, Tenure storage tenure) = (_regions[code].admin, _regionTenures[code]);
        if (former != address(0)) {
            --_offices[former].adminOf;
        }
        // From whoever lays it down nothing was taken.
        if (account != address(0)) {
            _remember(_formerAdmins[code], former, tenure);
            _enterAsAdmin(account);
        }
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
            _remember(_formerOperators[uscc], former, tenure);
            _enterAsOperator(account);
            delete _nominatedOperators[uscc];
        }
        _agencies[uscc].operator = account;
        (tenure.appointedBy, tenure.heldSince) = (appointedBy, uint40(block.timestamp));
    }

    function _enterAsAdmin(address account) internal {
        if (account == address(0)) revert OfficeHolderZero();
        if (_offices[account].operatorOf != 0) revert AccountIsOperator(account);
        ++_offices[account].adminOf;
    }

    function _enterAsOperator(address account) internal {
        if (account == address(0)) revert OfficeHolderZero();
        if (_offices[account].adminOf != 0) revert AccountIsAdmin(account);
        ++_offices[account].operatorOf;
    }

    /// @dev To whom an office returns; zero when to nobody, any more.
    function _returning(FormerHolder storage former) internal view returns (address) {
        return block.timestamp < former.leftAt + LONGEST_ABSENCE ? former.account : address(0);
    }

    /// @dev As it is remembered who leaves an office by a return: whoever it was, the next return gives it back.
    function _swapped(address leaver, Tenure storage tenure) internal view returns (FormerHolder memory former) {
        if (leaver == address(0)) return former;
        return FormerHolder({account: leaver, leftAt: uint40(block.timestamp), yields: !_isLong(tenure)});
    }

    /// @dev One accomplice after another makes nobody forget who held the office before them.
    function _remember(FormerHolder storage former, address leaver, Tenure storage tenure) private {
        if (leaver == address(0)) return;
        if (_returning(former) != address(0) && !former.yields && !_isLong(tenure)) return;
        (former.account, former.leftAt, former.yields) = (leaver, uint40(block.timestamp), false);
    }

    function _isLong(Tenure storage tenure) private view returns (bool) {
        return tenure.heldSince + LONG_TENURE <= block.timestamp;
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
