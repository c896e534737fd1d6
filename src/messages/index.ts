export { createMessages, type MessageSettings } from './create-messages.js'
export { printMessageList } from './message-gaps.js'
export { readTemplates } from './read-templates.js'
export { TemplateError } from './template-error.js'
