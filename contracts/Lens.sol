// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILedger} from "./interfaces/ILedger.sol";
import {IRulebook} from "./interfaces/IRulebook.sol";
import {Agency} from "./types/Agency.sol";
import {LicenceType, LicenceTypeEntry} from "./types/Catalogue.sol";
import {Key, KeyId} from "./types/Key.sol";
import {LookupQuery, LookupResult} from "./types/Lookup.sol";
import {Region, RegionCode} from "./types/Region.sol";
import {LegalStatus} from "./types/Status.sol";
import {Term} from "./types/Term.sol";
import {Uscc} from "./types/Uscc.sol";

/// @title Lists from the ledger and its rulebook
/// @notice What the ledger, or the rulebook in force, answers for one, for many, all of one block in one call. Holds nothing and can do nothing;
/// who does not trust it asks the ledger.
contract Lens {
    ILedger public immutable ledger;

    constructor(ILedger ledger_) {
        ledger = ledger_;
    }

    function lookupMany(LookupQuery[] calldata queries) external view returns (LookupResult[] memory results) {
        results = new LookupResult[](queries.length);
        for (uint256 i = 0; i < queries.length; ++i) {
            results[i] = ledger.lookup(queries[i]);
        }
    }

    function regions(RegionCode[] calldata codes) external view returns (Region[] memory results) {
        results = new Region[](codes.length);
        for (uint256 i = 0; i < codes.length; ++i) {
            results[i] = ledger.region(codes[i]);
        }
    }

    function agencies(Uscc[] calldata codes) external view returns (Agency[] memory results) {
        results = new Agency[](codes.length);
        for (uint256 i = 0; i < codes.length; ++i) {
            results[i] = ledger.agency(codes[i]);
        }
    }

    function keys(KeyId[] calldata kids) external view returns (Key[] memory results) {
        results = new Key[](kids.length);
        for (uint256 i = 0; i < kids.length; ++i) {
            results[i] = ledger.key(kids[i]);
        }
    }

    function statuses(Uscc issuer, uint64[] calldata indices) external view returns (LegalStatus[] memory results) {
        results = new LegalStatus[](indices.length);
        for (uint256 i = 0; i < indices.length; ++i) {
            results[i] = ledger.statusOf(issuer, indices[i]);
        }
    }

    function licenceTypes(LicenceType[] calldata codes) external view returns (LicenceTypeEntry[] memory results) {
        IRulebook rulebook = ledger.rulebook();
        results = new LicenceTypeEntry[](codes.length);
        for (uint256 i = 0; i < codes.length; ++i) {
            results[i] = rulebook.licenceType(codes[i]);
        }
    }

    /// @notice The terms in which an agency is responsible for each type, around a time (Unix seconds), by the rulebook
    /// then in force.
    function responsibilities(Uscc agency, LicenceType[] calldata codes, uint40 time)
        external
        view
        returns (Term[] memory results)
    {
        IRulebook rulebook = ledger.rulebookAt(time);
        results = new Term[](codes.length);
        for (uint256 i = 0; i < codes.length; ++i) {
            results[i] = rulebook.responsibilityAt(agency, codes[i], time);
        }
    }
}
