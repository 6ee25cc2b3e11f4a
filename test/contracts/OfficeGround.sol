// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {FormerHolder} from "../../contracts/types/FormerHolder.sol";
import {Name} from "../../contracts/types/Name.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {deployLedger} from "./Artifacts.sol";
import {vm} from "./Vm.sol";

/// @notice One office below another, the admin above it, and one above that: whatever they do, in every order.
abstract contract OfficeGround {
    RegionCode internal constant HUNAN = RegionCode.wrap(430_000);
    RegionCode internal constant CHANGSHA = RegionCode.wrap(430_100);
    RegionCode internal constant FURONG = RegionCode.wrap(430_102);
    address internal constant PROVINCE = address(0xA1);
    address internal constant CITY = address(0xA2);
    /// @dev Who holds the office first.
    address internal constant FIRST = address(0xB1);

    ILedger internal ledger;
    uint40 internal clock = 1_760_000_000;

    function setUp() external {
        vm.warp(clock);
        ledger = deployLedger(address(new AccessManager(address(this))));
        ledger.admitRegion(HUNAN, PROVINCE, _called("N"));
        vm.prank(PROVINCE);
        ledger.accreditRegion(CHANGSHA, HUNAN, CITY, _called("C"));
        _found();
    }

    function _pass(uint256 elapsed) internal {
        clock += uint40(elapsed);
        vm.warp(clock);
    }

    /// @dev Named by the admin above, who may be a thief; accepted at once.
    function _appoint(address account) internal {
        _name(account);
        vm.prank(account);
        _accept();
    }

    /// @dev By the next admin above, unless it is with whom it should be.
    function _isGivenBackTo(address account) internal returns (bool) {
        if (_holder() != account) _giveBack();
        return _holder() == account;
    }

    function _called(string memory zh) internal pure returns (Name memory) {
        return Name({zh: zh, en: "", contact: ""});
    }

    function _found() internal virtual;
    function _name(address account) internal virtual;
    function _accept() internal virtual;
    function _giveBack() internal virtual;
    function _layDown() internal virtual;
    function _holder() internal view virtual returns (address);
    function _former() internal view virtual returns (FormerHolder memory);
}

/// @notice The office of a county's admin, under the admin of the city.
abstract contract AdminsOffice is OfficeGround {
    function _found() internal override {
        vm.prank(CITY);
        ledger.accreditRegion(FURONG, CHANGSHA, FIRST, _called("F"));
    }

    function _name(address account) internal override {
        vm.prank(CITY);
        ledger.nominateRegionAdmin(FURONG, account);
    }

    function _accept() internal override {
        ledger.acceptRegionAdmin(FURONG);
    }

    function _giveBack() internal override {
        vm.prank(PROVINCE);
        ledger.returnRegion(FURONG);
    }

    function _layDown() internal override {
        ledger.resignRegion(FURONG);
    }

    function _holder() internal view override returns (address) {
        return ledger.region(FURONG).admin;
    }

    function _former() internal view override returns (FormerHolder memory) {
        return ledger.formerRegionAdmin(FURONG);
    }
}

/// @notice The office of an agency's operator, under the admin of the city.
abstract contract OperatorsOffice is OfficeGround {
    Uscc private constant BUREAU = Uscc.wrap("114301020000000018");

    function _found() internal override {
        vm.prank(CITY);
        ledger.accreditAgency(BUREAU, CHANGSHA, FIRST, _called("B"));
    }

    function _name(address account) internal override {
        vm.prank(CITY);
        ledger.nominateOperator(BUREAU, account);
    }

    function _accept() internal override {
        ledger.acceptOperator(BUREAU);
    }

    function _giveBack() internal override {
        vm.prank(PROVINCE);
        ledger.returnAgency(BUREAU);
    }

    function _layDown() internal override {
        ledger.resignAgency(BUREAU);
    }

    function _holder() internal view override returns (address) {
        return ledger.agency(BUREAU).operator;
    }

    function _former() internal view override returns (FormerHolder memory) {
        return ledger.formerOperator(BUREAU);
    }
}
