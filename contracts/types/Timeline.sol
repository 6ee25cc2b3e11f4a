// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a fact became, in one storage slot.
struct Dated {
    /// Block time (Unix seconds) from which it is so; zero for no entry.
    uint40 since;
    uint216 fact;
}

/// @notice All that one fact has been: in the order of time, never removed, so that any past time can be asked about.
struct Timeline {
    /// Apart from the others, so that what is so now is read, and proven, from one slot.
    Dated newest;
    /// All entries before the newest.
    Dated[] earlier;
}

using {enter, asOf, count, at} for Timeline global;
using {countAt} for Dated[];

/// @notice From the time of the block on the fact is this.
function enter(Timeline storage timeline, uint216 fact) {
    if (timeline.newest.since != 0) timeline.earlier.push(timeline.newest);
    timeline.newest = Dated({since: uint40(block.timestamp), fact: fact});
}

/// @notice What the fact was at a time; zero-valued before the first entry.
function asOf(Timeline storage timeline, uint40 time) view returns (Dated memory entry) {
    entry = timeline.newest;
    if (entry.since <= time) return entry;
    uint256 begun = timeline.earlier.countAt(time);
    return begun == 0 ? Dated(0, 0) : timeline.earlier[begun - 1];
}

/// @notice How many entries there are.
function count(Timeline storage timeline) view returns (uint256) {
    return timeline.newest.since == 0 ? 0 : timeline.earlier.length + 1;
}

/// @notice The entry at a place, from zero on; the newest for every place beyond the others.
function at(Timeline storage timeline, uint256 place) view returns (Dated memory) {
    return place < timeline.earlier.length ? timeline.earlier[place] : timeline.newest;
}

/// @notice How many entries there were at a time, those of that very second included.
/// @dev Reads about log2 of their number: they are in the order of time.
function countAt(Dated[] storage entries, uint40 time) view returns (uint256 begun) {
    uint256 beyond = entries.length;
    while (begun < beyond) {
        uint256 middle = (begun + beyond) / 2;
        if (entries[middle].since <= time) begun = middle + 1;
        else beyond = middle;
    }
}
