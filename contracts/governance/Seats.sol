// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IRegionFacts} from "../interfaces/IRegionFacts.sol";
import {Region, RegionCode, RegionStatus} from "../types/Region.sol";

/// @title Seats of the provinces in the council
/// @notice One seat, one voice: the admin of each active province that has taken its seat. A seat is taken by the
/// admin itself, whose call proves that it holds its key; a province whose admin never called has no voice and raises
/// no quorum. Seats cannot be given away, neither by transfer nor by delegation. Anyone may vacate a seat to which
/// the ledger entitles its account no more; nobody may fill one for another.
contract Seats is Votes {
    /// @notice The admin of a province took its seat.
    event SeatTaken(RegionCode indexed region, address indexed account);

    /// @notice The ledger entitles the account no more; its seat is empty.
    event SeatVacated(RegionCode indexed region, address indexed account);

    /// @notice The region is no active province, or the caller is not its admin.
    error SeatNotEntitled(RegionCode region, address caller);

    /// @notice A seat cannot be delegated.
    error SeatNotDelegable();

    /// @notice The account sits for another province: one account, one voice.
    error SeatAccountTaken(RegionCode region, address account, RegionCode other);

    IRegionFacts public immutable ledger;

    mapping(RegionCode region => address) public seatOf;
    mapping(address account => RegionCode) public regionOf;

    /// @dev The provinces that have a seat, in no order: as many as there are provinces at most.
    RegionCode[] private _seated;
    /// @dev Place of a province in `_seated`, counted from one.
    mapping(RegionCode region => uint256) private _placeOf;

    constructor(IRegionFacts ledger_) EIP712("Hefu Seats", "1") {
        ledger = ledger_;
    }

    /// @notice Takes the seat of a province, in place of an account that the ledger entitles no more.
    /// @dev MUST be called by the admin of the active province: else `SeatNotEntitled`. MUST revert with
    /// `SeatAccountTaken` while the caller is entitled to the seat of another province. Emits `SeatTaken`, and
    /// `SeatVacated` for what it replaces; nothing when the caller sits there already.
    /// @param region The caller's province.
    function take(RegionCode region) external {
        if (_entitled(region) != msg.sender) revert SeatNotEntitled(region, msg.sender);
        if (seatOf[region] == msg.sender) return;

        sync(region);
        sync(regionOf[msg.sender]);
        _seat(region, msg.sender);
    }

    /// @notice Vacates the seat of a province if the ledger entitles its account no more.
    /// @dev Emits `SeatVacated` when it does.
    /// @param region The province to look at.
    function sync(RegionCode region) public {
        address account = seatOf[region];
        if (account != address(0) && _entitled(region) != account) _vacate(region, account);
    }

    /// @notice Vacates every seat to whose account the ledger entitles it no more.
    /// @dev Emits `SeatVacated` for each.
    function syncAll() external {
        // Backwards: the last one moves to the place of the one that is vacated.
        for (uint256 place = _seated.length; place > 0; --place) sync(_seated[place - 1]);
    }

    /// @notice The provinces that have a seat, in no order.
    function seated() external view returns (RegionCode[] memory) {
        return _seated;
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
        _seated.push(region);
        _placeOf[region] = _seated.length;
        _transferVotingUnits(address(0), account, 1);
        emit SeatTaken(region, account);
    }

    function _vacate(RegionCode region, address account) private {
        delete seatOf[region];
        regionOf[account] = RegionCode.wrap(0);
        _removeSeated(region);
        _transferVotingUnits(account, address(0), 1);
        emit SeatVacated(region, account);
    }

    /// @dev The last province takes the place of the one that is removed.
    function _removeSeated(RegionCode region) private {
        uint256 place = _placeOf[region];
        RegionCode last = _seated[_seated.length - 1];
        (_seated[place - 1], _placeOf[last]) = (last, place);
        _seated.pop();
        delete _placeOf[region];
    }

    function _entitled(RegionCode region) private view returns (address) {
        if (!region.isProvinceLevel()) return address(0);
        Region memory facts = ledger.region(region);
        bool isLive = facts.status == RegionStatus.Active || facts.status == RegionStatus.Closed;
        return isLive ? facts.admin : address(0);
    }
}
