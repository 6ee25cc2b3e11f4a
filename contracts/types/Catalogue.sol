// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Uscc} from "./Uscc.sol";

/// @notice Code of a licence type: the USCC of the authority that defines it and three more characters.
type LicenceType is bytes21;

/// @notice Code of a service item 事项: up to 32 ASCII characters, zero bytes after them.
type ServiceItem is bytes32;

using {isWellFormed} for LicenceType global;
using {isMissing} for ServiceItem global;

/// @notice Standing of an entry of the catalogue. `None` means never registered; `Retired` is final.
enum EntryStatus {
    None,
    Active,
    Retired
}

/// @notice Who can hold a licence of a type.
enum HolderClass {
    None,
    Person,
    Organisation,
    PersonOrOrganisation
}

/// @notice What the catalogue rules for a licence type.
struct LicenceTypeRules {
    /// SHA-256 of the schema of the face fields.
    bytes32 schemaDigest;
    HolderClass holderClass;
    /// Months a licence is valid for; zero for no end 长期.
    uint16 validityMonths;
    /// Months between reviews 复审 or registrations; zero for none.
    uint16 reviewMonths;
}

/// @notice One licence type, in two storage slots: the digest, and the rest.
struct LicenceTypeEntry {
    LicenceTypeRules rules;
    /// 1 at registration, one more at each amendment.
    uint32 version;
    EntryStatus status;
    /// Block time (Unix seconds) of the newest version or of the retirement.
    uint40 since;
}

/// @notice One service item, in one storage slot.
struct ServiceItemEntry {
    uint32 version;
    EntryStatus status;
    /// Block time (Unix seconds) of the newest version or of the retirement.
    uint40 since;
}

/// @notice One licence type that a service item needs, and which of its fields.
struct Demand {
    LicenceType licenceType;
    /// Names of the fields in ascending order, one a line, UTF-8; the ledger keeps their SHA-256.
    bytes fields;
}

/// @notice Whether the first eighteen characters are a USCC and the last three are digits or capital letters.
function isWellFormed(LicenceType code) pure returns (bool) {
    bytes21 characters = LicenceType.unwrap(code);
    for (uint256 i = 18; i < 21; ++i) {
        bytes1 character = characters[i];
        bool isDigit = character >= "0" && character <= "9";
        bool isLetter = character >= "A" && character <= "Z";
        if (!isDigit && !isLetter) return false;
    }
    return Uscc.wrap(bytes18(characters)).isWellFormed();
}

function isMissing(ServiceItem item) pure returns (bool) {
    return ServiceItem.unwrap(item) == 0;
}
