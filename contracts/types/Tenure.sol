// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Who holds an office, since when and by whose word, in one storage slot beside the agency or region.
struct Tenure {
    /// Account that nominated the holder, or entered it with the agency or region.
    address appointedBy;
    /// Block time (Unix seconds) at which the holder took office.
    uint40 heldSince;
    /// Block time (Unix seconds) at which the standing of the agency or region last changed, or the place of the region.
    uint40 statusSince;
    /// Whether the agency or region was ever moved: only then is it looked up where it was before.
    bool moved;
}

/// @notice An account that may take an office by accepting, in two storage slots.
struct Nomination {
    address candidate;
    /// Block time, Unix seconds.
    uint40 nominatedAt;
    address nominatedBy;
}

/// @notice How many offices of each kind an account holds, in one storage slot. An account holds offices of one kind
/// alone: no key is both an operator's and an admin's.
struct Offices {
    uint32 operatorOf;
    uint32 adminOf;
}

/// @dev How many of those that followed one another after their retirement, agencies or regions, are looked for.
uint256 constant LONGEST_CHAIN = 4;

/// @notice In what right an account acts on the licences of an agency.
enum Capacity {
    /// In none.
    None,
    /// Operator of the agency itself.
    Operator,
    /// Operator of the agency that succeeded a retired one.
    Successor,
    /// Admin of the region that keeps the licences of a retired agency without a successor.
    Custodian,
    /// Admin of the region above, or whom the council named: annuls in the agency's stead, confirms.
    Superior
}
