// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Agency} from "../types/Agency.sol";
import {Anchor, IndexRange, Root} from "../types/Anchor.sol";
import {FormerHolder} from "../types/FormerHolder.sol";
import {Key, KeyId} from "../types/Key.sol";
import {NameDigest, NameHolder} from "../types/Name.sol";
import {Notes} from "../types/Notice.sol";
import {Acceptance, Proposal} from "../types/Proposal.sol";
import {Region, RegionCode} from "../types/Region.sol";
import {StatusWord} from "../types/Status.sol";
import {Nomination, Offices, Tenure} from "../types/Tenure.sol";
import {Dated, Timeline} from "../types/Timeline.sol";
import {Origin, Successor} from "../types/Transfer.sol";
import {Uscc} from "../types/Uscc.sol";

/// @notice Everything the ledger keeps, in one place: the ledger and its parts share this layout, and nothing else
/// of theirs has any.
abstract contract LedgerState is AccessManaged {
    mapping(RegionCode code => Region) internal _regions;
    mapping(RegionCode code => Tenure) internal _regionTenures;
    mapping(RegionCode code => Nomination) internal _nominatedAdmins;
    /// @dev One from an admission or reinstatement on, zero from a retirement on.
    mapping(RegionCode code => Timeline) internal _memberships;
    /// @dev Block time (Unix seconds) at which the alliance last paused the region.
    mapping(RegionCode code => uint40) internal _pausedAt;
    /// @dev Which region keeps what a retired one left; zero for its parent.
    mapping(RegionCode code => RegionCode) internal _regionSuccessors;
    /// @dev What the region was part of before each move, as `FormerPlace.sol` reads it.
    mapping(RegionCode code => Dated[]) internal _formerParents;

    mapping(Uscc uscc => Agency) internal _agencies;
    mapping(Uscc uscc => Tenure) internal _agencyTenures;
    mapping(Uscc uscc => Nomination) internal _nominatedOperators;
    /// @dev Which agency acts on the licences of a retired one; zero for none.
    mapping(Uscc uscc => Uscc) internal _agencySuccessors;
    /// @dev Where the agency was before each move, likewise.
    mapping(Uscc uscc => Dated[]) internal _formerRegions;

    mapping(address account => Offices) internal _offices;
    mapping(bytes32 call => Proposal) internal _proposals;
    /// @dev Whether the successor has agreed: by the digest of who follows whom.
    mapping(bytes32 succession => Acceptance) internal _acceptedSuccessions;

    mapping(NameHolder holder => Timeline) internal _names;
    mapping(NameDigest digest => string) internal _nameTexts;
    /// @dev By the Keccak-256 of the Chinese name.
    mapping(bytes32 zh => NameHolder) internal _nameHolders;

    mapping(Uscc agency => mapping(KeyId => Key)) internal _keys;

    /// @dev Of addresses of rulebooks.
    Timeline internal _rulebooks;

    mapping(Uscc issuer => mapping(Root root => Anchor)) internal _anchors;
    mapping(Uscc issuer => IndexRange[]) internal _passedOver;
    mapping(Uscc issuer => mapping(uint256 wordIndex => StatusWord)) internal _words;
    mapping(Uscc issuer => mapping(uint256 index => Notes)) internal _notes;
    mapping(Uscc issuer => mapping(uint256 index => Successor)) internal _successors;
    mapping(Uscc issuer => mapping(uint256 index => Origin)) internal _origins;

    /// @dev To whom an office returns, as `FormerHolder.sol` tells it.
    mapping(RegionCode code => FormerHolder) internal _formerAdmins;
    mapping(Uscc uscc => FormerHolder) internal _formerOperators;
}
