// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {INotices} from "../../contracts/interfaces/INotices.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {ITransfers} from "../../contracts/interfaces/ITransfers.sol";
import {AgencyStatus} from "../../contracts/types/Agency.sol";
import {NOTICE_CODES, Notes, NoticeCode} from "../../contracts/types/Notice.sol";
import {
    Decision,
    LegalBasis,
    LegalStatus,
    StatusAct,
    UNLAWFUL,
    transitionsOf
} from "../../contracts/types/Status.sol";
import {MOST_ORIGINS} from "../../contracts/types/Transfer.sol";
import {Uscc, sameUscc} from "../../contracts/types/Uscc.sol";
import {AllianceAnchors} from "./AllianceAnchors.sol";

/// @notice What is done to licences, and the books of it. Eight licences of each agency are looked at, in two words.
abstract contract AllianceLicences is AllianceAnchors {
    LegalBasis internal constant BASIS = LegalBasis.wrap("XZXKF-69");

    /// @notice The acts on a word: how many, and in which block the newest.
    struct WordBook {
        uint256 count;
        uint256 lastBlock;
    }

    /// @notice A licence that stands in a link, by its place in the books; `since` is zero while there is none.
    struct Place {
        uint40 since;
        uint8 issuer;
        uint8 licence;
        /// Of an origin: how many licences are behind it, one behind the other, this one included.
        uint8 depth;
    }

    mapping(uint256 issuer => mapping(uint256 licence => LegalStatus)) public statusInBooks;
    mapping(uint256 issuer => mapping(uint256 word => WordBook)) public wordInBooks;
    mapping(uint256 issuer => mapping(uint256 licence => Notes)) internal _notesBook;
    mapping(uint256 issuer => mapping(uint256 licence => Place)) public successorInBooks;
    mapping(uint256 issuer => mapping(uint256 licence => Place)) public originInBooks;
    mapping(uint256 issuer => mapping(uint256 licence => uint256)) internal _destinationInBooks;

    function notesInBooks(uint256 issuer, uint256 licence) external view returns (Notes memory) {
        return _notesBook[issuer][licence];
    }

    /// @dev Now and then of a decision that is too old for one key.
    function act(uint16 pick, uint256 issuer, uint8 chosen, uint256 licence, uint32 end, uint32 elapsed)
        external
        counted(elapsed)
    {
        issuer = issuer % ISSUERS;
        uint256[] memory listed = _listed(licence % LICENCES, _another(licence));
        StatusAct statusAct = StatusAct(chosen % (uint256(type(StatusAct).max) + 1));
        bool isTooOld = end % 8 == 1;
        bool hasEnd = (statusAct == StatusAct.Suspend || statusAct == StatusAct.Restrict) && end % 2 == 0;
        uint40 endsAt = hasEnd ? clock + end % 40 days + 1 : 0;
        Decision memory decision = decisionOf(isTooOld ? clock - 32 days : clock, endsAt);
        address caller = _caller(pick, handOf(issuerAt(issuer)));
        if (statusAct == StatusAct.Annul && pick % 3 == 0) {
            caller = _caller(pick, _holder(_superiorOf(_agencyBook[issuerAt(issuer)].region)));
        }
        bool isLawful = _isLawfulForAll(issuer, statusAct, listed) && _mayEnter(issuerAt(issuer), statusAct, caller)
            && (!isTooOld || statusAct == StatusAct.Annul);
        bytes memory data =
            abi.encodeCall(IStatuses.act, (issuerAt(issuer), statusAct, _indicesOf(listed), decision));
        if (!_try(caller, data, isLawful)) return;
        for (uint256 i = 0; i < listed.length; ++i) {
            LegalStatus to = LegalStatus(_after(issuer, statusAct, listed[i]));
            _book(issuer, listed[i], statusAct, to, endsAt);
        }
        _countOnce(issuer, listed);
    }

    function supersede(uint16 pick, uint256 issuer, uint256 licence, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence, successor) = (issuer % ISSUERS, licence % LICENCES, successor % LICENCES);
        address caller = _caller(pick, _agencyBook[issuerAt(issuer)].operator);
        LegalStatus status = statusInBooks[issuer][licence];
        bool isLawful = licence != successor && _mayIssue(issuerAt(issuer), caller) && _isFresh(issuer, successor)
            && isAnchoredInBooks(issuer, licence) && transitionsOf(StatusAct.Supersede).leadsTo(status) != UNLAWFUL
            && originInBooks[issuer][licence].depth < MOST_ORIGINS;
        bytes memory data = abi.encodeCall(
            ITransfers.supersede, (_ref(issuer, successor), _ref(issuer, licence), decisionOf(clock, 0))
        );
        if (!_try(caller, data, isLawful)) return;
        Notes memory before = _notesBook[issuer][licence];
        _book(issuer, licence, StatusAct.Supersede, LegalStatus.Superseded, 0);
        _link(issuer, licence, issuer, successor);
        if (status != LegalStatus.Valid) _inherit(issuer, successor, status, before);
    }

    function transferOut(uint16 pick, uint256 issuer, uint256 licence, uint256 destination, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence, destination) = (issuer % ISSUERS, licence % LICENCES, destination % ISSUERS);
        address caller = _caller(pick, handOf(issuerAt(issuer)));
        bool isLawful = issuer != destination && statusInBooks[issuer][licence] == LegalStatus.Valid
            && isAnchoredInBooks(issuer, licence) && _mayAct(issuerAt(issuer), caller)
            && _agencyBook[issuerAt(destination)].status != AgencyStatus.None;
        bytes memory data = abi.encodeCall(
            ITransfers.transferOut, (issuerAt(issuer), _one(licence), issuerAt(destination), decisionOf(clock, 0))
        );
        if (!_try(caller, data, isLawful)) return;
        _book(issuer, licence, StatusAct.TransferOut, LegalStatus.TransferredOut, 0);
        delete successorInBooks[issuer][licence];
        _destinationInBooks[issuer][licence] = destination;
    }

    /// @dev Every second time what is in transit, by a licence that nothing was done to; mostly where it was sent.
    function transferIn(uint16 pick, uint256 origin, uint256 licence, uint256 issuer, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        (origin, licence, successor) = (origin % ISSUERS, licence % LICENCES, successor % LICENCES);
        if (pick % 2 == 1) (origin, licence) = _someInTransit(origin, licence);
        issuer = issuer % 4 == 0 ? (issuer / 4) % ISSUERS : _destinationInBooks[origin][licence];
        if (pick % 2 == 1) successor = _someFresh(issuer, successor);
        address caller = _caller(pick, _agencyBook[issuerAt(issuer)].operator);
        bool isLawful = _mayIssue(issuerAt(issuer), caller) && _isTakenInLawfully(origin, licence, issuer, successor);
        bytes memory data = abi.encodeCall(
            ITransfers.transferIn,
            (_ref(issuer, successor), _ref(origin, licence), decisionOf(clock, 0))
        );
        if (!_try(caller, data, isLawful)) return;
        _book(origin, licence, StatusAct.TransferIn, LegalStatus.Transferred, 0);
        _link(origin, licence, issuer, successor);
    }

    function note(uint16 pick, uint256 issuer, uint256 licence, uint8 code, bool isLifted, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence, code) = (issuer % ISSUERS, licence % LICENCES, code % (NOTICE_CODES + 2));
        address caller = _caller(pick, handOf(issuerAt(issuer)));
        Notes storage notes = _notesBook[issuer][licence];
        bool stands = code < NOTICE_CODES && (notes.standing >> code) & 1 == 1;
        bool isLawful = code < NOTICE_CODES && stands == isLifted && _mayAct(issuerAt(issuer), caller)
            && isAnchoredInBooks(issuer, licence);
        Decision memory decision = decisionOf(clock, 0);
        bytes memory data = isLifted
            ? abi.encodeCall(INotices.liftNotice, (issuerAt(issuer), NoticeCode.wrap(code), _one(licence), decision))
            : abi.encodeCall(INotices.note, (issuerAt(issuer), NoticeCode.wrap(code), _one(licence), decision));
        if (!_try(caller, data, isLawful)) return;
        notes.standing ^= uint112(1) << code;
        (notes.count, notes.lastBlock) = (notes.count + 1, height);
    }

    function decisionOf(uint40 effectiveAt, uint40 endsAt) public pure returns (Decision memory) {
        return Decision({effectiveAt: effectiveAt, endsAt: endsAt, legalBasis: BASIS, number: "1"});
    }

    /// @notice Whether a licence with this status is void: in force at no time.
    function isVoid(LegalStatus status) public pure returns (bool) {
        return status == LegalStatus.Annulled || status == LegalStatus.AnnulledDeregistered;
    }

    /// @dev Every second time another licence beside it.
    function _another(uint256 licence) internal pure returns (uint256) {
        uint256 seed = licence / LICENCES;
        return seed % 2 == 0 ? licence % LICENCES : (seed / 2) % LICENCES;
    }

    /// @dev One act on a word, however many of its licences are in it.
    function _countOnce(uint256 issuer, uint256[] memory listed) internal {
        if (listed.length == 2 && listed[0] / 4 == listed[1] / 4) --wordInBooks[issuer][listed[0] / 4].count;
    }

    /// @dev `UNLAWFUL` also for the acts that have a function of their own, and for an index of no licence: only what is
    /// issued inactive is deferred ahead of its anchor.
    function _after(uint256 issuer, StatusAct statusAct, uint256 licence) internal view returns (uint256) {
        bool isOfItsOwn = statusAct == StatusAct.Supersede || statusAct == StatusAct.TransferOut
            || statusAct >= StatusAct.TransferIn;
        if (isOfItsOwn || !_isKnownTo(issuer, statusAct, licence)) return UNLAWFUL;
        return transitionsOf(statusAct).leadsTo(statusInBooks[issuer][licence]);
    }

    function _isKnownTo(uint256 issuer, StatusAct statusAct, uint256 licence) internal view returns (bool) {
        bool isAhead = statusAct == StatusAct.Defer && indexOf(licence) >= indicesInBooks(issuer);
        return isAhead || isAnchoredInBooks(issuer, licence);
    }

    /// @dev One act more on its word. An end belongs to the act that set it: the next of its kind, and what lifts it,
    /// replace it.
    function _book(uint256 issuer, uint256 licence, StatusAct statusAct, LegalStatus status, uint40 endsAt) internal {
        statusInBooks[issuer][licence] = status;
        WordBook storage word = wordInBooks[issuer][licence / 4];
        (word.count, word.lastBlock) = (word.count + 1, height);
        if (statusAct == StatusAct.Dissolve) return;
        Notes storage notes = _notesBook[issuer][licence];
        if (statusAct != StatusAct.Restrict && statusAct != StatusAct.Lift) {
            notes.suspensionEnd = statusAct == StatusAct.Suspend ? endsAt : 0;
        }
        if (statusAct != StatusAct.Suspend && statusAct != StatusAct.Reinstate) {
            notes.restrictionEnd = statusAct == StatusAct.Restrict ? endsAt : 0;
        }
    }

    /// @dev Re-making washes off neither a restriction nor a suspension: an act for each, with its end.
    function _inherit(uint256 issuer, uint256 successor, LegalStatus status, Notes memory before) private {
        if (status != LegalStatus.Suspended) {
            _book(issuer, successor, StatusAct.Restrict, LegalStatus.Restricted, before.restrictionEnd);
        }
        if (status != LegalStatus.Restricted) {
            _book(issuer, successor, StatusAct.Suspend, status, before.suspensionEnd);
        }
    }

    function _isLawfulForAll(uint256 issuer, StatusAct statusAct, uint256[] memory listed) private view returns (bool) {
        for (uint256 i = 0; i < listed.length; ++i) {
            if (_after(issuer, statusAct, listed[i]) == UNLAWFUL) return false;
        }
        return true;
    }

    function _mayEnter(Uscc issuer, StatusAct statusAct, address caller) private view returns (bool) {
        if (_mayAct(issuer, caller)) return true;
        return statusAct == StatusAct.Annul && _governs(_superiorOf(_agencyBook[issuer].region), caller);
    }

    function _isFresh(uint256 issuer, uint256 licence) private view returns (bool) {
        return isAnchoredInBooks(issuer, licence) && statusInBooks[issuer][licence] == LegalStatus.Valid
            && originInBooks[issuer][licence].since == 0;
    }

    /// @dev From the named licence on, the first that is in transit; else the named one.
    function _someInTransit(uint256 issuer, uint256 licence) private view returns (uint256, uint256) {
        for (uint256 i = 0; i < ISSUERS * LICENCES; ++i) {
            uint256 place = (issuer * LICENCES + licence + i) % (ISSUERS * LICENCES);
            if (statusInBooks[place / LICENCES][place % LICENCES] == LegalStatus.TransferredOut) {
                return (place / LICENCES, place % LICENCES);
            }
        }
        return (issuer, licence);
    }

    function _someFresh(uint256 issuer, uint256 licence) private view returns (uint256) {
        for (uint256 i = 0; i < LICENCES; ++i) {
            uint256 place = (licence + i) % LICENCES;
            if (_isFresh(issuer, place)) return place;
        }
        return licence;
    }

    function _isTakenInLawfully(uint256 origin, uint256 licence, uint256 issuer, uint256 successor)
        private
        view
        returns (bool)
    {
        if (statusInBooks[origin][licence] != LegalStatus.TransferredOut || !_isFresh(issuer, successor)) return false;
        Uscc destination = issuerAt(_destinationInBooks[origin][licence]);
        bool isThere =
            sameUscc(destination, issuerAt(issuer)) || sameUscc(_lastSuccessorOf(destination), issuerAt(issuer));
        return isThere && origin != issuer && originInBooks[origin][licence].depth < MOST_ORIGINS;
    }

    function _link(uint256 origin, uint256 licence, uint256 issuer, uint256 successor) private {
        uint8 depth = originInBooks[origin][licence].depth + 1;
        successorInBooks[origin][licence] = Place(clock, uint8(issuer), uint8(successor), 0);
        originInBooks[issuer][successor] = Place(clock, uint8(origin), uint8(licence), depth);
    }
}
