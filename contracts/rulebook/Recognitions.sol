// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRecognitions} from "../interfaces/IRecognitions.sol";
import {ITermErrors} from "../interfaces/ITermErrors.sol";
import {LicenceType, ServiceItem} from "../types/Catalogue.sol";
import {
    Agreement,
    AgreementDraft,
    Approval,
    isApprovalNumber,
    Membership,
    NegativeEntry,
    Recognition,
    RecognitionQuestion,
    RecognitionRule,
    Refusals
} from "../types/Recognition.sol";
import {RegionCode} from "../types/Region.sol";
import {TERM_OPEN, Term, TermHistory} from "../types/Term.sol";
import {Dated, countAt} from "../types/Timeline.sol";
import {Catalogue} from "./Catalogue.sol";
import {Governed} from "./Governed.sol";

/// @notice Who recognises what.
abstract contract Recognitions is Governed, Catalogue, IRecognitions {
    using {countAt} for Dated[];

    uint256 private constant MOST_PARTNERS = 40;
    uint256 private constant MOST_TYPES = 16;
    /// @dev The last to join enters a bond for each partner and type, about 45,000 gas: all together cost up to 14.6 million,
    /// of the 16.7 million that one transaction may have (EIP-7825). The deployment asks a chain for blocks that hold these.
    uint256 private constant MOST_BONDS = 320;
    uint32 private constant LONGEST_NOTICE = 366 days;
    /// @dev How long who was invited may join.
    uint256 private constant INVITATION = 180 days;
    /// @dev How many agreements of two provinces for a type one answer looks at.
    uint256 private constant NEWEST = 3;

    mapping(LicenceType => TermHistory) private _baseline;

    uint32 private _agreementCount;
    mapping(uint32 number => Agreement) private _agreements;
    mapping(uint32 number => mapping(RegionCode province => Membership)) private _memberships;
    mapping(uint32 number => LicenceType[]) private _agreementTypes;
    mapping(uint32 number => RegionCode[]) private _agreementMembers;
    /// @dev Of numbers of agreements: for two provinces, the lower code first, and a type, one entry from when both had
    /// joined, and one for each renewal. A plain list: whoever joins pays for all of them, and an answer reads several.
    mapping(RegionCode lower => mapping(RegionCode higher => mapping(LicenceType => Dated[]))) private _bonds;

    mapping(RegionCode receiving => mapping(RegionCode issuing => mapping(LicenceType => mapping(ServiceItem => Refusals))))
        private _negatives;
    /// @dev Whether the province ever refused licences of the type: where it never did, no list of refusals is read.
    mapping(RegionCode receiving => mapping(LicenceType => bool)) private _everRefused;

    /// @dev The caller is the admin of the active province.
    modifier onlyAdminOfProvince(RegionCode province) {
        _requireProvince(province);
        _requireAdminOfActiveRegion(province);
        _;
    }

    /// @inheritdoc IRecognitions
    function setBaseline(LicenceType kind, uint40 from, uint40 until) external restricted {
        _requireActiveType(kind);

        Term memory term = _baseline[kind].add(from, until);
        emit BaselineSet(kind, term.from, term.until);
    }

    /// @inheritdoc IRecognitions
    function endBaseline(LicenceType kind, uint40 until) external restricted {
        until = _baseline[kind].end(until);
        emit BaselineEnded(kind, until);
    }

    /// @inheritdoc IRecognitions
    function proposeAgreement(RegionCode proposer, AgreementDraft calldata draft)
        external
        onlyAdminOfProvince(proposer)
        returns (uint32 number)
    {
        _requireSize(draft.partners.length, draft.licenceTypes.length);
        if (draft.noticeSeconds > LONGEST_NOTICE) revert AgreementNoticeTooLong(draft.noticeSeconds);
        bool isEmpty = draft.from >= draft.until || draft.until <= block.timestamp;
        if (isEmpty) revert ITermErrors.TermEmpty(draft.from, draft.until);

        number = ++_agreementCount;
        _agreements[number] = Agreement({
            term: Term(draft.from, draft.until),
            noticeSeconds: draft.noticeSeconds,
            openUntil: uint40(block.timestamp + INVITATION)
        });
        for (uint256 i = 0; i < draft.licenceTypes.length; ++i) {
            LicenceType kind = draft.licenceTypes[i];
            _requireActiveType(kind);
            if (agreementNames(number, kind)) revert AgreementTypeRepeated(kind);
            _agreementTypes[number].push(kind);
        }
        _invite(number, proposer);
        for (uint256 i = 0; i < draft.partners.length; ++i) {
            _requireProvince(draft.partners[i]);
            _invite(number, draft.partners[i]);
        }
        emit AgreementProposed(number, proposer, draft);
        _join(number, proposer);
    }

    /// @inheritdoc IRecognitions
    function joinAgreement(uint32 number, RegionCode province) external onlyAdminOfProvince(province) {
        Membership memory current = _memberships[number][province];
        if (!current.invited || current.term.until != 0) revert AgreementNotInvited(number, province);
        uint40 openUntil = _agreements[number].openUntil;
        if (block.timestamp >= openUntil) revert AgreementClosed(number, openUntil);

        _join(number, province);
    }

    /// @inheritdoc IRecognitions
    function renewAgreement(uint32 number, RegionCode province, RegionCode partner, LicenceType kind)
        external
        onlyAdminOfProvince(province)
    {
        uint40 time = uint40(block.timestamp);
        if (!agreementNames(number, kind) || !_bindingTerm(number, province, partner).covers(time)) {
            revert AgreementNotStanding(number, province, partner, kind);
        }
        Dated[] storage bonds = _bondsOf(province, partner, kind);
        uint256 count = bonds.length;
        for (uint256 i = count; i > _firstOfNewest(count); --i) {
            if (bonds[i - 1].fact == number) revert AgreementNotBuried(number, province, partner, kind);
        }

        bonds.push(Dated({since: time, fact: number}));
        emit AgreementRenewed(number, province, partner, kind);
    }

    /// @inheritdoc IRecognitions
    function leaveAgreement(uint32 number, RegionCode province) external onlyAdminOfProvince(province) {
        Term storage bound = _memberships[number][province].term;
        if (bound.until != TERM_OPEN) revert AgreementNotMember(number, province);

        uint40 leavesAt = uint40(block.timestamp) + _agreements[number].noticeSeconds;
        bound.until = leavesAt;
        // What a thief proposed or joined binds nobody more: who follows it gives notice.
        if (_agreements[number].openUntil > block.timestamp) _agreements[number].openUntil = uint40(block.timestamp);
        emit AgreementLeft(number, province, leavesAt);
    }

    /// @inheritdoc IRecognitions
    function enterNegative(
        RegionCode receiving,
        NegativeEntry calldata entry,
        uint40 from,
        uint40 until,
        Approval calldata approval
    ) external onlyAdminOfProvince(receiving) {
        if (!isApprovalNumber(approval.number)) revert NegativeApprovalInvalid(approval.number);
        if (approval.documentDigest == 0) revert NegativeApprovalDigestZero();
        if (!entry.issuing.isZero()) _requireProvince(entry.issuing);
        if (RegionCode.unwrap(entry.issuing) == RegionCode.unwrap(receiving)) revert NegativeOwnProvince(receiving);

        Refusals storage refusals = _refusalsOf(receiving, entry);
        Term memory term = refusals.history.add(from, until);
        refusals.approvals.push(approval);
        _everRefused[receiving][entry.licenceType] = true;
        emit NegativeEntered(receiving, entry, term.from, term.until, approval);
    }

    /// @inheritdoc IRecognitions
    function endNegative(RegionCode receiving, NegativeEntry calldata entry, uint40 until)
        external
        onlyAdminOfProvince(receiving)
    {
        Refusals storage refusals = _refusalsOf(receiving, entry);
        until = refusals.history.end(until);
        while (refusals.approvals.length > refusals.history.count()) refusals.approvals.pop();
        emit NegativeEnded(receiving, entry, until);
    }

    /// @inheritdoc IRecognitions
    function recognised(RecognitionQuestion memory question, uint40 time)
        public
        view
        returns (Recognition memory recognition)
    {
        if (question.receiving.isZero()) return recognition;
        (question.receiving, question.issuing) = (question.receiving.provinceOf(), question.issuing.provinceOf());
        recognition.rule = _obstacle(question, time);
        if (recognition.rule != RecognitionRule.None) return recognition;
        if (RegionCode.unwrap(question.receiving) == RegionCode.unwrap(question.issuing)) {
            (recognition.recognised, recognition.rule) = (true, RecognitionRule.SameProvince);
            return recognition;
        }
        recognition = _negativeAt(question, time);
        if (recognition.rule != RecognitionRule.None) return recognition;
        recognition.term = _baseline[question.licenceType].termAt(time);
        if (recognition.term.until == 0) return _agreementAt(question, time);
        (recognition.recognised, recognition.rule) = (true, RecognitionRule.Baseline);
    }

    /// @inheritdoc IRecognitions
    function agreement(uint32 number) external view returns (Agreement memory) {
        return _agreements[number];
    }

    /// @inheritdoc IRecognitions
    function membership(uint32 number, RegionCode province) external view returns (Membership memory) {
        return _memberships[number][province];
    }

    /// @inheritdoc IRecognitions
    function agreementNames(uint32 number, LicenceType kind) public view returns (bool) {
        LicenceType[] storage kinds = _agreementTypes[number];
        for (uint256 i = 0; i < kinds.length; ++i) {
            if (LicenceType.unwrap(kinds[i]) == LicenceType.unwrap(kind)) return true;
        }
        return false;
    }

    /// @inheritdoc IRecognitions
    function agreementCount() external view returns (uint32) {
        return _agreementCount;
    }

    /// @inheritdoc IRecognitions
    function agreementMembers(uint32 number) external view returns (RegionCode[] memory) {
        return _agreementMembers[number];
    }

    /// @inheritdoc IRecognitions
    function agreementTypes(uint32 number) external view returns (LicenceType[] memory) {
        return _agreementTypes[number];
    }

    function _invite(uint32 number, RegionCode province) private {
        if (_memberships[number][province].invited) revert AgreementMemberRepeated(province);
        _memberships[number][province].invited = true;
    }

    function _join(uint32 number, RegionCode province) private {
        _memberships[number][province].term = Term(uint40(block.timestamp), TERM_OPEN);
        RegionCode[] storage members = _agreementMembers[number];
        LicenceType[] memory kinds = _agreementTypes[number];
        for (uint256 i = 0; i < members.length; ++i) {
            RegionCode member = members[i];
            for (uint256 j = 0; j < kinds.length; ++j) {
                _bondsOf(member, province, kinds[j]).push(Dated({since: uint40(block.timestamp), fact: number}));
            }
        }
        members.push(province);
        emit AgreementJoined(number, province);
    }

    function _bondsOf(RegionCode one, RegionCode other, LicenceType kind) private view returns (Dated[] storage) {
        return RegionCode.unwrap(one) < RegionCode.unwrap(other) ? _bonds[one][other][kind] : _bonds[other][one][kind];
    }

    /// @dev Of so many bonds, how many come before the newest that are looked at.
    function _firstOfNewest(uint256 count) private pure returns (uint256) {
        return count > NEWEST ? count - NEWEST : 0;
    }

    /// @dev The term in which an agreement binds two provinces; empty when one of them never joined.
    function _bindingTerm(uint32 number, RegionCode one, RegionCode other) private view returns (Term memory) {
        return _agreements[number].term.intersect(_memberships[number][one].term)
            .intersect(_memberships[number][other].term);
    }

    function _refusalsOf(RegionCode receiving, NegativeEntry calldata entry) private view returns (Refusals storage) {
        return _negatives[receiving][entry.issuing][entry.licenceType][entry.item];
    }

    /// @dev What keeps every rule from speaking; `None` when nothing does.
    function _obstacle(RecognitionQuestion memory question, uint40 time) private view returns (RecognitionRule) {
        if (!_ledger.isMemberAt(question.receiving, time)) return RecognitionRule.ReceivingNotMember;
        if (!_ledger.isMemberAt(question.issuing, time)) return RecognitionRule.IssuingNotMember;
        if (!_isActiveTypeAt(question.licenceType, time)) return RecognitionRule.TypeNotActive;
        return RecognitionRule.None;
    }

    /// @dev Entries for all provinces and for all items count beside those for the very ones.
    function _negativeAt(RecognitionQuestion memory question, uint40 time)
        private
        view
        returns (Recognition memory recognition)
    {
        if (!_everRefused[question.receiving][question.licenceType]) return recognition;
        ServiceItem anyItem;
        RegionCode[2] memory provinces = [question.issuing, RegionCode.wrap(0)];
        for (uint256 i = 0; i < 2; ++i) {
            mapping(ServiceItem => Refusals) storage entries =
                _negatives[question.receiving][provinces[i]][question.licenceType];
            recognition = _refusalAt(entries[question.item], time);
            if (recognition.rule != RecognitionRule.None) return recognition;
            recognition = _refusalAt(entries[anyItem], time);
            if (recognition.rule != RecognitionRule.None) return recognition;
        }
    }

    function _refusalAt(Refusals storage refusals, uint40 time) private view returns (Recognition memory recognition) {
        Term memory term = refusals.history.termAt(time);
        if (term.until == 0) return recognition;
        (recognition.rule, recognition.term) = (RecognitionRule.Negative, term);
        recognition.approval = refusals.approvals[refusals.history.countBegun(time) - 1];
    }

    function _agreementAt(RecognitionQuestion memory question, uint40 time)
        private
        view
        returns (Recognition memory recognition)
    {
        Dated[] storage bonds = _bondsOf(question.receiving, question.issuing, question.licenceType);
        uint256 count = bonds.countAt(time);
        for (uint256 i = count; i > _firstOfNewest(count); --i) {
            uint32 number = uint32(bonds[i - 1].fact);
            Term memory term = _bindingTerm(number, question.receiving, question.issuing);
            if (!term.covers(time)) continue;
            (recognition.recognised, recognition.rule) = (true, RecognitionRule.Agreement);
            (recognition.agreement, recognition.term) = (number, term);
            return recognition;
        }
    }

    function _requireSize(uint256 partners, uint256 kinds) private pure {
        if (partners == 0 || kinds == 0) revert AgreementIncomplete();
        if (partners > MOST_PARTNERS || kinds > MOST_TYPES || partners * kinds > MOST_BONDS) {
            revert AgreementTooLarge(partners, kinds);
        }
    }

    function _requireProvince(RegionCode code) private pure {
        if (!code.isProvinceLevel()) revert RecognitionNotProvince(code);
    }
}
