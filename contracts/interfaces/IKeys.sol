// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Key, KeyAlgorithm, KeyId} from "../types/Key.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Signing keys of agencies
/// @notice Keys are registered by the region's admin and never by the operator: who steals an operator's account can
/// anchor but not sign, who steals a signing key can sign but not anchor.
/// All times are Unix seconds; validity is half-open.
interface IKeys {
    /// @notice A key was registered; `publicJwk` is its RFC 7638 canonical JSON.
    event KeyRegistered(
        KeyId indexed kid,
        Uscc indexed agency,
        KeyAlgorithm algorithm,
        uint32 validFrom,
        uint32 validUntil,
        bytes publicJwk
    );

    /// @notice The end of a key's validity was brought forward.
    event KeyEnded(KeyId indexed kid, uint32 validUntil);

    /// @notice A key was reported to have been in wrong hands from a time on.
    event KeyCompromised(KeyId indexed kid, uint32 compromisedFrom);

    /// @notice The key was registered before.
    error KeyAlreadyRegistered(KeyId kid);

    /// @notice The key was never registered.
    error KeyUnknown(KeyId kid);

    /// @notice The JWK is not the canonical JSON of a public key for the algorithm.
    error KeyJwkNotCanonical(KeyId kid, KeyAlgorithm algorithm);

    /// @notice The key identifier is not the SHA-256 of the JWK.
    error KeyThumbprintMismatch(KeyId kid, KeyId thumbprint);

    /// @notice The key would be valid at no time.
    error KeyIntervalEmpty(KeyId kid, uint32 validFrom, uint32 validUntil);

    /// @notice The end of validity lies before the time of the block.
    error KeyValidUntilInPast(KeyId kid, uint32 validUntil, uint256 blockTime);

    /// @notice The end of validity may only be brought forward.
    error KeyValidUntilNotEarlier(KeyId kid, uint32 current, uint32 requested);

    /// @notice A compromise is reported once it has happened, not ahead.
    error KeyCompromisedFromInFuture(KeyId kid, uint32 compromisedFrom, uint256 blockTime);

    /// @notice The time of compromise may only move earlier.
    error KeyCompromisedFromNotEarlier(KeyId kid, uint32 current, uint32 requested);

    /// @notice Registers a signing key of an active agency.
    /// @dev MUST be called by the admin of the agency's region, which MUST be active: else `AgencyUnknown`,
    /// `RegionNotActive` or `CallerNotRegionAdmin`. MUST revert with `AgencyNotActive`, `AgencyOperatorIsAdmin`,
    /// `KeyAlreadyRegistered`, `KeyIntervalEmpty`, `KeyValidUntilInPast`, `KeyJwkNotCanonical` or `KeyThumbprintMismatch`.
    /// The caller MUST have had the agency prove possession of the private key. Emits `KeyRegistered`.
    /// @param agency Owner of the key.
    /// @param kid RFC 7638 SHA-256 thumbprint of the key: the SHA-256 of `publicJwk`.
    /// @param algorithm The one algorithm the key signs with.
    /// @param validFrom First second of validity; may lie in the past.
    /// @param validUntil First second after validity; the largest value for no end.
    /// @param publicJwk RFC 7638 canonical JSON of the public key. Its length is fixed by the algorithm.
    function registerKey(
        Uscc agency,
        KeyId kid,
        KeyAlgorithm algorithm,
        uint32 validFrom,
        uint32 validUntil,
        bytes calldata publicJwk
    ) external;

    /// @notice Brings the end of a key's validity forward, at the earliest to the time of the block.
    /// @dev Caller as for `registerKey`; the agency MAY be suspended or retired. MUST revert with `KeyUnknown`,
    /// `KeyValidUntilInPast` or `KeyValidUntilNotEarlier`. A key that is not valid yet may so be ended before it
    /// begins. Emits `KeyEnded`.
    /// @param kid The key to end.
    /// @param validUntil First second after validity.
    function endKey(KeyId kid, uint32 validUntil) external;

    /// @notice Reports that a key was in wrong hands from a time on. Cannot be taken back, only moved earlier.
    /// @dev Caller as for `endKey`. MUST revert with `KeyUnknown`, `KeyCompromisedFromInFuture` or
    /// `KeyCompromisedFromNotEarlier`. Emits `KeyCompromised`.
    /// @param kid The compromised key.
    /// @param compromisedFrom First second at which the key vouches for nothing any more.
    function reportKeyCompromised(KeyId kid, uint32 compromisedFrom) external;

    /// @notice What the ledger knows of a key; zero-valued for one never registered.
    function key(KeyId kid) external view returns (Key memory);
}
