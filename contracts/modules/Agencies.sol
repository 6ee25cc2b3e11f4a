// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../interfaces/IAgencies.sol";
import {Agency, AgencyStatus} from "../types/Agency.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";
import {FormRuled} from "./FormRules.sol";
import {Regions} from "./Regions.sol";

/// @notice Who may issue. Each region's admin governs the agencies of that region.
abstract contract Agencies is Regions, FormRuled, IAgencies {
    mapping(Uscc uscc => Agency) private _agencies;

    mapping(Uscc uscc => address) private _nominatedOperators;

    /// @dev The caller governs the accredited agency: it is the admin of the agency's region, which is active.
    modifier onlyAdminOf(Uscc uscc) {
        _requireAdminOf(uscc);
        _;
    }

    /// @dev The caller speaks for the agency: it is the operator of the active agency of an active region.
    modifier onlyOperatorOf(Uscc uscc) {
        _requireOperatorOf(uscc);
        _;
    }

    /// @inheritdoc IAgencies
    function accreditAgency(Uscc uscc, RegionCode code, address operator) external {
        _requireAdminOfActiveRegion(code);
        if (!_formRules.isUscc(uscc)) revert AgencyUsccInvalid(uscc);
        if (operator == address(0)) revert AgencyOperatorZero(uscc);
        if (operator == msg.sender) revert AgencyOperatorIsAdmin(uscc, operator);
        if (_agencies[uscc].status != AgencyStatus.None) revert AgencyAlreadyAccredited(uscc);

        _agencies[uscc] =
            Agency({operator: operator, region: code, status: AgencyStatus.Active, since: uint40(block.timestamp)});
        emit AgencyAccredited(uscc, code, operator);
    }

    /// @inheritdoc IAgencies
    function suspendAgency(Uscc uscc) external onlyAdminOf(uscc) {
        _requireActiveAgency(uscc);

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
    function retireAgency(Uscc uscc) external onlyAdminOf(uscc) {
        if (_agencies[uscc].status == AgencyStatus.Retired) revert AgencyAlreadyRetired(uscc);

        _setAgencyStatus(uscc, AgencyStatus.Retired);
        emit AgencyRetired(uscc);
    }

    /// @inheritdoc IAgencies
    function pauseAgency(Uscc uscc) external restricted {
        AgencyStatus status = _agencies[uscc].status;
        if (status != AgencyStatus.Active && status != AgencyStatus.Suspended) revert AgencyNotPausable(uscc);

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
    function nominateOperator(Uscc uscc, address candidate) external onlyAdminOf(uscc) {
        if (_agencies[uscc].status == AgencyStatus.Retired) revert AgencyAlreadyRetired(uscc);
        if (candidate == msg.sender) revert AgencyOperatorIsAdmin(uscc, candidate);

        _nominatedOperators[uscc] = candidate;
        emit AgencyOperatorNominated(uscc, candidate);
    }

    /// @inheritdoc IAgencies
    function acceptOperator(Uscc uscc) external {
        if (_nominatedOperators[uscc] != msg.sender) revert CallerNotNominatedOperator(uscc, msg.sender);

        delete _nominatedOperators[uscc];
        _agencies[uscc].operator = msg.sender;
        emit AgencyOperatorChanged(uscc, msg.sender);
    }

    /// @inheritdoc IAgencies
    function nominatedOperator(Uscc uscc) external view returns (address) {
        return _nominatedOperators[uscc];
    }

    /// @inheritdoc IAgencies
    function agency(Uscc uscc) public view returns (Agency memory) {
        return _agencies[uscc];
    }

    function _requireAdminOf(Uscc uscc) internal view {
        if (_agencies[uscc].status == AgencyStatus.None) revert AgencyUnknown(uscc);
        _requireAdminOfActiveRegion(_agencies[uscc].region);
    }

    /// @dev An admin who was the operator before it became admin would hold both keys.
    function _requireNotOperator(Uscc uscc) internal view {
        if (_agencies[uscc].operator == msg.sender) revert AgencyOperatorIsAdmin(uscc, msg.sender);
    }

    function _regionOf(Uscc uscc) internal view returns (RegionCode) {
        return _agencies[uscc].region;
    }

    function _requireActiveAgency(Uscc uscc) internal view {
        if (_agencies[uscc].status != AgencyStatus.Active) revert AgencyNotActive(uscc);
    }

    function _requireOperatorOf(Uscc uscc) private view {
        Agency storage acting = _agencies[uscc];
        // Together, so that the slot is read once.
        (address operator, RegionCode code, AgencyStatus status) = (acting.operator, acting.region, acting.status);
        if (status != AgencyStatus.Active) revert AgencyNotActive(uscc);
        _requireActiveRegion(code);
        if (operator != msg.sender) revert CallerNotOperator(uscc, msg.sender);
    }

    function _setAgencyStatus(Uscc uscc, AgencyStatus status) private {
        _agencies[uscc].status = status;
        _agencies[uscc].since = uint40(block.timestamp);
    }
}
