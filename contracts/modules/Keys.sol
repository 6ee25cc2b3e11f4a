// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IKeys} from "../interfaces/IKeys.sol";
import {KEY_TIME_NEVER, Key, KeyAlgorithm, KeyId} from "../types/Key.sol";
import {Uscc} from "../types/Uscc.sol";
import {Agencies} from "./Agencies.sol";

/// @notice What an agency signs with. Governed by the admin of the agency's region.
abstract contract Keys is Agencies, IKeys {
    mapping(KeyId kid => Key) private _keys;

    /// @dev The caller governs the agency that owns the registered key.
    modifier onlyAdminOfOwner(KeyId kid) {
        if (!_isRegistered(kid)) revert KeyUnknown(kid);
        _requireAdminOf(_keys[kid].agency);
        _;
    }

    /// @inheritdoc IKeys
    function registerKey(
        Uscc uscc,
        KeyId kid,
        KeyAlgorithm algorithm,
        uint32 validFrom,
        uint32 validUntil,
        bytes calldata publicJwk
    ) external {
        _requireAdminOf(uscc);
        _requireActiveAgency(uscc);
        _requireNotOperator(uscc);
        if (_isRegistered(kid)) revert KeyAlreadyRegistered(kid);
        if (validFrom >= validUntil) revert KeyIntervalEmpty(kid, validFrom, validUntil);
        _requireNotPast(kid, validUntil);
        _requireThumbprint(kid, algorithm, publicJwk);

        _keys[kid] = Key({
            agency: uscc,
            algorithm: algorithm,
            validFrom: validFrom,
            validUntil: validUntil,
            compromisedFrom: KEY_TIME_NEVER
        });
        emit KeyRegistered(kid, uscc, algorithm, validFrom, validUntil, publicJwk);
    }

    /// @inheritdoc IKeys
    function endKey(KeyId kid, uint32 validUntil) external onlyAdminOfOwner(kid) {
        uint32 current = _keys[kid].validUntil;
        if (validUntil >= current) revert KeyValidUntilNotEarlier(kid, current, validUntil);
        _requireNotPast(kid, validUntil);

        _keys[kid].validUntil = validUntil;
        emit KeyEnded(kid, validUntil);
    }

    /// @inheritdoc IKeys
    function reportKeyCompromised(KeyId kid, uint32 compromisedFrom) external onlyAdminOfOwner(kid) {
        uint32 current = _keys[kid].compromisedFrom;
        if (compromisedFrom >= current) revert KeyCompromisedFromNotEarlier(kid, current, compromisedFrom);
        if (compromisedFrom > block.timestamp) {
            revert KeyCompromisedFromInFuture(kid, compromisedFrom, block.timestamp);
        }

        _keys[kid].compromisedFrom = compromisedFrom;
        emit KeyCompromised(kid, compromisedFrom);
    }

    /// @inheritdoc IKeys
    function key(KeyId kid) public view returns (Key memory) {
        return _keys[kid];
    }

    function _isRegistered(KeyId kid) private view returns (bool) {
        return _keys[kid].algorithm != KeyAlgorithm.None;
    }

    function _requireNotPast(KeyId kid, uint32 validUntil) private view {
        if (validUntil < block.timestamp) revert KeyValidUntilInPast(kid, validUntil, block.timestamp);
    }

    /// @dev The layout first: the SHA-256 of anything but the canonical JSON is not a thumbprint.
    function _requireThumbprint(KeyId kid, KeyAlgorithm algorithm, bytes calldata publicJwk) private view {
        (bool isCanonical, KeyId thumbprint) = _formRules.judgeJwk(publicJwk, algorithm);
        if (!isCanonical) revert KeyJwkNotCanonical(kid, algorithm);
        if (KeyId.unwrap(thumbprint) != KeyId.unwrap(kid)) revert KeyThumbprintMismatch(kid, thumbprint);
    }
}
