/** What the ledger keeps, if its events told all of it. */
import { ethers, LEGAL_STATUSES } from './ledger-fixture.ts'
import type { AgencyModel, Model, NotesModel, RegionModel } from './replay-model.ts'
import { byWords, wordOf } from './replay-rules.ts'
import { keptTimeline } from './replay-terms.ts'
import type { Stored } from './storage-image.ts'

type Variables = Readonly<Record<string, Stored>>

export function storedLedger(model: Model): Variables {
  return {
    _authority: model.authority,
    _consumingSchedule: false,
    ...storedRegions(model),
    ...storedAgencies(model),
    ...storedNames(model),
    _offices: storedOffices(model),
    _proposals: byWords(model.proposals, (proposal) => ({ ...proposal })),
    _acceptedSuccessions: new Map(
      [...model.acceptedSuccessions].map(([succession, accepted]) => [digestOf(succession), { ...accepted }]),
    ),
    _keys: byWords(model.keys, ([algorithm, validFrom, validUntil, compromisedFrom, x, y]) =>
      told({ algorithm, validFrom, validUntil, compromisedFrom, x, y }),
    ),
    _rulebooks: keptTimeline(
      model.rulebooks.map(({ rulebook, from }) => ({ since: from, fact: BigInt(rulebook) })),
    ),
    _anchors: byWords(model.anchors, ([anchoredAt, blockNumber, size, firstIndex, backfilled]) =>
      told({ anchoredAt, blockNumber, size, firstIndex, backfilled }),
    ),
    _passedOver: byWords(model.passedOver, (ranges) => ranges.map(([first, end]) => ({ first, end }))),
    _words: byWords(model.words, (_, key) => {
      const [issuer = '', word = ''] = key.split('/')
      return packedWord(model, issuer, BigInt(word))
    }),
    _notes: byWords(model.notes, (notes: NotesModel) => ({ ...notes })),
    _successors: byWords(model.successors, (link) => ({ ...link })),
    _origins: byWords(model.origins, (link) => ({ ...link })),
  }
}

function storedRegions(model: Model): Variables {
  const each = (kept: (region: RegionModel, code: bigint) => Stored): Stored =>
    new Map([...model.regions].map(([code, region]) => [code, kept(region, code)]))
  return {
    _regions: each(({ admin, status, parent, pausedUntil }, code) => ({
      admin,
      status,
      parent,
      pausedUntil,
      members: model.membersOf(code),
    })),
    _regionTenures: each(tenureOf),
    _nominatedAdmins: each(({ nomination }) => ({ ...nomination })),
    _memberships: each(({ membership }) => keptTimeline(membership)),
    _pausedAt: each(({ pausedAt }) => pausedAt),
    _regionSuccessors: each(({ successor }) => successor),
    _formerAdmins: each(({ formerHolder }) => ({ ...formerHolder })),
    _formerParents: each(({ former }) => former.map((left) => ({ ...left }))),
  }
}

function storedAgencies({ agencies }: Model): Variables {
  return {
    _agencies: byWords(agencies, ({ operator, region, status, indexCount, hasPassedOver }) => ({
      operator,
      region,
      status,
      indexCount,
      hasPassedOver,
    })),
    _agencyTenures: byWords(agencies, tenureOf),
    _nominatedOperators: byWords(agencies, ({ nomination }) => ({ ...nomination })),
    _agencySuccessors: byWords(agencies, ({ successor }) => successor),
    _formerOperators: byWords(agencies, ({ formerHolder }) => ({ ...formerHolder })),
    _formerRegions: byWords(agencies, ({ former }) => former.map((left) => ({ ...left }))),
  }
}

function tenureOf({ appointedBy, heldSince, statusSince, former }: RegionModel | AgencyModel): Stored {
  return { appointedBy, heldSince, statusSince, moved: former.length > 0 }
}

function storedNames({ names, nameHolders }: Model): Variables {
  const all = [...names.values()].flat().map(({ lines }) => lines)
  return {
    _names: byWords(names, (known) =>
      keptTimeline(known.map(({ since, lines }) => ({ since, fact: digestOfName(lines) }))),
    ),
    _nameTexts: new Map(all.map((lines) => [digestOfName(lines), ethers.toUtf8Bytes(lines)])),
    _nameHolders: new Map([...nameHolders].map(([zh, holder]) => [BigInt(ethers.id(zh)), wordOf(holder)])),
  }
}

/** The first 27 bytes of the SHA-256 of its lines. */
function digestOfName(lines: string): bigint {
  return BigInt(ethers.dataSlice(ethers.sha256(ethers.toUtf8Bytes(lines)), 0, 27))
}

/** How many regions and agencies each account holds. */
function storedOffices({ regions, agencies }: Model): Stored {
  const admins = [...regions.values()].map(({ admin }) => admin)
  const operators = [...agencies.values()].map(({ operator }) => operator)
  return new Map(
    [...admins, ...operators]
      .filter((account) => account !== ethers.ZeroAddress)
      .map((account) => [
        BigInt(account),
        {
          operatorOf: BigInt(operators.filter((one) => one === account).length),
          adminOf: BigInt(admins.filter((one) => one === account).length),
        },
      ]),
  )
}

/** A word of statuses as the contract packs it. */
export function packedWord(model: Model, issuer: string, word: bigint): bigint {
  const { count, block, hasEnds } = model.word(issuer, 48n * word)
  let packed = (count << 232n) | (block << 192n) | (hasEnds ? 1n << 255n : 0n)
  for (let place = 0n; place < 48n; place++) {
    const status = model.statuses.get(`${issuer}/${48n * word + place}`) ?? 'Valid'
    packed |= BigInt(LEGAL_STATUSES.indexOf(status)) << (4n * place)
  }
  return packed
}

/** By the digest of who follows whom: `region/430103/430102`. */
function digestOf(succession: string): bigint {
  const [kind = '', from, to] = succession.split('/')
  const code = kind === 'region' ? 'uint32' : 'bytes18'
  const encoded = ethers.AbiCoder.defaultAbiCoder().encode(['string', code, code], [kind, from, to])
  return BigInt(ethers.keccak256(encoded))
}

/** @throws when something is not told */
function told(members: Readonly<Record<string, Stored | undefined>>): Stored {
  for (const [member, value] of Object.entries(members)) {
    if (value === undefined) throw new Error(`no event tells ${member}`)
  }
  return members as Readonly<Record<string, Stored>>
}
