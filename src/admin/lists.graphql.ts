import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard, type GuardArguments } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import { deviceIdText, lineText } from '../kernel/text.js'
import {
  addressSubject,
  asnSubject,
  countrySubject,
  deviceSubject,
  LIST_KINDS,
  LIST_VERDICTS,
  type ListKind,
  type ListSubject,
  type ListVerdict,
} from '../risk/index.js'
import { addListEntry, removeListEntry, type ChangeListsDeps } from './change-lists.js'
import { findListEntries, type FindListEntriesDeps } from './find-list-entries.js'
import {
  ListEntryConnection,
  ListEntryInputType,
  ListEntryPayload,
  ListKindEnum,
  ListVerdictEnum,
} from './list-entry.graphql.js'

const OPERATE: GuardArguments = { access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.lists' }

const SUBJECTS = ['address', 'asn', 'country', 'deviceId'] as const

const entryInput = z.object({
  address: z.string().trim().max(64).nullish(),
  asn: z.number().nullish(),
  country: z.string().trim().max(2).nullish(),
  deviceId: deviceIdText.nullish(),
  expiresAt: z.date().nullish(),
  note: lineText.nullish(),
})
const pageInput = z.object({
  first: z.number().int().min(1).max(100).nullish(),
  after: z.string().max(200).nullish(),
  kind: z.enum(LIST_KINDS).nullish(),
  verdict: z.enum(LIST_VERDICTS).nullish(),
  search: z.string().trim().max(64).nullish(),
})

const SENTENCES = {
  own: 'list.blocks-you',
  full: 'list.full',
} as const

/** The allow and block lists. */
@Resolver()
export class ListsResolver {
  constructor(private readonly deps: ChangeListsDeps & FindListEntriesDeps) {}

  @Query(() => ListEntryConnection, {
    description: 'Entries of the allow and block lists in force, newest first. With `search`, by value.',
  })
  @Guard(OPERATE)
  async listEntries(
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 100; 20 by default.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: only entries after this one.' })
    after: string | null,
    @Arg('kind', () => ListKindEnum, { nullable: true, description: 'Only entries of this kind.' })
    kind: ListKind | null,
    @Arg('verdict', () => ListVerdictEnum, { nullable: true, description: 'Only one of the lists.' })
    verdict: ListVerdict | null,
    @Arg('search', () => String, {
      nullable: true,
      description: 'The beginning of the value; for a whole address, every entry that contains it.',
    })
    search: string | null,
  ): Promise<ListEntryConnection> {
    const input = parseInput(pageInput, { first, after, kind, verdict, search })
    const page = await findListEntries(this.deps, {
      kind: input.kind ?? null,
      verdict: input.verdict ?? null,
      search: input.search || null,
      first: input.first ?? 20,
      after: input.after ?? null,
    })
    if (!page) throw badInput(['after'], 'cursor.connection')
    const edges = page.entries.map(({ cursor, entry }) => ({ cursor, node: entry }))
    const startCursor = edges[0]?.cursor ?? null
    const endCursor = edges.at(-1)?.cursor ?? null
    const hasPreviousPage = input.after != null
    return { edges, pageInfo: { hasNextPage: page.hasNextPage, hasPreviousPage, startCursor, endCursor } }
  }

  @Mutation(() => ListEntryPayload, {
    description:
      'Adds an address, network, autonomous system, country or device to the block list. Networks wider than ' +
      '/8 (IPv4) or /16 (IPv6) are rejected, and so is an entry that would block the calling operator.',
  })
  @Guard(OPERATE)
  blockAddress(
    @Arg('input', () => ListEntryInputType, { description: 'What, until when, and why.' }) input: ListEntryInputType,
    @Ctx() context: RequestContext,
  ): Promise<ListEntryPayload> {
    return this.add('BLOCK', input, context)
  }

  @Mutation(() => ListEntryPayload, {
    description:
      'Adds an address, network, autonomous system, country or device to the allow list, which drops the risk ' +
      'contributions of unusual and rented networks. Guards still apply.',
  })
  @Guard(OPERATE)
  allowAddress(
    @Arg('input', () => ListEntryInputType, { description: 'What, until when, and why.' }) input: ListEntryInputType,
    @Ctx() context: RequestContext,
  ): Promise<ListEntryPayload> {
    return this.add('ALLOW', input, context)
  }

  @Mutation(() => ListEntryPayload, { description: 'Removes an entry from the allow or block list.' })
  @Guard(OPERATE)
  async removeListEntry(
    @Arg('id', () => ID, { description: 'Which entry.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ListEntryPayload> {
    const isId = /^[A-Za-z0-9_-]{22}$/.test(id)
    const input = { actor: context.actor, id, context: auditContextOf(context) }
    const entry = isId ? await removeListEntry(this.deps, input) : null
    if (entry === null) throw badInput(['id'], 'list.unknown')
    return { entry }
  }

  private async add(
    verdict: ListVerdict,
    given: ListEntryInputType,
    context: RequestContext,
  ): Promise<ListEntryPayload> {
    const input = parseInput(entryInput, given)
    const outcome = await addListEntry(this.deps, {
      actor: context.actor,
      subject: subjectOf(input),
      verdict,
      note: input.note ?? null,
      expiresAt: input.expiresAt ?? null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'expired') throw badInput(['expiresAt'], 'list.expired')
    if (outcome.kind !== 'added') throw badInput([], SENTENCES[outcome.kind])
    return { entry: outcome.entry }
  }
}

function subjectOf({ address, asn, country, deviceId }: z.infer<typeof entryInput>): ListSubject {
  const given = [address, asn, country, deviceId].filter((value) => value != null)
  if (given.length !== 1) throw badInput([...SUBJECTS], 'list.one-subject')
  if (deviceId != null) return deviceSubject(deviceId)
  if (asn != null) return asnSubject(asn) ?? refuseField('asn')
  if (country != null) return countrySubject(country) ?? refuseField('country')
  const found = addressSubject(address ?? '')
  if (found.kind === 'subject') return found.subject
  if (found.kind === 'no-address') return refuseField('address')
  throw badInput(['address'], 'list.too-wide')
}

function refuseField(field: (typeof SUBJECTS)[number]): never {
  throw badInput([field])
}
