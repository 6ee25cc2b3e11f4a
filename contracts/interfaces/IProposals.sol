// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Proposal} from "../types/Proposal.sol";

/// @title Proposals that wait for their second key
interface IProposals {
    /// @notice A proposal was taken back.
    event ProposalWithdrawn(bytes32 indexed call, address indexed proposer);

    /// @notice The caller proposed no such call.
    error ProposalNotOfCaller(bytes32 call, address caller);

    /// @notice Takes a proposal back.
    /// @dev MUST be called by its proposer: else `ProposalNotOfCaller`. Emits `ProposalWithdrawn`.
    function withdrawProposal(bytes32 call) external;

    /// @notice A proposal by the Keccak-256 of its call data; zero-valued when none stands.
    function proposal(bytes32 call) external view returns (Proposal memory);
}
