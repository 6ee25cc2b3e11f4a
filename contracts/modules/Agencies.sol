// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../interfaces/IAgencies.sol";
import {Agency, AgencyStatus} from "../types/Agency.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";
import {Regions} from "./Regions.sol";

/// @notice Who may issue. Each region's admin governs the agencies of that region.
abstract contract Agencies is Regions, IAgencies {
    mapping(Uscc uscc => Agency) private _agencies;

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
        if (!uscc.isWellFormed()) revert AgencyUsccInvalid(uscc);
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
    function agency(Uscc uscc) public view returns (Agency memory) {
        return _agencies[uscc];
    }

    function _requireAdminOf(Uscc uscc) internal view {
        if (_agencies[uscc].status == AgencyStatus.None) revert AgencyUnknown(uscc);
        _requireAdminOfActiveRegion(_agencies[uscc].region);
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
