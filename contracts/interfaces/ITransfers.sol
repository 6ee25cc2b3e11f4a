// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Decision, LegalStatus} from "../types/Status.sol";
import {CredentialRef, Origin, Successor} from "../types/Transfer.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Credentials that take the place of others
/// @notice Within an agency a credential is superseded by the one made anew (换证, 补证, 变更, 延续); between agencies it is
/// transferred out to a destination that the act names, and taken in there alone. A credential takes the place of one
/// other at most, for good, and is linked with it in both directions.
interface ITransfers {
    /// @notice `successor` took the place of `index`.
    event Superseded(Uscc indexed issuer, uint48 indexed index, uint48 successor);

    /// @notice Credentials may be taken in by `destination`.
    event TransferredOut(Uscc indexed issuer, uint256[] indices, Uscc indexed destination);

    /// @notice The origin was closed and the credential of another agency took its place.
    event TransferredIn(Uscc indexed originIssuer, uint48 indexed originIndex, Uscc indexed issuer, uint48 index);

    /// @notice Origin and successor are of two issuers: that is a transfer.
    error SupersessionAcrossIssuers(Uscc originIssuer, Uscc issuer);

    /// @notice The credential is not in force, or took the place of another before.
    error SuccessorNotFresh(Uscc issuer, uint48 index);

    /// @notice The origin is not transferred out, or has its successor already.
    error TransferOriginNotOut(Uscc issuer, uint48 index, LegalStatus status);

    /// @notice Origin and destination are of one issuer: that is a supersession.
    error TransferWithinIssuer(Uscc issuer);

    /// @notice No such agency was ever accredited.
    error TransferDestinationUnknown(Uscc destination);

    /// @notice The credential was transferred out to another agency.
    error TransferElsewhere(Uscc destination, Uscc issuer);

    /// @notice As many credentials are behind this one as may be (`MOST_ORIGINS`), made anew or transferred: it is granted
    /// anew instead, for a lookup answers all of them.
    error OriginChainTooLong(Uscc issuer, uint48 index);

    /// @notice Supersedes a credential by another of the same issuer, which is anchored, in force and in nobody's place.
    /// @dev MUST be called as `anchor`. MUST revert as `act`, and with `SupersessionAcrossIssuers`, `SuccessorNotFresh` or
    /// `OriginChainTooLong`. The successor of a restricted or suspended credential becomes what that was, with its ends. Emits `StatusActed` for
    /// the supersession; as `Inherit` for a restriction that the successor takes on, with its end, and then likewise for
    /// a suspension; and `Superseded`.
    function supersede(CredentialRef calldata successor, CredentialRef calldata origin, Decision calldata decision)
        external;

    /// @notice Transfers credentials out to the agency that may take them in 转出.
    /// @dev Caller and errors as for `act`, and MUST revert with `TransferWithinIssuer` or
    /// `TransferDestinationUnknown`. Emits `StatusActed` and `TransferredOut`.
    function transferOut(Uscc issuer, uint256[] calldata indices, Uscc destination, Decision calldata decision) external;

    /// @notice Makes a credential the successor of one that was transferred out to its issuer 转入.
    /// @dev MUST be called as `anchor`, for the destination or the agency that succeeded it. MUST revert with
    /// `TransferWithinIssuer`, `StatusIndexNotAnchored`, `SuccessorNotFresh`,
    /// `TransferOriginNotOut`, `TransferElsewhere` or `OriginChainTooLong`, and for the decision as `act`. The origin
    /// becomes `Transferred`. Emits `StatusActed` and `TransferredIn`.
    function transferIn(CredentialRef calldata successor, CredentialRef calldata origin, Decision calldata decision)
        external;

    /// @notice What took the place of a credential; before that the destination of its newest transfer out, if any, also
    /// when that was cancelled: the status says whether it is out.
    function successorOf(Uscc issuer, uint48 index) external view returns (Successor memory);

    /// @notice Whose place a credential took; zero-valued when nobody's.
    function originOf(Uscc issuer, uint48 index) external view returns (Origin memory);
}
