// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NamedRulebook} from "../types/NamedRulebook.sol";
import {IRulebook} from "./IRulebook.sol";

/// @title The ledger's choice of a rulebook
/// @notice The ledger keeps what is evidence; what is policy is kept by a rulebook, which the council may replace.
/// For a time in the past the rulebook that was then in force answers.
interface IRulebookChoice {
    /// @notice From the time of the block on, `from` (Unix seconds), another rulebook is in force.
    event RulebookChanged(IRulebook indexed rulebook, uint40 from);

    /// @notice There is no rulebook of this ledger at the address.
    error RulebookForeign(address rulebook);

    /// @notice The rulebook does not answer what every lookup asks of it.
    error RulebookSilent(address rulebook);

    /// @notice Names the rulebook in force from the time of the block on.
    /// @dev MUST be called by the rulebook role: else `AccessManagedUnauthorized`. MUST revert with `RulebookForeign`
    /// for an address without code, or whose `ledger()` is not this ledger, and with `RulebookSilent` for one
    /// with which `lookup` would not answer. Emits `RulebookChanged`.
    function changeRulebook(IRulebook rulebook) external;

    /// @notice The rulebook in force; zero while none was named.
    function rulebook() external view returns (IRulebook);

    /// @notice The rulebook that was in force at a time (Unix seconds); zero before the first.
    function rulebookAt(uint40 time) external view returns (IRulebook);

    /// @notice All rulebooks that were ever named, in the order of time.
    function rulebooks() external view returns (NamedRulebook[] memory);
}
