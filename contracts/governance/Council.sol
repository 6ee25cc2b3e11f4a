// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockAccess} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockAccess.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";

import {Seats} from "./Seats.sol";

/// @title Council of the alliance
/// @notice Decides by vote of the active provinces, one voice each, and acts through the access manager with the delay
/// that its roles carry. Any province may propose. A decision needs more than half of all seats to take part and
/// more voices for than against.
/// @dev A voice counts when its account held the seat at the beginning of the vote and is still entitled to it.
contract Council is
    Governor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotes,
    GovernorTimelockAccess
{
    Seats private immutable _seats;

    /// @param seats The seats of the provinces.
    /// @param accessManager OpenZeppelin `AccessManager` that holds the roles.
    /// @param votingDelay Seconds from a proposal to the beginning of its vote.
    /// @param votingPeriod Seconds the vote lasts.
    constructor(Seats seats, address accessManager, uint48 votingDelay, uint32 votingPeriod)
        Governor("Hefu Council")
        GovernorSettings(votingDelay, votingPeriod, 1)
        GovernorVotes(seats)
        GovernorTimelockAccess(accessManager, 0)
    {
        _seats = seats;
    }

    /// @notice Voices that must take part: more than half of the seats there were at the beginning of the vote.
    /// @dev Not by OpenZeppelin's percentage, which rounds down: of three seats, one would do.
    function quorum(uint256 timepoint) public view override returns (uint256) {
        return _seats.getPastTotalSupply(timepoint) / 2 + 1;
    }

    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function proposalNeedsQueuing(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockAccess)
        returns (bool)
    {
        return super.proposalNeedsQueuing(proposalId);
    }

    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public override(Governor, GovernorTimelockAccess) returns (uint256) {
        return super.propose(targets, values, calldatas, description);
    }

    function _getVotes(address account, uint256 timepoint, bytes memory params)
        internal
        view
        override(Governor, GovernorVotes)
        returns (uint256)
    {
        return _seats.isSeated(account) ? super._getVotes(account, timepoint, params) : 0;
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockAccess) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockAccess) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockAccess) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }
}
