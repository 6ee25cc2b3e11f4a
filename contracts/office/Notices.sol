// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {INotices} from "../interfaces/INotices.sol";
import {NOTICE_CODES, Notes, NoticeCode} from "../types/Notice.sol";
import {Decision} from "../types/Status.sol";
import {Capacity} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";
import {Statuses} from "../modules/Statuses.sol";

/// @notice What stands noted beside a status.
abstract contract Notices is Statuses, INotices {
    /// @inheritdoc INotices
    function note(Uscc issuer, NoticeCode code, uint256[] calldata indices, Decision memory decision) external {
        Capacity capacity = _requireCapacity(issuer);
        uint40[] memory previousBlocks = _note(issuer, code, indices, decision, true);
        emit Noted(issuer, code, msg.sender, capacity, indices, previousBlocks, decision);
    }

    /// @inheritdoc INotices
    function liftNotice(Uscc issuer, NoticeCode code, uint256[] calldata indices, Decision memory decision) external {
        Capacity capacity = _requireCapacity(issuer);
        uint40[] memory previousBlocks = _note(issuer, code, indices, decision, false);
        emit NoticeLifted(issuer, code, msg.sender, capacity, indices, previousBlocks, decision);
    }

    /// @inheritdoc INotices
    function notesOf(Uscc issuer, uint48 index) external view returns (Notes memory) {
        return _notes[issuer][index];
    }

    function _note(
        Uscc issuer,
        NoticeCode code,
        uint256[] calldata indices,
        Decision memory decision,
        bool stands
    ) private returns (uint40[] memory previousBlocks) {
        if (NoticeCode.unwrap(code) >= NOTICE_CODES) revert NoticeCodeUnknown(code);
        _requireDecision(decision);
        if (decision.endsAt != 0) revert NoticeEndUnlawful(code, decision.endsAt);
        if (indices.length == 0) revert StatusIndicesEmpty(issuer);

        previousBlocks = new uint40[](indices.length);
        uint112 bit = uint112(1) << NoticeCode.unwrap(code);
        for (uint256 i = 0; i < indices.length; ++i) {
            if (!_isAnchored(issuer, indices[i])) revert StatusIndexNotAnchored(issuer, indices[i]);
            Notes storage notes = _notes[issuer][indices[i]];
            bool stood = notes.standing & bit != 0;
            if (stood == stands) revert NoticeUnchanged(issuer, indices[i], code, stood);
            previousBlocks[i] = notes.lastBlock;
            notes.standing ^= bit;
            notes.lastBlock = uint40(block.number);
            if (notes.count < type(uint24).max) ++notes.count;
        }
    }
}
