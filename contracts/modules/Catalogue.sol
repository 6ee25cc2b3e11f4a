// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {ICatalogue} from "../interfaces/ICatalogue.sol";
import {
    Demand,
    EntryStatus,
    HolderClass,
    LicenceType,
    LicenceTypeEntry,
    LicenceTypeRules,
    ServiceItem,
    ServiceItemEntry
} from "../types/Catalogue.sol";
import {FormRuled} from "./FormRules.sol";

/// @notice Which licences there are, and which matters need them.
abstract contract Catalogue is AccessManaged, FormRuled, ICatalogue {
    mapping(LicenceType code => LicenceTypeEntry) private _licenceTypes;

    mapping(ServiceItem code => ServiceItemEntry) private _serviceItems;

    /// @dev By version, so that an amendment leaves nothing of the demands before it.
    mapping(ServiceItem item => mapping(uint32 version => mapping(LicenceType => bytes32 fieldsDigest))) private
        _demands;

    /// @inheritdoc ICatalogue
    function registerLicenceType(LicenceType code, LicenceTypeRules calldata rules) external restricted {
        if (!_formRules.isLicenceType(code)) revert LicenceTypeCodeInvalid(code);
        if (_licenceTypes[code].status != EntryStatus.None) revert LicenceTypeAlreadyRegistered(code);

        _setRules(code, rules);
    }

    /// @inheritdoc ICatalogue
    function amendLicenceType(LicenceType code, LicenceTypeRules calldata rules) external restricted {
        _requireActiveType(code);

        _setRules(code, rules);
    }

    /// @inheritdoc ICatalogue
    function retireLicenceType(LicenceType code) external restricted {
        _requireActiveType(code);

        _licenceTypes[code].status = EntryStatus.Retired;
        _licenceTypes[code].since = uint40(block.timestamp);
        emit LicenceTypeRetired(code);
    }

    /// @inheritdoc ICatalogue
    function registerServiceItem(ServiceItem item, Demand[] calldata demands) external restricted {
        if (item.isMissing()) revert ServiceItemCodeMissing();
        if (_serviceItems[item].status != EntryStatus.None) revert ServiceItemAlreadyRegistered(item);

        _setDemands(item, demands);
    }

    /// @inheritdoc ICatalogue
    function amendServiceItem(ServiceItem item, Demand[] calldata demands) external restricted {
        _requireActiveItem(item);

        _setDemands(item, demands);
    }

    /// @inheritdoc ICatalogue
    function retireServiceItem(ServiceItem item) external restricted {
        _requireActiveItem(item);

        _serviceItems[item].status = EntryStatus.Retired;
        _serviceItems[item].since = uint40(block.timestamp);
        emit ServiceItemRetired(item);
    }

    /// @inheritdoc ICatalogue
    function licenceType(LicenceType code) public view returns (LicenceTypeEntry memory) {
        return _licenceTypes[code];
    }

    /// @inheritdoc ICatalogue
    function serviceItem(ServiceItem code) external view returns (ServiceItemEntry memory) {
        return _serviceItems[code];
    }

    /// @inheritdoc ICatalogue
    function demandOf(ServiceItem item, LicenceType code) public view returns (bytes32) {
        return _demands[item][_serviceItems[item].version][code];
    }

    function _requireActiveType(LicenceType code) internal view {
        if (_licenceTypes[code].status != EntryStatus.Active) revert LicenceTypeNotActive(code);
    }

    function _requireActiveItem(ServiceItem item) private view {
        if (_serviceItems[item].status != EntryStatus.Active) revert ServiceItemNotActive(item);
    }

    function _setRules(LicenceType code, LicenceTypeRules calldata rules) private {
        if (rules.schemaDigest == 0 || rules.holderClass == HolderClass.None) revert LicenceTypeRulesIncomplete(code);

        LicenceTypeEntry storage entry = _licenceTypes[code];
        uint32 version = entry.version + 1;
        (entry.rules, entry.version, entry.status, entry.since) =
            (rules, version, EntryStatus.Active, uint40(block.timestamp));
        emit LicenceTypeRegistered(code, version, rules);
    }

    function _setDemands(ServiceItem item, Demand[] calldata demands) private {
        if (demands.length == 0) revert ServiceItemDemandsEmpty(item);

        uint32 version = _serviceItems[item].version + 1;
        mapping(LicenceType => bytes32) storage digests = _demands[item][version];
        for (uint256 i = 0; i < demands.length; ++i) {
            LicenceType code = demands[i].licenceType;
            _requireActiveType(code);
            if (demands[i].fields.length == 0 || digests[code] != 0) revert ServiceItemDemandInvalid(item, code);
            digests[code] = sha256(demands[i].fields);
        }
        _serviceItems[item] =
            ServiceItemEntry({version: version, status: EntryStatus.Active, since: uint40(block.timestamp)});
        emit ServiceItemRegistered(item, version, demands);
    }
}
