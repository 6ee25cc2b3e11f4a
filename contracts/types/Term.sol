// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITermErrors} from "../interfaces/ITermErrors.sol";

/// @notice A half-open interval of Unix seconds, in one storage slot: `from <= t < until`.
struct Term {
    uint40 from;
    uint40 until;
}

/// @notice The terms one fact has had and will have: in order, without overlap. One that has begun before the block is
/// never removed; one that begins in the very second of its end would hold at no time, and is.
struct TermHistory {
    /// Apart from the others, so that what holds now is read, and proven, from one slot; ends at zero when there is none.
    Term newest;
    /// All terms before the newest.
    Term[] earlier;
}

using {covers, within, intersect} for Term global;
using {termAt, count, countBegun, add, end} for TermHistory global;

/// @dev As `until`: no end.
uint40 constant TERM_OPEN = type(uint40).max;

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

/// @notice How many terms there are.
function count(TermHistory storage history) view returns (uint256) {
    return history.newest.until == 0 ? 0 : history.earlier.length + 1;
}

/// @notice How many terms had begun at a time.
function countBegun(TermHistory storage history, uint40 time) view returns (uint256) {
    return history.newest.from <= time ? history.count() : _countEarlierBegun(history, time);
}

/// @notice Adds a term. It begins at the earliest at the time of the block: nothing is granted or denied for the past.
function add(TermHistory storage history, uint40 from, uint40 until) returns (Term memory term) {
    term = Term({from: from > block.timestamp ? from : uint40(block.timestamp), until: until});
    if (term.from >= term.until) revert ITermErrors.TermEmpty(term.from, until);
    uint40 earlierUntil = history.newest.until;
    if (term.from < earlierUntil) revert ITermErrors.TermOverlaps(term.from, earlierUntil);
    if (earlierUntil != 0) history.earlier.push(history.newest);
    history.newest = term;
}

/// @notice From `until` on, at the earliest the time of the block, the fact has no term: the one that runs then ends, and
/// those which would begin then or later are removed, however many, so that the next may begin at once.
/// @dev Ends far ahead, one after another nearer, remove many terms in as many calls.
/// @return The time from which it has none.
function end(TermHistory storage history, uint40 until) returns (uint40) {
    Term memory current = history.newest;
    if (until < block.timestamp) until = uint40(block.timestamp);
    if (until >= current.until) revert ITermErrors.TermEndUnlawful(current.until, until);
    uint256 left = history.earlier.length;
    while (current.from >= until && left != 0) {
        current = history.earlier[--left];
        history.earlier.pop();
    }
    if (current.from >= until) current = Term(0, 0);
    else if (current.until > until) current.until = until;
    history.newest = current;
    return until;
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
