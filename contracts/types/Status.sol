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

using {statusAt, withStatus} for StatusWord global;

uint64 constant STATUSES_PER_WORD = 64;

/// @notice Status of `index` in the word that holds it.
function statusAt(StatusWord word, uint64 index) pure returns (LegalStatus) {
    return LegalStatus((StatusWord.unwrap(word) >> _shiftOf(index)) & 0xf);
}

/// @notice The word with the status of `index` replaced.
function withStatus(StatusWord word, uint64 index, LegalStatus status) pure returns (StatusWord) {
    uint256 shift = _shiftOf(index);
    uint256 cleared = StatusWord.unwrap(word) & ~(uint256(0xf) << shift);
    return StatusWord.wrap(cleared | (uint256(status) << shift));
}

function _shiftOf(uint64 index) pure returns (uint256) {
    return uint256(index % STATUSES_PER_WORD) * 4;
}

/// @notice The status an act leads to from `from`, and whether the act is lawful there; when it is not, `to` is `from`.
function statusAfter(LegalStatus from, StatusAct statusAct) pure returns (bool lawful, LegalStatus to) {
    if (statusAct == StatusAct.Suspend && from == LegalStatus.Valid) return (true, LegalStatus.Suspended);
    if (statusAct == StatusAct.Reinstate && from == LegalStatus.Suspended) return (true, LegalStatus.Valid);
    if (statusAct == StatusAct.Revoke && from != LegalStatus.Revoked) return (true, LegalStatus.Revoked);
    return (false, from);
}
