/** The description of a service's interface (OpenAPI 3.1), made from the schemas that stand beside its routes. */
import type { Bilingual } from '@hefu/protocol'
import {
  createDocument,
  type oas31,
  type ZodOpenApiMediaTypeObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { accessProblem } from './access/access-problem.ts'
import { HEADER_COMPONENTS, headersOfAnswer, headersOfProblems } from './described-headers.ts'
import { httpProblem } from './http-problem.ts'
import type { RouteParameter } from './parameters.ts'
import { PROBLEM_MEDIA_TYPE, type ProblemMeaning } from './problem.ts'
import { PROBLEM_SCHEMA } from './problem-schema.ts'
import type { DescribedBody, DescribedContent, RouteDescription } from './route-description.ts'
import type { RouteEntry } from './route-table.ts'

/** The whole description, as JSON. */
export type InterfaceDescription = ReturnType<typeof createDocument>

/** Problems by their codes. */
export type ProblemCatalogue = Readonly<Record<string, ProblemMeaning>>

export interface InterfaceTitle {
  readonly title: Bilingual
  readonly version: string
  readonly says: Bilingual
}

/** Problems that any request may be answered with, one with a body, and one that has to show a token. */
const OF_ANY = [
  'malformed-http',
  'not-acceptable',
  'request-timeout',
  'headers-too-large',
  'internal',
] as const
const OF_BODIES = [
  'incomplete-body',
  'not-text',
  'not-json',
  'repeated-member',
  'too-large',
  'too-many-members',
  'unsupported-media-type',
  'expectation-failed',
  'busy',
] as const

/** A second factor is demanded by few routes, which say so. */
const OF_GUARDED = Object.keys(accessProblem.meanings).filter((code) => code !== 'second-factor-missing')

/** All problems of a service: those of every service, those of who is let in, and `own`. */
export function createCatalogue(...own: readonly ProblemCatalogue[]): ProblemCatalogue {
  return Object.assign({}, httpProblem.meanings, accessProblem.meanings, ...own)
}

/** Describes the routes that describe themselves. Throws a `RangeError` for a problem that is not in the catalogue. */
export function describeInterface(
  { title, version, says }: InterfaceTitle,
  entries: readonly RouteEntry[],
  catalogue: ProblemCatalogue,
): InterfaceDescription {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: `${title.zh} ${title.en}`,
      version,
      description: inBoth(says),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: pathsOf(entries, catalogue),
    components: {
      headers: HEADER_COMPONENTS,
      schemas: { Problem: PROBLEM_SCHEMA },
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'at+jwt (RFC 9068)' },
      },
    },
  })
}

function pathsOf(entries: readonly RouteEntry[], catalogue: ProblemCatalogue): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const { method, path, access, description } of entries) {
    if (description === undefined) continue
    const isGuarded = access !== 'public'
    const codes = problemsOf(description, isGuarded)
    const problems = describeProblems(codes, catalogue, { isGuarded, body: description.body })
    const operation = describeOperation(description, problems, isGuarded)
    const security = access === 'public' ? [] : [{ accessToken: [access.scope] }]
    const address = addressOf(path)
    paths[address] = { ...paths[address], [method.toLowerCase()]: { ...operation, security } }
  }
  return paths
}

/** As a template of OpenAPI. */
function addressOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}')
}

function problemsOf(
  { parameters, body, problems = [] }: RouteDescription,
  isGuarded: boolean,
): readonly string[] {
  return [
    ...OF_ANY,
    ...(parameters === undefined ? [] : ['bad-parameters']),
    ...(body === undefined ? [] : OF_BODIES),
    ...(isGuarded ? OF_GUARDED : []),
    ...problems,
  ]
}

function describeOperation(
  { operationId, says, parameters, headers, body, answer, tag, location }: RouteDescription,
  problems: ZodOpenApiResponsesObject,
  isGuarded: boolean,
): ZodOpenApiOperationObject {
  const told = { ...headersOfAnswer(isGuarded), ...textHeader('ETag', tag) }
  return {
    operationId,
    summary: inBoth(says),
    ...(parameters === undefined ? {} : { parameters: Object.entries(parameters).map(describeParameter) }),
    ...(headers === undefined ? {} : { requestParams: { header: headers } }),
    ...(body === undefined ? {} : { requestBody: describeBody(body) }),
    responses: {
      [String(answer.status ?? 200)]: {
        description: inBoth(answer.says),
        content: contentOf(answer),
        ...withHeaders({ ...told, ...textHeader('Location', location) }),
      },
      ...(tag === undefined ? {} : { '304': { description: inBoth(UNCHANGED), ...withHeaders(told) } }),
      ...problems,
    },
  }
}

const UNCHANGED: Bilingual = {
  zh: '与 If-None-Match 所示相同',
  en: 'It is what If-None-Match says',
}

function describeParameter([name, parameter]: readonly [
  string,
  RouteParameter<unknown>,
]): DescribedParameter {
  const { in: place, expected, schema, example } = parameter
  return {
    name,
    in: place,
    required: place === 'path',
    description: inBoth(expected),
    schema,
    ...(example === undefined ? {} : { example }),
  }
}

type DescribedParameter = NonNullable<ZodOpenApiOperationObject['parameters']>[number]

function withHeaders(headers: oas31.HeadersObject): { readonly headers?: oas31.HeadersObject } {
  return Object.keys(headers).length === 0 ? {} : { headers }
}

function textHeader(name: 'ETag' | 'Location', says: Bilingual | undefined): oas31.HeadersObject {
  return says === undefined ? {} : { [name]: { description: inBoth(says), schema: { type: 'string' } } }
}

/** `x-most-bytes`, `x-most-line-bytes`: the bounds, for programs. */
function describeBody(body: DescribedBody): ZodOpenApiRequestBodyObject {
  const { says, mostBytes, mostLineBytes } = body
  const { zh, en } = boundsOf(body)
  return {
    required: true,
    description: inBoth({ zh: `${says.zh}；${zh}`, en: `${says.en}; ${en}` }),
    content: contentOf(body),
    'x-most-bytes': mostBytes,
    ...(mostLineBytes === undefined ? {} : { 'x-most-line-bytes': mostLineBytes }),
  }
}

function boundsOf({ mostBytes, mostLineBytes }: DescribedBody): Bilingual {
  const whole = formatted(mostBytes)
  if (mostLineBytes === undefined) return { zh: `至多 ${whole} 字节`, en: `at most ${whole} bytes` }
  const line = formatted(mostLineBytes)
  return {
    zh: `至多 ${whole} 字节，每行至多 ${line} 字节`,
    en: `at most ${whole} bytes, and ${line} a line`,
  }
}

function formatted(count: number): string {
  return count.toLocaleString('en-US')
}

function contentOf({
  schema,
  mediaType = 'application/json',
  examples,
}: DescribedContent): Readonly<Record<string, ZodOpenApiMediaTypeObject>> {
  const described = Object.entries(examples ?? {}).map(([name, { says, value }]) => [
    name,
    { summary: inBoth(says), value },
  ])
  return {
    [mediaType]: {
      schema,
      ...(described.length === 0 ? {} : { examples: Object.fromEntries(described) }),
    },
  }
}

/** One answer a status, with all the codes that it may have. */
function describeProblems(
  codes: readonly string[],
  catalogue: ProblemCatalogue,
  { isGuarded, body }: { readonly isGuarded: boolean; readonly body: DescribedBody | undefined },
): ZodOpenApiResponsesObject {
  const bound = body === undefined ? '' : ` (${inBoth(boundsOf(body))})`
  const line = (code: string, { says }: ProblemMeaning): string =>
    `- \`${code}\`: ${inBoth(says)}${code === 'too-large' ? bound : ''}`
  const known = codes.map((code) => [code, meaningOf(code, catalogue)] as const)
  const statuses = Map.groupBy(known, ([, { status }]) => status)
  return Object.fromEntries(
    [...statuses]
      .toSorted(([a], [b]) => a - b)
      .map(([status, problems]) => [
        String(status),
        {
          description: problems.map(([code, meaning]) => line(code, meaning)).join('\n'),
          ...withHeaders(headersOfProblems(problems, isGuarded)),
          content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  )
}

function meaningOf(code: string, catalogue: ProblemCatalogue): ProblemMeaning {
  const meaning = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined
  if (meaning === undefined) throw new RangeError(`describe the problem ${code}: it is not in the catalogue`)
  return meaning
}

function inBoth({ zh, en }: Bilingual): string {
  return `${zh} · ${en}`
}
