// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../interfaces/IAgencies.sol";
import {Agency, AgencyStatus} from "../types/Agency.sol";
import {leaveBehind} from "../types/FormerPlace.sol";
import {Name} from "../types/Name.sol";
import {Acceptance} from "../types/Proposal.sol";
import {RegionCode} from "../types/Region.sol";
import {Tenure} from "../types/Tenure.sol";
import {Dated} from "../types/Timeline.sol";
import {Uscc, sameUscc} from "../types/Uscc.sol";
import {Regions} from "./Regions.sol";

/// @notice Who may issue. Each region's admin governs the agencies of that region.
abstract contract Agencies is Regions, IAgencies {
    using {leaveBehind} for Dated[];

    /// @inheritdoc IAgencies
    function accreditAgency(Uscc uscc, RegionCode code, address operator, Name calldata name) external {
        if (!uscc.isWellFormed()) revert AgencyUsccInvalid(uscc);
        if (_agencies[uscc].status != AgencyStatus.None) revert AgencyAlreadyAccredited(uscc);
        address proposer = _proposer();
        if (_isAdminOfActive(code, proposer)) {
            _confirmAccreditation(uscc, code, proposer);
        } else {
            _requireAdminOfActiveRegion(code);
            if (!_liesIn(uscc.regionOf(), code)) return _propose();
        }

        _enterAsOperator(operator);
        _setName(_holderOf(uscc), name);
        _agencies[uscc] = Agency({
            operator: operator,
            region: code,
            status: AgencyStatus.Active,
            indexCount: 0,
            hasPassedOver: false
        });
        _agencyTenures[uscc] = _tenure(_regions[code].admin);
        _addMember(code);
        emit AgencyAccredited(uscc, code, operator, name);
    }

    /// @inheritdoc IAgencies
    function renameAgency(Uscc uscc, Name calldata name) external onlyAdminOf(uscc) {
        _setName(_holderOf(uscc), name);
        emit AgencyRenamed(uscc, name);
    }

    /// @inheritdoc IAgencies
    function suspendAgency(Uscc uscc) external onlyAdminOf(uscc) {
        if (_agencies[uscc].status != AgencyStatus.Active) revert AgencyNotActive(uscc);

        delete _nominatedOperators[uscc];
        _setAgencyStatus(uscc, AgencyStatus.Suspended);
        emit AgencySuspended(uscc);
    }

    /// @inheritdoc IAgencies
    function resumeAgency(Uscc uscc) external onlyAdminOf(uscc) {
        if (_agencies[uscc].status != AgencyStatus.Suspended) revert AgencyNotSuspended(uscc);

        _setAgencyStatus(uscc, AgencyStatus.Active);
        emit AgencyResumed(uscc);
    }

    /// @inheritdoc IAgencies
    function pauseAgency(Uscc uscc) external restricted {
        AgencyStatus status = _agencies[uscc].status;
        if (status != AgencyStatus.Active && status != AgencyStatus.Suspended) revert AgencyNotPausable(uscc);

        delete _nominatedOperators[uscc];
        _setAgencyStatus(uscc, AgencyStatus.Paused);
        emit AgencyPaused(uscc);
    }

    /// @inheritdoc IAgencies
    function unpauseAgency(Uscc uscc) external restricted {
        if (_agencies[uscc].status != AgencyStatus.Paused) revert AgencyNotPaused(uscc);

        _setAgencyStatus(uscc, AgencyStatus.Suspended);
        emit AgencyUnpaused(uscc);
    }

    /// @inheritdoc IAgencies
    function moveAgency(Uscc uscc, RegionCode to) external {
        RegionCode from = _agencies[uscc].region;
        if (_agencies[uscc].status == AgencyStatus.None) revert AgencyUnknown(uscc);
        _requireActiveRegion(to);
        _requireAbove(from, to);
        if (RegionCode.unwrap(from) == RegionCode.unwrap(to)) revert AgencyNotMoved(uscc, to);

        _place(uscc, to);
        // Nominated by an admin who governs it no more.
        delete _nominatedOperators[uscc];
        if (_agencies[uscc].status != AgencyStatus.Retired) {
            --_regions[from].members;
            _addMember(to);
        }
        emit AgencyMoved(uscc, from, to);
    }

    /// @inheritdoc IAgencies
    function retireAgency(Uscc uscc, Uscc successor) external {
        AgencyStatus status = _agencies[uscc].status;
        if (status == AgencyStatus.None) revert AgencyUnknown(uscc);
        if (status == AgencyStatus.Retired) revert AgencyAlreadyRetired(uscc);
        // Else its return would end what only the alliance ends.
        if (status == AgencyStatus.Paused) revert AgencyIsPaused(uscc);
        if (Uscc.unwrap(successor) != 0) _requireSuccessor(uscc, successor);
        RegionCode code = _agencies[uscc].region;
        if (!_agreeOnAsAdmin(code)) return;
        _requireStayed(uscc, _superiorOf(code));
        if (Uscc.unwrap(successor) != 0) {
            _takeSuccession(_successionOf(uscc, successor), _agencies[successor].operator);
        }

        delete _nominatedOperators[uscc];
        _agencySuccessors[uscc] = successor;
        _setAgencyStatus(uscc, AgencyStatus.Retired);
        --_regions[code].members;
        emit AgencyRetired(uscc, successor);
    }

    /// @inheritdoc IAgencies
    function reinstateAgency(Uscc uscc) external {
        if (_agencies[uscc].status != AgencyStatus.Retired) revert AgencyNotRetired(uscc);
        RegionCode code = _governing(_agencies[uscc].region);
        _requireActiveRegion(code);
        if (!_agreeOnAsAdmin(code)) return;
        _requireStayed(uscc, _superiorOf(code));

        _agencySuccessors[uscc] = Uscc.wrap(0);
        if (RegionCode.unwrap(code) != RegionCode.unwrap(_agencies[uscc].region)) _place(uscc, code);
        // Suspended: the region's admin decides when, and with which operator, it goes on.
        _setAgencyStatus(uscc, AgencyStatus.Suspended);
        _addMember(code);
        emit AgencyReinstated(uscc);
    }

    /// @inheritdoc IAgencies
    function acceptAgencySuccession(Uscc uscc, Uscc successor) external {
        if (_agencies[uscc].status == AgencyStatus.None) revert AgencyUnknown(uscc);
        _requireSuccessor(uscc, successor);
        _requireCapacity(successor);
        _acceptSuccession(_successionOf(uscc, successor));
        emit AgencySuccessionAccepted(uscc, successor);
    }

    /// @inheritdoc IAgencies
    function agency(Uscc uscc) external view returns (Agency memory) {
        return _agencies[uscc];
    }

    /// @inheritdoc IAgencies
    function tenureOfAgency(Uscc uscc) external view returns (Tenure memory) {
        return _agencyTenures[uscc];
    }

    /// @inheritdoc IAgencies
    function acceptedAgencySuccession(Uscc uscc, Uscc successor) external view returns (Acceptance memory) {
        return _acceptedSuccessions[_successionOf(uscc, successor)];
    }

    /// @inheritdoc IAgencies
    function agencySuccessorOf(Uscc uscc) external view returns (Uscc) {
        return _agencySuccessors[uscc];
    }

    /// @dev Who would carry another's code is confirmed above the accrediting region, by one in which both lie.
    function _confirmAccreditation(Uscc uscc, RegionCode code, address proposer) private {
        _requireOther(proposer);
        _requireAbove(uscc.regionOf(), _regions[code].parent);
        _close();
    }

    /// @dev Another agency that issues, and that does not itself end in the retiring one.
    function _requireSuccessor(Uscc uscc, Uscc successor) private view {
        if (sameUscc(uscc, successor)) revert AgencySuccessorInvalid(uscc, successor);
        if (_agencies[successor].status != AgencyStatus.Active) revert AgencyNotActive(successor);
    }

    function _successionOf(Uscc uscc, Uscc successor) private pure returns (bytes32) {
        return keccak256(abi.encode("agency", uscc, successor));
    }

    /// @dev From this block on; where it was is kept for what it issued there.
    function _place(Uscc uscc, RegionCode to) private {
        _formerRegions[uscc].leaveBehind(_agencies[uscc].region);
        _agencyTenures[uscc].moved = true;
        _agencies[uscc].region = to;
    }

    function _setAgencyStatus(Uscc uscc, AgencyStatus status) private {
        _agencies[uscc].status = status;
        _agencyTenures[uscc].statusSince = uint40(block.timestamp);
    }
}
