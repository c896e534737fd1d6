export { emailFactor } from './email-factor.js'
