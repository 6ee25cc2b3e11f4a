// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

/// @notice What the ledger asks of a council about a vote, answered as of one that is always under way.
contract RunningVote {
    /// @dev Unix seconds.
    uint256 private _deadline;

    function setDeadline(uint256 deadline) external {
        _deadline = deadline;
    }

    function hashProposal(address[] calldata, uint256[] calldata, bytes[] calldata, bytes32)
        external
        pure
        returns (uint256)
    {
        return 1;
    }

    function state(uint256) external pure returns (IGovernor.ProposalState) {
        return IGovernor.ProposalState.Active;
    }

    function proposalDeadline(uint256) external view returns (uint256) {
        return _deadline;
    }
}
