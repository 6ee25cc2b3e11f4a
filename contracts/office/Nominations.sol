// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {INominations} from "../interfaces/INominations.sol";
import {AgencyStatus} from "../types/Agency.sol";
import {LONGEST_WAIT} from "../types/Proposal.sol";
import {RegionCode} from "../types/Region.sol";
import {Nomination, Tenure} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";
import {OfficeHolders} from "./OfficeHolders.sol";
import {Superiors} from "./Superiors.sol";

/// @notice How accounts come into offices.
abstract contract Nominations is OfficeHolders, Superiors, INominations {
    /// @inheritdoc INominations
    function nominateRegionAdmin(RegionCode code, address candidate) external {
        if (_regions[code].admin == msg.sender) _requireOwnNomination(code);
        else _requireSuperiorOf(code);
        _requireKnown(code);

        _nominatedAdmins[code] = _nomination(candidate);
        emit RegionAdminNominated(code, candidate, msg.sender);
    }

    /// @inheritdoc INominations
    function acceptRegionAdmin(RegionCode code) external {
        Nomination memory nomination = _nominatedAdmins[code];
        // What becomes of the region itself, in an emergency too, touches nothing that its superior said.
        bool isOwn = nomination.nominatedBy == _regions[code].admin;
        // Nobody is rid of who appointed it by naming itself.
        if (isOwn && nomination.nominatedBy == msg.sender) revert CallerNotNominated(msg.sender);
        _requireAlive(nomination, isOwn ? code : _regions[code].parent);
        _requireActiveAbove(code);

        _formerAdmins[code] =
            _formerAdmins[code].afterNomination(_regions[code].admin, _regionTenures[code].heldSince, msg.sender);
        _passRegion(code, msg.sender, nomination.nominatedBy);
        emit RegionAdminChanged(code, msg.sender);
    }

    /// @inheritdoc INominations
    function nominateOperator(Uscc uscc, address candidate) external onlyAdminOf(uscc) {
        if (_agencies[uscc].status == AgencyStatus.Retired) revert AgencyAlreadyRetired(uscc);

        _nominatedOperators[uscc] = _nomination(candidate);
        emit AgencyOperatorNominated(uscc, candidate, msg.sender);
    }

    /// @inheritdoc INominations
    function acceptOperator(Uscc uscc) external {
        Nomination memory nomination = _nominatedOperators[uscc];
        RegionCode code = _agencies[uscc].region;
        _requireAlive(nomination, code);
        _requireActiveRegion(code);

        _formerOperators[uscc] =
            _formerOperators[uscc].afterNomination(_agencies[uscc].operator, _agencyTenures[uscc].heldSince, msg.sender);
        _passAgency(uscc, msg.sender, nomination.nominatedBy);
        emit AgencyOperatorChanged(uscc, msg.sender);
    }

    /// @inheritdoc INominations
    function nominatedRegionAdmin(RegionCode code) external view returns (Nomination memory) {
        return _nominatedAdmins[code];
    }

    /// @inheritdoc INominations
    function nominatedOperator(Uscc uscc) external view returns (Nomination memory) {
        return _nominatedOperators[uscc];
    }

    function _nomination(address candidate) private view returns (Nomination memory) {
        return Nomination({candidate: candidate, nominatedAt: uint40(block.timestamp), nominatedBy: msg.sender});
    }

    /// @dev A nomination dies with its time, and with any suspension, pause or change of admin of the region that it came
    /// from, `code`, and of all that it lies in. What changed in the second of the nomination counts as later.
    function _requireAlive(Nomination memory nomination, RegionCode code) private view {
        uint256 nominatedAt = nomination.nominatedAt;
        if (nomination.candidate != msg.sender) revert CallerNotNominated(msg.sender);
        if (block.timestamp >= nominatedAt + LONGEST_WAIT) revert NominationExpired(nominatedAt);
        for (; !code.isZero(); code = _regions[code].parent) {
            Tenure storage tenure = _regionTenures[code];
            bool isDead = tenure.heldSince >= nominatedAt || tenure.statusSince >= nominatedAt
                || _pausedAt[code] >= nominatedAt;
            if (isDead) revert NominationOvertaken(nominatedAt, code);
        }
    }

    /// @dev What an admin says of its own office does not overwrite what its superior said.
    function _requireOwnNomination(RegionCode code) private view {
        _requireActiveRegion(code);
        Nomination memory standing = _nominatedAdmins[code];
        bool isOver = standing.candidate == address(0) || block.timestamp >= standing.nominatedAt + LONGEST_WAIT;
        if (!isOver && standing.nominatedBy != msg.sender) revert NominationStands(code, standing.nominatedBy);
    }
}
