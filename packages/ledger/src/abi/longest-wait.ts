/** How long what one key began waits for another. */

/** `LONGEST_WAIT` of contracts/types/Proposal.sol: of a proposal, a nomination and an acceptance. */
export const STANDS_SECONDS: number = 30 * 86_400
