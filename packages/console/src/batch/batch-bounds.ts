/** How much a batch may be: what the service takes, and what a page holds without growing. */
export { MAX_CARRIER_BYTES as MOST_FILE_BYTES } from '@hefu/sdk/carriers'

export const MOST_ITEMS = 100_000
/** Of all files that are given together. */
export const MOST_GIVEN_BYTES = 1_073_741_824
/** Of what is sent at once: the service keeps a client's batches for a day, and few of them. */
export const MOST_PART_ITEMS = 50_000
export const MOST_PART_BYTES = 268_435_456
/** Of one line, as the service bounds it. */
export const MOST_LINE_BYTES = 524_288
/** Folders within folders that are looked into. */
export const MOST_DEPTH = 16
