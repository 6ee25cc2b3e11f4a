// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Key, KeyAlgorithm, KeyId} from "../types/Key.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Signing keys of agencies
/// @notice Keys are registered by the region's admin and never by the operator: who steals an operator's account can
/// anchor but not sign, who steals a signing key can sign but not anchor. A key is its agency's alone: the same key
/// registered by another agency is another entry.
/// All times are Unix seconds; validity is half-open.
interface IKeys {
    /// @notice A key was registered.
    event KeyRegistered(
        KeyId indexed kid,
        Uscc indexed agency,
        KeyAlgorithm algorithm,
        bytes32 x,
        bytes32 y,
        uint40 validFrom,
        uint40 validUntil
    );

    /// @notice The end of a key's validity was brought forward.
    event KeyEnded(KeyId indexed kid, Uscc indexed agency, uint40 validUntil);

    /// @notice A key was reported to have been in wrong hands from a time on.
    event KeyCompromised(KeyId indexed kid, Uscc indexed agency, uint40 compromisedFrom);

    /// @notice A report was narrowed to a later time, or withdrawn (the largest value).
    event KeyCompromiseNarrowed(KeyId indexed kid, Uscc indexed agency, uint40 compromisedFrom);

    /// @notice The agency registered the key before.
    error KeyAlreadyRegistered(Uscc agency, KeyId kid);

    /// @notice The agency never registered the key.
    error KeyUnknown(Uscc agency, KeyId kid);

    /// @notice There is no algorithm, a coordinate is missing, or EdDSA was given a second one.
    error KeyCoordinatesInvalid(KeyAlgorithm algorithm, bytes32 x, bytes32 y);

    /// @notice The key would be valid at no time.
    error KeyIntervalEmpty(KeyId kid, uint40 validFrom, uint40 validUntil);

    /// @notice The end of validity lies before the time of the block.
    error KeyValidUntilInPast(KeyId kid, uint40 validUntil, uint256 blockTime);

    /// @notice The end of validity may only be brought forward.
    error KeyValidUntilNotEarlier(KeyId kid, uint40 current, uint40 requested);

    /// @notice A compromise is reported once it has happened, not ahead.
    error KeyCompromisedFromInFuture(KeyId kid, uint40 compromisedFrom, uint256 blockTime);

    /// @notice By one key the time of compromise only moves earlier.
    error KeyCompromisedFromNotEarlier(KeyId kid, uint40 current, uint40 requested);

    /// @notice By two keys the time of compromise only moves later.
    error KeyCompromisedFromNotLater(KeyId kid, uint40 current, uint40 requested);

    /// @notice Registers a signing key of an active agency.
    /// @dev MUST be called by the admin of the agency's region, which MUST be active: else `AgencyUnknown`,
    /// `RegionNotActive` or `CallerNotRegionAdmin`. MUST revert with `AgencyNotActive`, `KeyCoordinatesInvalid`,
    /// `KeyAlreadyRegistered`, `KeyIntervalEmpty` or `KeyValidUntilInPast`. The caller MUST have had the agency prove
    /// possession of the private key. Emits `KeyRegistered`.
    /// @param agency Owner of the key.
    /// @param algorithm The one algorithm the key signs with.
    /// @param x First coordinate, big-endian, or the 32 octets of an Ed25519 key.
    /// @param y Second coordinate; zero for EdDSA.
    /// @param validFrom First second of validity; may lie in the past.
    /// @param validUntil First second after validity; the largest value for no end.
    /// @return kid RFC 7638 SHA-256 thumbprint of the key.
    function registerKey(
        Uscc agency,
        KeyAlgorithm algorithm,
        bytes32 x,
        bytes32 y,
        uint40 validFrom,
        uint40 validUntil
    ) external returns (KeyId kid);

    /// @notice Brings the end of a key's validity forward, at the earliest to the time of the block: an earlier time is
    /// that.
    /// @dev Caller as for `registerKey`; the agency MAY be suspended or retired, its region retired (see
    /// `suspendAgency`). MUST revert with `KeyUnknown` or
    /// `KeyValidUntilNotEarlier`. Emits `KeyEnded`.
    function endKey(Uscc agency, KeyId kid, uint40 validUntil) external;

    /// @notice Reports that a key was in wrong hands from a time on; two keys narrow the report or withdraw it.
    /// @dev Caller as for `endKey`. MUST revert with `KeyUnknown`, `KeyCompromisedFromInFuture` or
    /// `KeyCompromisedFromNotEarlier`. Emits `KeyCompromised`.
    /// @param compromisedFrom First second at which the key vouches for nothing any more.
    function reportKeyCompromised(Uscc agency, KeyId kid, uint40 compromisedFrom) external;

    /// @notice Narrows a report to a later time, or withdraws it.
    /// @dev By two keys (see `ITwoKeys`): proposed by the admin that governs the agency's region, confirmed by the
    /// superior. MUST revert with `AgencyMovedLately`, `KeyUnknown` or `KeyCompromisedFromNotLater`. Emits
    /// `KeyCompromiseNarrowed`.
    /// @param compromisedFrom Unix seconds; the largest value withdraws the report.
    function narrowKeyCompromise(Uscc agency, KeyId kid, uint40 compromisedFrom) external;

    /// @notice What the ledger knows of an agency's key; zero-valued for one never registered.
    function key(Uscc agency, KeyId kid) external view returns (Key memory);
}
