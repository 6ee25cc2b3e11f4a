// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Code of an administrative division under GB/T 2260: six digits, the first two naming the province.
type RegionCode is uint32;

using {isProvinceLevel} for RegionCode global;

/// @notice Standing of a region in the alliance. `None` means never admitted; `Retired` is final.
enum RegionStatus {
    None,
    Active,
    Suspended,
    Retired
}

/// @notice One region of the alliance, in one storage slot.
struct Region {
    /// Account that accredits the region's agencies and registers their keys.
    address admin;
    RegionStatus status;
    /// Block time (Unix seconds) at which `status` took effect.
    uint40 since;
    /// Region this one is part of; zero for a region of province level.
    RegionCode parent;
}

/// @notice Whether the code has the form of a province-level unit: `pp0000` with `pp` from 10 to 99.
/// @dev Which such codes exist is not checked here: codes are created and retired by the State, and admission is an
/// act of the council, which reads the current table.
function isProvinceLevel(RegionCode code) pure returns (bool) {
    uint32 digits = RegionCode.unwrap(code);
    return digits >= 100_000 && digits <= 990_000 && digits % 10_000 == 0;
}
