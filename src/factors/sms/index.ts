export { isPhoneRegion } from './phone-number.js'
export { smsFactor, type SmsFactorDeps, type SmsSettings } from './sms-factor.js'
