// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Whose an office is, as people would say it. Two accounts at most are about it: the claimant, whose it is, and a
/// rival without a claim. One of them is in office, or nobody.
struct OfficeClaims {
    address claimant;
    /// Unix seconds at which the claimant left, while it is away.
    uint40 claimantLeftAt;
    address rival;
    /// Unix seconds at which the rival left first; zero while it never did.
    uint40 rivalLeftAt;
    /// Zero for nobody.
    address holder;
    /// Unix seconds.
    uint40 since;
}

using {claimAt, nameAnother, giveBack, layDown, giveBackTo, returnsTo} for OfficeClaims global;

/// @notice Whoever is entered with the office itself has the claim.
function enteredWith(address account, uint40 time) pure returns (OfficeClaims memory office) {
    (office.claimant, office.holder, office.since) = (account, account, time);
}

/// @notice What time alone makes of it: whoever has been in office for fourteen days has the claim, and so has the holder once
/// the claimant has been away for sixty; and after sixty days nobody knows a rival.
function claimAt(OfficeClaims memory office, uint40 time) pure {
    bool isRivalIn = office.holder != address(0) && office.holder == office.rival;
    if (isRivalIn && office.since + 14 days <= time) {
        (office.claimant, office.rival) = (office.rival, office.claimant);
        office.rivalLeftAt = office.claimantLeftAt;
        isRivalIn = false;
    }
    bool isClaimantIn = office.holder == office.claimant;
    if (!isClaimantIn && office.claimantLeftAt + 60 days <= time) {
        (office.claimant, office.rival) = (office.holder, address(0));
    } else if (!isRivalIn && office.rivalLeftAt + 60 days <= time) {
        office.rival = address(0);
    }
}

/// @notice An account was named and accepts. Who is back thereby is back as by a return.
function nameAnother(OfficeClaims memory office, address account, uint40 time) pure {
    office.claimAt(time);
    if (account == office.holder) {
        office.since = time;
    } else if (account == office.claimant || account == office.rival) {
        office.giveBackTo(account, time);
    } else if (office.claimant == address(0)) {
        (office.claimant, office.holder, office.since) = (account, account, time);
    } else {
        if (office.holder == office.claimant) office.claimantLeftAt = time;
        (office.rival, office.rivalLeftAt, office.holder, office.since) = (account, 0, account, time);
    }
}

/// @notice Somebody above returns the office.
function giveBack(OfficeClaims memory office, uint40 time) pure {
    office.giveBackTo(office.returnsTo(time), time);
}

/// @notice To whom it returns: to the claimant, and to its rival when the claimant is in office; zero for nobody.
function returnsTo(OfficeClaims memory office, uint40 time) pure returns (address) {
    office.claimAt(time);
    bool isClaimantIn = office.claimant == office.holder;
    return isClaimantIn ? office.rival : office.claimant;
}

/// @notice Who lays the office down has no claim to it any more, nor is it anybody's rival.
function layDown(OfficeClaims memory office, uint40 time) pure {
    office.claimAt(time);
    if (office.holder == office.claimant) office.claimant = address(0);
    else office.rival = address(0);
    office.holder = address(0);
}

function giveBackTo(OfficeClaims memory office, address account, uint40 time) pure {
    if (office.holder == address(0)) {
        (office.claimant, office.rival) = (account, address(0));
    } else if (office.holder == office.claimant) {
        office.claimantLeftAt = time;
    } else if (office.rivalLeftAt == 0) {
        office.rivalLeftAt = time;
    }
    (office.holder, office.since) = (account, time);
}
