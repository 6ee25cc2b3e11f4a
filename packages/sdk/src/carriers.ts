/** @hefu/sdk/carriers: files that a licence travels in, opened and written. Loaded by those alone who ask for it. */
export { attachLicence, checkRendition, type WrittenCarrier } from './carrier/attach-licence.ts'
export { CARRIER_ERROR_CODES, CarrierError, type CarrierErrorCode } from './carrier/carrier-error.ts'
export type { CarrierKind } from './carrier/file-kind.ts'
export type { GivenBytes } from './carrier/given-bytes.ts'
export { MAX_CARRIER_BYTES, type OpenedCarrier, openCarrier } from './carrier/open-carrier.ts'
