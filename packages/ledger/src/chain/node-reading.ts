/**
 * What a view asks a node: one block, one call of a contract, the events of one block. viem's own actions bring
 * multicalls, overrides, whole transactions and ranges along, which a browser would have to load.
 */
import {
  type Abi,
  BlockNotFoundError,
  type Client,
  type ContractEventArgsFromTopics,
  type ContractEventName,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type DecodeEventLogParameters,
  decodeEventLog,
  decodeFunctionResult,
  type EncodeEventTopicsParameters,
  type EncodeFunctionDataParameters,
  encodeEventTopics,
  encodeFunctionData,
  type Hex,
  numberToHex,
  type RpcBlock,
  type RpcLog,
} from 'viem'

type Mutability = 'pure' | 'view'

/** A block that is on the chain. */
export interface NodeBlock {
  readonly number: bigint
  readonly hash: Hex
  /** Unix seconds. */
  readonly timestamp: bigint
}

/**
 * The block of this hash, or the newest.
 *
 * @throws {BlockNotFoundError} of viem
 * @throws {BaseError} of viem, where no answer came
 * @throws {TypeError} or {@link SyntaxError} for a block without its number or time
 */
export async function readBlock(client: Client, blockHash?: Hex): Promise<NodeBlock> {
  const found: RpcBlock | null = await (blockHash === undefined
    ? client.request({ method: 'eth_getBlockByNumber', params: ['latest', false] })
    : client.request({ method: 'eth_getBlockByHash', params: [blockHash, false] }))
  if (found === null) throw new BlockNotFoundError(blockHash === undefined ? {} : { blockHash })
  // Neither the newest block nor one that has a hash is pending.
  const { number, hash, timestamp } = found as { number: Hex; hash: Hex; timestamp: Hex }
  return { number: BigInt(number), hash, timestamp: BigInt(timestamp) }
}

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

interface EventReading<abi extends Abi, name extends ContractEventName<abi>> {
  readonly address: Hex
  readonly abi: abi
  readonly eventName: name
  /** Of the indexed ones. */
  readonly args: Readonly<Record<string, unknown>>
  readonly block: number
}

export interface NodeEvent<abi extends Abi, name extends ContractEventName<abi>> {
  readonly eventName: name
  readonly args: ContractEventArgsFromTopics<abi, name>
  readonly logIndex: number
}

/**
 * The events of this name and with these arguments in one block; what a node adds that is none of them is left out.
 *
 * @throws {BaseError} of viem, where no answer came, or an event that is not whole
 */
export async function readEvents<const abi extends Abi, name extends ContractEventName<abi>>(
  client: Client,
  { address, abi, eventName, args, block }: EventReading<abi, name>,
): Promise<readonly NodeEvent<abi, name>[]> {
  const asked = encodeEventTopics({ abi, eventName, args } as unknown as EncodeEventTopicsParameters)
  const range = { fromBlock: numberToHex(block), toBlock: numberToHex(block) }
  const logs = await client.request({ method: 'eth_getLogs', params: [{ address, topics: asked, ...range }] })
  const isAsked = ({ topics }: RpcLog): boolean =>
    asked.every((topic, i) => topic === null || topic === topics[i])
  return logs.filter(isAsked).map(({ data, topics, logIndex }) => {
    const decoded = decodeEventLog({ abi, eventName, data, topics } as unknown as DecodeEventLogParameters)
    return { eventName, args: decoded.args, logIndex: Number(logIndex) } as unknown as NodeEvent<abi, name>
  })
}
