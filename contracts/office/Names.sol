// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {INames} from "../interfaces/INames.sol";
import {Authority} from "../modules/Authority.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";
import {Name, NameDigest, NameHolder, digestOf, isWellFormed, linesOf} from "../types/Name.sol";
import {Dated} from "../types/Timeline.sol";

/// @notice What members are called. A Chinese name in use is nobody else's; one given up is free.
abstract contract Names is Authority, INames {
    /// @inheritdoc INames
    function agencyNameAt(Uscc uscc, uint40 time) external view returns (string memory) {
        return _nameAt(_holderOf(uscc), time);
    }

    /// @inheritdoc INames
    function regionNameAt(RegionCode code, uint40 time) external view returns (string memory) {
        return _nameAt(_holderOf(code), time);
    }

    /// @dev From this block on.
    function _setName(NameHolder holder, Name calldata name) internal {
        if (!isWellFormed(name)) revert NameInvalid(name.zh, name.en, name.contact);
        bytes32 key = keccak256(bytes(name.zh));
        NameHolder other = _nameHolders[key];
        bool isFree = NameHolder.unwrap(other) == 0 || NameHolder.unwrap(other) == NameHolder.unwrap(holder);
        if (!isFree) revert NameInUse(name.zh, other);

        _releaseName(holder);
        _nameHolders[key] = holder;
        string memory lines = linesOf(name);
        NameDigest digest = digestOf(lines);
        _nameTexts[digest] = lines;
        _names[holder].enter(NameDigest.unwrap(digest));
    }

    function _releaseName(NameHolder holder) private {
        Dated memory current = _names[holder].newest;
        if (current.since == 0) return;
        string memory lines = _nameTexts[NameDigest.wrap(current.fact)];
        _nameHolders[keccak256(_firstLine(bytes(lines)))] = NameHolder.wrap(0);
    }

    /// @dev Names hold no line break, so the first one ends the Chinese name.
    function _firstLine(bytes memory lines) private pure returns (bytes memory) {
        uint256 length = 0;
        while (lines[length] != "\n") ++length;
        assembly ("memory-safe") {
            mstore(lines, length)
        }
        return lines;
    }
}
