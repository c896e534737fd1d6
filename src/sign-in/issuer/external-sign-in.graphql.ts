import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../../kernel/guard.graphql.js'
import { parseInput } from '../../kernel/parse-input.js'
import type { RequestContext } from '../../kernel/request-context.js'
import { ArrivalFields, arrivalFields, arrivalInput } from '../arrival-input.graphql.js'
import { presentSignIn, type SignInFace } from '../present-sign-in.graphql.js'
import { SignInResult, type SignInAnswer } from '../sign-in.graphql.js'
import { signInWithExternalToken, type ExternalSignInDeps } from './sign-in-with-external-token.js'

@InputType({ description: 'A token of a trusted issuer in place of the password, and the session’s transport.' })
export class SignInWithExternalTokenInput extends ArrivalFields {
  @Field(() => String, { description: 'A signed JWT, such as an ID token. It works once.' })
  readonly token!: string
}

const externalInput = z.object({
  // Verified instead of validated: a malformed token gets the same answer as a wrong one.
  token: z.string().max(65_536),
  ...arrivalFields,
})

/** The same sentence for unknown issuers and for wrong, expired and used tokens. */
const WRONG = 'token.wrong'

@Resolver()
export class ExternalSignInResolver {
  constructor(
    private readonly deps: ExternalSignInDeps,
    private readonly face: SignInFace,
  ) {}

  @Mutation(() => SignInResult, {
    description: 'Signs in with a token of an issuer that the configuration trusts. MFA follows as after a password.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signInWithExternalToken(
    @Arg('input', () => SignInWithExternalTokenInput, { description: 'The token.' })
    input: SignInWithExternalTokenInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    const { token, ...asked } = parseInput(externalInput, input)
    const arrival = arrivalInput(this.face, asked, context)
    const outcome = await signInWithExternalToken(this.deps, { ...arrival, token })
    return presentSignIn(this.face, outcome, WRONG, context)
  }
}
