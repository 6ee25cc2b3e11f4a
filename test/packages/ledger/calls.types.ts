/** Calls and refusals are typed by the contracts' ABI: this file only has to compile. */
import type { RefusalCode } from '@hefu/ledger'
import type { LedgerCall, RulebookCall } from '#internal/ledger/write/contract-call'

const assertCalls = (..._calls: readonly (LedgerCall | RulebookCall)[]): void => {}

assertCalls({ functionName: 'suspendRegion', args: [430000] })
assertCalls({ functionName: 'endBaseline', args: ['0x31', 1000] })

// @ts-expect-error no contract has such a function
assertCalls({ functionName: 'suspendRegions', args: [430000] })
// @ts-expect-error a region is a number
assertCalls({ functionName: 'suspendRegion', args: ['430000'] })
// @ts-expect-error one argument too few
assertCalls({ functionName: 'moveRegion', args: [430102] })
// @ts-expect-error what only reads is no write
assertCalls({ functionName: 'region', args: [430000] })

const assertRefusals = (..._codes: readonly RefusalCode[]): void => {}

assertRefusals('AnchorAlreadyExists', 'TermOverlaps', 'Reverted')
// @ts-expect-error no contract refuses with it
assertRefusals('AnchorExistsAlready')
