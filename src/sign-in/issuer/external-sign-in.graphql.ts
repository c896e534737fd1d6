import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql'
import { z } from 'zod'
import { type DeviceProofs, hashFingerprint } from '../../devices/index.js'
import { SessionTransportEnum } from '../../kernel/enums.graphql.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { badInput, parseInput } from '../../kernel/parse-input.js'
import { auditContextOf, type RequestContext } from '../../kernel/request-context.js'
import { destinationOf } from '../destination.js'
import { presentSignIn, type PresentDeps } from '../present-sign-in.graphql.js'
import { SESSION_TRANSPORTS, type SessionTransport } from '../../sessions/index.js'
import {
  destinationInput,
  FingerprintAttributeInput,
  fingerprintInput,
  SignInResult,
  type SignInAnswer,
} from '../sign-in.graphql.js'
import { signInWithExternalToken, type ExternalSignInDeps } from './sign-in-with-external-token.js'

@InputType({ description: 'A token of a trusted issuer, and the transport of the session.' })
export class SignInWithExternalTokenInput {
  @Field(() => String, { description: 'A signed JWT, such as an ID token. It works once.' })
  readonly token!: string

  @Field(() => SessionTransportEnum, { defaultValue: 'COOKIE', description: 'Cookie for browsers, bearer for apps.' })
  readonly transport!: SessionTransport

  @Field(() => [FingerprintAttributeInput], { nullable: true, description: 'What the client reports about itself.' })
  readonly fingerprint?: readonly FingerprintAttributeInput[] | null

  @Field(() => ID, { nullable: true, description: 'The organization that the session is for.' })
  readonly organizationId?: string | null

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'List the account’s organizations and let it choose. See `OrganizationRequired`.',
  })
  readonly discover!: boolean
}

const externalInput = z.object({
  // Judged, not validated: what is malformed gets the answer of what is wrong.
  token: z.string().max(65_536),
  transport: z.enum(SESSION_TRANSPORTS),
  fingerprint: fingerprintInput,
  ...destinationInput,
})

/** One sentence for unknown issuers, wrong, expired and used tokens alike. */
const WRONG = 'The token was not accepted.'

export type ExternalSignInResolverDeps = ExternalSignInDeps &
  PresentDeps & {
    readonly deviceProofs: DeviceProofs
  }

@Resolver()
export class ExternalSignInResolver {
  constructor(private readonly deps: ExternalSignInResolverDeps) {}

  @Mutation(() => SignInResult, {
    description: 'Signs in with a token of a trusted issuer. A second factor is required as after a password.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signInWithExternalToken(
    @Arg('input', () => SignInWithExternalTokenInput, { description: 'The token.' })
    input: SignInWithExternalTokenInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    const { token, transport, fingerprint, ...asked } = parseInput(externalInput, input)
    const hashes = hashFingerprint(this.deps.secrets, fingerprint ?? [])
    if (!hashes) throw badInput(['fingerprint'])
    const outcome = await signInWithExternalToken(this.deps, {
      token,
      transport,
      fingerprint: hashes,
      destination: destinationOf(asked),
      deviceTokenFor: (accountId) => context.jar.deviceToken(accountId),
      deviceKey: this.deps.deviceProofs.read(context.jar.deviceProof()),
      former: context.actor.kind === 'session' ? context.actor : null,
      context: auditContextOf(context),
    })
    return presentSignIn(this.deps, outcome, WRONG, context)
  }
}
