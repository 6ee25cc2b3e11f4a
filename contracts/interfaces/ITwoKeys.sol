// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "../types/Region.sol";

/// @title Acts of two keys
/// @notice A call that needs two keys is made twice, with the same arguments: the first, by who may propose it, is kept
/// for thirty days, or until its proposer may no longer propose it; the second, by who may confirm it, carries it out.
/// Who confirms is not the proposer, was not appointed by the proposer, and has been in office for seven days; so has the
/// admin of the region that it is proposed for, whom else who confirms could have appointed for it.
interface ITwoKeys {
    /// @notice A call was proposed; `data` is its call data, whose Keccak-256 is `call`.
    event Proposed(bytes32 indexed call, address indexed proposer, bytes data);

    /// @notice A proposal was confirmed and carried out.
    event Confirmed(bytes32 indexed call, address indexed confirmer);

    /// @notice The two keys are one.
    error ConfirmerIsProposer(address confirmer);

    /// @notice The proposer appointed who would confirm.
    error ConfirmerAppointedByProposer(address confirmer, address proposer);

    /// @notice Who would confirm has been in office for less than seven days, since `heldSince` (Unix seconds).
    error ConfirmerTooNew(address confirmer, uint256 heldSince);

    /// @notice The admin of the region that it was proposed for has been in office for less than seven days, since
    /// `heldSince` (Unix seconds).
    error ProposerTooNew(RegionCode region, uint256 heldSince);
}
