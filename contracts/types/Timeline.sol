// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a fact became, in one storage slot.
struct Dated {
    /// Block time (Unix seconds) from which it is so.
    uint40 since;
    uint216 fact;
}

/// @notice All that one fact has been: in the order of time, never removed, so that any past time can be asked about.
/// @dev The newest stands apart, so that what is asked about most is read, and proven, by one slot.
struct Timeline {
    Dated newest;
    Dated[] earlier;
}

using {enter, asOf} for Timeline global;
using {countAt} for Dated[];

/// @notice From the time of the block on the fact is this.
function enter(Timeline storage timeline, uint216 fact) {
    if (timeline.newest.since != 0) timeline.earlier.push(timeline.newest);
    timeline.newest = Dated({since: uint40(block.timestamp), fact: fact});
}

/// @notice What the fact was at a time; zero-valued before the first entry.
function asOf(Timeline storage timeline, uint40 time) view returns (Dated memory dated) {
    dated = timeline.newest;
    if (dated.since <= time) return dated;
    uint256 count = timeline.earlier.countAt(time);
    return count == 0 ? Dated(0, 0) : timeline.earlier[count - 1];
}

/// @notice How many of the entries there were at a time, those of that very second included.
/// @dev Reads about log2 of their number: they are in the order of time.
function countAt(Dated[] storage entries, uint40 time) view returns (uint256 count) {
    uint256 beyond = entries.length;
    while (count < beyond) {
        uint256 middle = (count + beyond) / 2;
        if (entries[middle].since <= time) count = middle + 1;
        else beyond = middle;
    }
}
