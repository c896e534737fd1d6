export { smsFactor, type SmsFactorDeps, type SmsSettings } from './sms-factor.js'
