// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {IAnchors} from "../../contracts/interfaces/IAnchors.sol";
import {IAuthorityErrors} from "../../contracts/interfaces/IAuthorityErrors.sol";
import {IIndexErrors} from "../../contracts/interfaces/IIndexErrors.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {Anchor, AnchorEntry, LARGEST_BATCH, Root} from "../../contracts/types/Anchor.sol";
import {Name} from "../../contracts/types/Name.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {Decision, LegalBasis, LegalStatus, StatusAct} from "../../contracts/types/Status.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {deployLedger} from "./Artifacts.sol";
import {vm} from "./Vm.sol";

/// @notice Rules of the whole ledger over arbitrary input.
contract LedgerTest {
    Uscc private constant ISSUER = Uscc.wrap("11430000006122244L");
    LegalBasis private constant BASIS = LegalBasis.wrap("XZXKF-69");
    RegionCode private constant HUNAN = RegionCode.wrap(430_000);
    address private constant ADMIN = address(0xA);
    address private constant OPERATOR = address(0xB);

    ILedger private ledger;

    function setUp() external {
        vm.warp(1_760_000_000);
        AccessManager manager = new AccessManager(address(this));
        ledger = deployLedger(address(manager));
        ledger.admitRegion(HUNAN, ADMIN, Name({zh: unicode"湖南省", en: "", contact: ""}));
        vm.prank(ADMIN);
        ledger.accreditAgency(ISSUER, HUNAN, OPERATOR, Name({zh: unicode"湖南省住房和城乡建设厅", en: "", contact: ""}));
    }

    function testFuzz_anchorsOnceWhateverTheRootAndSize(Root root, uint48 size, uint48 again) external {
        (size, again) = (_batch(size), _batch(again));
        vm.assume(!root.isZero());
        vm.prank(OPERATOR);
        ledger.anchor(ISSUER, 0, AnchorEntry(root, size));

        vm.expectRevert(abi.encodeWithSelector(IAnchors.AnchorAlreadyExists.selector, ISSUER, root));
        vm.prank(OPERATOR);
        ledger.anchor(ISSUER, size, AnchorEntry(root, again));

        Anchor memory anchor = ledger.anchorOf(ISSUER, root);
        require(anchor.size == size && anchor.firstIndex == 0, "wrong indices");
        require(anchor.anchoredAt == block.timestamp && anchor.blockNumber == block.number, "wrong block");
    }

    function testFuzz_anchorsManyAsOneByOne(Root[8] calldata roots, uint48[8] calldata sizes) external {
        AnchorEntry[] memory entries = new AnchorEntry[](8);
        for (uint256 i = 0; i < 8; ++i) {
            vm.assume(!roots[i].isZero());
            for (uint256 j = 0; j < i; ++j) {
                vm.assume(Root.unwrap(roots[i]) != Root.unwrap(roots[j]));
            }
            entries[i] = AnchorEntry({root: roots[i], size: _batch(sizes[i])});
        }
        vm.prank(OPERATOR);
        ledger.anchorMany(ISSUER, 0, entries);
        uint48 next = 0;
        for (uint256 i = 0; i < 8; ++i) {
            Anchor memory anchor = ledger.anchorOf(ISSUER, roots[i]);
            require(anchor.size == entries[i].size && anchor.firstIndex == next, "wrong indices");
            next += anchor.size;
        }
        require(ledger.agency(ISSUER).indexCount == next, "wrong count");
    }

    function testFuzz_refusesAnyBatchThatDoesNotBeginAtTheCount(uint48 size, uint48 firstIndex, bool isGivenUp) external {
        size = _batch(size);
        vm.assume(firstIndex != size);
        vm.prank(OPERATOR);
        ledger.anchor(ISSUER, 0, AnchorEntry(Root.wrap(keccak256("first")), size));

        vm.expectRevert(abi.encodeWithSelector(IIndexErrors.AnchorIndexNotNext.selector, ISSUER, size, firstIndex));
        vm.prank(OPERATOR);
        if (isGivenUp) ledger.passOver(ISSUER, firstIndex, 1);
        else ledger.anchor(ISSUER, firstIndex, AnchorEntry(Root.wrap(keccak256("second")), 1));
    }

    /// @dev Ranges in turn, anchored or passed over by a bit of `kinds`.
    function testFuzz_knowsOfEveryIndexWhetherItWasPassedOver(uint8[8] calldata sizes, uint8 kinds) external {
        uint48 next = 0;
        for (uint256 i = 0; i < 8; ++i) {
            uint48 size = 1 + uint48(sizes[i]) % 20;
            vm.prank(OPERATOR);
            if ((kinds >> i) & 1 == 1) ledger.passOver(ISSUER, next, size);
            else ledger.anchor(ISSUER, next, AnchorEntry(Root.wrap(keccak256(abi.encode(i))), size));
            next += size;
        }
        uint48 index = 0;
        for (uint256 i = 0; i < 8; ++i) {
            for (uint48 end = index + 1 + uint48(sizes[i]) % 20; index < end; ++index) {
                require(ledger.isAnchoredIndex(ISSUER, index) == ((kinds >> i) & 1 == 0), "wrongly known");
            }
        }
        require(!ledger.isAnchoredIndex(ISSUER, index), "known ahead");
    }

    function testFuzz_refusesEveryCallerButTheOperator(address caller, Root root, uint48 index) external {
        // This contract is the council: above a province, it annuls.
        vm.assume(caller != OPERATOR && caller != address(this));
        bytes memory refusal = abi.encodeWithSelector(IAuthorityErrors.CallerNotOperator.selector, ISSUER, caller);
        vm.expectRevert(refusal);
        vm.prank(caller);
        ledger.anchor(ISSUER, 0, AnchorEntry(root, 1));

        uint256[] memory indices = new uint256[](1);
        indices[0] = index;
        vm.expectRevert(refusal);
        vm.prank(caller);
        ledger.act(ISSUER, StatusAct.Annul, indices, _decision());
    }

    /// @dev Gaps make any ascending list: small gaps share a word, large ones do not.
    function testFuzz_suspendsTheNamedAndNoOthers(uint16 start, uint8[16] calldata gaps) external {
        uint256[] memory indices = new uint256[](16);
        uint48 next = start;
        for (uint256 i = 0; i < 16; ++i) {
            next += 1 + uint48(gaps[i]);
            indices[i] = next;
        }
        _anchorUpTo(next);
        vm.prank(OPERATOR);
        ledger.act(ISSUER, StatusAct.Suspend, indices, _decision());

        uint256 named = 0;
        for (uint48 index = start; index <= next + 48; ++index) {
            bool isNamed = named < 16 && indices[named] == index;
            if (isNamed) ++named;
            LegalStatus expected = isNamed ? LegalStatus.Suspended : LegalStatus.Valid;
            require(ledger.statusOf(ISSUER, index) == expected, "wrong status");
        }
    }

    /// @dev An unanchored last index is refused before the order is looked at.
    function testFuzz_refusesAnyPairOutOfOrder(uint248 previous, uint24 next) external {
        vm.assume(next <= previous && next < LARGEST_BATCH - 1);
        _anchorUpTo(next);
        uint256[] memory indices = new uint256[](2);
        (indices[0], indices[1]) = (previous, next);
        vm.expectRevert(abi.encodeWithSelector(IStatuses.StatusIndicesNotAscending.selector, previous, next));
        vm.prank(OPERATOR);
        ledger.act(ISSUER, StatusAct.Suspend, indices, _decision());
    }

    function _batch(uint48 size) private pure returns (uint48) {
        return 1 + (size % LARGEST_BATCH);
    }

    function _anchorUpTo(uint48 index) private {
        vm.prank(OPERATOR);
        ledger.anchor(ISSUER, 0, AnchorEntry(Root.wrap(keccak256("all")), index + 1));
    }

    function _decision() private view returns (Decision memory) {
        return Decision({effectiveAt: uint40(block.timestamp), endsAt: 0, legalBasis: BASIS, number: "1"});
    }
}
