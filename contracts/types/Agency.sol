// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "./Region.sol";

/// @notice Standing of an issuing agency. `None` means never accredited; `Paused` is a suspension by the alliance in an
/// emergency, which the agency's region cannot end; `Retired` is undone by the two keys that retired it.
enum AgencyStatus {
    None,
    Active,
    Suspended,
    Retired,
    Paused
}

/// @notice One issuing agency, in one storage slot that every anchor and every act reads; keyed by its unified social
/// credit code.
struct Agency {
    /// Account that anchors the agency's licences and enters its legal acts.
    address operator;
    RegionCode region;
    AgencyStatus status;
    /// Indices of its status list that are used up: the next anchor begins here.
    uint48 indexCount;
    /// Whether some of the indices below the count were passed over.
    bool hasPassedOver;
}
