/** @hefu/sdk/carriers: files that a licence travels in, opened and written. Loaded by those alone who ask for it. */
export { attachLicence, checkRendition, type WrittenCarrier } from './carrier/attach-licence.ts'
export { CARRIER_ERROR_CODES, CarrierError, type CarrierErrorCode } from './carrier/carrier-error.ts'
export { FileFault, type FileFaultCode } from './carrier/file-fault.ts'
export type { CarrierKind } from './carrier/file-kind.ts'
export type { GivenBytes } from './carrier/given-bytes.ts'
export { type LeftAlone, type LeftAloneKind, nothingLeftAlone } from './carrier/left-alone.ts'
export { leftAloneOnItsWay, type OpenedOfAll, openAll } from './carrier/open-all.ts'
export { MAX_CARRIER_BYTES, type OpenedCarrier, openCarrier } from './carrier/open-carrier.ts'
