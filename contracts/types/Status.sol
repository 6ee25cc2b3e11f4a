// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Legal status of one credential, four bits. Values are only ever appended: they are on the ledger for good.
/// @dev Fifteen values; the sixteenth is `UNLAWFUL`, so that a table of transitions needs four bits an entry.
enum LegalStatus {
    /// In force; also what an index holds that no act has touched.
    Valid,
    /// 暂扣, until reinstated.
    Suspended,
    /// 吊销未注销: revoked as a penalty, not deregistered yet.
    Revoked,
    /// 受限使用: valid for less.
    Restricted,
    /// 暂扣 while 受限使用: reinstating leaves the restriction.
    RestrictedSuspended,
    /// 未激活: issued, not in force yet.
    Inactive,
    /// 撤销未注销: void from the start.
    Annulled,
    /// 撤回未注销: law or facts changed, no fault.
    Withdrawn,
    /// 注销, with no graver act before it.
    Deregistered,
    /// 吊销 and then 注销.
    RevokedDeregistered,
    /// 撤销 and then 注销.
    AnnulledDeregistered,
    /// 撤回 and then 注销.
    WithdrawnDeregistered,
    /// 换证, 补证, 变更, 延续: a successor of the same issuer took its place.
    Superseded,
    /// 转出: closed here, no successor elsewhere yet.
    TransferredOut,
    /// 转入 happened: a successor elsewhere took its place, for good.
    Transferred
}

/// @notice Legal act that changes a status. Values are only ever appended.
enum StatusAct {
    /// 暂扣.
    Suspend,
    /// 发还.
    Reinstate,
    /// 吊销.
    Revoke,
    /// 受限使用.
    Restrict,
    /// 解除限制.
    Lift,
    /// 撤销: void from the start.
    Annul,
    /// 撤回.
    Withdraw,
    /// 注销.
    Deregister,
    /// 换证, 补证, 变更, 延续.
    Supersede,
    /// 转出.
    TransferOut,
    /// 取消转出: lawful only while no 转入 happened.
    CancelTransferOut,
    /// 暂缓生效: issued inactive.
    Defer,
    /// 激活.
    Activate,
    /// 转入 by another agency: not an act of the issuer.
    TransferIn,
    /// 解除接替: by two keys, on the credential and on the one whose place it was said to have taken; changes no status.
    Dissolve,
    /// 更正: by two keys, to the status that they name.
    Correct,
    /// The credential took the place of a restricted or suspended one, and is so itself.
    Inherit
}

/// @notice Code of the provision a decision rests on: up to sixteen ASCII characters, zero bytes after them.
type LegalBasis is bytes16;

/// @notice The decision behind an act.
struct Decision {
    /// Unix seconds; not ahead.
    uint40 effectiveAt;
    /// Unix seconds at which a suspension or restriction ends, entered or inherited; zero for no end, and for every other act.
    uint40 endsAt;
    LegalBasis legalBasis;
    /// 1 to 96 bytes of UTF-8. MUST hold no personal data.
    string number;
}

/// @notice The statuses of 48 neighbouring indices, index `i` at bits `4 * (i % 48)` and up; above them the number of
/// the block of the newest act (40 bits), the count of acts (23 bits, stops at its maximum) and, as the highest bit,
/// whether an end was ever entered for one of them.
type StatusWord is uint256;

/// @notice Some of the indices of a word: all four bits of an index are set, or none.
type StatusMarks is uint256;

/// @notice Where one act leads from each status: sixteen hexadecimal digits, status `s` at digit `s` from the left.
type Transitions is uint64;

using {isMissing} for LegalBasis global;
using {statusAt, statusAtFirst, withStatus, marksOf, blockOf, countOf, hasEnds, withEnds, touched} for StatusWord global;
using {mark, and, except, isEmpty, firstPlace} for StatusMarks global;
using {leadsTo} for Transitions global;

uint256 constant STATUSES_PER_WORD = 48;

/// @dev One at each of the 48 places; times a status, the word that holds the status everywhere.
uint256 constant EVERYWHERE = 0x111111111111111111111111111111111111111111111111;

uint256 constant BLOCK_SHIFT = 192;
uint256 constant COUNT_SHIFT = 232;
uint256 constant MOST_ACTS = 2 ** 23 - 1;
uint256 constant ENDS_BIT = 1 << 255;

/// @dev What stands in `Transitions` for a status from which the act is unlawful.
uint256 constant UNLAWFUL = 0xf;

/// @dev No status: what an act is told to set that names none, but follows the law's table.
uint8 constant NO_STATUS = 0xf;

/// @notice The law of legal acts, one line each. Digits are statuses, `f` is unlawful.
/// @dev The columns: Valid, Suspended, Revoked, Restricted, RestrictedSuspended, Inactive, Annulled, Withdrawn;
/// Deregistered, RevokedDeregistered, AnnulledDeregistered, WithdrawnDeregistered, Superseded, TransferredOut,
/// Transferred, and a last one no status has. Annulment (void from the start) is graver than all and reaches back
/// over whatever came after the grant; deregistration never hides an earlier act; nothing leads out of
/// AnnulledDeregistered. `Transferred` is reached by a transfer-in alone. `Dissolve` leaves each as it is.
function transitionsOf(StatusAct statusAct) pure returns (Transitions) {
    if (statusAct == StatusAct.Suspend) return Transitions.wrap(0x1ff4ffff_fffff1ff);
    if (statusAct == StatusAct.Reinstate) return Transitions.wrap(0xf0ff3fff_ffffffff);
    if (statusAct == StatusAct.Revoke) return Transitions.wrap(0x22f222ff_fffff2ff);
    if (statusAct == StatusAct.Restrict) return Transitions.wrap(0x34ffffff_ffffffff);
    if (statusAct == StatusAct.Lift) return Transitions.wrap(0xfff01fff_ffffffff);
    if (statusAct == StatusAct.Annul) return Transitions.wrap(0x666666f6_aafa666f);
    if (statusAct == StatusAct.Withdraw) return Transitions.wrap(0x77f777ff_fffff7ff);
    if (statusAct == StatusAct.Deregister) return Transitions.wrap(0x889888ab_fffff8ff);
    if (statusAct == StatusAct.Supersede) return Transitions.wrap(0xccfccfff_ffffffff);
    if (statusAct == StatusAct.TransferOut) return Transitions.wrap(0xdfffffff_ffffffff);
    if (statusAct == StatusAct.CancelTransferOut) return Transitions.wrap(0xffffffff_fffff0ff);
    if (statusAct == StatusAct.Defer) return Transitions.wrap(0x5fffffff_ffffffff);
    if (statusAct == StatusAct.Activate) return Transitions.wrap(0xfffff0ff_ffffffff);
    if (statusAct == StatusAct.TransferIn) return Transitions.wrap(0xffffffff_fffffeff);
    if (statusAct == StatusAct.Dissolve) return Transitions.wrap(0x01234567_89abcdef);
    return Transitions.wrap(0xffffffff_ffffffff); // Correct and Inherit name their status.
}

/// @notice Status after the act from `from`, or `UNLAWFUL`.
function leadsTo(Transitions transitions, LegalStatus from) pure returns (uint256) {
    unchecked {
        return (Transitions.unwrap(transitions) >> (60 - 4 * uint256(from))) & 0xf;
    }
}

/// @notice Whether no provision is named.
function isMissing(LegalBasis basis) pure returns (bool) {
    return LegalBasis.unwrap(basis) == 0;
}

/// @notice Status of `index` in the word that holds it.
function statusAt(StatusWord word, uint256 index) pure returns (LegalStatus) {
    return LegalStatus((StatusWord.unwrap(word) >> (4 * (index % STATUSES_PER_WORD))) & 0xf);
}

/// @notice Status at the first of the marked indices, of which there MUST be one.
function statusAtFirst(StatusWord word, StatusMarks marked) pure returns (LegalStatus) {
    unchecked {
        // The lowest set bit is two to the power of the place's shift: dividing by it shifts the place down.
        uint256 lowest = StatusMarks.unwrap(marked) & (0 - StatusMarks.unwrap(marked));
        return LegalStatus((StatusWord.unwrap(word) / lowest) & 0xf);
    }
}

/// @notice The word with one status at every marked index.
function withStatus(StatusWord word, StatusMarks marked, uint256 status) pure returns (StatusWord) {
    unchecked {
        uint256 mask = StatusMarks.unwrap(marked);
        return StatusWord.wrap((StatusWord.unwrap(word) & ~mask) | ((EVERYWHERE * status) & mask));
    }
}

/// @notice Marks every index that holds a status.
function marksOf(StatusWord word, LegalStatus status) pure returns (StatusMarks) {
    unchecked {
        // The lowest bit of a place becomes one when any bit of the place differs from `status`.
        uint256 difference = StatusWord.unwrap(word) ^ (EVERYWHERE * uint256(status));
        difference |= difference >> 2;
        difference |= difference >> 1;
        return StatusMarks.wrap((EVERYWHERE & ~difference) * 0xf);
    }
}

/// @notice The marks with `index` added.
function mark(StatusMarks marked, uint256 index) pure returns (StatusMarks) {
    unchecked {
        return StatusMarks.wrap(StatusMarks.unwrap(marked) | (0xf << (4 * (index % STATUSES_PER_WORD))));
    }
}

/// @notice The marks that are in `others` too.
function and(StatusMarks marked, StatusMarks others) pure returns (StatusMarks) {
    return StatusMarks.wrap(StatusMarks.unwrap(marked) & StatusMarks.unwrap(others));
}

/// @notice The marks that are not in `others`.
function except(StatusMarks marked, StatusMarks others) pure returns (StatusMarks) {
    return StatusMarks.wrap(StatusMarks.unwrap(marked) & ~StatusMarks.unwrap(others));
}

function isEmpty(StatusMarks marked) pure returns (bool) {
    return StatusMarks.unwrap(marked) == 0;
}

/// @notice Place in the word of the first marked index, 0 to 47; there MUST be one.
function firstPlace(StatusMarks marked) pure returns (uint256 place) {
    while ((StatusMarks.unwrap(marked) >> (4 * place)) & 0xf == 0) ++place;
}

/// @notice Number of the block of the newest act; zero when there was none.
function blockOf(StatusWord word) pure returns (uint40) {
    return uint40(StatusWord.unwrap(word) >> BLOCK_SHIFT);
}

/// @notice How many acts touched the word; once at its maximum it stays there.
function countOf(StatusWord word) pure returns (uint256) {
    return (StatusWord.unwrap(word) >> COUNT_SHIFT) & MOST_ACTS;
}

/// @notice Whether an end was ever entered for an index of the word.
function hasEnds(StatusWord word) pure returns (bool) {
    return StatusWord.unwrap(word) & ENDS_BIT != 0;
}

function withEnds(StatusWord word) pure returns (StatusWord) {
    return StatusWord.wrap(StatusWord.unwrap(word) | ENDS_BIT);
}

/// @notice The word after one more act, in this block.
function touched(StatusWord word) view returns (StatusWord) {
    unchecked {
        uint256 count = word.countOf();
        if (count < MOST_ACTS) ++count;
        uint256 kept = StatusWord.unwrap(word) & (ENDS_BIT | ((1 << BLOCK_SHIFT) - 1));
        return StatusWord.wrap(kept | (uint256(uint40(block.number)) << BLOCK_SHIFT) | (count << COUNT_SHIFT));
    }
}
