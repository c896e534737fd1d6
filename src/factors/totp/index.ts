export { totpFactor, type TotpSettings } from './totp-factor.js'
