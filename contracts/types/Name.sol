// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a region or an agency is called, and how the public reaches it.
struct Name {
    /// Official name, 1 to 96 bytes of UTF-8.
    string zh;
    /// The same in English; may be empty.
    string en;
    /// Public telephone number, address or page of the office; may be empty. MUST hold no personal data.
    string contact;
}

/// @notice The first 27 bytes of the SHA-256 of a name's three lines: with the time from which it holds it fills a slot.
type NameDigest is uint216;

/// @notice Whoever has a name: an agency by its code, left-aligned; a region by its number.
type NameHolder is bytes32;

/// @dev Bytes of a line.
uint256 constant LONGEST_NAME = 96;

/// @notice Whether there is a Chinese name and each line is short enough and free of control characters.
function isWellFormed(Name calldata name) pure returns (bool) {
    return bytes(name.zh).length != 0 && _isLine(name.zh) && _isLine(name.en) && _isLine(name.contact);
}

/// @notice The three lines of a name as one text: Chinese, English, contact.
function linesOf(Name calldata name) pure returns (string memory) {
    return string.concat(name.zh, "\n", name.en, "\n", name.contact);
}

/// @notice Under what the lines of a name are kept.
function digestOf(string memory lines) pure returns (NameDigest) {
    return NameDigest.wrap(uint216(bytes27(sha256(bytes(lines)))));
}

function _isLine(string calldata text) pure returns (bool) {
    bytes calldata characters = bytes(text);
    if (characters.length > LONGEST_NAME) return false;
    for (uint256 i = 0; i < characters.length; ++i) {
        if (characters[i] < 0x20 || characters[i] == 0x7f) return false;
    }
    return true;
}
