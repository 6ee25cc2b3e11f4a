// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A half-open interval of Unix seconds, in one storage slot: `from <= t < until`.
struct Term {
    uint40 from;
    uint40 until;
}

/// @notice The terms one fact has had and will have: in order, without overlap. One that has begun is never removed.
struct TermHistory {
    Term[] terms;
}

using {covers, within, intersect} for Term global;
using {termAt, countBegun, add, end} for TermHistory global;

/// @dev As `until`: no end.
uint40 constant TERM_OPEN = type(uint40).max;

/// @notice The term would hold at no time from the block on.
error TermEmpty(uint40 from, uint40 until);

/// @notice The term would begin before an earlier one of the same fact ends.
error TermOverlaps(uint40 from, uint40 earlierUntil);

/// @notice There is no term that could be ended so: there is none, the newest ends no later, or the end would
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
function termAt(TermHistory storage history, uint40 time) view returns (Term memory term) {
    uint256 count = history.countBegun(time);
    if (count != 0) term = history.terms[count - 1];
    if (!term.covers(time)) return Term(0, 0);
}

/// @notice How many terms had begun at a time: only the last of them can still hold.
/// @dev Reads about log2 of their number: terms are in order.
function countBegun(TermHistory storage history, uint40 time) view returns (uint256 count) {
    uint256 beyond = history.terms.length;
    while (count < beyond) {
        uint256 middle = (count + beyond) / 2;
        if (history.terms[middle].from <= time) count = middle + 1;
        else beyond = middle;
    }
}

/// @notice Adds a term. It begins at the earliest at the time of the block: nothing is granted or denied for the past.
function add(TermHistory storage history, uint40 from, uint40 until) returns (Term memory term) {
    term = Term({from: from > block.timestamp ? from : uint40(block.timestamp), until: until});
    if (term.from >= term.until) revert TermEmpty(term.from, until);
    uint40 earlierUntil = _newestUntil(history);
    if (term.from < earlierUntil) revert TermOverlaps(term.from, earlierUntil);
    history.terms.push(term);
}

/// @notice From `until` on, at the earliest the time of the block, the fact has no term: the one that runs then ends, and
/// those which would begin later are removed, however many, so that the next may begin at once.
/// @dev Ends far ahead, one after another nearer, remove many terms in as many calls.
function end(TermHistory storage history, uint40 until) {
    uint40 current = _newestUntil(history);
    if (until >= current || until < block.timestamp) revert TermEndUnlawful(current, until, block.timestamp);
    Term[] storage terms = history.terms;
    while (terms.length != 0 && terms[terms.length - 1].from >= until) terms.pop();
    if (_newestUntil(history) > until) terms[terms.length - 1].until = until;
}

function _newestUntil(TermHistory storage history) view returns (uint40) {
    uint256 count = history.terms.length;
    return count == 0 ? 0 : history.terms[count - 1].until;
}
