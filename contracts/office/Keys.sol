// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IKeys} from "../interfaces/IKeys.sol";
import {AgencyStatus} from "../types/Agency.sol";
import {KEY_TIME_NEVER, Key, KeyAlgorithm, KeyId} from "../types/Key.sol";
import {RegionCode} from "../types/Region.sol";
import {thumbprintOf} from "../types/PublicJwk.sol";
import {Uscc} from "../types/Uscc.sol";
import {TwoKeys} from "./TwoKeys.sol";

/// @notice What an agency signs with. Governed by the admin of the agency's region.
abstract contract Keys is TwoKeys, IKeys {
    /// @dev The caller governs the agency, and the key is the agency's.
    modifier onlyAdminOfOwner(Uscc uscc, KeyId kid) {
        _requireAdminOf(uscc);
        if (!_isRegistered(uscc, kid)) revert KeyUnknown(uscc, kid);
        _;
    }

    /// @inheritdoc IKeys
    function registerKey(
        Uscc uscc,
        KeyAlgorithm algorithm,
        bytes32 x,
        bytes32 y,
        uint40 validFrom,
        uint40 validUntil
    ) external onlyAdminOf(uscc) returns (KeyId kid) {
        if (_agencies[uscc].status != AgencyStatus.Active) revert AgencyNotActive(uscc);
        bool isPoint = x != 0 && (y != 0) == (algorithm != KeyAlgorithm.EdDSA);
        if (algorithm == KeyAlgorithm.None || !isPoint) revert KeyCoordinatesInvalid(algorithm, x, y);
        kid = thumbprintOf(algorithm, x, y);
        if (_isRegistered(uscc, kid)) revert KeyAlreadyRegistered(uscc, kid);
        if (validFrom >= validUntil) revert KeyIntervalEmpty(kid, validFrom, validUntil);
        if (validUntil < block.timestamp) revert KeyValidUntilInPast(kid, validUntil, block.timestamp);

        _keys[uscc][kid] = Key({
            algorithm: algorithm,
            validFrom: validFrom,
            validUntil: validUntil,
            compromisedFrom: KEY_TIME_NEVER,
            x: x,
            y: y
        });
        emit KeyRegistered(kid, uscc, algorithm, x, y, validFrom, validUntil);
    }

    /// @inheritdoc IKeys
    function endKey(Uscc uscc, KeyId kid, uint40 validUntil) external onlyAdminOfOwner(uscc, kid) {
        uint40 current = _keys[uscc][kid].validUntil;
        if (validUntil < block.timestamp) validUntil = uint40(block.timestamp);
        if (validUntil >= current) revert KeyValidUntilNotEarlier(kid, current, validUntil);

        _keys[uscc][kid].validUntil = validUntil;
        emit KeyEnded(kid, uscc, validUntil);
    }

    /// @inheritdoc IKeys
    function reportKeyCompromised(Uscc uscc, KeyId kid, uint40 compromisedFrom) external onlyAdminOfOwner(uscc, kid) {
        uint40 current = _keys[uscc][kid].compromisedFrom;
        if (compromisedFrom >= current) revert KeyCompromisedFromNotEarlier(kid, current, compromisedFrom);
        _requireNotAhead(kid, compromisedFrom);

        _keys[uscc][kid].compromisedFrom = compromisedFrom;
        emit KeyCompromised(kid, uscc, compromisedFrom);
    }

    /// @inheritdoc IKeys
    function narrowKeyCompromise(Uscc uscc, KeyId kid, uint40 compromisedFrom) external {
        uint40 current = _keys[uscc][kid].compromisedFrom;
        if (!_isRegistered(uscc, kid)) revert KeyUnknown(uscc, kid);
        if (compromisedFrom <= current) revert KeyCompromisedFromNotLater(kid, current, compromisedFrom);
        if (compromisedFrom != KEY_TIME_NEVER) _requireNotAhead(kid, compromisedFrom);
        RegionCode code = _governing(_agencies[uscc].region);
        if (!_agreeOnAsAdmin(code)) return;
        _requireStayed(uscc, _superiorOf(code));

        _keys[uscc][kid].compromisedFrom = compromisedFrom;
        emit KeyCompromiseNarrowed(kid, uscc, compromisedFrom);
    }

    /// @inheritdoc IKeys
    function key(Uscc uscc, KeyId kid) external view returns (Key memory) {
        return _keys[uscc][kid];
    }

    function _isRegistered(Uscc uscc, KeyId kid) private view returns (bool) {
        return _keys[uscc][kid].algorithm != KeyAlgorithm.None;
    }

    function _requireNotAhead(KeyId kid, uint40 compromisedFrom) private view {
        if (compromisedFrom > block.timestamp) {
            revert KeyCompromisedFromInFuture(kid, compromisedFrom, block.timestamp);
        }
    }
}
