// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Ledger} from "../../contracts/Ledger.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {Members} from "../../contracts/office/Members.sol";
import {Remedies} from "../../contracts/office/Remedies.sol";
import {Name} from "../../contracts/types/Name.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {vm} from "./Vm.sol";

/// @notice A ledger with two provinces and four agencies, and the accounts that are tried at everything. Nothing here
/// reverts: a refusal is something to be judged.
abstract contract AllianceGround {
    uint256 public constant REGIONS = 5;
    uint256 public constant ISSUERS = 4;
    /// @dev The last two are those whom the council named; the first nine begin in office.
    uint256 public constant ACCOUNTS = 14;
    uint256 public constant NAMES = 12;
    /// @dev Unix seconds; whom the council named is so since then.
    uint40 internal constant FOUNDED = 1_760_000_000;

    ILedger public immutable ledger;

    uint256 public calls;
    /// @dev What the ledger let somebody do whose it was not, or refused to whom it was due.
    uint256 public misjudged;
    bytes public lastMisjudged;
    /// @dev How often each function was carried out: rules that nothing ever touched prove nothing.
    mapping(bytes4 selector => uint256) public done;
    mapping(uint256 name => bytes32 holder) public holderInBooks;
    mapping(bytes32 holder => uint256 name) public nameInBooks;

    constructor() {
        vm.warp(FOUNDED);
        AccessManager manager = new AccessManager(address(this));
        manager.grantRole(0, accountAt(13), 0);
        address members = address(new Members());
        ledger = ILedger(address(new Ledger(address(manager), members, address(new Remedies()))));
        ledger.admitRegion(regionAt(0), accountAt(0), _nameAt(0));
        ledger.admitRegion(regionAt(3), accountAt(3), _nameAt(3));
        _accredit(1, 0);
        _accredit(2, 1);
        _accredit(4, 1);
        for (uint256 issuer = 0; issuer < ISSUERS; ++issuer) {
            uint256 region = _firstRegionOf(issuer);
            vm.prank(accountAt(region));
            ledger.accreditAgency(issuerAt(issuer), regionAt(region), accountAt(5 + issuer), _nameAt(5 + issuer));
        }
        for (uint256 name = 0; name < 9; ++name) {
            bytes32 holder = name < 5 ? _holderOf(regionAt(name)) : bytes32(Uscc.unwrap(issuerAt(name - 5)));
            (holderInBooks[name], nameInBooks[holder]) = (holder, name);
        }
    }

    /// @dev Now and then much time passes: offices and nominations have their days.
    modifier counted(uint32 elapsed) {
        ++calls;
        vm.warp(block.timestamp + (elapsed % 16 == 0 ? elapsed % 10 days : elapsed % 1 days));
        _;
    }

    /// @dev By level: Hunan, Changsha in it, Furong in that; Guangdong; and Tianxin beside Furong.
    function regionAt(uint256 region) public pure returns (RegionCode) {
        uint32[REGIONS] memory codes = [uint32(430_000), 430_100, 430_102, 440_000, 430_103];
        return RegionCode.wrap(codes[region]);
    }

    /// @dev Of Hunan, of Furong, of Guangdong, of Furong.
    function issuerAt(uint256 issuer) public pure returns (Uscc) {
        bytes18[ISSUERS] memory codes = [
            bytes18("11430000006122244L"),
            "114301020000000018",
            "11440000000000003G",
            "11430102000000002B"
        ];
        return Uscc.wrap(codes[issuer]);
    }

    function accountAt(uint256 account) public view returns (address) {
        return account == 12 ? address(this) : address(uint160(0xA000 + account));
    }

    function _firstRegionOf(uint256 issuer) private pure returns (uint256) {
        return issuer == 0 ? 0 : issuer == 2 ? 3 : 2;
    }

    function _accredit(uint256 region, uint256 parent) private {
        vm.prank(accountAt(parent));
        ledger.accreditRegion(regionAt(region), regionAt(parent), accountAt(region), _nameAt(region));
    }

    function _nameAt(uint256 name) internal pure returns (Name memory) {
        return Name({zh: string(abi.encodePacked("N", bytes1(uint8(0x41 + name)))), en: "", contact: ""});
    }

    function _holderOf(RegionCode code) internal pure returns (bytes32) {
        return bytes32(uint256(RegionCode.unwrap(code)));
    }

    /// @dev Mostly who should, now and then anybody.
    function _caller(uint16 pick, address rightful) internal view returns (address) {
        bool isAnybody = pick % 4 == 0 || rightful == address(0);
        return isAnybody ? accountAt((pick / 4) % ACCOUNTS) : rightful;
    }

    /// @dev Calls the ledger and compares its judgement with ours.
    function _try(address caller, bytes memory data, bool isLawful) internal returns (bool isDone) {
        vm.prank(caller);
        (isDone,) = address(ledger).call(data);
        if (isDone) ++done[bytes4(data)];
        if (isDone == isLawful) return isDone;
        ++misjudged;
        lastMisjudged = abi.encode(caller, isDone, data);
    }
}
