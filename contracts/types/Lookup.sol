// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agency} from "./Agency.sol";
import {Anchor, Root} from "./Anchor.sol";
import {Key, KeyId} from "./Key.sol";
import {Region} from "./Region.sol";
import {LegalStatus} from "./Status.sol";
import {Successor} from "./Transfer.sol";
import {Uscc} from "./Uscc.sol";

/// @notice What one presented credential asks of the ledger.
struct LookupQuery {
    Uscc issuer;
    /// Root its receipt leads to.
    Root root;
    /// Key its signature names.
    KeyId kid;
    /// Its place in the issuer's status list.
    uint64 statusIndex;
}

/// @notice All facts for one query, of one block. A fact the ledger does not hold is zero-valued.
struct LookupResult {
    uint40 blockNumber;
    /// Unix seconds.
    uint40 blockTime;
    Agency agency;
    /// Region of the agency.
    Region region;
    /// May belong to another agency than the issuer: compare `key.agency`.
    Key key;
    Anchor anchor;
    /// `Valid` also for an index the issuer never used: only an anchor proves that a credential was issued.
    LegalStatus status;
    /// The credential that took its place elsewhere, when `status` is `Transferred`; kept when it is annulled later.
    Successor successor;
}
