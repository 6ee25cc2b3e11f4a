// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agency} from "./Agency.sol";
import {Anchor, Root} from "./Anchor.sol";
import {LicenceType, ServiceItem} from "./Catalogue.sol";
import {Key, KeyId} from "./Key.sol";
import {Notes} from "./Notice.sol";
import {Region, RegionCode} from "./Region.sol";
import {RulesAnswer} from "./Rules.sol";
import {StatusWord} from "./Status.sol";
import {Capacity, Tenure} from "./Tenure.sol";
import {OriginFacts, Successor} from "./Transfer.sol";
import {Uscc} from "./Uscc.sol";

/// @notice What one presented credential asks of the ledger. What the caller does not ask about is zero.
struct LookupQuery {
    Uscc issuer;
    /// Root its receipt leads to.
    Root root;
    /// Key its signature names.
    KeyId kid;
    /// Its place in the issuer's status list.
    uint48 statusIndex;
    LicenceType licenceType;
    /// Region it is presented in.
    RegionCode receiving;
    /// Service item it is presented for.
    ServiceItem item;
    /// Time (Unix seconds) at which it should be recognised; zero for the time of the block.
    uint40 recognisedAt;
}

/// @notice Who acts on an agency's licences today: whom to ask about one.
struct Responsible {
    /// `Operator`, `Successor` or `Custodian`.
    Capacity capacity;
    /// Agency that acts; zero for a custodian.
    Uscc agency;
    /// Region of the agency, or the custodian itself; zero for whom the council named.
    RegionCode region;
    /// Lines of the name in force at the block: Chinese, English, contact.
    string name;
}

/// @notice All facts for one query, of one block. A fact the ledger does not hold is zero-valued.
struct LookupResult {
    uint40 blockNumber;
    /// Unix seconds.
    uint40 blockTime;
    Agency agency;
    /// `statusSince` is when the agency's standing last changed.
    Tenure agencyTenure;
    /// Lines of the agency's name when the batch was anchored; without an anchor, at the time asked about.
    string agencyName;
    /// Region of the agency today.
    Region region;
    /// Lines of the name of `issuedIn`, of the time of the agency's.
    string regionName;
    /// Whether that region and all it lies in are active.
    bool regionActive;
    /// Region of the agency when the batch was anchored; without an anchor, at the time asked about. Its licences are
    /// answered for by it and recognised as of its province, wherever the agency is moved.
    RegionCode issuedIn;
    Responsible responsible;
    Key key;
    Anchor anchor;
    /// Whether an anchor covers the status index.
    bool isAnchoredIndex;
    /// The word that holds the status: `Valid` also for an index the issuer never used.
    StatusWord statusWord;
    Notes notes;
    /// What took its place; before that the destination of its transfer out, if any.
    Successor successor;
    /// Whose place it took, and whose that took, the nearest first: all of them, which are `MOST_ORIGINS` at most.
    OriginFacts[] origins;
    /// The rulebook that was in force at the time asked about; zero when none was.
    address rulebook;
    RulesAnswer rules;
}
