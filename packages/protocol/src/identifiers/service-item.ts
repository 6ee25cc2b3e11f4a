/** Service items 事项: what a person wants done, by the code of the ledger's catalogue. */

/** Characters of a code at most: the ledger keeps it in 32 bytes. */
export const MAX_SERVICE_ITEM_CHARACTERS = 32

/** A code that the ledger can hold, 1 to 32 visible ASCII characters: for requests, services, commands and contracts alike. */
export const SERVICE_ITEM: RegExp = /^[!-~]{1,32}$/
