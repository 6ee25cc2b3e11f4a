// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IReturns} from "../../contracts/interfaces/IReturns.sol";
import {AdminsOffice, OfficeGround, OperatorsOffice} from "./OfficeGround.sol";
import {enteredWith, OfficeClaims} from "./OfficeClaims.sol";
import {vm} from "./Vm.sol";

/// @notice Whose an office is and stays, whatever happens to it, in every order.
abstract contract OfficesTest is OfficeGround {
    /// @dev So many steps that a thief does for less than fourteen days.
    uint256 private constant STEPS = 20;

    /// @dev Each byte of `steps` is one: what is done, by whom, and how much time passes before.
    function testFuzz_goesToWhoeverHasTheClaim(bytes32 steps) external {
        OfficeClaims memory office = enteredWith(FIRST, clock);
        for (uint256 i = 0; i < 32; ++i) {
            uint256 step = uint8(steps[i]);
            _pass(_anyTime(step / 16));
            _isAsItShouldBe(office);
            _do(office, step % 16);
            _isAsItShouldBe(office);
        }
    }

    /// @dev However short it has been in office, if nobody before it has a claim.
    function testFuzz_isNotForgottenByAnAdminAboveAlone(bytes32 steps, uint16 daysInOffice) external {
        _pass(1 + uint256(daysInOffice) * 1 days);
        _steal(steps, FIRST);
        require(_isGivenBackTo(FIRST), "whoever held it is forgotten");
    }

    /// @dev With the stolen key at hand that was replaced, and followed for fourteen days.
    function testFuzz_goesBackToNoStolenKeyPastWhoFollowedItForFourteenDays(bytes32 steps, uint16 daysSince) external {
        _pass(1 days);
        _appoint(_anybody(0));
        _pass((14 + uint256(daysSince % 100)) * 1 days);
        _steal(steps, _anybody(0));
        require(_isGivenBackTo(_anybody(0)), "a stolen key came back");
    }

    /// @dev For less than that whoever held it before has the claim, and yet no return alone takes it from the new one.
    function testFuzz_goesBackToWhoeverIsNewAfterReturnsAlone(uint8 returns_, uint16 hoursInOffice) external {
        _pass(1 days);
        _appoint(_anybody(0));
        _pass(uint256(hoursInOffice % (50 * 24)) * 1 hours);
        for (uint256 i = 0; i < returns_ % STEPS; ++i) {
            _pass(9 hours);
            _giveBack();
        }
        require(_isGivenBackTo(_anybody(0)), "a return made somebody forgotten");
    }

    /// @dev However often it is returned meanwhile, who has no claim is given it back for sixty days and no longer.
    function testFuzz_returnsForSixtyDaysAndNoReturnBeginsThemAnew(bytes32 times) external {
        _pass(1 days);
        _appoint(_anybody(0));
        uint40 leftAt = clock;
        _pass(20 days);
        for (uint256 i = 0; i < 32 && clock < leftAt + 60 days; ++i) {
            _giveBack();
            _pass(uint256(uint8(times[i])) % 13 * 1 days);
        }
        if (clock < leftAt + 60 days) _pass(leftAt + 60 days - clock);
        require(_isGivenBackTo(_anybody(0)), "sixty days took it from who has the claim");
        require(_former().account == address(0), "somebody comes back after sixty days");
    }

    /// @dev A thief above and its accomplices, any time but for fourteen days on end. Of `rightful` nothing is done.
    function _steal(bytes32 steps, address rightful) private {
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 step = uint8(steps[i]);
            _pass((step / 16 + 1) * 1 hours);
            address accomplice = rightful != FIRST && step % 4 == 0 ? FIRST : _anybody(1 + step % 3);
            if (step % 8 < 4) {
                _appoint(accomplice);
            } else if (step % 8 < 7) {
                if (_former().account != address(0)) _giveBack();
            } else if (_holder() != rightful && _holder() != address(0)) {
                vm.prank(_holder());
                _layDown();
            }
        }
    }

    function _do(OfficeClaims memory office, uint256 deed) private {
        if (deed < 7) {
            address named = deed < 5 ? _anybody(deed) : FIRST;
            _appoint(named);
            office.nameAnother(named, clock);
        } else if (deed < 14) {
            if (office.returnsTo(clock) == address(0)) vm.expectRevert(abi.encodeWithSelector(IReturns.OfficeNotLeft.selector));
            bool isLeft = office.returnsTo(clock) != address(0);
            _giveBack();
            if (isLeft) office.giveBack(clock);
        } else if (office.holder != address(0)) {
            vm.prank(office.holder);
            _layDown();
            office.layDown(clock);
        }
    }

    function _isAsItShouldBe(OfficeClaims memory office) private view {
        require(_holder() == office.holder, "another holder");
        require(_former().account == office.returnsTo(clock), "it returns to another");
    }

    /// @dev An hour to the whole of an absence, the bounds among them.
    function _anyTime(uint256 choice) private pure returns (uint256) {
        uint256[16] memory times = [
            uint256(1 hours), 1 hours, 1 hours, 2 hours, 1 days, 1 days, 3 days, 5 days,
            7 days, 13 days, 14 days - 1, 14 days, 15 days, 46 days, 60 days - 1, 60 days
        ];
        return times[choice];
    }

    function _anybody(uint256 account) private pure returns (address) {
        return address(uint160(0xC0 + account));
    }
}

contract AdminsOfficeTest is OfficesTest, AdminsOffice {}

contract OperatorsOfficeTest is OfficesTest, OperatorsOffice {}
