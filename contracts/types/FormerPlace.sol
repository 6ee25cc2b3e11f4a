// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "./Region.sol";
import {Dated, countAt} from "./Timeline.sol";

using {countAt} for Dated[];

/// @notice Leaves a region from the time of the block on: what was there is looked up as of before.
/// @param former The regions left so far, each dated by the move that ended it; where the mover is now stands elsewhere,
/// so that one never moved costs no slot.
function leaveBehind(Dated[] storage former, RegionCode code) {
    former.push(Dated({since: uint40(block.timestamp), fact: RegionCode.unwrap(code)}));
}

/// @notice Where the mover was at a time: the first region that it left later, or where it is now.
/// @dev Reads about log2 of the number of moves.
function placeAt(Dated[] storage former, uint40 time, RegionCode current) view returns (RegionCode) {
    uint256 left = former.countAt(time);
    return left == former.length ? current : RegionCode.wrap(uint32(former[left].fact));
}
