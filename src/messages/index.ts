export { createMessages, type MessageSettings } from './create-messages.js'
