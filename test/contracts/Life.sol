// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Alliance} from "./Alliance.sol";

/// @notice Calls of an alliance in an order that is always the same, every argument from the seed.
library Life {
    struct Step {
        uint256 kind;
        uint16 pick;
        uint16 second;
        uint32 elapsed;
        uint256 a;
        uint256 b;
        uint256 c;
        uint8 choice;
    }

    function live(Alliance alliance, uint256 seed) internal {
        Step memory step = Step({
            kind: uint8(seed) % 50,
            pick: uint16(seed >> 8),
            second: uint16(seed >> 24),
            elapsed: uint32(seed >> 40),
            a: uint40(seed >> 80),
            b: uint40(seed >> 120),
            c: uint40(seed >> 160),
            choice: uint8(seed >> 200)
        });
        if (step.kind < 16) _liveWithLicences(alliance, step);
        else if (step.kind < 34) _liveWithMembers(alliance, step);
        else _liveByTwoKeys(alliance, step);
    }

    function _liveWithLicences(Alliance alliance, Step memory s) private {
        if (s.kind < 6) alliance.act(s.pick, s.a, s.choice, s.b, uint32(s.c), s.elapsed);
        else if (s.kind == 6) alliance.supersede(s.pick, s.a, s.b, s.c, s.elapsed);
        else if (s.kind < 9) alliance.transferOut(s.pick, s.a, s.b, s.c, s.elapsed);
        else if (s.kind < 12) alliance.transferIn(s.pick, s.a, s.b, s.choice, s.c, s.elapsed);
        else if (s.kind == 12) alliance.note(s.pick, s.a, s.b, s.choice % 3, s.c % 2 == 0, s.elapsed);
        else if (s.kind < 15) alliance.anchor(s.pick, s.a, s.b, uint48(s.c), s.choice, s.elapsed);
        else alliance.passOver(s.pick, s.a, uint48(s.c), s.choice, s.elapsed);
    }

    function _liveWithMembers(Alliance alliance, Step memory s) private {
        if (s.kind == 16) alliance.admitRegion(s.pick, s.a % 2 == 0 ? 6 : s.a, s.b, s.c, s.elapsed);
        else if (s.kind == 17) _accreditRegion(alliance, s);
        else if (s.kind < 20) alliance.setRegionStatus(s.pick, s.a, s.choice, s.elapsed);
        else if (s.kind == 20) _pause(alliance, s);
        else if (s.kind < 23) alliance.setAgencyStatus(s.pick, s.a, s.choice, s.elapsed);
        else if (s.kind == 23) alliance.moveAgency(s.pick, s.a, s.b, s.choice, s.elapsed);
        else if (s.kind == 24) _moveRegion(alliance, s);
        else if (s.kind < 29) _nominateAndAccept(alliance, s);
        else if (s.kind == 29) alliance.renameRegion(s.pick, s.a, s.b, s.elapsed);
        else if (s.kind == 30) alliance.renameAgency(s.pick, s.a, s.b, s.elapsed);
        else if (s.kind == 31) _changeKeys(alliance, s);
        else if (s.kind == 32) alliance.registerKey(s.pick, s.a, s.b, uint40(s.c), uint40(s.b), s.elapsed);
        else if (s.choice % 2 == 0) alliance.changeRulebook(s.pick, s.a, s.elapsed);
        else alliance.setAuthority(s.pick, s.elapsed);
    }

    function _liveByTwoKeys(Alliance alliance, Step memory s) private {
        if (s.kind == 34) alliance.withdrawProposal(s.pick, s.a, s.elapsed);
        else if (s.kind == 35) alliance.accreditAgency(s.pick, s.second, 4 + s.a % 2, s.b, s.c, s.elapsed);
        else if (s.kind == 36) alliance.acceptAgencySuccession(s.pick, s.a, s.b, s.elapsed);
        else if (s.kind == 37) alliance.acceptRegionSuccession(s.pick, s.a, s.b, s.elapsed);
        else if (s.kind == 38) alliance.retireAgency(s.pick, s.second, s.a, s.b, s.elapsed);
        else if (s.kind < 41) alliance.reinstateAgency(s.pick, s.second, s.a, s.elapsed);
        else if (s.kind == 41) alliance.retireRegion(s.pick, s.second, s.a % 2 == 0 ? 4 : s.a, s.b, s.elapsed);
        else if (s.kind == 42) alliance.reinstateRegion(s.pick, s.second, s.a, s.elapsed);
        else if (s.kind == 43) alliance.narrowCompromise(s.pick, s.second, s.a, s.b, uint40(s.c), s.elapsed);
        else if (s.kind < 46) alliance.correct(s.pick, s.second, s.a, s.b, s.choice, s.elapsed);
        else if (s.kind == 46) alliance.actLate(s.pick, s.second, s.a, s.b, s.choice, s.elapsed);
        else if (s.kind == 47) alliance.dissolveSuccession(s.pick, s.second, s.a, s.b, s.elapsed);
        else if (s.kind == 48) _return(alliance, s);
        else if (s.choice % 16 == 0) alliance.resign(s.pick, s.a, s.b, s.c % 2 == 0, s.elapsed);
        else alliance.note(s.pick, s.a, s.b, s.choice % 3, s.c % 2 == 0, s.elapsed);
    }

    /// @dev Mostly Yuhua in Changsha.
    function _accreditRegion(Alliance alliance, Step memory s) private {
        (uint256 region, uint256 parent) = (s.a % 4 != 0 ? 5 : s.a, s.b % 2 == 0 ? 1 : s.b);
        alliance.accreditRegion(s.pick, region, parent, s.c, s.choice, s.elapsed);
    }

    /// @dev Mostly between the province and its city, by whom the council named.
    function _moveRegion(Alliance alliance, Step memory s) private {
        uint256 to = s.b % 4 != 0 ? (s.b / 4) % 2 : s.b;
        alliance.moveRegion(s.pick, s.a, to, s.choice % 2 == 0 ? 7 : s.choice, s.elapsed);
    }

    function _return(Alliance alliance, Step memory s) private {
        if (s.choice % 2 == 0) alliance.returnRegion(s.pick, s.a, s.elapsed);
        else alliance.returnAgency(s.pick, s.a, s.elapsed);
    }

    function _pause(Alliance alliance, Step memory s) private {
        alliance.pauseRegion(s.pick, s.a, s.elapsed);
        if (s.choice % 2 == 0) alliance.extendPause(s.pick, s.a, uint32(s.c), s.b % 4 == 0, s.elapsed % 1 days + 1);
        alliance.endPause(s.second, s.a, s.elapsed % 2 days + 1);
    }

    function _changeKeys(Alliance alliance, Step memory s) private {
        if (s.choice % 2 == 0) alliance.endKey(s.pick, s.a, s.b, uint40(s.c), s.elapsed);
        else alliance.reportKey(s.pick, s.a, s.b, uint40(s.c), s.elapsed);
    }

    function _nominateAndAccept(Alliance alliance, Step memory s) private {
        if (s.second % 2 == 0) {
            alliance.nominateOperator(s.pick, s.a, s.b, s.elapsed);
            alliance.acceptOperator(s.second / 2, s.a, s.elapsed);
        } else {
            alliance.nominateRegionAdmin(s.pick, s.a, s.b, s.second % 3 == 0, s.elapsed);
            alliance.acceptRegionAdmin(s.second / 2, s.a, s.elapsed);
        }
    }
}
