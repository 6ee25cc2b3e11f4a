// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FormerHolder} from "../types/FormerHolder.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Offices that are laid down, and that return
/// @notice Nobody keeps an office against its will: who holds one lays it down, whoever put it there. And nobody loses one
/// to a thief for good: for sixty days it returns, by the word of one admin above, to whom it was taken from. Of those who
/// left it one after the other that is who has the claim: the first, unless a later one had held it for fourteen days. A
/// return swaps: the next one gives the office back to who held it before. No return and no nomination moves the claim, or
/// begins anew the sixty days of who has none. A return needs no acceptance: the account has held the office before.
interface IReturns {
    /// @notice The admin of a region laid its office down: the region has no admin until somebody accepts.
    event RegionAdminResigned(RegionCode indexed region, address admin);

    /// @notice The operator of an agency laid its office down.
    event AgencyOperatorResigned(Uscc indexed agency, address operator);

    /// @notice The office of a region's admin returned to who held it before.
    event RegionAdminReturned(RegionCode indexed region, address admin, address appointedBy);

    /// @notice The office of an agency's operator returned to who held it before.
    event AgencyOperatorReturned(Uscc indexed agency, address operator, address appointedBy);

    /// @notice The office was taken from nobody, or more than sixty days ago.
    error OfficeNotLeft();

    /// @notice Lays the office of a region's admin down; from whoever does so nothing is taken, and a claim of its own falls
    /// to who is named next.
    /// @dev MUST be called by the admin, in whatever standing the region is: else `CallerNotRegionAdmin`. Emits
    /// `RegionAdminResigned`.
    function resignRegion(RegionCode region) external;

    /// @notice Lays the office of an agency's operator down; as `resignRegion`.
    /// @dev MUST be called by the operator, in whatever standing the agency is: else `CallerNotOperator`. Emits
    /// `AgencyOperatorResigned`.
    function resignAgency(Uscc agency) external;

    /// @notice Returns the office of a region to its former admin.
    /// @dev MUST be called by the admin of an active region that it lies in, for a province by the council: else
    /// `CallerNotSuperior`, `AccessManagedUnauthorized`. MUST revert with `OfficeNotLeft`, and with `AccountIsOperator`
    /// when the former admin holds an office of the other kind by now. Emits `RegionAdminReturned`.
    function returnRegion(RegionCode region) external;

    /// @notice Returns the office of an agency to its former operator.
    /// @dev MUST be called by the admin of the active region of the agency, or of one that this lies in: else
    /// `CallerNotSuperior`. MUST revert with `OfficeNotLeft` and `AccountIsAdmin`. Emits `AgencyOperatorReturned`.
    function returnAgency(Uscc agency) external;

    /// @notice To whom the office of a region would return, as `FormerHolder` says; zero-valued for nobody.
    function formerRegionAdmin(RegionCode region) external view returns (FormerHolder memory);

    /// @notice To whom the office of an agency would return, as `FormerHolder` says; zero-valued for nobody.
    function formerOperator(Uscc agency) external view returns (FormerHolder memory);
}
