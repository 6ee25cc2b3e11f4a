// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IMembers} from "./interfaces/IMembers.sol";
import {IRulebook} from "./interfaces/IRulebook.sol";
import {Governed} from "./rulebook/Governed.sol";
import {Recognitions} from "./rulebook/Recognitions.sol";
import {Responsibilities} from "./rulebook/Responsibilities.sol";
import {RulesAnswer, RulesQuery} from "./types/Rules.sol";
import {RecognitionQuestion} from "./types/Recognition.sol";

/// @title Hefu 合符, the rulebook
/// @notice Which licences there are, who issues them and who recognises them. Holds no evidence: the ledger does, and
/// names the rulebook in force. There is no upgrade proxy: the code at the address is the rule.
contract Rulebook is Responsibilities, Recognitions, IRulebook {
    /// @param accessManager OpenZeppelin `AccessManager` that holds the council's roles.
    /// @param ledger_ The ledger whose regions and agencies it speaks of.
    constructor(address accessManager, IMembers ledger_) AccessManaged(accessManager) Governed(ledger_) {}

    /// @inheritdoc IRulebook
    function ledger() external view returns (IMembers) {
        return _ledger;
    }

    /// @inheritdoc IRulebook
    function rules(RulesQuery calldata query) external view returns (RulesAnswer memory answer) {
        answer.licenceType = licenceTypeAt(query.licenceType, query.time);
        if (query.issuedAt != 0) {
            answer.responsibility = _responsibilityIn(query.issuedIn, query.issuer, query.licenceType, query.issuedAt);
        }
        answer.recognition = recognised(
            RecognitionQuestion(query.receiving, query.issuedIn, query.licenceType, query.item), query.time
        );
        if (!query.item.isMissing()) answer.demanded = demandAt(query.item, query.licenceType, query.time);
    }
}
