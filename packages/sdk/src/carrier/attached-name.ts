/** How a licence that is attached to a file is named in it. */

export const ATTACHED_NAME = 'hefu-bundle.json'
/** Bytes of what an attachment may hold: a bundle has 262,144 characters at most. */
export const MOST_ATTACHED_BYTES = 1_048_576
/** Attachments of one file. */
export const MOST_ATTACHMENTS = 256
