// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {ICatalogue} from "../interfaces/ICatalogue.sol";
import {
    Demand,
    DemandedFields,
    EntryStatus,
    HolderClass,
    isFieldList,
    LicenceType,
    LicenceTypeEntry,
    LicenceTypeRules,
    ServiceItem,
    ServiceItemEntry
} from "../types/Catalogue.sol";
import {Dated, Timeline} from "../types/Timeline.sol";

/// @notice Which licences there are, and which matters need them.
abstract contract Catalogue is AccessManaged, ICatalogue {
    /// @dev Of versions, statuses and rules, as `_standing` and `_packed` write them.
    mapping(LicenceType code => Timeline) private _licenceTypes;

    mapping(LicenceType code => mapping(uint32 version => bytes32)) private _schemaDigests;

    /// @dev Of versions and statuses, as `_standing` writes them.
    mapping(ServiceItem code => Timeline) private _serviceItems;

    /// @dev By version, so that an amendment leaves nothing of the demands before it.
    mapping(ServiceItem item => mapping(uint32 version => mapping(LicenceType => DemandedFields))) private _demands;

    /// @inheritdoc ICatalogue
    function registerLicenceType(LicenceType code, LicenceTypeRules calldata rules) external restricted {
        if (!code.isWellFormed()) revert LicenceTypeCodeInvalid(code);
        if (licenceType(code).status != EntryStatus.None) revert LicenceTypeAlreadyRegistered(code);

        _setRules(code, 1, rules);
    }

    /// @inheritdoc ICatalogue
    function amendLicenceType(LicenceType code, LicenceTypeRules calldata rules) external restricted {
        _setRules(code, _requireActiveType(code) + 1, rules);
    }

    /// @inheritdoc ICatalogue
    function retireLicenceType(LicenceType code) external restricted {
        _requireActiveType(code);
        _licenceTypes[code].enter(_retired(_licenceTypes[code].newest.fact));
        emit LicenceTypeRetired(code);
    }

    /// @inheritdoc ICatalogue
    function registerServiceItem(ServiceItem item, Demand[] calldata demands) external restricted {
        if (item.isMissing()) revert ServiceItemCodeMissing();
        if (serviceItem(item).status != EntryStatus.None) revert ServiceItemAlreadyRegistered(item);

        _setDemands(item, 1, demands);
    }

    /// @inheritdoc ICatalogue
    function amendServiceItem(ServiceItem item, Demand[] calldata demands) external restricted {
        _setDemands(item, _requireActiveItem(item) + 1, demands);
    }

    /// @inheritdoc ICatalogue
    function retireServiceItem(ServiceItem item) external restricted {
        _requireActiveItem(item);
        _serviceItems[item].enter(_retired(_serviceItems[item].newest.fact));
        emit ServiceItemRetired(item);
    }

    /// @inheritdoc ICatalogue
    function licenceType(LicenceType code) public view returns (LicenceTypeEntry memory) {
        return _licenceTypeOf(code, _licenceTypes[code].newest);
    }

    /// @inheritdoc ICatalogue
    function licenceTypeAt(LicenceType code, uint40 time) public view returns (LicenceTypeEntry memory) {
        return _licenceTypeOf(code, _licenceTypes[code].asOf(time));
    }

    /// @inheritdoc ICatalogue
    function serviceItem(ServiceItem code) public view returns (ServiceItemEntry memory) {
        return _serviceItemOf(_serviceItems[code].newest);
    }

    /// @inheritdoc ICatalogue
    function serviceItemAt(ServiceItem code, uint40 time) public view returns (ServiceItemEntry memory) {
        return _serviceItemOf(_serviceItems[code].asOf(time));
    }

    /// @inheritdoc ICatalogue
    function demandOf(ServiceItem item, LicenceType code) external view returns (bytes32) {
        return _demands[item][serviceItem(item).version][code].digest;
    }

    /// @inheritdoc ICatalogue
    function demandAt(ServiceItem item, LicenceType code, uint40 time) public view returns (DemandedFields memory) {
        return _demands[item][serviceItemAt(item, time).version][code];
    }

    function _requireActiveType(LicenceType code) internal view returns (uint32 version) {
        LicenceTypeEntry memory entry = licenceType(code);
        if (entry.status != EntryStatus.Active) revert LicenceTypeNotActive(code);
        return entry.version;
    }

    function _isActiveTypeAt(LicenceType code, uint40 time) internal view returns (bool) {
        (, EntryStatus status) = _versionAndStatus(_licenceTypes[code].asOf(time));
        return status == EntryStatus.Active;
    }

    function _requireActiveItem(ServiceItem item) private view returns (uint32 version) {
        ServiceItemEntry memory entry = serviceItem(item);
        if (entry.status != EntryStatus.Active) revert ServiceItemNotActive(item);
        return entry.version;
    }

    function _setRules(LicenceType code, uint32 version, LicenceTypeRules calldata rules) private {
        if (rules.schemaDigest == 0 || rules.holderClass == HolderClass.None) revert LicenceTypeRulesIncomplete(code);

        _schemaDigests[code][version] = rules.schemaDigest;
        _licenceTypes[code].enter(_standing(version, EntryStatus.Active) | _packed(rules));
        emit LicenceTypeRegistered(code, version, rules);
    }

    function _setDemands(ServiceItem item, uint32 version, Demand[] calldata demands) private {
        if (demands.length == 0) revert ServiceItemDemandsEmpty(item);

        mapping(LicenceType => DemandedFields) storage demanded = _demands[item][version];
        for (uint256 i = 0; i < demands.length; ++i) {
            (LicenceType code, bytes calldata fields) = (demands[i].licenceType, demands[i].fields);
            _requireActiveType(code);
            if (!isFieldList(fields) || demanded[code].digest != 0) revert ServiceItemDemandInvalid(item, code);
            demanded[code] = DemandedFields({digest: sha256(fields), fields: fields});
        }
        _serviceItems[item].enter(_standing(version, EntryStatus.Active));
        emit ServiceItemRegistered(item, version, demands);
    }

    function _licenceTypeOf(LicenceType code, Dated memory dated) private view returns (LicenceTypeEntry memory) {
        (uint32 version, EntryStatus status) = _versionAndStatus(dated);
        LicenceTypeRules memory rules = LicenceTypeRules({
            schemaDigest: _schemaDigests[code][version],
            holderClass: HolderClass(uint8(dated.fact >> 40)),
            validityMonths: uint16(dated.fact >> 48),
            reviewMonths: uint16(dated.fact >> 64)
        });
        return LicenceTypeEntry({rules: rules, version: version, status: status, since: dated.since});
    }

    function _serviceItemOf(Dated memory dated) private pure returns (ServiceItemEntry memory) {
        (uint32 version, EntryStatus status) = _versionAndStatus(dated);
        return ServiceItemEntry({version: version, status: status, since: dated.since});
    }

    /// @dev The version in the lowest 32 bits, the status in the eight above.
    function _standing(uint32 version, EntryStatus status) private pure returns (uint216) {
        return (uint216(status) << 32) | version;
    }

    /// @dev Above the standing: the class of holders in eight bits, both terms in sixteen each.
    function _packed(LicenceTypeRules calldata rules) private pure returns (uint216) {
        return (uint216(rules.holderClass) << 40) | (uint216(rules.validityMonths) << 48)
            | (uint216(rules.reviewMonths) << 64);
    }

    /// @dev What stood, retired.
    function _retired(uint216 standing) private pure returns (uint216) {
        return (standing & ~(uint216(type(uint8).max) << 32)) | _standing(0, EntryStatus.Retired);
    }

    function _versionAndStatus(Dated memory dated) private pure returns (uint32 version, EntryStatus status) {
        return (uint32(dated.fact), EntryStatus(uint8(dated.fact >> 32)));
    }
}
