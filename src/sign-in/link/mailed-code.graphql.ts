import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../../kernel/guard.graphql.js'
import { parseInput } from '../../kernel/parse-input.js'
import { refuse } from '../../kernel/refusal.js'
import { auditContextOf, type RequestContext } from '../../kernel/request-context.js'
import { tokenText } from '../../kernel/text.js'
import { exchangeMailedCode, type ExchangeMailedCodeDeps } from './exchange-mailed-code.js'

@InputType({ description: 'The code of a mail, entered where the mail was requested.' })
export class ExchangeMailedCodeInput {
  @Field(() => String, { description: 'The `requestId` of the answer to the request.' })
  readonly requestId!: string

  @Field(() => String, { description: 'The code in the mail.' })
  readonly code!: string

  @Field(() => String, { nullable: true, description: 'The `requestToken`, for clients without cookies.' })
  readonly requestToken?: string | null
}

@ObjectType({ description: 'The token that replaces the one in the link.' })
export class ExchangeMailedCodePayload {
  @Field(() => String, {
    description: 'For `signInWithMagicLink`, `resetPassword` or `verifyEmail`, like the token of the link.',
  })
  readonly token!: string
}

const exchangeInput = z.object({ requestId: tokenText, code: z.string().max(32), requestToken: tokenText.nullish() })

export interface MailedCodesDeps extends ExchangeMailedCodeDeps {
  /** Null: mails have no codes. */
  readonly mailedCodeSeconds: number | null
}

@Resolver()
export class MailedCodeResolver {
  constructor(private readonly deps: MailedCodesDeps) {}

  @Mutation(() => ExchangeMailedCodePayload, {
    description:
      'Exchanges the code of a mail for a token, in the browser or app that requested the mail. The link and the code ' +
      'of the mail stop working.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async exchangeMailedCode(
    @Arg('input', () => ExchangeMailedCodeInput, { description: 'The request and the code.' })
    input: ExchangeMailedCodeInput,
    @Ctx() context: RequestContext,
  ): Promise<ExchangeMailedCodePayload> {
    if (this.deps.mailedCodeSeconds === null) throw refuse('FORBIDDEN', { says: 'link.codes-off' })
    const { requestId, code, requestToken } = parseInput(exchangeInput, input)
    const { actor, jar } = context
    const outcome = await exchangeMailedCode(this.deps, {
      requestId,
      code,
      client: requestToken ?? jar.linkClient(),
      signedInTo: actor.kind === 'session' && actor.state === 'active' ? actor.accountId : null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'not-available') throw refuse('BAD_USER_INPUT', { says: 'link.code-not-available' })
    if (outcome.kind === 'wrong-code') {
      throw refuse('CODE_INVALID', { extensions: { attemptsLeft: outcome.attemptsLeft } })
    }
    return { token: outcome.token }
  }
}
