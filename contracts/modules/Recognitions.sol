// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRecognitions} from "../interfaces/IRecognitions.sol";
import {LicenceType, ServiceItem} from "../types/Catalogue.sol";
import {
    Agreement,
    AgreementDraft,
    Membership,
    NegativeEntry,
    Recognition,
    RecognitionQuestion,
    RecognitionRule
} from "../types/Recognition.sol";
import {RegionCode} from "../types/Region.sol";
import {TERM_OPEN, Term, TermEmpty, TermHistory} from "../types/Term.sol";
import {Catalogue} from "./Catalogue.sol";
import {Regions} from "./Regions.sol";

/// @notice Who recognises what.
abstract contract Recognitions is Regions, Catalogue, IRecognitions {
    uint256 private constant LONGEST_APPROVAL = 96;

    mapping(LicenceType => TermHistory) private _baseline;

    uint32 private _agreementCount;
    mapping(uint32 number => Agreement) private _agreements;
    mapping(uint32 number => mapping(RegionCode province => Membership)) private _memberships;
    mapping(uint32 number => mapping(LicenceType => bool)) private _agreementTypes;
    /// @dev Appended to at each joining; read by `recognised`, which nobody pays for.
    mapping(RegionCode province => uint32[]) private _agreementsOf;

    mapping(RegionCode receiving => mapping(RegionCode issuing => mapping(LicenceType => mapping(ServiceItem => TermHistory))))
        private _negatives;

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
        _baseline[kind].end(until);
        emit BaselineEnded(kind, until);
    }

    /// @inheritdoc IRecognitions
    function proposeAgreement(RegionCode proposer, AgreementDraft calldata draft)
        external
        onlyAdminOfProvince(proposer)
        returns (uint32 number)
    {
        if (draft.partners.length == 0 || draft.licenceTypes.length == 0) revert AgreementIncomplete();
        if (draft.from >= draft.until || draft.until <= block.timestamp) revert TermEmpty(draft.from, draft.until);

        number = ++_agreementCount;
        _agreements[number] = Agreement({term: Term(draft.from, draft.until), noticeSeconds: draft.noticeSeconds});
        for (uint256 i = 0; i < draft.licenceTypes.length; ++i) {
            _requireActiveType(draft.licenceTypes[i]);
            _agreementTypes[number][draft.licenceTypes[i]] = true;
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

        _join(number, province);
    }

    /// @inheritdoc IRecognitions
    function leaveAgreement(uint32 number, RegionCode province) external onlyAdminOfProvince(province) {
        Term storage bound = _memberships[number][province].term;
        if (bound.until != TERM_OPEN) revert AgreementNotMember(number, province);

        uint40 leavesAt = uint40(block.timestamp) + _agreements[number].noticeSeconds;
        bound.until = leavesAt;
        emit AgreementLeft(number, province, leavesAt);
    }

    /// @inheritdoc IRecognitions
    function enterNegative(
        RegionCode receiving,
        NegativeEntry calldata entry,
        uint40 from,
        uint40 until,
        string calldata approval
    ) external onlyAdminOfProvince(receiving) {
        uint256 length = bytes(approval).length;
        if (length == 0 || length > LONGEST_APPROVAL) revert NegativeApprovalLength(length);
        if (!entry.issuing.isZero()) _requireProvince(entry.issuing);
        if (RegionCode.unwrap(entry.issuing) == RegionCode.unwrap(receiving)) revert NegativeOwnProvince(receiving);

        Term memory term = _negative(receiving, entry).add(from, until);
        emit NegativeEntered(receiving, entry, term.from, term.until, approval);
    }

    /// @inheritdoc IRecognitions
    function endNegative(RegionCode receiving, NegativeEntry calldata entry, uint40 until)
        external
        onlyAdminOfProvince(receiving)
    {
        _negative(receiving, entry).end(until);
        emit NegativeEnded(receiving, entry, until);
    }

    /// @inheritdoc IRecognitions
    function recognised(RecognitionQuestion memory question, uint40 time) public view returns (Recognition memory) {
        RegionCode receiving = question.receiving.provinceOf();
        RegionCode issuing = question.issuing.provinceOf();
        if (RegionCode.unwrap(receiving) == RegionCode.unwrap(issuing)) {
            return Recognition(!receiving.isZero(), RecognitionRule.SameProvince, 0, Term(0, 0));
        }
        Term memory term = _negativeAt(receiving, issuing, question, time);
        if (term.until != 0) return Recognition(false, RecognitionRule.Negative, 0, term);
        term = _baseline[question.licenceType].termAt(time);
        if (term.until != 0) return Recognition(true, RecognitionRule.Baseline, 0, term);
        return _agreementAt(receiving, issuing, question.licenceType, time);
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
    function agreementNames(uint32 number, LicenceType kind) external view returns (bool) {
        return _agreementTypes[number][kind];
    }

    /// @inheritdoc IRecognitions
    function agreementsOf(RegionCode province) external view returns (uint32[] memory) {
        return _agreementsOf[province];
    }

    function _invite(uint32 number, RegionCode province) private {
        if (_memberships[number][province].invited) revert AgreementMemberRepeated(province);
        _memberships[number][province].invited = true;
    }

    function _join(uint32 number, RegionCode province) private {
        _memberships[number][province].term = Term(uint40(block.timestamp), TERM_OPEN);
        _agreementsOf[province].push(number);
        emit AgreementJoined(number, province);
    }

    function _negative(RegionCode receiving, NegativeEntry calldata entry) private view returns (TermHistory storage) {
        return _negatives[receiving][entry.issuing][entry.licenceType][entry.item];
    }

    /// @dev Entries for all provinces and for all items count beside those for the very ones.
    function _negativeAt(RegionCode receiving, RegionCode issuing, RecognitionQuestion memory question, uint40 time)
        private
        view
        returns (Term memory term)
    {
        ServiceItem anyItem;
        RegionCode[2] memory provinces = [issuing, RegionCode.wrap(0)];
        for (uint256 i = 0; i < 2; ++i) {
            mapping(ServiceItem => TermHistory) storage entries =
                _negatives[receiving][provinces[i]][question.licenceType];
            term = entries[question.item].termAt(time);
            if (term.until != 0) return term;
            term = entries[anyItem].termAt(time);
            if (term.until != 0) return term;
        }
    }

    function _agreementAt(RegionCode receiving, RegionCode issuing, LicenceType kind, uint40 time)
        private
        view
        returns (Recognition memory recognition)
    {
        uint32[] storage numbers = _agreementsOf[receiving];
        for (uint256 i = 0; i < numbers.length; ++i) {
            uint32 number = numbers[i];
            if (!_agreementTypes[number][kind]) continue;
            Term memory term = _agreements[number].term.intersect(_memberships[number][receiving].term)
                .intersect(_memberships[number][issuing].term);
            if (term.covers(time)) return Recognition(true, RecognitionRule.Agreement, number, term);
        }
    }

    function _requireProvince(RegionCode code) private pure {
        if (!code.isProvinceLevel()) revert RecognitionNotProvince(code);
    }
}
