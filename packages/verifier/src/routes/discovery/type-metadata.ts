/** `GET /v1/type-metadata/:licenceType`: a licence type as SD-JWT VC libraries read one (draft-ietf-oauth-sd-jwt-vc, Type Metadata). */
import type { Bilingual, LicenceType } from '@hefu/protocol'
import {
  answerJson,
  assertJsonAcceptable,
  type Handler,
  parseParameters,
  type RouteDescription,
  route,
} from '@hefu/service'
import { z } from 'zod'
import { LICENCE_TYPE_PART } from '../ledger/ledger-parameters.ts'
import { discoveryProblem } from './discovery-problem.ts'

const PARAMETERS = { licenceType: LICENCE_TYPE_PART }

const named = z.strictObject({ locale: z.string(), name: z.string() })
const labelled = z.strictObject({ locale: z.string(), label: z.string() })

/** For the description of the interface. */
export const DESCRIBED_TYPE_METADATA: RouteDescription = {
  operationId: 'getTypeMetadata',
  says: {
    zh: '证照类型的元数据（SD-JWT VC Type Metadata），供其他软件使用',
    en: 'A licence type as SD-JWT VC type metadata, for other software',
  },
  parameters: PARAMETERS,
  answer: {
    says: {
      zh: '类型元数据；照面各字段均可选择披露',
      en: 'The type; every field of its face is selectively disclosed',
    },
    schema: z
      .strictObject({
        vct: z.string(),
        name: z.string(),
        display: z.array(named),
        claims: z.array(
          z.strictObject({ path: z.array(z.string()), display: z.array(labelled), sd: z.literal('always') }),
        ),
      })
      .meta({ id: 'TypeMetadata' }),
  },
  problems: ['type-not-described'],
}

/** Of the types that this service judges by. */
export function typeMetadataRoute(licenceTypes: readonly LicenceType[]): Handler {
  const described = new Map(licenceTypes.map((type) => [type.code, createTypeMetadata(type)]))
  return route()
    .assert(assertJsonAcceptable)
    .find(parseParameters(PARAMETERS))
    .answer((ctx, { parameters }) => {
      const metadata = described.get(parameters.licenceType)
      if (metadata === undefined) throw discoveryProblem('type-not-described')
      answerJson(ctx, metadata)
    })
}

function createTypeMetadata({ code, name, fields }: LicenceType): object {
  return {
    vct: `urn:hefu:licence-type:${code}`,
    name: name.zh,
    display: inBoth(name, 'name'),
    claims: fields.map((field) => ({
      path: [field.name],
      display: inBoth(field.label, 'label'),
      sd: 'always',
    })),
  }
}

function inBoth({ zh, en }: Bilingual, member: 'name' | 'label'): readonly object[] {
  return [
    { locale: 'zh-CN', [member]: zh },
    { locale: 'en', [member]: en },
  ]
}
