/** What a route says of itself to whoever reads the interface's description. */
import type { Bilingual } from '@hefu/protocol'
import type { ZodOpenApiMediaTypeObject, ZodOpenApiParameters } from 'zod-openapi'
import type { RouteParameters } from './parameters.ts'

/** A zod schema. */
export type DescribedSchema = NonNullable<ZodOpenApiMediaTypeObject['schema']>

/** Something that can be sent as it stands, and what it shows. */
export interface DescribedExample {
  readonly says: Bilingual
  readonly value: unknown
}

export interface DescribedContent {
  readonly says: Bilingual
  /** Of lines, that of each. */
  readonly schema: DescribedSchema
  /** Absent: JSON. */
  readonly mediaType?: string
  /** By a name without spaces; the tests send each, or look for it among the answers. */
  readonly examples?: Readonly<Record<string, DescribedExample>>
}

/** What is sent, and its bounds: beyond them it is refused by `too-large`. */
export interface DescribedBody extends DescribedContent {
  readonly mostBytes: number
  /** Of a body of lines: what a line has. */
  readonly mostLineBytes?: number
}

/** A zod object whose members are header fields. */
export type DescribedHeaders = NonNullable<ZodOpenApiParameters['header']>

export interface RouteDescription {
  /** For names in programs that are made from the description. */
  readonly operationId: string
  readonly says: Bilingual
  /** What stands in its address; absent: nothing but its path. */
  readonly parameters?: RouteParameters
  /** Header fields that are its own; each says of itself whether it has to be there. */
  readonly headers?: DescribedHeaders
  /** What has to be sent; absent: nothing. */
  readonly body?: DescribedBody
  /** What a 200, or its own status, holds. */
  readonly answer: DescribedContent & { readonly status?: number }
  /** What the answer's `ETag` stands for: who sends it in `If-None-Match` is answered 304 while it is so. Absent: it has none. */
  readonly tag?: Bilingual
  /** Where the answer's `Location` leads. Absent: it has none. */
  readonly location?: Bilingual
  /** Codes of the problems that are this route's own, beside those that follow from its access and its body. */
  readonly problems?: readonly string[]
}
