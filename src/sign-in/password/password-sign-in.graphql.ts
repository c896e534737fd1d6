import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../../kernel/guard.graphql.js'
import { parseInput } from '../../kernel/parse-input.js'
import { refuseUntil } from '../../kernel/refusal.js'
import type { RequestContext } from '../../kernel/request-context.js'
import { ArrivalFields, arrivalFields, arrivalInput } from '../arrival-input.graphql.js'
import { presentSignIn, type SignInFace } from '../present-sign-in.graphql.js'
import { SignInResult, type SignInAnswer } from '../sign-in.graphql.js'
import { passwordText } from '../../kernel/text.js'
import { signInWithPassword, type PasswordSignInDeps } from './sign-in-with-password.js'

@InputType({ description: 'The first factor, and the session’s transport.' })
export class SignInInput extends ArrivalFields {
  @Field(() => String, { description: 'The e-mail address.' })
  readonly email!: string

  @Field(() => String, { description: 'The password.' })
  readonly password!: string
}

const signInInput = z.object({
  ...arrivalFields,
  email: z.string().min(1).max(254),
  // The longest password that any configuration allows.
  password: passwordText,
})

/** The same sentence for unknown and disabled accounts and for wrong passwords (R055). */
const WRONG = 'password.wrong'

@Resolver()
export class PasswordSignInResolver {
  constructor(
    private readonly deps: PasswordSignInDeps,
    private readonly face: SignInFace,
  ) {}

  @Mutation(() => SignInResult, { description: 'Signs in with e-mail address and password.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Address, password, and the session’s transport.' })
    input: SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    const { email, password, ...asked } = parseInput(signInInput, input)
    const arrival = arrivalInput(this.face, asked, context)
    const outcome = await signInWithPassword(this.deps, { ...arrival, email, password, isGone: context.isGone })
    if (outcome.kind === 'limited') throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds, outcome.limit)
    return presentSignIn(this.face, outcome, WRONG, context)
  }
}
