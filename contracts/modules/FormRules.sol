// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {KeyAlgorithm, KeyId} from "../types/Key.sol";
import {isCanonicalJwk} from "../types/PublicJwk.sol";
import {Uscc} from "../types/Uscc.sol";

/// @notice What the ledger asks of the form of codes and keys. Without state and without powers; a contract of its own
/// because the size of one is bounded (EIP-170).
contract FormRules {
    function isUscc(Uscc code) external pure returns (bool) {
        return code.isWellFormed();
    }

    /// @notice Whether the JWK is the canonical JSON of a public key for the algorithm, and its SHA-256.
    function judgeJwk(bytes calldata publicJwk, KeyAlgorithm algorithm)
        external
        pure
        returns (bool isCanonical, KeyId thumbprint)
    {
        return (isCanonicalJwk(publicJwk, algorithm), KeyId.wrap(sha256(publicJwk)));
    }
}

/// @notice A contract that made the rules in its constructor and never changes them.
abstract contract FormRuled {
    FormRules internal immutable _formRules = new FormRules();
}
