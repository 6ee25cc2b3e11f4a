// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {AgencyStatus} from "../../contracts/types/Agency.sol";
import {KEY_TIME_NEVER, Key, KeyAlgorithm, KeyId} from "../../contracts/types/Key.sol";
import {thumbprintOf} from "../../contracts/types/PublicJwk.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceRules} from "./AllianceRules.sol";

/// @notice What one key does to signing keys. The same few are everybody's, for each agency's entry is its own.
abstract contract AllianceKeys is AllianceRules {
    uint256 public constant KEYS = 3;

    mapping(Uscc uscc => mapping(KeyId kid => Key)) internal _keyBook;

    function keyInBooks(Uscc uscc, KeyId kid) external view returns (Key memory) {
        return _keyBook[uscc][kid];
    }

    function registerKey(uint16 pick, uint256 issuer, uint256 key, uint40 from, uint40 until, uint32 elapsed)
        external
        counted(elapsed)
    {
        (Uscc uscc, KeyId kid) = (issuerAt(issuer % ISSUERS), kidAt(key % KEYS));
        if (pick % 8 != 0) (from, until) = (from % clock, until % 2 == 0 ? KEY_TIME_NEVER : clock + until % 40 days);
        address caller = _caller(pick, adminOf(_governing(_agencyBook[uscc].region)));
        bool isLawful = _isAdminOver(uscc, caller) && _agencyBook[uscc].status == AgencyStatus.Active
            && !_isRegistered(uscc, kid) && from < until && until >= clock;
        bytes32 x = _coordinateAt(key % KEYS);
        bytes memory data = abi.encodeCall(IKeys.registerKey, (uscc, KeyAlgorithm.EdDSA, x, 0, from, until));
        if (!_try(caller, data, isLawful)) return;
        _keyBook[uscc][kid] = Key({
            algorithm: KeyAlgorithm.EdDSA,
            validFrom: from,
            validUntil: until,
            compromisedFrom: KEY_TIME_NEVER,
            x: x,
            y: 0
        });
    }

    function endKey(uint16 pick, uint256 issuer, uint256 key, uint40 until, uint32 elapsed) external counted(elapsed) {
        (Uscc uscc, KeyId kid) = (issuerAt(issuer % ISSUERS), kidAt(key % KEYS));
        if (pick % 8 != 0) until = clock + until % 40 days;
        address caller = _caller(pick, adminOf(_governing(_agencyBook[uscc].region)));
        // What would end in the past ends now.
        uint40 end = until < clock ? clock : until;
        bool isLawful =
            _isAdminOver(uscc, caller) && _isRegistered(uscc, kid) && end < _keyBook[uscc][kid].validUntil;
        if (_try(caller, abi.encodeCall(IKeys.endKey, (uscc, kid, until)), isLawful)) {
            _keyBook[uscc][kid].validUntil = end;
        }
    }

    function reportKey(uint16 pick, uint256 issuer, uint256 key, uint40 from, uint32 elapsed)
        external
        counted(elapsed)
    {
        (Uscc uscc, KeyId kid) = (issuerAt(issuer % ISSUERS), kidAt(key % KEYS));
        if (pick % 8 != 0) from = from % clock;
        address caller = _caller(pick, adminOf(_governing(_agencyBook[uscc].region)));
        bool isLawful = _isAdminOver(uscc, caller) && _isRegistered(uscc, kid)
            && from < _keyBook[uscc][kid].compromisedFrom && from <= clock;
        if (_try(caller, abi.encodeCall(IKeys.reportKeyCompromised, (uscc, kid, from)), isLawful)) {
            _keyBook[uscc][kid].compromisedFrom = from;
        }
    }

    function kidAt(uint256 key) public pure returns (KeyId) {
        return thumbprintOf(KeyAlgorithm.EdDSA, _coordinateAt(key), 0);
    }

    function _isRegistered(Uscc uscc, KeyId kid) internal view returns (bool) {
        return _keyBook[uscc][kid].algorithm != KeyAlgorithm.None;
    }

    function _coordinateAt(uint256 key) private pure returns (bytes32) {
        return bytes32(key + 1);
    }
}
