// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAuthorityErrors} from "../interfaces/IAuthorityErrors.sol";
import {IResponsibilities} from "../interfaces/IResponsibilities.sol";
import {Agency, AgencyStatus} from "../types/Agency.sol";
import {LicenceType} from "../types/Catalogue.sol";
import {RegionCode} from "../types/Region.sol";
import {TERM_OPEN, Term, TermHistory} from "../types/Term.sol";
import {Uscc} from "../types/Uscc.sol";
import {Catalogue} from "./Catalogue.sol";
import {Governed} from "./Governed.sol";

/// @notice Who issues what.
abstract contract Responsibilities is Governed, Catalogue, IResponsibilities {
    mapping(RegionCode code => mapping(LicenceType => TermHistory)) private _delegations;

    mapping(Uscc agency => mapping(LicenceType => TermHistory)) private _responsibilities;

    /// @dev The caller is the admin of the active parent of the region.
    modifier onlyAdminOfParent(RegionCode code) {
        RegionCode parent = _ledger.region(code).parent;
        if (parent.isZero()) revert DelegationToProvince(code);
        _requireAdminOfActiveRegion(parent);
        _;
    }

    /// @inheritdoc IResponsibilities
    function delegateType(RegionCode code, LicenceType kind, uint40 from, uint40 until)
        external
        onlyAdminOfParent(code)
    {
        _requireActiveType(kind);

        Term memory term = _delegations[code][kind].add(from, until);
        _requireWithin(_ledger.region(code).parent, kind, term);
        emit TypeDelegated(code, kind, term.from, term.until);
    }

    /// @inheritdoc IResponsibilities
    function endTypeDelegation(RegionCode code, LicenceType kind, uint40 until) external onlyAdminOfParent(code) {
        until = _delegations[code][kind].end(until);
        emit TypeDelegationEnded(code, kind, until);
    }

    /// @inheritdoc IResponsibilities
    function assignResponsibility(Uscc uscc, LicenceType kind, uint40 from, uint40 until) external {
        Agency memory assigned = _requireAdminOf(uscc);
        if (assigned.status != AgencyStatus.Active) revert IAuthorityErrors.AgencyNotActive(uscc);
        _requireActiveType(kind);

        Term memory term = _responsibilities[uscc][kind].add(from, until);
        _requireWithin(assigned.region, kind, term);
        emit ResponsibilityAssigned(uscc, kind, term.from, term.until);
    }

    /// @inheritdoc IResponsibilities
    function endResponsibility(Uscc uscc, LicenceType kind, uint40 until) external {
        _requireAdminOf(uscc);

        until = _responsibilities[uscc][kind].end(until);
        emit ResponsibilityEnded(uscc, kind, until);
    }

    /// @inheritdoc IResponsibilities
    function delegationAt(RegionCode code, LicenceType kind, uint40 time) public view returns (Term memory term) {
        term = Term(0, TERM_OPEN);
        RegionCode parent = _ledger.regionParentAt(code, time);
        while (!parent.isZero()) {
            term = term.intersect(_delegations[code][kind].termAt(time));
            code = parent;
            parent = _ledger.regionParentAt(code, time);
        }
        if (!term.covers(time)) return Term(0, 0);
    }

    /// @inheritdoc IResponsibilities
    function responsibilityAt(Uscc uscc, LicenceType kind, uint40 time) external view returns (Term memory) {
        return _responsibilityIn(_ledger.agencyRegionAt(uscc, time), uscc, kind, time);
    }

    function _responsibilityIn(RegionCode code, Uscc uscc, LicenceType kind, uint40 time)
        internal
        view
        returns (Term memory term)
    {
        term = _responsibilities[uscc][kind].termAt(time);
        if (term.until != 0) term = term.intersect(delegationAt(code, kind, time));
        if (!term.covers(time)) return Term(0, 0);
    }

    function _requireWithin(RegionCode code, LicenceType kind, Term memory term) private view {
        if (!term.within(delegationAt(code, kind, term.from))) {
            revert DelegationExceeded(code, kind, term.from, term.until);
        }
    }
}
