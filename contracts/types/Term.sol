// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A half-open interval of Unix seconds, in one storage slot: `from <= t < until`.
struct Term {
    uint40 from;
    uint40 until;
}

/// @notice The terms one fact has had: in order, without overlap, never removed.
struct TermHistory {
    Term[] terms;
}

using {covers, within, intersect} for Term global;
using {termAt, add, end} for TermHistory global;

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
function termAt(TermHistory storage history, uint40 time) view returns (Term memory term) {
    for (uint256 i = history.terms.length; i > 0; --i) {
        term = history.terms[i - 1];
        if (term.covers(time)) return term;
    }
    return Term(0, 0);
}

/// @notice Adds a term. It begins at the earliest at the time of the block: nothing is granted or denied for the past.
function add(TermHistory storage history, uint40 from, uint40 until) returns (Term memory term) {
    term = Term({from: from > block.timestamp ? from : uint40(block.timestamp), until: until});
    if (term.from >= term.until) revert TermEmpty(term.from, until);
    uint40 earlierUntil = _newestUntil(history);
    if (term.from < earlierUntil) revert TermOverlaps(term.from, earlierUntil);
    history.terms.push(term);
}

/// @notice Brings the end of the newest term forward, at the earliest to the time of the block.
function end(TermHistory storage history, uint40 until) {
    uint40 current = _newestUntil(history);
    if (until >= current || until < block.timestamp) revert TermEndUnlawful(current, until, block.timestamp);
    history.terms[history.terms.length - 1].until = until;
}

function _newestUntil(TermHistory storage history) view returns (uint40) {
    uint256 count = history.terms.length;
    return count == 0 ? 0 : history.terms[count - 1].until;
}
