// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Uscc} from "./Uscc.sol";

/// @notice Code of a licence type: the USCC of the authority that defines it and three more characters.
type LicenceType is bytes21;

/// @notice Code of a service item 事项: up to 32 ASCII characters, zero bytes after them.
type ServiceItem is bytes32;

using {isWellFormed} for LicenceType global;
using {isMissing} for ServiceItem global;

/// @dev Longest list of fields that an item can demand of one type, in bytes.
uint256 constant LONGEST_DEMAND = 512;

/// @notice Standing of an entry of the catalogue. `None` means never registered; a `Retired` one may be registered anew.
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

/// @notice One licence type as it is or was.
struct LicenceTypeEntry {
    LicenceTypeRules rules;
    /// 1 at registration, one more at each amendment, and when it is registered anew.
    uint32 version;
    EntryStatus status;
    /// Block time (Unix seconds) of the newest version or of the retirement.
    uint40 since;
}

/// @notice One service item as it is or was.
struct ServiceItemEntry {
    uint32 version;
    EntryStatus status;
    /// Block time (Unix seconds) of the newest version or of the retirement.
    uint40 since;
}

/// @notice One licence type that a service item needs, and which of its fields.
struct Demand {
    LicenceType licenceType;
    /// Names of the fields, each of visible ASCII, strictly ascending, one a line, at most 512 bytes.
    bytes fields;
}

/// @notice The fields of a type that a service item demands; zero-valued when it demands none.
struct DemandedFields {
    /// SHA-256 of `fields`.
    bytes32 digest;
    /// As in `Demand`.
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

/// @notice Whether these are names of fields as a demand lists them.
function isFieldList(bytes calldata fields) pure returns (bool) {
    if (fields.length == 0 || fields.length > LONGEST_DEMAND) return false;
    (uint256 previous, uint256 start) = (0, 0);
    for (uint256 i = 0; i <= fields.length; ++i) {
        if (i < fields.length && fields[i] != "\n") {
            if (fields[i] <= " " || fields[i] > "~") return false;
            continue;
        }
        // From `previous` the line before with its end, from `start` the one that ends here.
        bool isFirst = start == 0;
        if (i == start || (!isFirst && !_isBefore(fields[previous:start - 1], fields[start:i]))) return false;
        (previous, start) = (start, i + 1);
    }
    return true;
}

/// @dev By bytes, and the shorter first.
function _isBefore(bytes calldata one, bytes calldata other) pure returns (bool) {
    for (uint256 i = 0; i < one.length && i < other.length; ++i) {
        if (one[i] != other[i]) return one[i] < other[i];
    }
    return one.length < other.length;
}
