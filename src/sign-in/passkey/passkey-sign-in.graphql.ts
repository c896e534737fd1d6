import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars'
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { secondsBetween } from '../../kernel/clock.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { parseInput } from '../../kernel/parse-input.js'
import { refuse, refuseUntil } from '../../kernel/refusal.js'
import type { RequestContext } from '../../kernel/request-context.js'
import { ArrivalFields, arrivalFields, arrivalInput } from '../arrival-input.graphql.js'
import type { PresentedPasskey } from '../ports.js'
import { presentSignIn, type SignInFace } from '../present-sign-in.graphql.js'
import { SignInResult, type SignInAnswer } from '../sign-in.graphql.js'
import { signInWithPasskey, type PasskeySignInDeps } from './sign-in-with-passkey.js'

@ObjectType({ description: 'The browser’s options for requesting a passkey of any account.' })
export class BeginPasskeySignInPayload {
  @Field(() => GraphQLJSONObject, {
    description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`.',
  })
  readonly requestOptions!: object

  @Field(() => GraphQLDateTimeISO, { description: 'When it expires. It can be answered once.' })
  readonly expiresAt!: Date
}

@InputType({ description: 'A passkey in place of the password, and the session’s transport.' })
export class SignInWithPasskeyInput extends ArrivalFields {
  @Field(() => String, { description: '`JSON.stringify(credential)` of the result of `navigator.credentials.get`.' })
  readonly webauthn!: string
}

const passkeyInput = z.object({
  // Verified instead of validated: a malformed credential gets the same answer as a wrong one.
  webauthn: z.string().max(65_536),
  ...arrivalFields,
})

/** The same sentence for unknown, wrong, replayed and disabled passkeys (R055). */
const WRONG = 'passkey.wrong'

@Resolver()
export class PasskeyResolver<T extends PresentedPasskey> {
  constructor(
    private readonly deps: PasskeySignInDeps<T>,
    private readonly face: SignInFace,
  ) {}

  @Mutation(() => BeginPasskeySignInPayload, {
    description: 'Requests a passkey before the person is identified. Names no account and no passkey.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  beginPasskeySignIn(): BeginPasskeySignInPayload {
    if (!this.deps.passkeys) throw refuse('FORBIDDEN', { says: 'passkey.not-offered' })
    return this.deps.passkeys.begin()
  }

  @Mutation(() => SignInResult, {
    description: 'Signs in with a passkey that verified its user: a `PHISHING_RESISTANT` session at once.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signInWithPasskey(
    @Arg('input', () => SignInWithPasskeyInput, { description: 'The answer of the passkey.' })
    input: SignInWithPasskeyInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    const { webauthn, ...asked } = parseInput(passkeyInput, input)
    const arrival = arrivalInput(this.face, asked, context)
    const outcome = await signInWithPasskey(this.deps, { ...arrival, webauthn })
    if (outcome.kind === 'locked') {
      throw refuseUntil('TOO_MANY_ATTEMPTS', secondsBetween(this.deps.clock.now(), outcome.until))
    }
    return presentSignIn(this.face, outcome, WRONG, context)
  }
}
