// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LicenceType, ServiceItem} from "./Catalogue.sol";
import {RegionCode} from "./Region.sol";
import {Term} from "./Term.sol";

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
    Negative
}

/// @notice Whether a licence is recognised, and why.
struct Recognition {
    bool recognised;
    RecognitionRule rule;
    /// Number of the agreement that decided; zero when another rule did.
    uint32 agreement;
    /// Term of the rule that decided; zero-valued for `None` and `SameProvince`.
    Term term;
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

/// @notice One agreement between provinces, in one storage slot.
struct Agreement {
    Term term;
    /// Seconds from a member's notice of withdrawal to its leaving.
    uint32 noticeSeconds;
}

/// @notice A province's part in an agreement, in one storage slot.
struct Membership {
    bool invited;
    /// From when the province is bound, until when; zero-valued while it has not joined.
    Term term;
}

/// @notice What an agreement says when it is proposed.
struct AgreementDraft {
    /// Provinces invited beside the one that proposes.
    RegionCode[] partners;
    LicenceType[] licenceTypes;
    uint40 from;
    uint40 until;
    uint32 noticeSeconds;
}
