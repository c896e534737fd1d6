import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../kernel/guard.graphql.js'
import { parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, type AuditContext, type RequestContext } from '../kernel/request-context.js'
import { tokenText } from '../kernel/text.js'
import { reportNotMe, type ReportNotMeDeps } from './report-not-me.js'

@InputType({ description: 'The token of a “This wasn’t me” link.' })
export class ReportNotMeInput {
  @Field(() => String, { description: 'The part of the link after `#token=`.' })
  readonly token!: string
}

@ObjectType({ description: 'The result of a report.' })
export class ReportNotMePayload {
  @Field(() => Boolean, {
    description: 'Always true, also for a repeated report. The next step is to change the password.',
  })
  readonly reported!: boolean
}

const reportInput = z.object({ token: tokenText })

export type ReportNotMeResolverDeps = ReportNotMeDeps & {
  /** Counts an invalid link from the caller's address. Throws the refusal when there were too many. */
  readonly wrongLink: (context: AuditContext) => Promise<void>
}

@Resolver()
export class ReportNotMeResolver {
  constructor(private readonly deps: ReportNotMeResolverDeps) {}

  @Mutation(() => ReportNotMePayload, {
    description:
      'Revokes what a notice reported: ends the sign-in, forgets the device, removes the new factor. Signs nobody in.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async reportNotMe(
    @Arg('input', () => ReportNotMeInput, { description: 'The token of the link.' }) input: ReportNotMeInput,
    @Ctx() context: RequestContext,
  ): Promise<ReportNotMePayload> {
    const { token } = parseInput(reportInput, input)
    const outcome = await reportNotMe(this.deps, { token, context: auditContextOf(context) })
    if (outcome.kind === 'not-available') {
      await this.deps.wrongLink(auditContextOf(context))
      throw refuse('BAD_USER_INPUT', { says: 'link.not-available' })
    }
    // The report may have ended the session of this request.
    endGrant(context)
    return { reported: true }
  }
}
