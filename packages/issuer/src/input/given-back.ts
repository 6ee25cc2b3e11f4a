/** What stands in a refused row that is given back where its own content cannot: refused again until a person mends it. */

/** In the place of a cell that could not be taken as it stands: a copy of it would look right. */
export const TO_FILL_IN = '〔请按原件填写 fill in〕'

/** Before the reasons of a row that was refused as a whole: a copy of it has lost why. */
export const TO_DECIDE = '〔须确认：核对后清除本格 compare, then clear this cell〕'
