export {
  grantedAtOf,
  rolesIn,
  rolesOf,
  type Account,
  type AccountInBrief,
  type AccountStatus,
  type LinkedIdentity,
  type PersonalData,
  type ProfileField,
  type RoleGrant,
  type RoleGrants,
  type RoleSource,
  type VisibleProfile,
} from './account.js'
export { badPassword } from './bad-password.js'
export type { ChangeEmailDeps } from './change-email.js'
export type { ChangePasswordDeps } from './change-password.js'
export type { Confirmation, MailSettings, SignUpConfirmation } from './confirmation.js'
export { parseEmailAddress, type EmailAddress } from '../kernel/email-address.js'
export { createPasswordHasher, type PasswordCost, type PasswordHasher } from './password-hash.js'
export { newAccount } from './new-account.js'
export { objectToPassword, type PasswordObjection, type PasswordRules } from './password-policy.js'
export type {
  AccountOwner,
  AccountStore,
  ConfirmationsOf,
  ConfirmationStore,
  NewPage,
  PasswordChange,
  PasswordGuesses,
} from './ports.js'
export { readProfile, visibleProfile, type UpdateProfileDeps } from './profile.js'
export { signUp, type SignUpDeps } from './sign-up.js'
export type { VerifyEmailDeps } from './verify-email.js'
