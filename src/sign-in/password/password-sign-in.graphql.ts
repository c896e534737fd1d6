import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { hashFingerprint, type DeviceProofs } from '../../devices/index.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { badInput, parseInput } from '../../kernel/parse-input.js'
import { refuseUntil } from '../../kernel/refusal.js'
import { auditContextOf, type RequestContext } from '../../kernel/request-context.js'
import { destinationOf } from '../destination.js'
import { presentSignIn, type PresentDeps } from '../present-sign-in.graphql.js'
import { SignInInput, signInInput, SignInResult, type SignInAnswer } from '../sign-in.graphql.js'
import { signIn, type SignInDeps } from './sign-in.js'

/** One sentence for unknown, wrong and disabled alike (R055). */
const WRONG = 'The e-mail address or the password is wrong.'

@Resolver()
export class PasswordSignInResolver {
  constructor(private readonly deps: SignInDeps & PresentDeps & { readonly deviceProofs: DeviceProofs }) {}

  @Mutation(() => SignInResult, { description: 'Signs in with e-mail address and password.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Address, password and transport of the session.' })
    input: SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    const { email, password, transport, fingerprint, ...asked } = parseInput(signInInput, input)
    const hashes = hashFingerprint(this.deps.secrets, fingerprint ?? [])
    if (!hashes) throw badInput(['fingerprint'])
    const outcome = await signIn(this.deps, {
      email,
      password,
      transport,
      fingerprint: hashes,
      destination: destinationOf(asked),
      deviceTokenFor: (accountId) => context.jar.deviceToken(accountId),
      deviceKey: this.deps.deviceProofs.read(context.jar.deviceProof()),
      former: context.actor.kind === 'session' ? context.actor : null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'limited') throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds)
    return presentSignIn(this.deps, outcome, WRONG, context)
  }
}
