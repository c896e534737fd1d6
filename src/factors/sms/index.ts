export { isPhoneRegion } from './phone-number.js'
export { openNumber } from './sms-material.js'
export { smsFactor, type SmsFactorDeps, type SmsSettings } from './sms-factor.js'
