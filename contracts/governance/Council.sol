// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockAccess} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockAccess.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";

import {Seats} from "./Seats.sol";

/// @title Council of the alliance
/// @notice Decides by vote of the provinces that have taken their seats, one voice each, and acts through the access
/// manager. Any seated province may propose. A decision needs more than half of the seats to take part, for, against
/// or abstaining, and more voices for than against. At least two days pass between the end of a vote and what it
/// decides, whatever that is: the council's own settings too.
/// @dev A voice counts when its account held the seat at the beginning of the vote and is still entitled to it. What
/// counts as a seat is fixed at that beginning, so that no vote that is over can turn: `propose` vacates every seat
/// that is dead by then, and anyone may vacate (`Seats.sync`) those that die before the vote begins, a day at least.
contract Council is
    Governor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotes,
    GovernorTimelockAccess
{
    /// @notice Seconds that the times of the council stay within.
    uint256 public constant MIN_VOTING_DELAY = 1 days;
    uint256 public constant MAX_VOTING_DELAY = 7 days;
    uint256 public constant MIN_VOTING_PERIOD = 3 days;
    uint256 public constant MAX_VOTING_PERIOD = 14 days;
    uint256 public constant MIN_EXECUTION_DELAY = 2 days;
    uint256 public constant MAX_EXECUTION_DELAY = 14 days;
    /// @notice Seconds for which a decision can be queued after its vote, and carried out after its delay.
    uint256 public constant DECISION_STANDS = 14 days;

    /// @notice A time of the council would be shorter or longer than it may be; all in seconds.
    error CouncilTimeOutOfBounds(uint256 time, uint256 minimum, uint256 maximum);

    /// @notice Every seat may propose, and nobody else.
    error CouncilThresholdFixed(uint256 threshold);

    /// @notice The council always acts by way of its access manager.
    error CouncilAccessManagerFixed();

    /// @param seats The seats of the provinces.
    /// @param accessManager OpenZeppelin `AccessManager` that holds the roles.
    /// @param votingDelay Seconds from a proposal to the beginning of its vote.
    /// @param votingPeriod Seconds the vote lasts.
    constructor(Seats seats, address accessManager, uint48 votingDelay, uint32 votingPeriod)
        Governor("Hefu Council")
        GovernorSettings(votingDelay, votingPeriod, 1)
        GovernorVotes(seats)
        GovernorTimelockAccess(accessManager, uint32(MIN_EXECUTION_DELAY))
    {}

    /// @notice Voices that must take part: more than half of the seats there were at the beginning of the vote.
    /// @dev Not by OpenZeppelin's percentage, which rounds down: of three seats, one would do.
    function quorum(uint256 timepoint) public view override returns (uint256) {
        return token().getPastTotalSupply(timepoint) / 2 + 1;
    }

    /// @notice As OpenZeppelin's; a decision that nobody queued or carried out in its time is `Expired`.
    /// @dev Anybody carries a decision out. If it stood for ever, its hour would be whoever's choice, and nobody could take it
    /// back when what it was decided for is over.
    function state(uint256 proposalId) public view override returns (ProposalState current) {
        current = super.state(proposalId);
        uint256 standsFrom = 0;
        if (current == ProposalState.Succeeded) standsFrom = proposalDeadline(proposalId);
        else if (current == ProposalState.Queued) standsFrom = proposalEta(proposalId);
        if (standsFrom != 0 && block.timestamp > standsFrom + DECISION_STANDS) return ProposalState.Expired;
    }

    /// @notice Every voice counts towards the quorum.
    function COUNTING_MODE() public pure override(IGovernor, GovernorCountingSimple) returns (string memory) {
        return "support=bravo&quorum=for,against,abstain";
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

    /// @dev Seats that are dead by now shall not raise the quorum of this vote.
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public override(Governor, GovernorTimelockAccess) returns (uint256) {
        _seats().syncAll();
        return super.propose(targets, values, calldatas, description);
    }

    function _seats() private view returns (Seats) {
        return Seats(address(token()));
    }

    function _getVotes(address account, uint256 timepoint, bytes memory params)
        internal
        view
        override(Governor, GovernorVotes)
        returns (uint256)
    {
        return _seats().isSeated(account) ? super._getVotes(account, timepoint, params) : 0;
    }

    /// @dev OpenZeppelin's does not count the voices against: a proposal could fail for want of voices although all were heard.
    function _quorumReached(uint256 proposalId)
        internal
        view
        override(Governor, GovernorCountingSimple)
        returns (bool)
    {
        (uint256 against, uint256 inFavour, uint256 abstaining) = proposalVotes(proposalId);
        return quorum(proposalSnapshot(proposalId)) <= against + inFavour + abstaining;
    }

    function _setVotingDelay(uint48 time) internal override {
        _requireWithin(time, MIN_VOTING_DELAY, MAX_VOTING_DELAY);
        super._setVotingDelay(time);
    }

    function _setVotingPeriod(uint32 time) internal override {
        _requireWithin(time, MIN_VOTING_PERIOD, MAX_VOTING_PERIOD);
        super._setVotingPeriod(time);
    }

    /// @dev The access manager delays no call of the council to itself: this delay, which applies to every proposal,
    /// does, and cannot be lowered under its minimum.
    function _setBaseDelaySeconds(uint32 time) internal override {
        _requireWithin(time, MIN_EXECUTION_DELAY, MAX_EXECUTION_DELAY);
        super._setBaseDelaySeconds(time);
    }

    /// @dev Zero would let anyone propose, more than one voice nobody, for good.
    function _setProposalThreshold(uint256 threshold) internal override {
        if (threshold != 1) revert CouncilThresholdFixed(threshold);
        super._setProposalThreshold(threshold);
    }

    /// @dev For the council's own functions it would be a way to lock them: the access manager is never their caller.
    function _setAccessManagerIgnored(address, bytes4, bool) internal pure override {
        revert CouncilAccessManagerFixed();
    }

    function _requireWithin(uint256 time, uint256 minimum, uint256 maximum) private pure {
        if (time < minimum || time > maximum) revert CouncilTimeOutOfBounds(time, minimum, maximum);
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
