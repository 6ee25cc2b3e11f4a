// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LicenceType, ServiceItem} from "./Catalogue.sol";
import {RegionCode} from "./Region.sol";
import {Term, TermHistory} from "./Term.sol";

/// @dev Lengths of the reference of an approval, in bytes.
uint256 constant SHORTEST_APPROVAL = 6;
uint256 constant LONGEST_APPROVAL = 96;

/// @notice What decided whether a licence is recognised.
enum RecognitionRule {
    /// No rule speaks of it: not recognised, a human decides.
    None,
    /// Receiving and issuing region are of one province.
    SameProvince,
    /// The national baseline names the type.
    Baseline,
    /// Both provinces are members of an agreement that names the type.
    Agreement,
    /// The receiving province refuses it by an approved entry of its negative list.
    Negative,
    /// The receiving province has not joined the alliance, or has left it: not recognised.
    ReceivingNotMember,
    /// The issuing province has not joined the alliance, or has left it: not recognised.
    IssuingNotMember,
    /// The type is not in the catalogue, or was retired: not recognised.
    TypeNotActive
}

/// @notice The decision that approved an entry of a negative list 负面清单.
struct Approval {
    /// Reference 文号: 6 to 96 bytes of UTF-8 with a digit in it and without white space.
    string number;
    /// SHA-256 of the document.
    bytes32 documentDigest;
}

/// @notice Whether a licence is recognised, and why.
struct Recognition {
    bool recognised;
    RecognitionRule rule;
    /// Number of the agreement that decided; zero when another rule did.
    uint32 agreement;
    /// Term of the rule that decided; zero-valued when it has none.
    Term term;
    /// The decision that approved the entry that decided; zero-valued when another rule did.
    Approval approval;
}

/// @notice What is to be recognised where, and for what.
struct RecognitionQuestion {
    /// Any region of the receiving province.
    RegionCode receiving;
    /// Any region of the issuing province.
    RegionCode issuing;
    LicenceType licenceType;
    /// Zero for no particular item: then an entry of a negative list for one item alone does not count.
    ServiceItem item;
}

/// @notice One entry of a province's negative list 负面清单.
struct NegativeEntry {
    /// Zero for all other provinces.
    RegionCode issuing;
    LicenceType licenceType;
    /// Zero for all items.
    ServiceItem item;
}

/// @notice All refusals of one kind: at each place a term and the decision that approved it.
struct Refusals {
    TermHistory history;
    Approval[] approvals;
}

/// @notice One agreement between provinces.
struct Agreement {
    Term term;
    /// Seconds from a member's notice of withdrawal to its leaving, at most 366 days.
    uint32 noticeSeconds;
    /// Until when (Unix seconds) who was invited may join: 180 days from the proposal on, or until a member gave notice.
    uint40 openUntil;
}

/// @notice A province's part in an agreement.
struct Membership {
    bool invited;
    /// From when the province is bound, until when; zero-valued while it has not joined.
    Term term;
}

/// @notice What an agreement says when it is proposed.
struct AgreementDraft {
    /// Provinces invited beside the one that proposes, at most 40.
    RegionCode[] partners;
    /// At most 16, and at most 320 times a partner.
    LicenceType[] licenceTypes;
    uint40 from;
    uint40 until;
    uint32 noticeSeconds;
}

/// @notice Whether a text can be the reference of a decision: see `Approval`.
function isApprovalNumber(string calldata number) pure returns (bool hasDigit) {
    bytes calldata characters = bytes(number);
    if (characters.length < SHORTEST_APPROVAL || characters.length > LONGEST_APPROVAL) return false;
    for (uint256 i = 0; i < characters.length; ++i) {
        bytes1 character = characters[i];
        if (character <= " " || character == 0x7f) return false;
        if (character >= "0" && character <= "9") hasDigit = true;
    }
}
