// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IRegions} from "../interfaces/IRegions.sol";
import {Region, RegionCode, RegionStatus} from "../types/Region.sol";

/// @title Seats of the provinces in the council
/// @notice One seat, one voice: the admin of each active province. Seats follow the ledger and cannot be given away,
/// neither by transfer nor by delegation. Anyone may bring a seat up to date.
contract Seats is Votes {
    /// @notice A province's seat passed on; zero is an empty seat.
    event SeatTaken(RegionCode indexed region, address indexed from, address indexed to);

    /// @notice A seat cannot be delegated.
    error SeatNotDelegable();

    /// @notice The account sits for another province: one account, one voice.
    error SeatAccountTaken(RegionCode region, address account, RegionCode other);

    IRegions public immutable ledger;

    mapping(RegionCode region => address) public seatOf;
    mapping(address account => RegionCode) public regionOf;

    constructor(IRegions ledger_) EIP712("Hefu Seats", "1") {
        ledger = ledger_;
    }

    /// @notice Brings the seat of a province up to date with the ledger.
    /// @dev MUST revert with `SeatAccountTaken`. Emits `SeatTaken` when it changes.
    function sync(RegionCode region) external {
        address from = seatOf[region];
        address to = _entitled(region);
        if (from == to) return;

        if (from != address(0)) _vacate(region, from);
        if (to != address(0)) _seat(region, to);
        emit SeatTaken(region, from, to);
    }

    /// @notice Whether an account sits for a province and the ledger still says so.
    function isSeated(address account) external view returns (bool) {
        RegionCode region = regionOf[account];
        return !region.isZero() && _entitled(region) == account;
    }

    /// @notice Seats are timed in seconds.
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function delegate(address) public pure override {
        revert SeatNotDelegable();
    }

    function delegateBySig(address, uint256, uint256, uint8, bytes32, bytes32) public pure override {
        revert SeatNotDelegable();
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return regionOf[account].isZero() ? 0 : 1;
    }

    /// @dev Each account votes for itself: set once, before its first seat.
    function _seat(RegionCode region, address account) private {
        if (!regionOf[account].isZero()) revert SeatAccountTaken(region, account, regionOf[account]);
        if (delegates(account) == address(0)) _delegate(account, account);
        (seatOf[region], regionOf[account]) = (account, region);
        _transferVotingUnits(address(0), account, 1);
    }

    function _vacate(RegionCode region, address account) private {
        delete seatOf[region];
        regionOf[account] = RegionCode.wrap(0);
        _transferVotingUnits(account, address(0), 1);
    }

    function _entitled(RegionCode region) private view returns (address) {
        if (!region.isProvinceLevel()) return address(0);
        Region memory facts = ledger.region(region);
        return facts.status == RegionStatus.Active ? facts.admin : address(0);
    }
}
