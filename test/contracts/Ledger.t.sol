// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Ledger} from "../../contracts/Ledger.sol";
import {IAgencies} from "../../contracts/interfaces/IAgencies.sol";
import {IAnchors} from "../../contracts/interfaces/IAnchors.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {Anchor, AnchorEntry, Root} from "../../contracts/types/Anchor.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {LegalBasis, LegalStatus, StatusAct} from "../../contracts/types/Status.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {vm} from "./Vm.sol";

/// @notice Rules of the whole ledger over arbitrary input.
contract LedgerTest {
    Uscc private constant ISSUER = Uscc.wrap("11430000006122244L");
    LegalBasis private constant BASIS = LegalBasis.wrap("XZXKF-69");
    RegionCode private constant HUNAN = RegionCode.wrap(430_000);
    address private constant ADMIN = address(0xA);
    address private constant OPERATOR = address(0xB);

    Ledger private ledger;

    function setUp() external {
        vm.warp(1_760_000_000);
        ledger = new Ledger(address(new AccessManager(address(this))));
        ledger.admitRegion(HUNAN, ADMIN);
        vm.prank(ADMIN);
        ledger.accreditAgency(ISSUER, HUNAN, OPERATOR);
    }

    function testFuzz_anchorsOnceWhateverTheRootAndSize(Root root, uint64 size, uint64 again) external {
        vm.assume(!root.isZero() && size != 0 && again != 0);
        vm.prank(OPERATOR);
        ledger.anchor(ISSUER, AnchorEntry(root, size));

        vm.expectRevert(abi.encodeWithSelector(IAnchors.AnchorAlreadyExists.selector, ISSUER, root));
        vm.prank(OPERATOR);
        ledger.anchor(ISSUER, AnchorEntry(root, again));

        Anchor memory anchor = ledger.anchorOf(ISSUER, root);
        require(anchor.size == size, "wrong size");
        require(anchor.anchoredAt == block.timestamp && anchor.blockNumber == block.number, "wrong block");
    }

    function testFuzz_anchorsManyAsOneByOne(Root[8] calldata roots, uint64[8] calldata sizes) external {
        AnchorEntry[] memory entries = new AnchorEntry[](8);
        for (uint256 i = 0; i < 8; ++i) {
            vm.assume(!roots[i].isZero() && sizes[i] != 0);
            for (uint256 j = 0; j < i; ++j) {
                vm.assume(Root.unwrap(roots[i]) != Root.unwrap(roots[j]));
            }
            entries[i] = AnchorEntry({root: roots[i], size: sizes[i]});
        }
        vm.prank(OPERATOR);
        ledger.anchorMany(ISSUER, entries);
        for (uint256 i = 0; i < 8; ++i) {
            require(ledger.anchorOf(ISSUER, roots[i]).size == sizes[i], "wrong size");
        }
    }

    function testFuzz_refusesEveryCallerButTheOperator(address caller, Root root, uint64 index) external {
        vm.assume(caller != OPERATOR);
        bytes memory refusal = abi.encodeWithSelector(IAgencies.CallerNotOperator.selector, ISSUER, caller);
        vm.expectRevert(refusal);
        vm.prank(caller);
        ledger.anchor(ISSUER, AnchorEntry(root, 1));

        uint256[] memory indices = new uint256[](1);
        indices[0] = index;
        vm.expectRevert(refusal);
        vm.prank(caller);
        ledger.act(ISSUER, StatusAct.Revoke, indices, uint40(block.timestamp), BASIS, "1");
    }

    /// @dev Gaps make any ascending list: small gaps share a word, large ones do not.
    function testFuzz_suspendsTheNamedAndNoOthers(uint32 start, uint8[16] calldata gaps) external {
        uint256[] memory indices = new uint256[](16);
        uint64 next = start;
        for (uint256 i = 0; i < 16; ++i) {
            next += 1 + uint64(gaps[i]);
            indices[i] = next;
        }
        vm.prank(OPERATOR);
        ledger.act(ISSUER, StatusAct.Suspend, indices, uint40(block.timestamp), BASIS, "1");

        uint256 named = 0;
        for (uint64 index = start; index <= next + 64; ++index) {
            bool isNamed = named < 16 && indices[named] == index;
            if (isNamed) ++named;
            LegalStatus expected = isNamed ? LegalStatus.Suspended : LegalStatus.Valid;
            require(ledger.statusOf(ISSUER, index) == expected, "wrong status");
        }
    }

    function testFuzz_refusesAnyPairOutOfOrder(uint256 previous, uint64 next) external {
        vm.assume(next <= previous);
        uint256[] memory indices = new uint256[](2);
        (indices[0], indices[1]) = (previous, next);
        vm.expectRevert(abi.encodeWithSelector(IStatuses.StatusIndicesNotAscending.selector, previous, next));
        vm.prank(OPERATOR);
        ledger.act(ISSUER, StatusAct.Suspend, indices, uint40(block.timestamp), BASIS, "1");
    }
}
