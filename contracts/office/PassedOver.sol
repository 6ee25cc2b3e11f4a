// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPassedOver} from "../interfaces/IPassedOver.sol";
import {Indices} from "../modules/Indices.sol";
import {Agency} from "../types/Agency.sol";
import {IndexRange, LARGEST_BATCH, Root} from "../types/Anchor.sol";
import {Uscc} from "../types/Uscc.sol";

/// @notice Indices that were signed for and given up.
abstract contract PassedOver is Indices, IPassedOver {
    /// @inheritdoc IPassedOver
    function passOver(Uscc issuer, uint48 firstIndex, uint48 size) external {
        _requireIssuing(issuer);
        Agency storage issuing = _agencies[issuer];
        _requireNext(issuing, issuer, firstIndex);
        if (size == 0 || size > LARGEST_BATCH) revert AnchorSizeInvalid(Root.wrap(0), size);

        _useUp(issuing, issuer, firstIndex + size);
        issuing.hasPassedOver = true;
        _passedOver[issuer].push(IndexRange({first: firstIndex, end: firstIndex + size}));
        emit IndicesPassedOver(issuer, firstIndex, size);
    }
}
