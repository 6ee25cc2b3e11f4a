/**
 * One call of a contract at one block. viem's own action of this name brings multicalls, overrides and lookups off the
 * chain along, which a browser would have to load: a quarter of what the verifier of a page is.
 */
import {
  type Abi,
  type Client,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type Hex,
} from 'viem'

type Mutability = 'pure' | 'view'

interface ContractReading<
  abi extends Abi,
  name extends ContractFunctionName<abi, Mutability>,
  args extends ContractFunctionArgs<abi, Mutability, name>,
> {
  readonly address: Hex
  readonly abi: abi
  readonly functionName: name
  readonly args: args
  readonly blockHash: Hex
}

/**
 * What the contract answers at the block of this hash, as long as that is on the node's chain.
 *
 * @throws {AbiDecodingZeroDataError} of viem, where no contract stands at the address
 * @throws {BaseError} of viem, where no answer came, or none of the function's form
 */
export async function readContract<
  const abi extends Abi,
  name extends ContractFunctionName<abi, Mutability>,
  const args extends ContractFunctionArgs<abi, Mutability, name>,
>(
  client: Client,
  { address, abi, functionName, args, blockHash }: ContractReading<abi, name, args>,
): Promise<ContractFunctionReturnType<abi, Mutability, name, args>> {
  const called = { abi, functionName, args } as unknown as EncodeFunctionDataParameters
  const data = await client.request({
    method: 'eth_call',
    params: [
      { to: address, data: encodeFunctionData(called) },
      { blockHash, requireCanonical: true },
    ],
  })
  return decodeFunctionResult({ ...called, data }) as ContractFunctionReturnType<abi, Mutability, name, args>
}
