// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Acts of two keys
/// @notice A call that needs two keys is made twice, with the same arguments: the first, by who may propose it, is kept
/// for thirty days, or until its proposer may no longer propose it; the second, by who may confirm it, carries it out.
/// Who confirms is not the proposer, was not appointed by the proposer, and has been in office for seven days; so has the
/// admin of the region that it is proposed for, whom else who confirms could have appointed for it. For the same reason
/// the agency, and all that it lies in, has been where it is for seven days, and an operator who proposes in office, unless
/// that admin named it. Where one account is the admin of a region and of its superior, the first region above with another
/// admin confirms. Who confirms above the provinces appoints nobody: there only its own days in office count. It calls
/// itself, never by way of the access manager.
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

    /// @notice The agency, or a region that it lies in, was moved less than seven days ago, at `movedAt` (Unix seconds).
    error AgencyMovedLately(Uscc agency, uint256 movedAt);

    /// @notice The operator that proposed it has been in office for less than seven days, since `heldSince` (Unix seconds),
    /// and by the word of another than the present admin of the agency's region.
    error OperatorTooNew(Uscc agency, uint256 heldSince);
}
