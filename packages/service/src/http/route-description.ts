/** What a route says of itself to whoever reads the interface's description. */
import type { Bilingual } from '@hefu/protocol'
import type { ZodOpenApiMediaTypeObject, ZodOpenApiParameters } from 'zod-openapi'

/** A zod schema. */
export type DescribedSchema = NonNullable<ZodOpenApiMediaTypeObject['schema']>

/** Something that can be sent as it stands, and what it shows. */
export interface DescribedExample {
  readonly says: Bilingual
  readonly value: unknown
}

export interface DescribedContent {
  readonly says: Bilingual
  readonly schema: DescribedSchema
  /** By a name without spaces; the tests send each, or look for it among the answers. */
  readonly examples?: Readonly<Record<string, DescribedExample>>
}

/** zod objects whose members are the parameters. */
export type DescribedParameters = Pick<ZodOpenApiParameters, 'path' | 'header' | 'query'>

export interface RouteDescription {
  /** For names in programs that are made from the description. */
  readonly operationId: string
  readonly says: Bilingual
  /** Parts of the path, and header fields, by their names; each says of itself whether it has to be there. */
  readonly parameters?: DescribedParameters
  /** What has to be sent; absent: nothing. */
  readonly body?: DescribedContent
  /** What a 200 holds, in JSON. */
  readonly answer: DescribedContent
  /** Codes of the problems that are this route's own, beside those that follow from its access and its body. */
  readonly problems?: readonly string[]
}
