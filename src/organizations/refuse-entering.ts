import { refuse, type Refusal } from '../kernel/refusal.js'

const ENTER_FAULTS = {
  'too-many': 'organization.too-many',
  'too-many-admins': 'organization.too-many-admins',
  'no-common-factor': 'organization.no-common-factor',
} as const

/** The refusal that tells the person and the client why the account cannot join. */
export const refuseEntering = (kind: keyof typeof ENTER_FAULTS): Refusal =>
  refuse('FORBIDDEN', {
    says: ENTER_FAULTS[kind],
    extensions: { because: kind.toUpperCase().replaceAll('-', '_') },
  })
