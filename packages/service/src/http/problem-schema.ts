/** The form of a problem document, as a JSON Schema. */
import type { ZodOpenApiSchemaObject } from 'zod-openapi'

const BILINGUAL: ZodOpenApiSchemaObject = {
  type: 'object',
  properties: { zh: { type: 'string' }, en: { type: 'string' } },
  required: ['zh', 'en'],
  additionalProperties: false,
}

const DEFECT: ZodOpenApiSchemaObject = {
  type: 'object',
  properties: {
    pointer: { type: 'string', description: 'JSON Pointer (RFC 6901)' },
    code: { type: 'string', enum: ['missing', 'wrong-type', 'wrong-value', 'unknown-member'] },
    expected: BILINGUAL,
  },
  required: ['pointer', 'code', 'expected'],
  additionalProperties: false,
}

/** RFC 9457, with the members that are ours. */
export const PROBLEM_SCHEMA: ZodOpenApiSchemaObject = {
  type: 'object',
  properties: {
    type: { type: 'string', format: 'uri', description: 'urn:hefu:problem: and the code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri' },
    code: { type: 'string', description: '供程序判断 · for programs' },
    says: BILINGUAL,
    requestId: { type: 'string', format: 'uuid' },
    errors: { type: 'array', items: DEFECT },
    moreErrors: { type: 'integer' },
  },
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'says', 'requestId'],
  // Of the service's state, as each route says.
  additionalProperties: true,
}
