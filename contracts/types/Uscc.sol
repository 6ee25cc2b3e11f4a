// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "./Region.sol";

/// @notice Unified social credit code under GB 32100-2015: eighteen ASCII characters, the last a check character.
type Uscc is bytes18;

using {isWellFormed, regionOf} for Uscc global;

/// @dev Returned for a character outside the alphabet `0123456789ABCDEFGHJKLMNPQRTUWXY`.
uint256 constant NOT_A_USCC_CHARACTER = type(uint256).max;

/// @notice Whether all characters are of the alphabet and the check character is right.
/// @dev GB 32100-2015: the characters weighed by 3^(i-1) mod 31, the check character included with weight 1, sum to
/// zero modulo 31.
function isWellFormed(Uscc uscc) pure returns (bool) {
    bytes18 characters = Uscc.unwrap(uscc);
    uint256 weight = 1;
    uint256 sum = 0;
    for (uint256 i = 0; i < 17; ++i) {
        uint256 value = usccCharacterValue(characters[i]);
        if (value == NOT_A_USCC_CHARACTER) return false;
        sum += value * weight;
        weight = (weight * 3) % 31;
    }
    uint256 check = usccCharacterValue(characters[17]);
    return check != NOT_A_USCC_CHARACTER && (sum + check) % 31 == 0;
}

/// @notice The region that the third to the eighth character name, as a six-digit code; the code MUST be well formed.
/// @dev Zero when one of them is no digit.
function regionOf(Uscc uscc) pure returns (RegionCode) {
    bytes18 characters = Uscc.unwrap(uscc);
    uint32 digits = 0;
    for (uint256 i = 2; i < 8; ++i) {
        uint256 value = usccCharacterValue(characters[i]);
        if (value > 9) return RegionCode.wrap(0);
        digits = digits * 10 + uint32(value);
    }
    return RegionCode.wrap(digits);
}

function sameUscc(Uscc one, Uscc other) pure returns (bool) {
    return Uscc.unwrap(one) == Uscc.unwrap(other);
}

/// @notice Place of a character in the alphabet of GB 32100: the digits, then the letters without I, O, S, V, Z.
function usccCharacterValue(bytes1 character) pure returns (uint256) {
    if (character >= "0" && character <= "9") return uint8(character) - uint8(bytes1("0"));
    if (character < "A" || character > "Y") return NOT_A_USCC_CHARACTER;
    if (character == "I" || character == "O" || character == "S" || character == "V") return NOT_A_USCC_CHARACTER;

    uint256 value = 10 + uint8(character) - uint8(bytes1("A"));
    if (character > "I") value -= 1;
    if (character > "O") value -= 1;
    if (character > "S") value -= 1;
    if (character > "V") value -= 1;
    return value;
}
