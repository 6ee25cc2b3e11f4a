// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {Name} from "../../contracts/types/Name.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {deployLedger} from "./Artifacts.sol";
import {vm} from "./Vm.sol";

/// @notice A ledger, the regions and agencies that are or may become members, and the accounts that are tried at
/// everything. Nothing here reverts: a refusal is something to be judged.
abstract contract AllianceGround {
    uint256 public constant REGIONS = 7;
    uint256 public constant ISSUERS = 6;
    /// @dev Those that are members from the first.
    uint256 internal constant FOUNDING_REGIONS = 5;
    uint256 internal constant FOUNDING_ISSUERS = 4;
    /// @dev The first nine begin in office, one each; two are those whom the council named.
    uint256 public constant ACCOUNTS = 18;
    uint256 internal constant COUNCIL = 12;
    uint256 internal constant COUNCILS_OTHER = 13;
    uint256 public constant NAMES = 18;
    /// @dev Unix seconds; whom the council named is so since then.
    uint40 internal constant FOUNDED = 1_760_000_000;

    ILedger public immutable ledger;
    AccessManager internal immutable manager;

    /// @dev Kept here, because the test runner may set its own back between two calls.
    uint40 public clock = FOUNDED;
    uint40 public height = 1;
    uint256 public calls;
    /// @dev What the ledger let somebody do whose it was not, or refused to whom it was due.
    uint256 public misjudged;
    bytes public lastMisjudged;
    /// @dev How often each function was carried out: rules that nothing ever touched prove nothing.
    mapping(bytes4 selector => uint256) public done;

    constructor() {
        vm.warp(FOUNDED);
        vm.roll(height);
        manager = new AccessManager(address(this));
        manager.grantRole(0, accountAt(COUNCILS_OTHER), 0);
        ledger = deployLedger(address(manager));
    }

    /// @dev Every call is a block of its own. Now and then much time passes: offices and nominations have their days.
    modifier counted(uint32 elapsed) {
        ++calls;
        clock += elapsed % 16 == 0 ? elapsed % 10 days : elapsed % 1 days;
        resumeTime();
        vm.roll(++height);
        _;
    }

    /// @notice Sets the time of the block to that of the newest call.
    function resumeTime() public {
        vm.warp(clock);
    }

    /// @dev Hunan, Changsha in it, Furong in that; Guangdong; Tianxin beside Furong; and, no members at first, Yuhua
    /// beside these, and Hubei.
    function regionAt(uint256 region) public pure returns (RegionCode) {
        uint32[REGIONS] memory codes = [uint32(430_000), 430_100, 430_102, 440_000, 430_103, 430_111, 420_000];
        return RegionCode.wrap(codes[region]);
    }

    /// @dev Of Hunan, of Furong, of Guangdong, of Furong; and, no members at first, one with a code of Tianxin, and a
    /// ministry.
    function issuerAt(uint256 issuer) public pure returns (Uscc) {
        bytes18[ISSUERS] memory codes = [
            bytes18("11430000006122244L"),
            "114301020000000018",
            "11440000000000003G",
            "11430102000000002B",
            "11430103000000001N",
            "11100000000000001M"
        ];
        return Uscc.wrap(codes[issuer]);
    }

    function accountAt(uint256 account) public view returns (address) {
        return account == COUNCIL ? address(this) : address(uint160(0xA000 + account));
    }

    function _nameAt(uint256 name) internal pure returns (Name memory) {
        return Name({zh: string(abi.encodePacked("N", bytes1(uint8(0x41 + name)))), en: "", contact: ""});
    }

    /// @dev Mostly who should, now and then anybody.
    function _caller(uint16 pick, address rightful) internal view returns (address) {
        bool isAnybody = pick % 4 == 0 || rightful == address(0);
        return isAnybody ? accountAt((pick / 4) % ACCOUNTS) : rightful;
    }

    /// @dev In the manager's name calls one whom the council named, by way of it.
    function _send(address caller, bytes memory data) private returns (bool isDone, bytes memory answer) {
        if (caller != address(manager)) {
            vm.prank(caller);
            return address(ledger).call(data);
        }
        vm.prank(accountAt(COUNCILS_OTHER));
        return address(manager).call(abi.encodeCall(AccessManager.execute, (address(ledger), data)));
    }

    /// @dev Calls the ledger and compares its judgement with ours.
    function _try(address caller, bytes memory data, bool isLawful) internal returns (bool isDone) {
        (isDone,) = _send(caller, data);
        if (isDone) ++done[bytes4(data)];
        if (isDone == isLawful) return isDone;
        ++misjudged;
        lastMisjudged = abi.encode(caller, isDone, data);
    }
}
