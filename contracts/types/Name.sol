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

/// @dev The only character of a line that is not seen.
uint256 constant SPACE = 0x20;

/// @notice Whether there is a Chinese name and each line is short enough and in the one form of what it says: well-formed
/// UTF-8 of characters that are seen and have no second form; in the Chinese name no space. Full-width letters and
/// brackets are written as ASCII has them: (, not （.
function isWellFormed(Name calldata name) pure returns (bool) {
    bool hasLines = bytes(name.zh).length != 0 && _isLine(name.zh) && _isLine(name.en) && _isLine(name.contact);
    return hasLines && !_holdsSpace(name.zh);
}

/// @notice The three lines of a name as one text: Chinese, English, contact.
function linesOf(Name calldata name) pure returns (string memory) {
    return string.concat(name.zh, "\n", name.en, "\n", name.contact);
}

/// @notice Under what the lines of a name are kept.
function digestOf(string memory lines) pure returns (NameDigest) {
    return NameDigest.wrap(uint216(bytes27(sha256(bytes(lines)))));
}

/// @dev Printable, nothing that looks like nothing or that NFKC makes another character of, and no space at either end or
/// beside another. So equal to the eye is nearly equal in bytes; characters that merely look alike (末, 未) remain.
function _isLine(string calldata text) pure returns (bool) {
    bytes calldata encoded = bytes(text);
    if (encoded.length > LONGEST_NAME) return false;
    uint256 before = SPACE;
    for (uint256 i = 0; i < encoded.length; i += _lengthOf(before)) {
        uint256 point = _pointAt(encoded, i);
        if (!_isAllowed(point) || (point == SPACE && before == SPACE)) return false;
        before = point;
    }
    return encoded.length == 0 || before != SPACE;
}

/// @dev 广东省 教育厅 is 广东省教育厅 to whoever reads it.
function _holdsSpace(string calldata line) pure returns (bool) {
    bytes calldata encoded = bytes(line);
    for (uint256 i = 0; i < encoded.length; ++i) {
        if (uint8(encoded[i]) == SPACE) return true;
    }
    return false;
}

/// @dev The character (code point) whose UTF-8 begins there; 0, which is allowed nowhere, for bytes that are no UTF-8.
function _pointAt(bytes calldata encoded, uint256 start) pure returns (uint256 point) {
    uint256 lead = uint8(encoded[start]);
    if (lead < 0x80) return lead;
    uint256 length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead < 0xc0 || lead > 0xf4 || start + length > encoded.length) return 0;
    point = lead & (0x7f >> length);
    for (uint256 i = start + 1; i < start + length; ++i) {
        uint256 next = uint8(encoded[i]);
        if (next & 0xc0 != 0x80) return 0;
        point = (point << 6) | (next & 0x3f);
    }
    if (_lengthOf(point) != length) return 0;
}

/// @dev Bytes of a character in UTF-8, which has one form of each, the shortest.
function _lengthOf(uint256 point) pure returns (uint256) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/// @dev ASCII; middle dot and letters of Latin-1; dashes and quotation marks; Chinese punctuation and brackets;
/// ideographs, without the radicals and the compatibility ideographs that double them.
function _isAllowed(uint256 point) pure returns (bool) {
    if (point < 0x80) return _isWithin(point, SPACE, 0x7e);
    if (point < 0x3000) {
        return point == 0xb7 || _isWithin(point, 0xc0, 0xff) || _isWithin(point, 0x2013, 0x2014)
            || _isWithin(point, 0x2018, 0x201d);
    }
    return _isWithin(point, 0x3001, 0x301b) || _isWithin(point, 0x3400, 0x4dbf) || _isWithin(point, 0x4e00, 0x9fff)
        || _isWithin(point, 0x20000, 0x2f7ff) || _isWithin(point, 0x30000, 0x323af);
}

function _isWithin(uint256 point, uint256 first, uint256 last) pure returns (bool) {
    return first <= point && point <= last;
}
