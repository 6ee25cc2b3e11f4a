// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agency} from "../types/Agency.sol";
import {INDICES_PER_SECOND, contains} from "../types/Anchor.sol";
import {IIndexErrors} from "../interfaces/IIndexErrors.sol";
import {Uscc} from "../types/Uscc.sol";
import {Authority} from "./Authority.sol";

/// @notice Which status indices are used up, and which of them by licences.
abstract contract Indices is Authority, IIndexErrors {
    function _requireNext(Agency storage issuing, Uscc issuer, uint48 firstIndex) internal view {
        uint48 expected = issuing.indexCount;
        if (firstIndex != expected) revert AnchorIndexNotNext(issuer, expected, firstIndex);
    }

    /// @dev All indices before `next` are used up.
    function _useUp(Agency storage issuing, Uscc issuer, uint48 next) internal {
        uint256 limit = block.timestamp * INDICES_PER_SECOND;
        if (next > limit) revert AnchorIndicesTooFast(issuer, next, limit);
        issuing.indexCount = next;
    }

    /// @dev Whether a licence with this index was anchored.
    function _isAnchored(Uscc issuer, uint256 index) internal view returns (bool) {
        Agency storage issuing = _agencies[issuer];
        (uint48 count, bool hasPassedOver) = (issuing.indexCount, issuing.hasPassedOver);
        if (index >= count) return false;
        return !(hasPassedOver && contains(_passedOver[issuer], index));
    }
}
