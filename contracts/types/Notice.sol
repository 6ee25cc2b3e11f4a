// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Kind of a notice 标注, an open list: 0 查封, 1 抵押, 2 异议, 3 遗失声明, 4 复审未过; at most `NOTICE_CODES` kinds.
type NoticeCode is uint8;

/// @dev Kinds there can be: as many as bits in `Notes.standing`.
uint8 constant NOTICE_CODES = 112;

/// @notice What stands noted beside the status of one credential, in one storage slot.
struct Notes {
    /// Bit `c` is set while a notice of code `c` stands.
    uint112 standing;
    /// Unix seconds at which the suspension in force ends; zero for no end.
    uint40 suspensionEnd;
    /// Unix seconds at which the restriction in force ends; zero for no end.
    uint40 restrictionEnd;
    /// Notices entered and lifted; stops at its maximum.
    uint24 count;
    /// Block of the newest entry; zero when there is none.
    uint40 lastBlock;
}
