// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProposals} from "../interfaces/IProposals.sol";
import {Proposal} from "../types/Proposal.sol";
import {TwoKeys} from "./TwoKeys.sol";

/// @notice What was proposed and waits for its second key.
abstract contract Proposals is TwoKeys, IProposals {
    /// @inheritdoc IProposals
    function withdrawProposal(bytes32 call) external {
        if (_proposals[call].proposer != msg.sender) revert ProposalNotOfCaller(call, msg.sender);
        delete _proposals[call];
        emit ProposalWithdrawn(call, msg.sender);
    }

    /// @inheritdoc IProposals
    function proposal(bytes32 call) external view returns (Proposal memory) {
        return _proposals[call];
    }
}
