// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a fact became, in one storage slot.
struct Dated {
    /// Block time (Unix seconds) from which it is so.
    uint40 since;
    uint216 fact;
}

/// @notice All that one fact has been: in the order of time, never removed, so that any past time can be asked about.
struct Timeline {
    Dated[] entries;
}

using {enter, newest, asOf, countAt} for Timeline global;

/// @notice From the time of the block on the fact is this.
function enter(Timeline storage timeline, uint216 fact) {
    timeline.entries.push(Dated({since: uint40(block.timestamp), fact: fact}));
}

/// @notice What the fact is now; zero-valued when nothing was ever entered.
function newest(Timeline storage timeline) view returns (Dated memory) {
    uint256 count = timeline.entries.length;
    return count == 0 ? Dated(0, 0) : timeline.entries[count - 1];
}

/// @notice What the fact was at a time; zero-valued before the first entry.
function asOf(Timeline storage timeline, uint40 time) view returns (Dated memory) {
    uint256 count = timeline.countAt(time);
    return count == 0 ? Dated(0, 0) : timeline.entries[count - 1];
}

/// @notice How many entries there were at a time, those of that very second included.
/// @dev Reads about log2 of their number.
function countAt(Timeline storage timeline, uint40 time) view returns (uint256 count) {
    uint256 beyond = timeline.entries.length;
    while (count < beyond) {
        uint256 middle = (count + beyond) / 2;
        if (timeline.entries[middle].since <= time) count = middle + 1;
        else beyond = middle;
    }
}
