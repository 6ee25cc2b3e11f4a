// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Legal status of one credential, four bits. Values are only ever appended: they are on the ledger for good.
enum LegalStatus {
    Valid,
    Suspended,
    Revoked
}

/// @notice Legal act that changes a status. Values are only ever appended.
enum StatusAct {
    /// 暂扣: Valid to Suspended.
    Suspend,
    /// 发还: Suspended to Valid.
    Reinstate,
    /// 吊销: Valid or Suspended to Revoked, which is final.
    Revoke
}

/// @notice The statuses of 64 neighbouring indices: index `i` at bits `4 * (i % 64)` and up.
type StatusWord is uint256;

/// @notice Some of the indices of a word: all four bits of an index are set, or none.
type StatusMarks is uint256;

using {statusAt, withStatus, marksOf} for StatusWord global;
using {mark, except, isEmpty, firstPlace} for StatusMarks global;

uint256 constant STATUSES_PER_WORD = 64;

/// @dev One at each of the 64 places; times a status, the word that holds the status everywhere.
uint256 constant EVERYWHERE = 0x1111111111111111111111111111111111111111111111111111111111111111;

/// @notice The law: an act is lawful from the statuses `s` with bit `s` set in `lawfulFrom` and leads to `to`.
function transitionOf(StatusAct statusAct) pure returns (uint256 lawfulFrom, LegalStatus to) {
    uint256 valid = 1 << uint256(LegalStatus.Valid);
    uint256 suspended = 1 << uint256(LegalStatus.Suspended);

    if (statusAct == StatusAct.Suspend) return (valid, LegalStatus.Suspended);
    if (statusAct == StatusAct.Reinstate) return (suspended, LegalStatus.Valid);
    return (valid | suspended, LegalStatus.Revoked);
}

/// @notice Status of `index` in the word that holds it.
function statusAt(StatusWord word, uint256 index) pure returns (LegalStatus) {
    return LegalStatus((StatusWord.unwrap(word) >> (4 * (index % STATUSES_PER_WORD))) & 0xf);
}

/// @notice The word with one status at every marked index.
function withStatus(StatusWord word, StatusMarks marked, LegalStatus status) pure returns (StatusWord) {
    uint256 mask = StatusMarks.unwrap(marked);
    return StatusWord.wrap((StatusWord.unwrap(word) & ~mask) | ((EVERYWHERE * uint256(status)) & mask));
}

/// @notice Marks every index whose status is one of a set: status `s` is of the set when bit `s` is.
function marksOf(StatusWord word, uint256 set) pure returns (StatusMarks) {
    uint256 marked = 0;
    for (uint256 status = 0; set >> status != 0; ++status) {
        if ((set >> status) & 1 == 0) continue;
        // The lowest bit of a place becomes one when any bit of the place differs from `status`.
        uint256 difference = StatusWord.unwrap(word) ^ (EVERYWHERE * status);
        difference |= difference >> 2;
        difference |= difference >> 1;
        marked |= EVERYWHERE & ~difference;
    }
    return StatusMarks.wrap(marked * 0xf);
}

/// @notice The marks with `index` added.
function mark(StatusMarks marked, uint256 index) pure returns (StatusMarks) {
    unchecked {
        return StatusMarks.wrap(StatusMarks.unwrap(marked) | (0xf << (4 * (index % STATUSES_PER_WORD))));
    }
}

/// @notice The marks that are not in `others`.
function except(StatusMarks marked, StatusMarks others) pure returns (StatusMarks) {
    return StatusMarks.wrap(StatusMarks.unwrap(marked) & ~StatusMarks.unwrap(others));
}

function isEmpty(StatusMarks marked) pure returns (bool) {
    return StatusMarks.unwrap(marked) == 0;
}

/// @notice Place in the word of the first marked index, 0 to 63; there MUST be one.
function firstPlace(StatusMarks marked) pure returns (uint256 place) {
    while ((StatusMarks.unwrap(marked) >> (4 * place)) & 0xf == 0) ++place;
}
