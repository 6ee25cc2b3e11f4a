// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICorrections} from "../../contracts/interfaces/ICorrections.sol";
import {AgencyStatus} from "../../contracts/types/Agency.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {LegalStatus, StatusAct, UNLAWFUL} from "../../contracts/types/Status.sol";
import {Tenure} from "../../contracts/types/Tenure.sol";
import {CredentialRef} from "../../contracts/types/Transfer.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceLicences} from "./AllianceLicences.sol";
import {AllianceProposals} from "./AllianceProposals.sol";

/// @notice What takes two keys upon licences.
abstract contract AllianceCorrections is AllianceProposals, AllianceLicences {
    function correct(uint16 first, uint16 second, uint256 issuer, uint256 licence, uint8 chosen, uint32 elapsed)
        external
        counted(elapsed)
    {
        issuer = issuer % ISSUERS;
        uint256[] memory listed = _listed(licence % LICENCES, _itsSuccessorOrAnother(issuer, licence));
        LegalStatus status = LegalStatus(chosen % (uint256(type(LegalStatus).max) + 1));
        bool isLawful = _areCorrectable(issuer, listed, status);
        bool isLawfulAtSecond = isLawful && (isVoid(status) || !_isOneInPlaceOfAnother(issuer, listed, status));
        bytes memory data = abi.encodeCall(
            ICorrections.correct, (issuerAt(issuer), _indicesOf(listed), status, decisionOf(FOUNDED, 0))
        );
        if (!_agreeOnLicence(first, second, issuer, data, isLawful, isLawfulAtSecond)) return;
        for (uint256 i = 0; i < listed.length; ++i) {
            _book(issuer, listed[i], StatusAct.Correct, status, 0);
            if (!_isOfSuccessor(status)) delete successorInBooks[issuer][listed[i]];
        }
        _countOnce(issuer, listed);
    }

    function actLate(uint16 first, uint16 second, uint256 issuer, uint256 licence, uint8 chosen, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence) = (issuer % ISSUERS, licence % LICENCES);
        // Mostly one that has no function of its own.
        uint256 kinds = chosen % 4 == 0 ? uint256(type(StatusAct).max) + 1 : uint256(StatusAct.Supersede);
        StatusAct statusAct = StatusAct((chosen / 4) % kinds);
        uint256 to = _after(issuer, statusAct, licence);
        bool isPlain = statusAct < StatusAct.TransferIn && statusAct != StatusAct.Supersede
            && statusAct != StatusAct.TransferOut;
        bool isActable = isPlain && _isKnownTo(issuer, statusAct, licence);
        bytes memory data = abi.encodeCall(
            ICorrections.actLate, (issuerAt(issuer), statusAct, _one(licence), decisionOf(1_600_000_000, 0))
        );
        if (!_agreeOnLicence(first, second, issuer, data, isActable, to != UNLAWFUL)) return;
        _book(issuer, licence, statusAct, LegalStatus(to), 0);
    }

    /// @dev Mostly of what did take another's place. A transferred origin is in transit again.
    function dissolveSuccession(uint16 first, uint16 second, uint256 issuer, uint256 licence, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence) = _someSuccessor(issuer % ISSUERS, licence % LICENCES);
        Place memory origin = originInBooks[issuer][licence];
        CredentialRef memory successor = _ref(issuer, licence);
        bytes memory data = abi.encodeCall(
            ICorrections.dissolveSuccession, (successor, _ref(origin.issuer, origin.licence), decisionOf(FOUNDED, 0))
        );
        bool isInPlace = isInPlaceOf(origin, issuer, licence);
        bool isTakenIn = isInPlace && origin.issuer != issuer;
        bool isLawful = origin.since != 0 && (!isTakenIn || !_hasStandingSuccessor(origin.issuer, origin.licence));
        if (!_agreeOnLicence(first, second, issuer, data, isLawful, isLawful)) return;
        delete originInBooks[issuer][licence];
        _book(issuer, licence, StatusAct.Dissolve, statusInBooks[issuer][licence], 0);
        if (!isInPlace) return;
        delete successorInBooks[origin.issuer][origin.licence];
        LegalStatus status = statusInBooks[origin.issuer][origin.licence];
        if (status == LegalStatus.Transferred) {
            _destinationInBooks[origin.issuer][origin.licence] = issuer;
            _book(origin.issuer, origin.licence, StatusAct.Correct, LegalStatus.TransferredOut, 0);
        } else {
            _book(origin.issuer, origin.licence, StatusAct.Dissolve, status, 0);
        }
    }

    /// @notice Whether the origin of a licence was not given back its own place by a correction.
    function isInPlaceOf(Place memory origin, uint256 issuer, uint256 licence) public view returns (bool) {
        Place memory successor = successorInBooks[origin.issuer][origin.licence];
        return successor.since != 0 && successor.issuer == issuer && successor.licence == licence;
    }

    /// @dev Proposed by who acts on the agency's licences or is above; confirmed above the region of who proposed it, never
    /// by the admin of the region that acts, nor by the proposer.
    function _agreeOnLicence(
        uint16 first,
        uint16 second,
        uint256 issuer,
        bytes memory data,
        bool isLawfulAtFirst,
        bool isLawfulAtSecond
    ) private returns (bool) {
        Uscc uscc = issuerAt(issuer);
        address proposer = _standing(data);
        RegionCode own = _governing(_agencyBook[_lastSuccessorOf(uscc)].region);
        if (!_mayPropose(uscc, own, proposer)) {
            proposer = _caller(first, first % 8 == 1 ? adminOf(_superiorOf(own)) : handOf(uscc));
            if (!_propose(proposer, data, isLawfulAtFirst && _mayPropose(uscc, own, proposer))) return false;
        }
        if (second % 4 == 3) return false;
        RegionCode speaking = _regionSpokenFor(uscc, own, proposer);
        RegionCode superior = _notOf(adminOf(speaking), _superiorOf(speaking));
        // The council's second account, for where its first is the custodian.
        address rightful = superior.isZero() && second % 2 == 0 ? accountAt(COUNCILS_OTHER) : _holder(superior);
        address caller = _confirmer(second, rightful);
        bool mayEnd = isLawfulAtSecond && caller != adminOf(own) && _mayConfirm(speaking, superior, caller, proposer)
            && _isSettled(uscc, own, superior, proposer);
        return _confirm(caller, data, mayEnd);
    }

    /// @dev Who acts on the licences, or the admin of the region above.
    function _mayPropose(Uscc uscc, RegionCode own, address account) private view returns (bool) {
        return account != address(0) && (_mayAct(uscc, account) || _isAdmin(_superiorOf(own), account));
    }

    /// @dev Upwards from the agency's own region, a custodian's is the one that it is the admin of; zero for the council.
    function _regionSpokenFor(Uscc uscc, RegionCode own, address proposer) private view returns (RegionCode code) {
        if (!_mayAct(uscc, proposer)) return _superiorOf(own);
        code = own;
        if (_agencyBook[_lastSuccessorOf(uscc)].status != AgencyStatus.Retired) return code;
        while (!code.isZero() && !_isAdmin(code, proposer)) code = _regionBook[code].parent;
    }

    /// @dev An operator who proposes was named by the admin of its region, or has been in office for seven days, and its
    /// agency where it is.
    function _isSettled(Uscc uscc, RegionCode own, RegionCode superior, address proposer) private view returns (bool) {
        Uscc last = _lastSuccessorOf(uscc);
        if (!_hasStayed(last, superior)) return false;
        bool isOperator = _mayAct(uscc, proposer) && _agencyBook[last].status != AgencyStatus.Retired;
        Tenure storage tenure = _agencyTenureBook[last];
        bool isKnown = tenure.appointedBy == adminOf(own) || tenure.heldSince + 7 days <= clock;
        return !isOperator || superior.isZero() || isKnown;
    }

    function _areCorrectable(uint256 issuer, uint256[] memory listed, LegalStatus status) private view returns (bool) {
        for (uint256 i = 0; i < listed.length; ++i) {
            bool isLawful = isAnchoredInBooks(issuer, listed[i]) && _isCorrectable(issuer, listed[i], status);
            if (!isLawful) return false;
        }
        return true;
    }

    /// @dev Of two that would be in force together.
    function _isOneInPlaceOfAnother(uint256 issuer, uint256[] memory listed, LegalStatus status)
        private
        view
        returns (bool)
    {
        if (listed.length == 1 || _isOfSuccessor(status)) return false;
        return _goesBackTo(issuer, listed[0], listed[1]) || _goesBackTo(issuer, listed[1], listed[0]);
    }

    function _goesBackTo(uint256 issuer, uint256 licence, uint256 other) private view returns (bool) {
        Place memory origin = originInBooks[issuer][licence];
        while (origin.since != 0) {
            if (origin.issuer == issuer && origin.licence == other) return true;
            origin = originInBooks[origin.issuer][origin.licence];
        }
        return false;
    }

    /// @dev Often the one in its place.
    function _itsSuccessorOrAnother(uint256 issuer, uint256 licence) private view returns (uint256) {
        Place memory successor = successorInBooks[issuer][licence % LICENCES];
        bool isWithin = successor.since != 0 && successor.issuer == issuer;
        return isWithin && (licence / LICENCES) % 4 != 0 ? successor.licence : _another(licence);
    }

    /// @dev No two licences are in force in one place, and none is given the status of a link that is not there.
    function _isCorrectable(uint256 issuer, uint256 licence, LegalStatus status) private view returns (bool) {
        if (status == LegalStatus.TransferredOut) return false;
        if (!isVoid(status) && !_isInItsPlace(issuer, licence)) return false;
        Place memory successor = successorInBooks[issuer][licence];
        if (_isOfSuccessor(status)) {
            bool isWithin = successor.issuer == issuer;
            return successor.since != 0 && isWithin == (status == LegalStatus.Superseded);
        }
        return !_hasStandingSuccessor(issuer, licence);
    }

    /// @dev At once or after others.
    function _hasStandingSuccessor(uint256 issuer, uint256 licence) private view returns (bool) {
        Place memory successor = successorInBooks[issuer][licence];
        while (successor.since != 0) {
            if (!isVoid(statusInBooks[successor.issuer][successor.licence])) return true;
            successor = successorInBooks[successor.issuer][successor.licence];
        }
        return false;
    }

    /// @dev Neither its origin nor any that this goes back to was given back its own place.
    function _isInItsPlace(uint256 issuer, uint256 licence) private view returns (bool) {
        Place memory origin = originInBooks[issuer][licence];
        while (origin.since != 0) {
            if (!isInPlaceOf(origin, issuer, licence)) return false;
            (issuer, licence) = (origin.issuer, origin.licence);
            origin = originInBooks[issuer][licence];
        }
        return true;
    }

    /// @dev From the named licence on, the first of the agency that took the place of another; else the named one.
    function _someSuccessor(uint256 issuer, uint256 licence) private view returns (uint256, uint256) {
        for (uint256 i = 0; i < ISSUERS * LICENCES; ++i) {
            uint256 place = (issuer * LICENCES + licence + i) % (ISSUERS * LICENCES);
            if (originInBooks[place / LICENCES][place % LICENCES].since != 0) {
                return (place / LICENCES, place % LICENCES);
            }
        }
        return (issuer, licence);
    }

    function _isOfSuccessor(LegalStatus status) private pure returns (bool) {
        return status == LegalStatus.Superseded || status == LegalStatus.Transferred;
    }
}
