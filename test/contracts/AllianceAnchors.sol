// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "../../contracts/interfaces/IAnchors.sol";
import {IPassedOver} from "../../contracts/interfaces/IPassedOver.sol";
import {AnchorEntry, LARGEST_BATCH, Root} from "../../contracts/types/Anchor.sol";
import {CredentialRef} from "../../contracts/types/Transfer.sol";
import {AllianceRules} from "./AllianceRules.sol";
import {vm} from "./Vm.sol";

/// @notice What is anchored, and which indices that uses up.
abstract contract AllianceAnchors is AllianceRules {
    uint256 public constant LICENCES = 8;
    uint256 public constant ROOTS = 32;
    uint48 private constant FIRST_BATCH = 60;

    /// @notice Indices that were used up together; `seed` is the root's, or `PASSED_OVER`.
    struct Range {
        uint48 first;
        uint48 size;
        uint48 seed;
        bool backfilled;
        uint40 anchoredAt;
        uint40 blockNumber;
    }

    uint48 public constant PASSED_OVER = type(uint48).max;

    /// @dev One after the other: each begins where the one before ends.
    mapping(uint256 issuer => Range[]) internal _ranges;
    mapping(uint256 issuer => mapping(uint256 seed => bool)) internal _isRootUsed;

    constructor() {
        for (uint256 issuer = 0; issuer < FOUNDING_ISSUERS; ++issuer) {
            vm.prank(accountAt(5 + issuer));
            ledger.anchor(issuerAt(issuer), 0, AnchorEntry(rootOf(ROOTS), FIRST_BATCH));
            _enterBatch(issuer, ROOTS, FIRST_BATCH, false);
        }
    }

    /// @dev One batch, or two in a call. Mostly where the last ended, and of a size that is allowed.
    function anchor(uint16 pick, uint256 issuer, uint256 seed, uint48 size, uint8 ahead, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, seed, size) = (issuer % ISSUERS, seed % ROOTS, _sizeOf(pick, size));
        uint256 count = seed % 3 == 2 ? 2 : 1;
        uint48 first = _firstOf(issuer, ahead);
        address caller = _caller(pick, _agencyBook[issuerAt(issuer)].operator);
        AnchorEntry[] memory entries = new AnchorEntry[](count);
        bool isLawful = _isNextOf(issuer, caller, first, size);
        for (uint256 i = 0; i < count; ++i) {
            entries[i] = AnchorEntry(rootOf((seed + i) % ROOTS), size);
            isLawful = isLawful && !_isRootUsed[issuer][(seed + i) % ROOTS];
        }
        if (!_try(caller, _callTo(seed % 3, issuer, first, entries), isLawful)) return;
        for (uint256 i = 0; i < count; ++i) _enterBatch(issuer, (seed + i) % ROOTS, size, seed % 3 == 0);
    }

    function passOver(uint16 pick, uint256 issuer, uint48 size, uint8 ahead, uint32 elapsed) external counted(elapsed) {
        (issuer, size) = (issuer % ISSUERS, _sizeOf(pick, size));
        uint48 first = _firstOf(issuer, ahead);
        address caller = _caller(pick, _agencyBook[issuerAt(issuer)].operator);
        bytes memory data = abi.encodeCall(IPassedOver.passOver, (issuerAt(issuer), first, size));
        if (!_try(caller, data, _isNextOf(issuer, caller, first, size))) return;
        _enterRange(issuer, PASSED_OVER, size, false);
        _agencyBook[issuerAt(issuer)].hasPassedOver = true;
    }

    function rangesInBooks(uint256 issuer) external view returns (Range[] memory) {
        return _ranges[issuer];
    }

    function indicesInBooks(uint256 issuer) public view returns (uint48) {
        return _agencyBook[issuerAt(issuer)].indexCount;
    }

    function isAnchoredInBooks(uint256 issuer, uint256 licence) public view returns (bool) {
        Range[] storage ranges = _ranges[issuer];
        for (uint256 i = 0; i < ranges.length; ++i) {
            if (indexOf(licence) < ranges[i].first + ranges[i].size) return ranges[i].seed != PASSED_OVER;
        }
        return false;
    }

    /// @dev Four in the first word, four in the second.
    function indexOf(uint256 licence) public pure returns (uint256) {
        return licence < 4 ? licence : 44 + licence;
    }

    function rootOf(uint256 seed) public pure returns (Root) {
        return Root.wrap(keccak256(abi.encode(seed)));
    }

    /// @dev Ascending.
    function _indicesOf(uint256[] memory listed) internal pure returns (uint256[] memory indices) {
        indices = new uint256[](listed.length);
        for (uint256 i = 0; i < listed.length; ++i) indices[i] = indexOf(listed[i]);
    }

    /// @dev Both, ascending; the one when they are the same.
    function _listed(uint256 licence, uint256 other) internal pure returns (uint256[] memory listed) {
        listed = new uint256[](licence == other ? 1 : 2);
        listed[0] = licence < other ? licence : other;
        if (licence != other) listed[1] = licence < other ? other : licence;
    }

    function _ref(uint256 issuer, uint256 licence) internal pure returns (CredentialRef memory) {
        return CredentialRef(issuerAt(issuer), uint48(indexOf(licence)));
    }

    function _one(uint256 licence) internal pure returns (uint256[] memory indices) {
        indices = new uint256[](1);
        indices[0] = indexOf(licence);
    }

    function _callTo(uint256 kind, uint256 issuer, uint48 first, AnchorEntry[] memory entries)
        private
        pure
        returns (bytes memory)
    {
        if (kind == 0) return abi.encodeCall(IAnchors.backfill, (issuerAt(issuer), first, entries));
        if (kind == 1) return abi.encodeCall(IAnchors.anchor, (issuerAt(issuer), first, entries[0]));
        return abi.encodeCall(IAnchors.anchorMany, (issuerAt(issuer), first, entries));
    }

    /// @dev Small ones too, so that a word of licences is anchored in part, and passed over in part.
    function _sizeOf(uint16 pick, uint48 size) private pure returns (uint48) {
        if (pick % 8 == 0) return size;
        return 1 + size % (pick % 2 == 0 ? 30 : LARGEST_BATCH);
    }

    function _firstOf(uint256 issuer, uint8 ahead) private view returns (uint48) {
        return indicesInBooks(issuer) + (ahead % 8 == 0 ? ahead / 8 : 0);
    }

    function _isNextOf(uint256 issuer, address caller, uint48 first, uint48 size) private view returns (bool) {
        return _mayIssue(issuerAt(issuer), caller) && first == indicesInBooks(issuer) && size != 0
            && size <= LARGEST_BATCH;
    }

    function _enterBatch(uint256 issuer, uint256 seed, uint48 size, bool backfilled) private {
        _isRootUsed[issuer][seed] = true;
        _enterRange(issuer, uint48(seed), size, backfilled);
    }

    function _enterRange(uint256 issuer, uint48 seed, uint48 size, bool backfilled) private {
        uint48 first = indicesInBooks(issuer);
        _ranges[issuer].push(Range(first, size, seed, backfilled, clock, height));
        _agencyBook[issuerAt(issuer)].indexCount = first + size;
    }
}
