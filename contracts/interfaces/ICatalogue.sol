// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Demand,
    DemandedFields,
    LicenceType,
    LicenceTypeEntry,
    LicenceTypeRules,
    ServiceItem,
    ServiceItemEntry
} from "../types/Catalogue.sol";

/// @title Catalogue of licence types and service items
/// @notice Entries are registered, amended (the version grows by one) and retired, and a retired one may be registered
/// anew: no single key removes one for good. Every version stays, so that a past time is answered as it was. All is done
/// by the catalogue role.
interface ICatalogue {
    /// @notice A licence type was registered (version 1), amended, or registered anew.
    event LicenceTypeRegistered(LicenceType indexed licenceType, uint32 version, LicenceTypeRules rules);

    /// @notice A licence type was retired: nobody can be made responsible for it meanwhile.
    event LicenceTypeRetired(LicenceType indexed licenceType);

    /// @notice A service item was registered (version 1), amended, or registered anew; its demands replace those of the
    /// version before.
    event ServiceItemRegistered(ServiceItem indexed item, uint32 version, Demand[] demands);

    /// @notice A service item was retired.
    event ServiceItemRetired(ServiceItem indexed item);

    /// @notice The code is not a USCC with three digits or capital letters after it.
    error LicenceTypeCodeInvalid(LicenceType licenceType);

    /// @notice The schema digest is zero or the holder class is `None`.
    error LicenceTypeRulesIncomplete(LicenceType licenceType);

    /// @notice The licence type is in the catalogue already.
    error LicenceTypeAlreadyRegistered(LicenceType licenceType);

    /// @notice The licence type is unknown or retired.
    error LicenceTypeNotActive(LicenceType licenceType);

    /// @notice The item has no code.
    error ServiceItemCodeMissing();

    /// @notice The item is in the catalogue already.
    error ServiceItemAlreadyRegistered(ServiceItem item);

    /// @notice The item is unknown or retired.
    error ServiceItemNotActive(ServiceItem item);

    /// @notice The item demands no licence type.
    error ServiceItemDemandsEmpty(ServiceItem item);

    /// @notice The item demands the type twice, or its list of fields of the type is none: empty, longer than 512
    /// bytes, with an empty line, a character that is not visible ASCII, or names that are not strictly ascending.
    error ServiceItemDemandInvalid(ServiceItem item, LicenceType licenceType);

    /// @notice Registers a licence type, a retired one by its next version.
    /// @dev MUST be called by the catalogue role: else `AccessManagedUnauthorized`. MUST revert with
    /// `LicenceTypeCodeInvalid`, `LicenceTypeAlreadyRegistered` or `LicenceTypeRulesIncomplete`. Emits
    /// `LicenceTypeRegistered`.
    function registerLicenceType(LicenceType licenceType, LicenceTypeRules calldata rules) external;

    /// @notice Replaces the rules of a licence type by a new version.
    /// @dev Caller as for `registerLicenceType`. MUST revert with `LicenceTypeNotActive` or
    /// `LicenceTypeRulesIncomplete`. Emits `LicenceTypeRegistered`.
    function amendLicenceType(LicenceType licenceType, LicenceTypeRules calldata rules) external;

    /// @notice Retires a licence type. Licences of it stay what they are.
    /// @dev Caller as for `registerLicenceType`. MUST revert with `LicenceTypeNotActive`. Emits `LicenceTypeRetired`.
    function retireLicenceType(LicenceType licenceType) external;

    /// @notice Registers a service item and what it demands, a retired one by its next version.
    /// @dev Caller as for `registerLicenceType`. MUST revert with `ServiceItemCodeMissing`,
    /// `ServiceItemAlreadyRegistered`, `ServiceItemDemandsEmpty`, `ServiceItemDemandInvalid` or
    /// `LicenceTypeNotActive`. Emits `ServiceItemRegistered`.
    function registerServiceItem(ServiceItem item, Demand[] calldata demands) external;

    /// @notice Replaces the demands of a service item by those of a new version.
    /// @dev As `registerServiceItem`, but MUST revert with `ServiceItemNotActive` instead of the first two.
    function amendServiceItem(ServiceItem item, Demand[] calldata demands) external;

    /// @notice Retires a service item.
    /// @dev Caller as for `registerLicenceType`. MUST revert with `ServiceItemNotActive`. Emits `ServiceItemRetired`.
    function retireServiceItem(ServiceItem item) external;

    /// @notice A licence type as the catalogue has it; zero-valued for one never registered.
    function licenceType(LicenceType code) external view returns (LicenceTypeEntry memory);

    /// @notice A service item as the catalogue has it; zero-valued for one never registered.
    function serviceItem(ServiceItem code) external view returns (ServiceItemEntry memory);

    /// @notice A licence type as it was at a time (Unix seconds); zero-valued before its registration.
    function licenceTypeAt(LicenceType code, uint40 time) external view returns (LicenceTypeEntry memory);

    /// @notice A service item as it was at a time (Unix seconds); zero-valued before its registration.
    function serviceItemAt(ServiceItem code, uint40 time) external view returns (ServiceItemEntry memory);

    /// @notice SHA-256 of the fields of a type that the newest version of an item demands; zero when it demands none.
    function demandOf(ServiceItem item, LicenceType licenceType) external view returns (bytes32 fieldsDigest);

    /// @notice The fields of a type that an item demanded at a time (Unix seconds); a retired item demands what it did.
    function demandAt(ServiceItem item, LicenceType licenceType, uint40 time)
        external
        view
        returns (DemandedFields memory);
}
