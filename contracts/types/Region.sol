// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Code of an administrative division: six digits under GB/T 2260 (province `pp0000`, city `ppcc00`, county
/// `ppccdd`), nine under GB/T 10114 (street `ppccddsss`).
type RegionCode is uint32;

using {isProvinceLevel, isPartOf, isWithin, provinceOf, isZero} for RegionCode global;

/// @dev Digits of a code that name the county; the three after them name the street.
uint32 constant STREETS_PER_COUNTY = 1_000;

/// @notice Standing of a region in the alliance. `None` means never admitted; `Closed` is active for everything but
/// anchors, and stays so through a suspension; `Retired` is undone by the two keys that retired it.
enum RegionStatus {
    None,
    Active,
    Suspended,
    Retired,
    Closed,
    ClosedSuspended
}

/// @notice One region of the alliance, in one storage slot that every anchor and every act reads.
struct Region {
    /// Account that accredits the region's agencies and sub-regions and registers the agencies' keys.
    address admin;
    RegionStatus status;
    /// Region this one is part of; zero for a region of province level.
    RegionCode parent;
    /// Until when (Unix seconds) the alliance has paused it; it is paused while that lies ahead.
    uint40 pausedUntil;
    /// Agencies and regions directly in it that are not retired.
    uint16 members;
}

/// @notice Whether the code has the form of a province-level unit: `pp0000` with `pp` from 10 to 99.
/// @dev Which such codes exist is not checked here: codes are created and retired by the State, and admission is an
/// act of the council, which reads the current table.
function isProvinceLevel(RegionCode code) pure returns (bool) {
    uint32 digits = RegionCode.unwrap(code);
    return digits >= 100_000 && digits <= 990_000 && digits % 10_000 == 0;
}

/// @notice The code of the province a code of any level belongs to.
function provinceOf(RegionCode code) pure returns (RegionCode) {
    uint32 digits = RegionCode.unwrap(code);
    if (digits >= 1_000_000) digits /= STREETS_PER_COUNTY;
    return RegionCode.wrap(digits - (digits % 10_000));
}

/// @notice Whether `code` has the form of a city, county or street that lies in `parent`, at any depth.
function isPartOf(RegionCode code, RegionCode parent) pure returns (bool) {
    (uint256 first, uint256 last) = _streetsOf(code);
    (uint256 firstOfParent, uint256 lastOfParent) = _streetsOf(parent);
    if (last < first) return false;
    return firstOfParent <= first && last <= lastOfParent && last - first < lastOfParent - firstOfParent;
}

/// @notice Whether `code` is `other` or lies in it.
function isWithin(RegionCode code, RegionCode other) pure returns (bool) {
    return RegionCode.unwrap(code) == RegionCode.unwrap(other) || code.isPartOf(other);
}

function isZero(RegionCode code) pure returns (bool) {
    return RegionCode.unwrap(code) == 0;
}

/// @dev The nine-digit codes that lie in a code of any level; an empty range for one that ends in `000`, which would be
/// another name of its county.
function _streetsOf(RegionCode code) pure returns (uint256 first, uint256 last) {
    uint256 digits = RegionCode.unwrap(code);
    if (digits >= 1_000_000) return digits % STREETS_PER_COUNTY == 0 ? (digits, digits - 1) : (digits, digits);
    uint256 counties = digits % 10_000 == 0 ? 10_000 : digits % 100 == 0 ? 100 : 1;
    first = digits * STREETS_PER_COUNTY;
    last = (digits + counties) * STREETS_PER_COUNTY - 1;
}
