// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice To whom an office returns, in one storage slot. An office is somebody's: either the holder has the claim to it
/// or who is remembered here, and whoever has it is never forgotten for the other. It passes to a holder of fourteen days,
/// to the holder once the other has been away for sixty days, and from whoever lays the office down to who is named next;
/// by no nomination and by no return.
struct FormerHolder {
    /// Zero for nobody.
    address account;
    /// Block time (Unix seconds) at which it left the office; without the claim, at which it left first, so that no return
    /// begins its time anew.
    uint40 leftAt;
    /// Whether the claim is the holder's, however short in office.
    bool yields;
    /// Block time (Unix seconds) at which the holder had left, before a return gave the office back to it; zero for one that
    /// came into it otherwise.
    uint40 holderLeftAt;
}

using {afterNomination, afterResignation, afterReturn, returning} for FormerHolder global;

/// @dev After how long in office a holder has the claim: an accomplice in an office for less makes nobody forget whom it
/// was taken from.
uint256 constant LONG_TENURE = 14 days;

/// @dev How long after leaving an office somebody is given it back.
uint256 constant LONGEST_ABSENCE = 60 days;

/// @notice To whom the office returns; zero when to nobody, any more.
function returning(FormerHolder memory former) view returns (address) {
    return block.timestamp < former.leftAt + LONGEST_ABSENCE ? former.account : address(0);
}

/// @notice Who is remembered once `follower` accepts: the holder if it has the claim, else who was. So one accomplice after
/// another makes nobody forget who held the office before them.
/// @param holder Zero for nobody.
/// @param heldSince Block time, Unix seconds.
function afterNomination(FormerHolder memory former, address holder, uint40 heldSince, address follower)
    view
    returns (FormerHolder memory)
{
    address remembered = former.returning();
    if (follower == holder) return former.afterResignation(heldSince);
    if (follower == remembered) return former.afterReturn(holder, heldSince);
    bool hasClaim = former.yields || isLong(heldSince) || remembered == address(0);
    if (holder != address(0) && hasClaim) return FormerHolder(holder, uint40(block.timestamp), false, 0);
    former.holderLeftAt = 0;
    return former;
}

/// @notice From whoever lays an office down nothing was taken: a claim of its own falls to who is named next, and not to
/// who was remembered.
function afterResignation(FormerHolder memory former, uint40 heldSince) view returns (FormerHolder memory) {
    if (former.account != address(0) && isLong(heldSince)) former.yields = true;
    return former;
}

/// @notice A return swaps the two, so that the next one gives the office back: the claim stays whose it was.
function afterReturn(FormerHolder memory former, address holder, uint40 heldSince)
    view
    returns (FormerHolder memory swapped)
{
    if (holder == address(0)) return swapped;
    bool hasClaim = former.yields || isLong(heldSince);
    bool leavesFirst = hasClaim || former.holderLeftAt == 0;
    return FormerHolder({
        account: holder,
        leftAt: leavesFirst ? uint40(block.timestamp) : former.holderLeftAt,
        yields: !hasClaim,
        holderLeftAt: former.leftAt
    });
}

function isLong(uint40 heldSince) view returns (bool) {
    return heldSince + LONG_TENURE <= block.timestamp;
}
