// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemandedFields, LicenceType, LicenceTypeEntry, ServiceItem} from "./Catalogue.sol";
import {Recognition} from "./Recognition.sol";
import {RegionCode} from "./Region.sol";
import {Term} from "./Term.sol";
import {Uscc} from "./Uscc.sol";

/// @notice What the ledger asks of a rulebook for one presented credential.
struct RulesQuery {
    Uscc issuer;
    LicenceType licenceType;
    /// Region it is presented in.
    RegionCode receiving;
    /// Service item it is presented for.
    ServiceItem item;
    /// Time (Unix seconds) at which it should be recognised.
    uint40 time;
    /// Region of the issuer at `issuedAt`.
    RegionCode issuedIn;
    /// Time (Unix seconds) at which the issuer should be responsible for the type; zero: of that nothing is asked.
    uint40 issuedAt;
}

/// @notice All rules for one query. What the rulebook does not hold is zero-valued.
struct RulesAnswer {
    /// As it was at the time asked about.
    LicenceTypeEntry licenceType;
    /// The agency's responsibility for the type when the batch was anchored; without an anchor, at the time asked about.
    Term responsibility;
    Recognition recognition;
    /// What the service item demanded of the type at the time asked about.
    DemandedFields demanded;
}
