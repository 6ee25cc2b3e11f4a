// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "./Region.sol";

/// @notice Standing of an issuing agency. `None` means never accredited; `Retired` is final; `Paused` is a suspension
/// by the alliance in an emergency, which the agency's region cannot end.
enum AgencyStatus {
    None,
    Active,
    Suspended,
    Retired,
    Paused
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
