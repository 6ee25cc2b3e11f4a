// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "./Region.sol";

/// @notice Standing of an issuing agency. `None` means never accredited; `Retired` is final.
enum AgencyStatus {
    None,
    Active,
    Suspended,
    Retired
}

/// @notice One issuing agency, in one storage slot; keyed by its unified social credit code.
struct Agency {
    /// Account that anchors the agency's licences and enters its legal acts.
    address operator;
    RegionCode region;
    AgencyStatus status;
    /// Block time (Unix seconds) at which `status` took effect.
    uint40 since;
}
