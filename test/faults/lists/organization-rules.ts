import { faultsIn } from './faults-in.js'

const FOLD = 'test/organizations/fold-policies.test.ts'
const RULES = 'test/policy/organization-rules.test.ts'
const ADD_UP = 'test/attacks/r133-policies-add-up.test.ts'
const JOINING = 'test/attacks/r136-joining.test.ts'
const POLICY = 'test/organizations/mfa-policy.test.ts'
const INVITED = 'test/organizations/invitations.test.ts'
const LAX = 'test/attacks/r138-lax-trust.test.ts'

const folded = faultsIn('src/organizations/fold-policies.ts', FOLD)
const common = faultsIn('src/organizations/common-factors.ts', 'test/organizations/common-factors.test.ts')
const entered = faultsIn('src/organizations/enter-organization.ts', 'test/organizations/entering.test.ts')
const settled = faultsIn('src/policy/settings-for.ts', 'test/policy/settings-for.test.ts')
const invited = faultsIn('src/organizations/accept-invitation.ts', 'test/organizations/accepting.test.ts', INVITED)

export const ORGANIZATION_RULE_FAULTS = [
  folded("a break-glass member's exemption applies to all members", [
    '  if (!member.membership.breakGlass) return rule\n',
    '',
  ]),
  folded('the policy applies to a break-glass member too', [
    '  const bound = members.filter(({ membership }) => !membership.breakGlass)\n  const rules',
    '  const bound = members\n  const rules',
  ]),
  folded('a recovery code counts where an organization names kinds', [
    'policy.methods === null && policy.roles.length === 0',
    'policy.roles.length === 0',
  ]),
  folded('a recovery code counts where an organization requires more of a role', [
    'policy.methods === null && policy.roles.length === 0',
    'policy.methods === null',
  ]),
  folded('a policy applies during its grace period', ['  if (graceOf(policy, now) !== null) return soft\n', '']),
  folded('a policy forbids kinds during its grace period', [
    'members.filter(({ policy }) => graceOf(policy, by.now) === null)',
    'members.filter(({ policy }) => graceOf(policy, by.now) !== undefined)',
  ]),
  folded('a device remembered with a weaker factor replaces a phishing-resistant one', [
    'rememberedDevices: soft.rememberedDevices && isSparable,',
    'rememberedDevices: soft.rememberedDevices,',
  ]),
  folded('a mailbox is enough to enrol a new factor', ['[member]).filter(isWorthMfa)),', '[member])),']),
  folded("the last factor that an organization's policy requires is removed", [
    'keepOneOf: distinct(wanting.map(',
    'keepOneOf: distinct(wanting.slice(1).map(',
  ]),
  folded('an account without a factor meets a policy that requires one', [
    'required: installation.required || session !== null,',
    'required: installation.required,',
  ]),
  folded("an organization's requirement is ignored where the installation requires less", [
    'stricter(installation.session, sessionRuleOf(member))',
    'installation.session ?? sessionRuleOf(member)',
  ]),
  folded('the requirement for administrators applies to every member', [
    'policy.roles.filter(({ role }) => role === membership.role)',
    'policy.roles.filter(({ role }) => role !== undefined)',
  ]),
  folded("a member's opt-in is ignored", [' || membership.mfaOptIn\n', '\n']),
  common('an account can join an organization that it cannot satisfy besides another one', [
    'return ![entering, ...bound.filter(isMetBy(before))].every(isMetBy(after))',
    'return ![entering].every(isMetBy(after))',
  ]),
  common('an administrator can join what no factor of theirs can open', [
    "policy.methods !== null || member.membership.role === 'ADMIN'",
    'policy.methods !== null',
  ]),
  common('two organizations that contradict each other keep a person out of a third', [
    '...bound.filter(isMetBy(before))',
    '...bound',
  ]),
  entered('an invitation changes the role of a member', [
    "    if (memberships[organizationId]) return { kind: 'member-already' } as const\n",
    '',
  ]),
  entered('joining switches a session away from its organization', [
    'if (sessionOrganizationId === null) await deps',
    'if (sessionOrganizationId !== undefined) await deps',
  ]),
  entered('an account can join any number of organizations', [
    'if (places.length >= deps.organizationLimits.perPerson)',
    'if (places.length > deps.organizationLimits.perPerson)',
  ]),
  settled("an organization's rule blocks a person's own account", [
    "return rule === 'ORGANIZATION' ? ofSession : account",
    'return ofSession',
  ]),
  settled("an organization's rule is ignored in its own sessions", [
    "return rule === 'ORGANIZATION' ? ofSession : account",
    'return account',
  ]),
  settled('a kind that the organization forbids does not finish the sign-in to it', [
    "  if (state === 'pending') return { ...ofSession, methods: account.methods, recoveryCodes: account.recoveryCodes }\n",
    '',
  ]),
  settled('a forbidden kind is enough to enrol a new factor', [
    'vouching: everywhere.vouching,',
    'vouching: [],\n    ...{},',
  ]),
  settled('a kind that an organization forbids is offered for enrolment', [
    'enrollable: everywhere.enrollable,',
    'enrollable: account.methods,',
  ]),
  faultsIn(
    'src/challenges/may-be-asked.ts',
    'test/attacks/r040-organization-forbids-sms.test.ts',
    ADD_UP,
  )('a kind that an organization forbids is enrolled', [
    'mfaRules.everywhere.enrollable.includes(type)',
    'allowsMethod(mfaRules.account, type)',
  ]),
  faultsIn('src/policy/decide-operation.ts', POLICY)('a break-glass exemption is ignored', [
    "rule === 'ORGANIZATION' ? settingsBy",
    "rule !== 'ORGANIZATION' ? settingsBy",
  ]),
  faultsIn(
    'src/policy/enforce-reach.ts',
    'test/organizations/mfa-policy.test.ts',
    RULES,
  )("a break-glass member's exemption is not recorded", [
    "  if (strict.kind === 'refuse') await deps.setAsides",
    "  if (strict.kind !== 'refuse') await deps.setAsides",
  ]),
  faultsIn(
    'src/sessions/person.ts',
    ADD_UP,
    'test/sessions/person.test.ts',
  )('a session stays for an organization that was left', [
    'organizationId !== null && memberships[organizationId] ? organizationId : null',
    'organizationId',
  ]),
  faultsIn('src/sign-in/plan-arrival.ts', 'test/organizations/sign-in.test.ts')(
    'an account without a factor signs in where the organization requires one',
    ['rule.required || person.reEnrollSince !== null || wantsProof', 'person.reEnrollSince !== null || wantsProof'],
  ),
  faultsIn(
    'src/sign-in/plan-arrival.ts',
    LAX,
    'test/organizations/sign-in.test.ts',
  )('a device that was remembered with a forbidden kind spares the prompt', [
    'return !sparesPrompt(rule, mfaRules.account, device?.rememberedWith ?? null)',
    'return false',
  ]),
  invited("an invitation outlives its sender's membership", [
    "  if (!(await isStillGranted(deps, taken))) return { kind: 'withdrawn' }\n",
    '',
  ]),
  invited("an invitation outlives its sender's revoked grants", [
    ' || inviter.grantRevision !== grantRevision) return false',
    ') return false',
  ]),
  invited('a member without the role can invite', [
    "place?.role === 'ADMIN' && (place",
    'place !== undefined && (place',
  ]),
  invited('an invitation is valid again when its sender has the role again', [
    ' && (place.roleRevision ?? null) === roleRevision\n',
    ' && (place.roleRevision ?? roleRevision) !== undefined\n',
  ]),
  invited('a refusal spends the invitation', ['      await deps.invitations.putBack(taken.id)\n', '']),
  faultsIn('src/admin/end-membership.ts', 'test/admin/end-membership.test.ts')(
    'an operator can end their own membership',
    ["  if (actor.accountId === accountId) return { kind: 'own-account' }\n", ''],
  ),
  faultsIn('src/admin/end-membership.ts', JOINING)(
    'an operator can leave an organization without an administrator by mistake',
    ["abandonsOrganization ? 'goes' : 'stays'", "abandonsOrganization ? 'stays' : 'goes'"],
  ),
  faultsIn('src/organizations/set-mfa-policy.ts', POLICY)('a policy can shut out its author', [
    'if (!isMet && (await',
    'if (isMet && (await',
  ]),
  faultsIn('src/organizations/set-mfa-policy.ts', POLICY)('a policy overwrites one that was set meanwhile', [
    "    if (revision !== null && organization.revision !== revision) return { kind: 'outdated' } as const\n",
    '',
  ]),
  faultsIn('src/organizations/set-mfa-opt-in.ts', POLICY)('a member can opt out of what is required of every member', [
    "return isAsked ? ({ kind: 'not-yours-to-choose' } as const) : { ...before, mfaOptIn: optIn }",
    'return { ...before, mfaOptIn: isAsked ? optIn : optIn }',
  ]),
  faultsIn('src/organizations/set-break-glass.ts', 'test/organizations/break-glass.test.ts')(
    'a break-glass member shuts themself out',
    ['if (!isOn && member === actor.accountId && !(await', 'if (!isOn && member !== actor.accountId && !(await'],
  ),
]
