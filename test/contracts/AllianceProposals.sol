// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProposals} from "../../contracts/interfaces/IProposals.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceRules} from "./AllianceRules.sol";

/// @notice How what takes two keys is tried: one account makes the call and, mostly, another after it. What the ledger
/// carries out without a standing proposal of another entitled account is misjudged.
abstract contract AllianceProposals is AllianceRules {
    struct Proposed {
        address proposer;
        uint40 at;
    }

    /// @dev Of one call: who may rightly propose it, and whether nothing else bars it.
    struct Question {
        bytes data;
        address proposing;
        bool isLawfulAtFirst;
        bool isLawfulAtSecond;
    }

    mapping(bytes32 call => Proposed) internal _proposals;
    /// @dev In the order of time, so that some of them are taken back.
    bytes32[] private _proposed;

    function withdrawProposal(uint16 pick, uint256 chosen, uint32 elapsed) external counted(elapsed) {
        bytes32 call = _proposed.length == 0 ? bytes32(0) : _proposed[_proposed.length - 1 - _recent(chosen)];
        address proposer = _proposals[call].proposer;
        address caller = _caller(pick, proposer);
        if (!_try(caller, abi.encodeCall(IProposals.withdrawProposal, (call)), caller == proposer)) return;
        delete _proposals[call];
    }

    /// @dev Proposed by the admin of `code`.
    /// @return Whether it was carried out.
    function _agree(uint16 first, uint16 second, Question memory question, RegionCode code) internal returns (bool) {
        address proposer = _standing(question.data);
        if (!_governs(code, proposer)) {
            proposer = _caller(first, question.proposing);
            bool isLawful = question.isLawfulAtFirst && _governs(code, proposer);
            if (!_propose(proposer, question.data, isLawful)) return false;
        }
        if (second % 4 == 3) return false;
        RegionCode superior = _notOf(proposer, _superiorOf(code));
        address caller = _confirmer(second, _holder(superior));
        bool mayEnd = question.isLawfulAtSecond && _mayConfirm(code, superior, caller, proposer);
        return _confirm(caller, question.data, mayEnd);
    }

    /// @dev Of an agency.
    function _agree(uint16 first, uint16 second, Question memory question, RegionCode code, Uscc uscc)
        internal
        returns (bool)
    {
        question.isLawfulAtSecond = question.isLawfulAtSecond && _hasStayed(uscc, _superiorOf(code));
        return _agree(first, second, question, code);
    }

    function _propose(address proposer, bytes memory data, bool isLawful) internal returns (bool isProposed) {
        isProposed = _try(proposer, data, isLawful);
        if (!isProposed) return false;
        --done[bytes4(data)];
        _proposals[keccak256(data)] = Proposed(proposer, clock);
        _proposed.push(keccak256(data));
        if (ledger.proposal(keccak256(data)).proposer != proposer) ++misjudged;
    }

    /// @dev Now and then somebody by way of the access manager.
    function _confirmer(uint16 pick, address rightful) internal view returns (address) {
        return pick % 16 == 6 ? address(manager) : _caller(pick, rightful);
    }

    /// @dev The proposer who calls again confirms nothing.
    function _confirm(address caller, bytes memory data, bool isLawful) internal returns (bool isDone) {
        isDone = _try(caller, data, isLawful);
        if (isDone) delete _proposals[keccak256(data)];
    }

    /// @dev Who proposed it within the last thirty days; zero for nobody.
    function _standing(bytes memory data) internal view returns (address) {
        Proposed memory proposed = _proposals[keccak256(data)];
        return clock < proposed.at + 30 days ? proposed.proposer : address(0);
    }

    function _recent(uint256 chosen) private view returns (uint256) {
        return chosen % (_proposed.length < 8 ? _proposed.length : 8);
    }
}
