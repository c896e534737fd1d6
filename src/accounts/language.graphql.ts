import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, Resolver, Root } from 'type-graphql'
import { z } from 'zod'
import type { Role } from '../kernel/access.js'
import { Guard } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { AccountType, presentAccount, type AccountNode } from './account.graphql.js'
import type { Account, AccountInBrief } from './account.js'
import { setLanguage, type SetLanguageDeps } from './set-language.js'

interface Viewer {
  readonly account: Pick<Account, 'id'>
  readonly roles: readonly Role[]
}

@InputType({ description: 'The language of mails and messages.' })
export class SetLanguageInput {
  @Field(() => String, {
    nullable: true,
    description: 'A two- or three-letter code, such as `de`. Null: no choice, so `Accept-Language` counts again.',
  })
  readonly language?: string | null
}

const languageInput = z.object({ language: z.string().max(35).nullish() })

@Resolver(() => AccountType)
export class LanguageResolver {
  constructor(private readonly deps: SetLanguageDeps) {}

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The language chosen for mails and messages, such as `de`. Null: none is chosen.',
  })
  language(@Root() { record }: AccountNode<AccountInBrief>): string | null {
    return record.languageIsChosen ? record.language : null
  }

  @Mutation(() => AccountType, {
    description:
      'Chooses the language of your mails and of the messages of the API. It comes before `Accept-Language`.',
  })
  @Guard({ rule: 'ACCOUNT' })
  async setLanguage(
    @Arg('input', () => SetLanguageInput, { description: 'The language.' }) input: SetLanguageInput,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<AccountType> {
    const { language = null } = parseInput(languageInput, input)
    const { account, roles } = viewerOf(context)
    const outcome = await setLanguage(this.deps, { account, language, context: auditContextOf(context) })
    if (outcome.kind === 'gone') throw refuse('UNAUTHENTICATED')
    if (outcome.kind === 'unknown') {
      const languages = this.deps.messages.languages.join(', ')
      throw badInput(['language'], { id: 'account.language-unknown', values: { languages } })
    }
    return presentAccount(outcome.account, roles)
  }
}
