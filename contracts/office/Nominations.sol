// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LONGEST_WAIT} from "../types/Proposal.sol";
import {RegionCode} from "../types/Region.sol";
import {Nomination, Tenure} from "../types/Tenure.sol";
import {Names} from "./Names.sol";
import {OfficeHolders} from "./OfficeHolders.sol";
import {TwoKeys} from "./TwoKeys.sol";

/// @notice How accounts come into offices.
abstract contract Nominations is TwoKeys, Names, OfficeHolders {
    function _nomination(address candidate) internal view returns (Nomination memory) {
        return Nomination({candidate: candidate, nominatedAt: uint40(block.timestamp), nominatedBy: msg.sender});
    }

    /// @dev A nomination dies with its time, and with any suspension, pause or change of admin of the region that it came
    /// from, `code`, and of all that it lies in. What changed in the second of the nomination counts as later.
    function _requireAlive(Nomination memory nomination, RegionCode code) internal view {
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

    function _tenure(address appointedBy) internal view returns (Tenure memory) {
        return Tenure({
            appointedBy: appointedBy,
            heldSince: uint40(block.timestamp),
            statusSince: uint40(block.timestamp),
            moved: false
        });
    }
}
