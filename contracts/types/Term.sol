// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A half-open interval of Unix seconds, in one storage slot: `from <= t < until`.
struct Term {
    uint40 from;
    uint40 until;
}

/// @notice The terms one fact has had: in order, without overlap, never removed.
struct TermHistory {
    /// Apart from the others, so that what holds now is read, and proven, from one slot; ends at zero when there is none.
    Term newest;
    /// All terms before the newest.
    Term[] earlier;
}

using {covers, within, intersect} for Term global;
using {termAt, countBegun, add, end} for TermHistory global;

/// @dev As `until`: no end.
uint40 constant TERM_OPEN = type(uint40).max;

/// @notice The term would hold at no time from the block on.
error TermEmpty(uint40 from, uint40 until);

/// @notice The term would begin before an earlier one of the same fact ends.
error TermOverlaps(uint40 from, uint40 earlierUntil);

/// @notice There is no term that could be ended so: none was ever entered, the newest ends no later, or the end would
/// lie before the time of the block.
error TermEndUnlawful(uint40 currentUntil, uint40 requested, uint256 blockTime);

function covers(Term memory term, uint40 time) pure returns (bool) {
    return term.from <= time && time < term.until;
}

function within(Term memory term, Term memory outer) pure returns (bool) {
    return outer.from <= term.from && term.until <= outer.until;
}

function intersect(Term memory one, Term memory other) pure returns (Term memory) {
    return Term({
        from: one.from > other.from ? one.from : other.from,
        until: one.until < other.until ? one.until : other.until
    });
}

/// @notice The term that holds at a time; zero-valued when none does.
/// @dev Only the last to have begun can hold: terms are in order.
function termAt(TermHistory storage history, uint40 time) view returns (Term memory term) {
    term = history.newest;
    if (term.from > time) {
        uint256 begun = _countEarlierBegun(history, time);
        term = begun == 0 ? Term(0, 0) : history.earlier[begun - 1];
    }
    if (!term.covers(time)) return Term(0, 0);
}

/// @notice How many terms had begun at a time.
function countBegun(TermHistory storage history, uint40 time) view returns (uint256) {
    if (history.newest.until == 0) return 0;
    return history.newest.from <= time ? history.earlier.length + 1 : _countEarlierBegun(history, time);
}

/// @notice Adds a term. It begins at the earliest at the time of the block: nothing is granted or denied for the past.
function add(TermHistory storage history, uint40 from, uint40 until) returns (Term memory term) {
    term = Term({from: from > block.timestamp ? from : uint40(block.timestamp), until: until});
    if (term.from >= term.until) revert TermEmpty(term.from, until);
    uint40 earlierUntil = history.newest.until;
    if (term.from < earlierUntil) revert TermOverlaps(term.from, earlierUntil);
    if (earlierUntil != 0) history.earlier.push(history.newest);
    history.newest = term;
}

/// @notice Brings the end of the newest term forward, at the earliest to the time of the block.
/// @dev A term that has not begun by then holds at no time. It is left empty where the one before it ends, so that the
/// terms stay in order and the next may begin at once.
function end(TermHistory storage history, uint40 until) {
    Term memory current = history.newest;
    if (until >= current.until || until < block.timestamp) {
        revert TermEndUnlawful(current.until, until, block.timestamp);
    }
    if (current.from <= until) {
        history.newest.until = until;
        return;
    }
    uint256 count = history.earlier.length;
    uint40 earliest = count == 0 ? 0 : history.earlier[count - 1].until;
    uint40 nowhere = earliest > until ? earliest : until;
    history.newest = Term(nowhere, nowhere);
}

/// @dev Reads about log2 of their number.
function _countEarlierBegun(TermHistory storage history, uint40 time) view returns (uint256 begun) {
    uint256 beyond = history.earlier.length;
    while (begun < beyond) {
        uint256 middle = (begun + beyond) / 2;
        if (history.earlier[middle].from <= time) begun = middle + 1;
        else beyond = middle;
    }
}
