// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AllianceCorrections} from "./AllianceCorrections.sol";
import {AllianceOffices} from "./AllianceOffices.sol";
import {AllianceRulebooks} from "./AllianceRulebooks.sol";
import {AllianceTwoKeys} from "./AllianceTwoKeys.sol";

/// @notice An alliance that does whatever the test runner makes it do, and keeps its own books.
contract Alliance is AllianceOffices, AllianceTwoKeys, AllianceCorrections, AllianceRulebooks {}
